import { constants, createHash, createPublicKey, type KeyObject, publicDecrypt, verify } from 'node:crypto'
import { childrenOf, readDer, tags, writeDer, writeObjectIdentifier } from './der.ts'
import type { DigestAlgorithm } from './digest-algorithm.ts'
import type { PublicKey } from './public-key.ts'

export function digest(algorithm: DigestAlgorithm, ...parts: Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** A public key from its SubjectPublicKeyInfo; undefined when it is none that can be read. */
export function publicKeyOf(info: Uint8Array): PublicKey | undefined {
  try {
    return keyOf(readKey(info), info)
  } catch {
    return undefined
  }
}

/** Particulars are read when they are asked for: of some malformed keys Node itself ends when it reads them, and those hold for no signature. */
function keyOf(key: KeyObject, info: Uint8Array): PublicKey {
  const kind = kindOf(key)
  function details() {
    return key.asymmetricKeyDetails ?? {}
  }
  return {
    kind,
    get modulusLength() {
      return details().modulusLength
    },
    get namedCurve() {
      return details().namedCurve
    },
    get fixed() {
      const { hashAlgorithm, mgf1HashAlgorithm, saltLength } = details()
      return { digest: hashAlgorithm, mask: mgf1HashAlgorithm, saltLength }
    },
    verify: (algorithm, data, signature) =>
      verify(kind === 'ed25519' ? null : algorithm, data, key, signature),
    raised: (number) => {
      try {
        const bare = kind === 'rsa-pss' ? readKey(asPlainRsa(info)) : key
        return publicDecrypt({ key: bare, padding: constants.RSA_NO_PADDING }, number)
      } catch {
        return undefined
      }
    },
  }
}

function readKey(info: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(info), format: 'der', type: 'spki' })
}

/** The same modulus and exponent as a key of the type rsaEncryption: OpenSSL raises nothing by one of the type RSASSA-PSS. */
function asPlainRsa(info: Uint8Array): Uint8Array {
  const [, bits] = childrenOf(readDer(info), tags.sequence)
  const algorithm = writeDer(
    tags.sequence,
    writeObjectIdentifier('1.2.840.113549.1.1.1'),
    writeDer(tags.null),
  )
  return writeDer(tags.sequence, algorithm, bits?.raw ?? new Uint8Array(0))
}

function kindOf({ asymmetricKeyType }: KeyObject): PublicKey['kind'] {
  switch (asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
    case 'ec':
    case 'ed25519':
      return asymmetricKeyType
    default:
      return 'other'
  }
}
