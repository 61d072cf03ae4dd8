import { children, childrenOf, type Der, readObjectIdentifier, readSmallInteger, tags } from './der.ts'
import { type DigestAlgorithm, digestAlgorithmOf } from './digest-algorithm.ts'

/** How a signature claims to be padded, or a key demands it. `mask` is the hash of MGF1. */
export type PssParameters = { digest: DigestAlgorithm; mask: DigestAlgorithm; saltLength: number }

const mgf1 = '1.2.840.113549.1.1.8'

/**
 * RSASSA-PSS-params (RFC 4055 section 3.1), with its defaults, which DER leaves out; the trailer is always 0xbc. Undefined when this program
 * cannot judge them. @throws NotDer
 */
export function readPssParameters(parameters: Der | undefined): PssParameters | undefined {
  const fields = childrenOf(parameters, tags.sequence)
  const order = fields.map(({ tag }) => tag & 0x1f)
  if (order.some((n, at) => n > 3 || (at > 0 && n <= (order[at - 1] ?? 0)))) return undefined
  function inner(n: number) {
    return fields.filter(({ tag }) => tag === tags.context(n)).flatMap(children)[0]
  }
  const [hash, mask, salt, trailer] = [inner(0), inner(1), inner(2), inner(3)]
  const digest = hash === undefined ? 'sha1' : digestAlgorithmOf(childrenOf(hash, tags.sequence))
  const maskDigest = mask === undefined ? 'sha1' : maskOf(childrenOf(mask, tags.sequence))
  const saltLength = salt === undefined ? 20 : readSmallInteger(salt)
  if (trailer !== undefined && readSmallInteger(trailer) !== 1) return undefined
  if (digest === undefined || maskDigest === undefined || saltLength === undefined || saltLength > 512)
    return undefined
  return { digest, mask: maskDigest, saltLength }
}

function maskOf([function_, hash]: readonly Der[]): DigestAlgorithm | undefined {
  if (readObjectIdentifier(function_) !== mgf1) return undefined
  return digestAlgorithmOf(childrenOf(hash, tags.sequence))
}
