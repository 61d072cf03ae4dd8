import { constants, type KeyObject, verify } from 'node:crypto'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  hasNoParameters,
  readObjectIdentifier,
  tags,
} from './der.ts'
import { type DigestAlgorithm, digestAlgorithmOf } from './digest-algorithm.ts'

const smallestRsaModulus = 2048

const withOwnDigest = new Map<string, DigestAlgorithm>([
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
])
const rsaEncryption = '1.2.840.113549.1.1.1'
const ecPublicKey = '1.2.840.10045.2.1'
const rsaPss = '1.2.840.113549.1.1.10'
const ed25519 = '1.3.101.112'

/**
 * Checks a CMS signature (RFC 5652 section 5.6) made with RSA (PKCS #1 v1.5 or PSS), ECDSA or Ed25519. Undefined when
 * the algorithm is not one of these, uses SHA-1, or the RSA key is shorter than 2048 bits.
 */
export function verifySignature(
  algorithm: Der,
  digestAlgorithm: DigestAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  const [identifier, parameters] = children(algorithm)
  const id = readObjectIdentifier(identifier)
  if (!isStrongKey(key)) return undefined
  if (id === ed25519) return key.asymmetricKeyType === 'ed25519' && verify(null, data, key, signature)
  if (id === rsaPss) {
    const pss = pssParameters(parameters)
    if (pss === undefined || pss.digest !== digestAlgorithm || !key.asymmetricKeyType?.startsWith('rsa'))
      return undefined
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return verify(pss.digest, data, { key, padding, saltLength: pss.saltLength }, signature)
  }
  if (!hasNoParameters(algorithm)) return undefined
  // Some authorities name the bare key type and leave the hash to digestAlgorithm.
  const hash = id === rsaEncryption || id === ecPublicKey ? digestAlgorithm : withOwnDigest.get(id)
  return hash === undefined ? undefined : verify(hash, data, key, signature)
}

/** Whether a signature under this AlgorithmIdentifier names its own hash and that is not SHA-1. */
export function isStrongSignature(algorithm: Der | undefined): boolean {
  const [identifier, parameters] = childrenOf(algorithm, tags.sequence)
  const id = readObjectIdentifier(identifier)
  return id === rsaPss ? pssParameters(parameters) !== undefined : id === ed25519 || withOwnDigest.has(id)
}

export function isStrongKey({ asymmetricKeyDetails }: KeyObject): boolean {
  return (asymmetricKeyDetails?.modulusLength ?? smallestRsaModulus) >= smallestRsaModulus
}

/** RSASSA-PSS-params (RFC 4055 section 3.1); the defaults are SHA-1 and therefore not accepted. */
function pssParameters(
  parameters: Der | undefined,
): { digest: DigestAlgorithm; saltLength: number } | undefined {
  const fields = childrenOf(parameters, tags.sequence)
  const hash = fields.find(({ tag }) => tag === tags.context(0))
  const salt = fields.find(({ tag }) => tag === tags.context(2))
  const digest = hash && digestAlgorithmOf(readObjectIdentifier(children(children(hash)[0] ?? hash)[0]))
  const saltLength = salt === undefined ? 20 : smallInteger(children(salt)[0])
  return digest && saltLength !== undefined ? { digest, saltLength } : undefined
}

/** An INTEGER from 0 to 255 in its only spelling. */
function smallInteger(value: Der | undefined): number | undefined {
  const [first = 0, second, more] = contentOf(value, tags.integer)
  if (more !== undefined) return undefined
  if (second === undefined) return first < 0x80 ? first : undefined
  return first === 0 && second >= 0x80 ? second : undefined
}
