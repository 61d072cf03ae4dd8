import { childrenOf, type Der, hasNoParameters, readObjectIdentifier, tags } from './der.ts'
import type { DigestAlgorithm } from './digest-algorithm.ts'
import { readPssParameters } from './pss-parameters.ts'
import type { PublicKey } from './public-key.ts'
import { verifyPss } from './rsa-pss.ts'

export type SignatureScheme = 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519'

/** How something was signed, as its AlgorithmIdentifier says. `mask` is the hash of MGF1 for RSASSA-PSS. */
export type SignatureAlgorithm =
  | { scheme: 'rsa-pkcs1' | 'ecdsa'; digest: DigestAlgorithm }
  | { scheme: 'rsa-pss'; digest: DigestAlgorithm; mask: DigestAlgorithm; saltLength: number }
  | { scheme: 'ed25519'; digest: 'sha512' }

/** A signature as the calendar judges it: `bits` is the length of the RSA modulus or of the order of the curve. */
export type SignatureUse = { scheme: SignatureScheme; bits: number; digest: DigestAlgorithm }

const withOwnDigest = new Map<string, readonly ['rsa-pkcs1' | 'ecdsa', DigestAlgorithm]>([
  ['1.2.840.113549.1.1.5', ['rsa-pkcs1', 'sha1']],
  ['1.2.840.113549.1.1.14', ['rsa-pkcs1', 'sha224']],
  ['1.2.840.113549.1.1.11', ['rsa-pkcs1', 'sha256']],
  ['1.2.840.113549.1.1.12', ['rsa-pkcs1', 'sha384']],
  ['1.2.840.113549.1.1.13', ['rsa-pkcs1', 'sha512']],
  ['2.16.840.1.101.3.4.3.14', ['rsa-pkcs1', 'sha3-256']],
  ['2.16.840.1.101.3.4.3.15', ['rsa-pkcs1', 'sha3-384']],
  ['2.16.840.1.101.3.4.3.16', ['rsa-pkcs1', 'sha3-512']],
  ['1.2.840.10045.4.1', ['ecdsa', 'sha1']],
  ['1.2.840.10045.4.3.1', ['ecdsa', 'sha224']],
  ['1.2.840.10045.4.3.2', ['ecdsa', 'sha256']],
  ['1.2.840.10045.4.3.3', ['ecdsa', 'sha384']],
  ['1.2.840.10045.4.3.4', ['ecdsa', 'sha512']],
  ['2.16.840.1.101.3.4.3.10', ['ecdsa', 'sha3-256']],
  ['2.16.840.1.101.3.4.3.11', ['ecdsa', 'sha3-384']],
  ['2.16.840.1.101.3.4.3.12', ['ecdsa', 'sha3-512']],
])
const rsaEncryption = '1.2.840.113549.1.1.1'
const ecPublicKey = '1.2.840.10045.2.1'
const rsaPss = '1.2.840.113549.1.1.10'
const ed25519 = '1.3.101.112'

/**
 * What an AlgorithmIdentifier means; undefined when this program cannot judge it. A CMS signer names its hash apart
 * (`named`): then the two must agree (RFC 5652 section 5.3; RFC 8419 section 3.1 asks SHA-512 of Ed25519).
 * @throws NotDer
 */
export function signatureAlgorithmOf(
  algorithm: Der | undefined,
  named?: DigestAlgorithm,
): SignatureAlgorithm | undefined {
  const fields = childrenOf(algorithm, tags.sequence)
  const found = readAlgorithm(fields, named)
  return named === undefined || found?.digest === named ? found : undefined
}

function readAlgorithm(fields: readonly Der[], named?: DigestAlgorithm): SignatureAlgorithm | undefined {
  const id = readObjectIdentifier(fields[0])
  if (id === rsaPss) {
    const parameters = fields.length === 2 ? readPssParameters(fields[1]) : undefined
    return parameters && { scheme: 'rsa-pss', ...parameters }
  }
  if (id === ed25519) return fields.length === 1 ? { scheme: 'ed25519', digest: 'sha512' } : undefined
  if (!hasNoParameters(fields)) return undefined
  // Some authorities name the bare key type and leave the hash to digestAlgorithm.
  if (named !== undefined && id === rsaEncryption) return { scheme: 'rsa-pkcs1', digest: named }
  if (named !== undefined && id === ecPublicKey) return { scheme: 'ecdsa', digest: named }
  const own = withOwnDigest.get(id)
  return own && { scheme: own[0], digest: own[1] }
}

/** Whether a signature holds; undefined when key and algorithm are of different kinds or the key is of none known. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  const { kind } = key
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
      return kind === 'rsa' ? key.verify(algorithm.digest, data, signature) : undefined
    case 'rsa-pss':
      return kind === 'rsa' || kind === 'rsa-pss' ? verifyPss(algorithm, key, data, signature) : undefined
    case 'ecdsa':
      return kind === 'ec' ? key.verify(algorithm.digest, data, signature) : undefined
    case 'ed25519':
      return kind === 'ed25519' ? key.verify(algorithm.digest, data, signature) : undefined
  }
}

/** What the calendar has to judge of a signature with this key. */
export function signatureUse({ scheme, digest }: SignatureAlgorithm, key: PublicKey): SignatureUse {
  const bits = key.modulusLength ?? (scheme === 'ed25519' ? 256 : curveBits(key.namedCurve ?? ''))
  return { scheme, bits, digest }
}

/** The names of curves say their length: prime256v1, secp384r1, brainpoolP512r1. Binary and unknown ones count as none. */
function curveBits(name: string): number {
  return Number(/^(?:prime|secp|brainpoolP)(\d{3})[a-z]\d$/.exec(name)?.[1] ?? 0)
}
