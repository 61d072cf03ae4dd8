import type { Words } from '../ui/words.tsx'

/** Nothing was sent, or no answer came. */
const silence =
  /^(?:E[A-Z_]+|UND_ERR_\w+|CERT_\w+|ERR_\w+|UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*|connection-lost)$/
/** That of the key: Meta's codes of the OAuth family, and the answers of HTTP. */
const keyRefused = /^(?:190|102|10|200|http-401|http-403)$/

/** A code of ours, of Node.js or of the provider, as a sentence. */
export function wordsForRefusal(p: Words['channels']['provider'], host: string, code: string): string {
  if (code === 'channel-disabled') return p.disabled
  if (code === 'host-not-allowed') return p.notAllowed(host)
  if (code === 'no-business-account') return p.noAccount
  if (code === 'not-a-list') return p.notUnderstood(host)
  if (code === 'timeout' || code === 'aborted') return p.late(host)
  if (silence.test(code)) return p.unreachable(host, code)
  if (keyRefused.test(code)) return p.keyRefused(host, code)
  return /^http-5\d\d$/.test(code) ? p.broken(host, code) : p.refused(host, code)
}
