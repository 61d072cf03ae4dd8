import { bytesOfNumber, isSameBytes, numberOf } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import {
  childrenOf,
  type Der,
  isAscending,
  readDer,
  tags,
  writeDer,
  writeObjectIdentifier,
  writeSetOf,
} from './der.ts'
import { readRevocationInfo, statementOf } from './revocation.ts'
import { positiveInteger } from './time-stamp-request.ts'
import { oids, type ParsedTimeStamp, versionOf } from './time-stamp-token.ts'

/**
 * The parts of a token that nobody signs and the form in which this program stores them: only the signer's hash function
 * announced, only certificates of the path and what was kept about their revocation, both in ascending order, no unsigned
 * attributes, and of the two spellings of an ECDSA signature the one with s ≤ n/2. Then one token has one form.
 */
export function storedToken(
  { parts }: ParsedTimeStamp,
  path: readonly Certificate[],
  more: readonly Uint8Array[],
  at: Date,
  latest: Date,
): Uint8Array {
  const { signer } = parts
  const certificates = distinct(parts.certificates.filter((each) => isOnPath(each, path)))
  const offered = [...parts.revocation, ...more.map(readDer)]
  const revocation = distinct(offered.filter(({ raw }) => saysSomething(raw, path, at, latest)))
  const signature = lowered(signer.signature, path[0])
  const signerInfo = writeDer(
    tags.sequence,
    signer.version.raw,
    spelledName(signer.name, path[0]),
    signer.digestAlgorithm.raw,
    signer.attributes.raw,
    signer.signatureAlgorithm.raw,
    writeDer(tags.octetString, signature),
  )
  function set(tag: number, members: readonly Der[]) {
    return members.length === 0
      ? []
      : [
          writeSetOf(
            tag,
            members.map(({ raw }) => raw),
          ),
        ]
  }
  const signedData = writeDer(
    tags.sequence,
    writeDer(tags.integer, Uint8Array.of(versionOf(certificates, revocation))),
    writeSetOf(tags.set, [signer.digestAlgorithm.raw]),
    parts.content.raw,
    ...set(tags.context(0), certificates),
    ...set(tags.context(1), revocation),
    writeSetOf(tags.set, [signerInfo]),
  )
  return writeDer(
    tags.sequence,
    writeObjectIdentifier(oids.signedData),
    writeDer(tags.context(0), signedData),
  )
}

/** What a token carries beyond that form, for people; empty when every byte of it is judged. */
export function surplusOf(
  parsed: ParsedTimeStamp,
  path: readonly Certificate[],
  at: Date,
  latest: Date,
): string[] {
  const { parts } = parsed
  const { signer } = parts
  const isSorted = [parts.certificates, parts.revocation, parts.announced].every(isAscending)
  const isLow = isSameBytes(lowered(signer.signature, path[0]), signer.signature)
  const isSpelled = isSameBytes(spelledName(signer.name, path[0]), signer.name.raw)
  const found: [boolean, string][] = [
    [!parsed.isDer, 'another encoding than DER'],
    [!isSpelled, 'the name of the issuer in another spelling than in the certificate'],
    [signer.unsigned !== undefined, `unsigned attributes, ${signer.unsigned?.raw.length ?? 0} bytes`],
    [parts.certificates.some((each) => !isOnPath(each, path)), 'certificates outside the path'],
    [
      parts.revocation.some(({ raw }) => !saysSomething(raw, path, at, latest)),
      'revocation data that say nothing about the path',
    ],
    [hasTwins(parts.certificates) || hasTwins(parts.revocation), 'something twice'],
    [
      !parts.announced.every(({ raw }) => isSameBytes(raw, signer.digestAlgorithm.raw)),
      'hash functions that the signer does not use',
    ],
    [!isSorted, 'sets that are not in ascending order'],
    [!isLow, 'an ECDSA signature with s above n/2'],
  ]
  return found.flatMap(([isThere, what]) => (isThere ? [what] : []))
}

/** Names are compared without regard to case (RFC 5280 section 7.1), so the signer's is written as its certificate has it. */
function spelledName(name: Der, signer: Certificate | undefined): Uint8Array {
  if (name.tag !== tags.sequence || signer === undefined) return name.raw
  return writeDer(tags.sequence, signer.issuer.raw, writeDer(tags.integer, signer.serialNumber))
}

/** Whether an answer or a list is about a certificate of the path, and brings along nobody but the one who signed it. */
function saysSomething(raw: Uint8Array, path: readonly Certificate[], at: Date, latest: Date): boolean {
  const info = readRevocationInfo(readDer(raw))
  if (info.kind === 'OCSP' && info.answer.certificates.length > 1) return false
  return path.some((each, below) => {
    const issuer = path[below + 1]
    return issuer !== undefined && statementOf(info, each, issuer, at, latest) !== undefined
  })
}

function isOnPath({ raw }: Der, path: readonly Certificate[]): boolean {
  return path.some((each) => isSameBytes(each.raw, raw))
}

function distinct(members: readonly Der[]): Der[] {
  return members.filter(({ raw }, at) => members.findIndex((other) => isSameBytes(other.raw, raw)) === at)
}

function hasTwins(members: readonly Der[]): boolean {
  return distinct(members).length < members.length
}

/** Orders of the curves whose keys time-stamping authorities have; signatures on others keep their spelling. */
const orders: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  brainpoolP256r1: 0xa9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7n,
  brainpoolP384r1:
    0x8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565n,
  brainpoolP512r1:
    0xaadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069n,
}

/** An ECDSA signature with the lower of the two values that s can have; any other as it is. */
function lowered(signature: Uint8Array, signer: Certificate | undefined): Uint8Array {
  const order = orders[signer?.publicKey?.namedCurve ?? '']
  if (order === undefined) return signature
  const [r, s] = childrenOf(readDer(signature), tags.sequence)
  if (r === undefined || s === undefined) return signature
  const value = numberOf(s.content)
  if (value <= order / 2n) return signature
  const lower = bytesOfNumber(order - value)
  return writeDer(tags.sequence, r.raw, writeDer(tags.integer, positiveInteger(lower)))
}
