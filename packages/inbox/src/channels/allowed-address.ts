import { Refusal } from '@buergerdraht/contract'
import type { Inbox } from '../inbox.ts'

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * Whether requests with citizens' texts and the provider's key may go there: only to hosts that the operator has named, and in the
 * clear only to this machine. An administrator can set up channels, but not lead them elsewhere.
 */
export function mayTalkTo({ bspHosts }: Pick<Inbox, 'bspHosts'>, baseUrl: string): boolean {
  const { protocol, host, hostname, username, password } = new URL(baseUrl)
  if (username !== '' || password !== '') return false
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return false
  return bspHosts.has(host) || bspHosts.has(hostname)
}

/** @throws Refusal `invalid-input` naming `baseUrl` */
export function requireAllowedAddress(inbox: Pick<Inbox, 'bspHosts'>, baseUrl: string): void {
  if (mayTalkTo(inbox, baseUrl)) return
  throw new Refusal('invalid-input', [
    {
      path: 'baseUrl',
      fault: 'host-not-allowed',
      detail: new URL(baseUrl).host,
    },
  ])
}
