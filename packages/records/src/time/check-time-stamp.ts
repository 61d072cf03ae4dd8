import { digest } from '#cryptography'
import {
  type AlgorithmCalendar,
  type AlgorithmUse,
  endedBy,
  plannedAlgorithmCalendar,
} from './algorithm-calendar.ts'
import { isSameBytes } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import { certificatePath, endOfPath } from './certificate-path.ts'
import { childrenOf, contentOf, type Der, readObjectIdentifier, tags } from './der.ts'
import { type DigestAlgorithm, digestAlgorithmOf } from './digest-algorithm.ts'
import { isSameName, nameKey } from './name.ts'
import { type CertificateStatus, isFatal, readRevocationInfo, statusOfPath } from './revocation.ts'
import {
  type SignatureUse,
  signatureAlgorithmOf,
  signatureUse,
  verifySignature,
} from './signature-algorithm.ts'
import { storedToken, surplusOf } from './stored-token.ts'
import { type TimeStampCode, TimeStampFault } from './time-stamp-fault.ts'
import { positiveInteger } from './time-stamp-request.ts'
import { oids, type ParsedTimeStamp, parseTimeStampToken, readable, versionOf } from './time-stamp-token.ts'

/** What a time stamp must be about, and whom one trusts to say so. */
export type TimeStampExpectation = {
  /** The hash of the data, under the algorithm that the token names. */
  digestOf: (algorithm: DigestAlgorithm) => Uint8Array
  /** Given when the token answers a request of ours; an archived token is checked without. */
  nonce?: Uint8Array
  /** The policies accepted; any when left out. */
  policies?: readonly string[]
  roots: readonly Certificate[]
  /** Certificates beside those in the token. */
  intermediates?: readonly Certificate[]
  /** The moment at which the certificates must be valid; the time in the token when left out. */
  certificatesHoldAt?: Date
  /** The algorithms must have been suitable when the token was made; the built-in calendar when left out. */
  calendar?: AlgorithmCalendar
  /** Revocation data from after this moment do not count: now, or when the next stamp was made. Left out: all count. */
  latest?: Date
}

export type GoodTimeStamp = {
  ok: true
  at: Date
  /** In microseconds; undefined when the authority does not say. */
  accuracy: number | undefined
  policy: string
  serialNumber: Uint8Array
  /** Of the imprint. */
  algorithm: DigestAlgorithm
  /** Everything that the time stamp rests on, for the calendar. */
  algorithms: AlgorithmUse[]
  /** From the signer's certificate to the root. */
  path: Certificate[]
  /** Until when the path can be checked; a renewal must be made before. */
  certificatesEndAt: Date
  /** What is known about each certificate of the path below the root. */
  revocation: CertificateStatus[]
  claimsQualified: boolean
  /** Whether the token keeps to PKCS #7 (RFC 2315), as programs want it that do not read CMS: no OCSP answer, no key identifier, no RSASSA-PSS. */
  isPkcs7: boolean
  /** What the token carries that nobody signed (`surplusOf`). */
  surplus: string[]
  /** The token in the form in which it is stored, with these revocation data besides those that it has already. */
  storedWith: (revocation: readonly Uint8Array[]) => Uint8Array
}

export type TimeStampVerdict = GoodTimeStamp | { ok: false; code: TimeStampCode; detail: string }

const endOfTime = new Date(8.64e15)
const timeStamping = '1.3.6.1.5.5.7.3.8'
const signingCertificate = '1.2.840.113549.1.9.16.2.12'
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'

/**
 * Checks a time-stamp token completely (RFC 3161 sections 2.2 and 2.4.2, RFC 5816): content, imprint, nonce, policy, signed
 * attributes, reference to the signer's certificate, signature, purpose of that certificate, its path to a root, what the
 * token holds about revocation, and the algorithms as of the time stated. Never throws for bad input.
 */
export function checkTimeStamp(token: Uint8Array, expected: TimeStampExpectation): TimeStampVerdict {
  try {
    return readable('TIME_STAMP_UNREADABLE', () => checked(parseTimeStampToken(token), expected))
  } catch (error) {
    if (error instanceof TimeStampFault) return { ok: false, code: error.code, detail: error.message }
    throw error
  }
}

