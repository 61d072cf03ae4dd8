import { createHash } from 'node:crypto'

/**
 * UUID (version 8, RFC 9562) of something that belongs to a package, a request or a message: building the message again gives the same ones, so that an
 * answer to the first still names what the second sent.
 */
export function idWithin(id: string, what: string): string {
  const hash = createHash('sha256').update(`hand-over:${id}:${what}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
