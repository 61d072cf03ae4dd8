import type { ECDSA } from '@noble/curves/abstract/weierstrass.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'
import { bytesOfNumber, isSameBytes, joinedBytes, numberOf } from './bytes.ts'
import {
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readBytesOfBits,
  readDer,
  readObjectIdentifier,
  requireDer,
  tags,
  writeDer,
  writeObjectIdentifier,
} from './der.ts'
import { type DigestAlgorithm, objectIdentifierOf } from './digest-algorithm.ts'
import { readPssParameters } from './pss-parameters.ts'
import { NotHere, type PublicKey } from './public-key.ts'

/**
 * What `cryptography-of-node.ts` does by OpenSSL, for a page: it has to be answered at once, and the browser's own cryptography promises, knows
 * neither SHA-224 nor Brainpool, and gives no bare RSA. All that is computed with here is public, so no time that it takes gives anything away.
 */

const hashes = {
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
} as const

export function digest(algorithm: DigestAlgorithm, ...parts: Uint8Array[]): Uint8Array {
  const hash = hashes[algorithm].create()
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const rsaEncryption = '1.2.840.113549.1.1.1'
const rsaPss = '1.2.840.113549.1.1.10'
const ecPublicKey = '1.2.840.10045.2.1'
const ed25519Id = '1.3.101.112'

const curves = new Map<string, readonly [name: string, curve: ECDSA]>([
  ['1.2.840.10045.3.1.7', ['prime256v1', p256]],
  ['1.3.132.0.34', ['secp384r1', p384]],
  ['1.3.132.0.35', ['secp521r1', p521]],
  ['1.3.36.3.3.2.8.1.1.7', ['brainpoolP256r1', brainpoolP256r1]],
  ['1.3.36.3.3.2.8.1.1.11', ['brainpoolP384r1', brainpoolP384r1]],
  ['1.3.36.3.3.2.8.1.1.13', ['brainpoolP512r1', brainpoolP512r1]],
])

/** A public key from its SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7); undefined when it is none that can be read. */
export function publicKeyOf(info: Uint8Array): PublicKey | undefined {
  try {
    const [algorithm, bits, extra] = childrenOf(requireDer(info), tags.sequence)
    if (extra !== undefined) return undefined
    const [id, parameters] = childrenOf(algorithm, tags.sequence)
    const key = readBytesOfBits(bits)
    switch (readObjectIdentifier(id)) {
      case rsaEncryption:
        return rsaKey('rsa', key, undefined)
      case rsaPss:
        return rsaKey('rsa-pss', key, parameters)
      case ecPublicKey:
        return ecKey(parameters, key)
      case ed25519Id:
        return key.length === 32 ? ed25519Key(key) : undefined
      default:
        return { ...none, kind: 'other' }
    }
  } catch (error) {
    if (error instanceof NotDer) return undefined
    throw error
  }
}

const none = {
  modulusLength: undefined,
  namedCurve: undefined,
  fixed: { digest: undefined, mask: undefined, saltLength: undefined },
  verify: () => false,
  raised: () => undefined,
}

function ed25519Key(key: Uint8Array): PublicKey {
  return {
    ...none,
    kind: 'ed25519',
    verify: (_algorithm, data, signature) =>
      signature.length === 64 && ed25519.verify(signature, data, key, { zip215: false }),
  }
}

function ecKey(parameters: Der | undefined, point: Uint8Array): PublicKey | undefined {
  const id = parameters?.tag === tags.objectIdentifier ? readObjectIdentifier(parameters) : undefined
  const [namedCurve, curve] = curves.get(id ?? '') ?? []
  if (curve === undefined || namedCurve === undefined) {
    return {
      ...none,
      kind: 'ec',
      verify: () => {
        throw new NotHere(`An elliptic curve that is not computed with here: ${id ?? 'by its parameters'}`)
      },
    }
  }
  // OpenSSL reads the point at infinity too, and nothing holds under it.
  if (point.length === 1 && point[0] === 0) return { ...none, kind: 'ec', namedCurve }
  const plain = withoutHybrid(point)
  if (!curve.utils.isValidPublicKey(plain)) return undefined
  return {
    ...none,
    kind: 'ec',
    namedCurve,
    verify: (algorithm, data, signature) =>
      curve.verify(signature, digest(algorithm, data), plain, { prehash: false, lowS: false, format: 'der' }),
  }
}

/** The hybrid form of a point (X9.62), which says the last bit of y once more, as the uncompressed one. */
function withoutHybrid(point: Uint8Array): Uint8Array {
  const [form] = point
  const isHybrid = form === (6 | ((point.at(-1) ?? 0) & 1))
  return isHybrid ? Uint8Array.from([4, ...point.subarray(1)]) : point
}

/** Like OpenSSL's bounds: a modulus of more bits, or a long exponent of a long modulus, would only cost time. */
const maxModulusBits = 16_384
const longModulusBits = 3072
const maxExponentBits = 64

function rsaKey(
  kind: 'rsa' | 'rsa-pss',
  key: Uint8Array,
  parameters: Der | undefined,
): PublicKey | undefined {
  const [modulus, exponent, extra] = childrenOf(readDer(key), tags.sequence)
  const [n, e] = [unsigned(modulus), unsigned(exponent)]
  const isNull = parameters?.tag === tags.null
  const fixed =
    kind === 'rsa-pss' && parameters !== undefined && !isNull ? readPssParameters(parameters) : none.fixed
  if (extra !== undefined || fixed === undefined) return undefined
  const modulusLength = n.toString(2).length
  const length = Math.ceil(modulusLength / 8)
  const isBounded =
    modulusLength <= maxModulusBits &&
    e < n &&
    (modulusLength <= longModulusBits || e.toString(2).length <= maxExponentBits)
  function raised(number: Uint8Array): Uint8Array | undefined {
    const base = numberOf(number)
    if (!isBounded || n % 2n === 0n) return undefined
    return number.length === length && base < n ? bytesOfNumber(power(base, e, n), length) : undefined
  }
  return {
    ...none,
    kind,
    modulusLength,
    fixed,
    verify: (algorithm, data, signature) => {
      const encoded = raised(signature)
      const wanted = encodedForPkcs1(algorithm, data, length)
      return encoded !== undefined && wanted !== undefined && isSameBytes(encoded, wanted)
    },
    raised,
  }
}

/** Without a sign, as OpenSSL reads it. */
function unsigned(value: Der | undefined): bigint {
  return numberOf(contentOf(value, tags.integer))
}

/** Square and multiply, from the highest bit of the exponent down. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

/** EMSA-PKCS1-v1_5 (RFC 8017 section 9.2): what the signature must be of; undefined when the modulus has no room for it. */
function encodedForPkcs1(
  algorithm: DigestAlgorithm,
  data: Uint8Array,
  length: number,
): Uint8Array | undefined {
  const identifier = writeDer(
    tags.sequence,
    writeObjectIdentifier(objectIdentifierOf(algorithm)),
    writeDer(tags.null),
  )
  const info = writeDer(tags.sequence, identifier, writeDer(tags.octetString, digest(algorithm, data)))
  if (length < info.length + 11) return undefined
  const filling = new Uint8Array(length - info.length - 3).fill(0xff)
  return joinedBytes([Uint8Array.of(0, 1), filling, Uint8Array.of(0), info])
}
