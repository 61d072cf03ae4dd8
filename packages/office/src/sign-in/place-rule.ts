import { BlockList, isIP } from 'node:net'
import type { ErrorCode } from '@buergerdraht/contract'

/** Where a request comes from, as far as it can be believed. */
export type AskedFrom = {
  /** The browser's IP address. */
  readonly address: string
  /** SHA-256 of the certificate that its device has shown to the proxy in front, in hexadecimal digits; null: none. */
  readonly certificate: string | null
}

/** From where a role is answered. */
export type PlaceRule = {
  /** None: from everywhere. */
  readonly networks: readonly string[]
  readonly needsCertificate: boolean
}

type Network = { readonly address: string; readonly family: 'ipv4' | 'ipv6'; readonly bits: number }

/** The address as 16 bytes, an IPv4 address mapped (RFC 4291 §2.5.5.2); null: it is none. */
function bytesOf(address: string): Uint8Array | null {
  const family = isIP(address)
  if (family === 0 || address.includes('%')) return null
  if (family === 4)
    return Uint8Array.from([...Array(10).fill(0), 0xff, 0xff, ...address.split('.').map(Number)])
  // The URL standard writes an IPv6 address in one way: eight groups, the longest run of zeros left away.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0')
  const groups = [...(before ?? []), ...zeros, ...(after ?? [])].map((group) => Number.parseInt(group, 16))
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}

/**
 * A network in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3), or one address. What could be a slip is refused: bits beyond the prefix, and
 * everybody.
 */
export function parseNetwork(text: string): Network | 'network' | 'network-of-everybody' {
  const [address = '', length, ...more] = text.split('/')
  const bytes = bytesOf(address)
  const width = isIP(address) === 4 ? 32 : 128
  const bits = length === undefined ? width : /^(0|[1-9]\d{0,2})$/.test(length) ? Number(length) : -1
  if (bytes === null || more.length > 0 || bits < 0 || bits > width) return 'network'
  if (bits === 0) return 'network-of-everybody'
  const fixed = 128 - width + bits
  const isClean = bytes.every((byte, n) => (byte & (0xff >> Math.min(8, Math.max(0, fixed - n * 8)))) === 0)
  if (!isClean) return 'network'
  return { address, family: width === 32 ? 'ipv4' : 'ipv6', bits }
}

/** What is no address is in no network. An IPv4 address in an IPv6 one counts as the IPv4 address that it is. */
function isWithin(address: string, networks: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  const family = isIP(plain)
  if (family === 0) return false
  const list = new BlockList()
  for (const text of networks) {
    const network = parseNetwork(text)
    if (typeof network === 'object') list.addSubnet(network.address, network.bits, network.family)
  }
  return list.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

/** Why somebody is not answered there; null: they are. */
export function refusalOfPlace(
  { networks, needsCertificate }: PlaceRule,
  { address, certificate }: AskedFrom,
): Extract<ErrorCode, 'network-not-allowed' | 'certificate-required'> | null {
  if (networks.length > 0 && !isWithin(address, networks)) return 'network-not-allowed'
  return needsCertificate && certificate === null ? 'certificate-required' : null
}