function checked(stamp: ParsedTimeStamp, expected: TimeStampExpectation): GoodTimeStamp {
  const { info } = stamp
  const { algorithm } = info
  if (algorithm === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The imprint uses an unknown hash')
  if (!isSameBytes(info.imprint, expected.digestOf(algorithm))) {
    throw new TimeStampFault('TIME_STAMP_IMPRINT', 'The time stamp is about other data')
  }
  if (expected.nonce !== undefined) requireNonce(info.nonce, expected.nonce)
  if (expected.policies !== undefined && !expected.policies.includes(info.policy)) {
    throw new TimeStampFault('TIME_STAMP_POLICY', 'The policy is not one of those accepted')
  }
  const others = [...stamp.certificates, ...(expected.intermediates ?? [])]
  const signer = requireSigner(stamp, [...others, ...expected.roots])
  requireAuthority(info.authority, signer)
  const signature = requireSignature(stamp, signer)
  requirePurpose(signer)
  const path = certificatePath(signer, others, expected.roots, expected.certificatesHoldAt ?? info.at)
  if (path === undefined)
    throw new TimeStampFault('TIME_STAMP_PATH', 'No path to a trusted root held at that time')
  const algorithms = [{ hash: algorithm }, { signature }, ...signaturesOf(path)]
  const ended = endedBy(expected.calendar ?? plannedAlgorithmCalendar, algorithms, info.at)
  if (ended.length > 0) throw new TimeStampFault('TIME_STAMP_ALGORITHM', `Ended by then: ${ended.join(', ')}`)
  const latest = expected.latest ?? endOfTime
  const revocation = statusOfPath(path, stamp.parts.revocation.map(readRevocationInfo), info.at, latest)
  requireNotRevoked(revocation, info.at)
  const { at, accuracy, policy, serialNumber, claimsQualified } = info
  return {
    ok: true,
    at,
    accuracy,
    policy,
    serialNumber,
    algorithm,
    algorithms,
    path,
    certificatesEndAt: endOfPath(path),
    revocation,
    claimsQualified,
    isPkcs7: isPkcs7(stamp, signature),
    surplus: surplusOf(stamp, path, at, latest),
    storedWith: (more) => storedToken(stamp, path, more, at, latest),
  }
}

function requireNonce(found: Uint8Array | undefined, expected: Uint8Array): void {
  if (found === undefined || !isSameBytes(found, positiveInteger(expected))) {
    throw new TimeStampFault('TIME_STAMP_NONCE', 'The nonce is not the one that was sent')
  }
}

/** RFC 3161 section 2.4.2: exactly the signer named by the ESSCertID, so that no other key of that name is taken. */
function requireSigner(stamp: ParsedTimeStamp, candidates: readonly Certificate[]): Certificate {
  const named = candidates.filter(stamp.isSigner)
  if (named.length === 0)
    throw new TimeStampFault('TIME_STAMP_SIGNER', 'The certificate of the signer is missing')
  const isReferred = certificateReference(stamp)
  const signer = named.find(isReferred)
  if (signer === undefined)
    throw new TimeStampFault('TIME_STAMP_SIGNER', 'The signed reference names another certificate')
  return signer
}

/**
 * SigningCertificateV2 (RFC 5816), or SigningCertificate with its fixed SHA-1 (RFC 3161) where that is all there is: it
 * only recognises a certificate that the signature has pinned already, so nothing rests on its collision resistance.
 */
function certificateReference({ attributes }: ParsedTimeStamp): (certificate: Certificate) => boolean {
  const [v2, v1] = [attributes.get(signingCertificateV2), attributes.get(signingCertificate)]
  const value = v2 ?? v1
  if (value === undefined)
    throw new TimeStampFault('TIME_STAMP_SIGNER', 'There is no signed reference to a certificate')
  const essCertIds = childrenOf(childrenOf(value, tags.sequence)[0], tags.sequence)
  const fields = childrenOf(essCertIds[0], tags.sequence)
  // hashAlgorithm DEFAULT sha256 stands first when it is there.
  const named = v2 !== undefined && fields[0]?.tag === tags.sequence ? fields.shift() : undefined
  const fallback = v2 === undefined ? 'sha1' : 'sha256'
  const algorithm = named === undefined ? fallback : digestAlgorithmOf(childrenOf(named, tags.sequence))
  if (algorithm === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The reference uses an unknown hash')
  const [hash, issuerAndSerial] = fields
  const wanted = contentOf(hash, tags.octetString)
  return (certificate) =>
    isSameBytes(wanted, digest(algorithm, certificate.raw)) &&
    (issuerAndSerial === undefined || isIssuerAndSerial(issuerAndSerial, certificate))
}

/** IssuerSerial (RFC 5035 section 5): a directory name among GeneralNames, and the serial number. */
function isIssuerAndSerial(value: Der, { issuerKey, serialNumber }: Certificate): boolean {
  const [names, serial] = childrenOf(value, tags.sequence)
  return (
    isSameBytes(contentOf(serial, tags.integer), serialNumber) &&
    childrenOf(names, tags.sequence).some(
      (name) => name.tag === tags.context(4) && isSameName(nameKey(childrenOf(name, name.tag)[0]), issuerKey),
    )
  )
}

/** RFC 3161 section 2.4.2: when the authority names itself, it must be one of the names of its certificate. */
function requireAuthority(name: Der | undefined, { subjectKey, alternativeNames }: Certificate): void {
  if (name === undefined) return
  const isSubject =
    name.tag === tags.context(4) && isSameName(nameKey(childrenOf(name, name.tag)[0]), subjectKey)
  const isAlternative = alternativeNames.some(({ raw }) => isSameBytes(raw, name.raw))
  if (!isSubject && !isAlternative)
    throw new TimeStampFault('TIME_STAMP_CONTENT', 'The authority names somebody else than its certificate')
}

function isPkcs7({ parts }: ParsedTimeStamp, { scheme }: SignatureUse): boolean {
  const { certificates, revocation, signer } = parts
  return (
    versionOf(certificates, revocation) === 3 &&
    signer.name.tag === tags.sequence &&
    (scheme === 'rsa-pkcs1' || scheme === 'ecdsa')
  )
}

function requireSignature(stamp: ParsedTimeStamp, signer: Certificate): SignatureUse {
  const { attributes, digestAlgorithm, parts, signedAttributes } = stamp
  if (digestAlgorithm === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The signature uses an unknown hash')
  const [type, hash] = [attributes.get(oids.contentType), attributes.get(oids.messageDigest)]
  if (type === undefined || hash === undefined)
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'Content type or message digest is missing')
  if (readObjectIdentifier(type) !== oids.timeStampInfo)
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'The signed content type is not that of a time stamp')
  if (!isSameBytes(contentOf(hash, tags.octetString), digest(digestAlgorithm, stamp.content)))
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'The signed message digest is not that of the content')
  const algorithm = signatureAlgorithmOf(parts.signer.signatureAlgorithm, digestAlgorithm)
  const { publicKey } = signer
  const holds =
    algorithm && publicKey && verifySignature(algorithm, publicKey, signedAttributes, parts.signer.signature)
  if (algorithm === undefined || publicKey === undefined || holds === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The signature algorithm cannot be judged')
  if (!holds) throw new TimeStampFault('TIME_STAMP_SIGNATURE', 'The signature is wrong')
  return signatureUse(algorithm, publicKey)
}

/** RFC 3161 section 2.3: extendedKeyUsage is critical and has the one purpose of time stamping. */
function requirePurpose(signer: Certificate): void {
  const usage = signer.extendedKeyUsage
  const [purpose, second] = usage?.purposes ?? []
  const isFor = usage?.critical === true && purpose === timeStamping && second === undefined
  if (!isFor || !signer.maySignData) {
    throw new TimeStampFault('TIME_STAMP_PURPOSE', 'The certificate of the signer is not for time stamping')
  }
}

/** The signatures that join a path; that of the root is not looked at. */
function signaturesOf(path: readonly Certificate[]): AlgorithmUse[] {
  return path.slice(0, -1).flatMap(({ signatureAlgorithm }, at) => {
    const key = path[at + 1]?.publicKey
    return signatureAlgorithm && key ? [{ signature: signatureUse(signatureAlgorithm, key) }] : []
  })
}

function requireNotRevoked(statuses: readonly CertificateStatus[], at: Date): void {
  for (const { statement } of statuses) {
    if (statement?.status === 'revoked' && isFatal(statement.revoked, at))
      throw new TimeStampFault('TIME_STAMP_REVOKED', `Revoked at ${statement.revoked.at.toISOString()}`)
  }
}
