import { createHash } from 'node:crypto'
import { id_ct_tstInfo } from '@peculiar/asn1-tsp'
import { id_kp_timeStamping } from '@peculiar/asn1-x509'
import type { Certificate } from './certificate.ts'
import { certificatePath } from './certificate-path.ts'
import { children, childrenOf, contentOf, readDer, readObjectIdentifier, requireDer, tags } from './der.ts'
import { type DigestAlgorithm, digest, digestAlgorithmOf } from './digest-algorithm.ts'
import { verifySignature } from './signature-algorithm.ts'
import { type TimeStampCode, TimeStampFault } from './time-stamp-fault.ts'
import { positiveInteger } from './time-stamp-request.ts'
import {
  contentAttributes,
  onlyValue,
  type ParsedTimeStamp,
  parseTimeStampToken,
} from './time-stamp-token.ts'

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
}

export type TimeStampVerdict =
  | {
      ok: true
      at: Date
      policy: string
      algorithm: DigestAlgorithm
      /** Until when the path can be checked; a renewal must be made before. */
      certificatesEndAt: Date
    }
  | { ok: false; code: TimeStampCode; detail: string }

const signingCertificate = '1.2.840.113549.1.9.16.2.12'
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'

/**
 * Checks a time-stamp token completely (RFC 3161 sections 2.2 and 2.4.2, RFC 5816): imprint, nonce, policy, signed
 * attributes, reference to the signer's certificate, signature, purpose of that certificate and its path to a root.
 * Never throws for bad input.
 */
export function checkTimeStamp(token: Uint8Array, expected: TimeStampExpectation): TimeStampVerdict {
  try {
    return checked(parseTimeStampToken(token), expected)
  } catch (error) {
    if (error instanceof TimeStampFault) return { ok: false, code: error.code, detail: error.message }
    return { ok: false, code: 'TIME_STAMP_UNREADABLE', detail: 'The time stamp cannot be read' }
  }
}

function checked(stamp: ParsedTimeStamp, expected: TimeStampExpectation): TimeStampVerdict {
  const { info } = stamp
  const algorithm = digestAlgorithmOf(info.messageImprint.hashAlgorithm.algorithm)
  if (algorithm === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The imprint uses an unknown hash')
  const imprint = new Uint8Array(info.messageImprint.hashedMessage.buffer)
  if (Buffer.compare(imprint, expected.digestOf(algorithm)) !== 0) {
    throw new TimeStampFault('TIME_STAMP_IMPRINT', 'The time stamp is about other data')
  }
  if (expected.nonce !== undefined) requireNonce(info.nonce, expected.nonce)
  if (expected.policies !== undefined && !expected.policies.includes(info.policy)) {
    throw new TimeStampFault('TIME_STAMP_POLICY', 'The policy is not one of those accepted')
  }
  const signer = requireSigner(stamp, [
    ...stamp.certificates,
    ...(expected.intermediates ?? []),
    ...expected.roots,
  ])
  requireSignature(stamp, signer)
  requirePurpose(signer)
  const at = expected.certificatesHoldAt ?? info.genTime
  const others = [...stamp.certificates, ...(expected.intermediates ?? [])]
  const path = certificatePath(signer, others, expected.roots, at)
  if (path === undefined)
    throw new TimeStampFault('TIME_STAMP_PATH', 'No path to a trusted root held at that time')
  const certificatesEndAt = new Date(Math.min(...path.map(({ notAfter }) => notAfter.getTime())))
  return { ok: true, at: info.genTime, policy: info.policy, algorithm, certificatesEndAt }
}

function requireNonce(found: ArrayBuffer | undefined, expected: Uint8Array): void {
  const wanted = new Uint8Array(positiveInteger(expected))
  if (found === undefined || Buffer.compare(new Uint8Array(found), wanted) !== 0) {
    throw new TimeStampFault('TIME_STAMP_NONCE', 'The nonce is not the one that was sent')
  }
}

/** RFC 3161 section 2.4.2: exactly the signer named by the ESSCertID, so that no other key of that name is taken. */
function requireSigner(stamp: ParsedTimeStamp, candidates: readonly Certificate[]): Certificate {
  const signer = candidates.find(stamp.isSigner)
  if (signer === undefined)
    throw new TimeStampFault('TIME_STAMP_SIGNER', 'The certificate of the signer is missing')
  const reference = certificateHash(stamp)
  if (Buffer.compare(reference.hash, reference.hashOf(signer.raw)) !== 0) {
    throw new TimeStampFault('TIME_STAMP_SIGNER', 'The signed reference names another certificate')
  }
  return signer
}

/** SigningCertificateV2 (RFC 5816), or SigningCertificate with its fixed SHA-1 (RFC 3161) where that is all there is. */
function certificateHash({ attributes }: ParsedTimeStamp): {
  hash: Uint8Array
  hashOf: (certificate: Uint8Array) => Uint8Array
} {
  const [v2, v1] = [onlyValue(attributes, signingCertificateV2), onlyValue(attributes, signingCertificate)]
  const value = v2 ?? v1
  if (value === undefined)
    throw new TimeStampFault('TIME_STAMP_SIGNER', 'There is no signed reference to a certificate')
  const essCertIds = childrenOf(childrenOf(requireDer(value), tags.sequence)[0], tags.sequence)
  const fields = childrenOf(essCertIds[0], tags.sequence)
  if (v2 === undefined) {
    return { hash: contentOf(fields[0], tags.octetString), hashOf: sha1 }
  }
  // hashAlgorithm DEFAULT sha256 stands first when it is there.
  const named = fields[0]?.tag === tags.sequence ? fields.shift() : undefined
  const algorithm =
    named === undefined ? 'sha256' : digestAlgorithmOf(readObjectIdentifier(children(named)[0]))
  if (algorithm === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The reference uses an unknown hash')
  return {
    hash: contentOf(fields[0], tags.octetString),
    hashOf: (certificate) => digest(algorithm, certificate),
  }
}

/** Only to recognise a certificate that the signature has pinned already; nothing rests on its collision resistance. */
function sha1(certificate: Uint8Array): Uint8Array {
  return createHash('sha1').update(certificate).digest()
}

function requireSignature(stamp: ParsedTimeStamp, signer: Certificate): void {
  const algorithm = digestAlgorithmOf(stamp.digestAlgorithm)
  if (algorithm === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The signature uses an unknown hash')
  const attributes = contentAttributes(stamp.attributes)
  if (readObjectIdentifier(readDer(attributes.type)) !== id_ct_tstInfo) {
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', `The signed content type is not ${id_ct_tstInfo}`)
  }
  if (Buffer.compare(attributes.digest, digest(algorithm, stamp.content)) !== 0) {
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'The signed message digest is not that of the content')
  }
  const { signatureAlgorithm, signedAttributes, signature } = stamp
  const holds = verifySignature(
    signatureAlgorithm,
    algorithm,
    signer.x509.publicKey,
    signedAttributes,
    signature,
  )
  if (holds === undefined)
    throw new TimeStampFault('TIME_STAMP_ALGORITHM', 'The signature algorithm is not accepted')
  if (!holds) throw new TimeStampFault('TIME_STAMP_SIGNATURE', 'The signature is wrong')
}

/** RFC 3161 section 2.3: extendedKeyUsage is critical and has the one purpose of time stamping. */
function requirePurpose(signer: Certificate): void {
  const usage = signer.extendedKeyUsage
  const [purpose, second] = usage?.purposes ?? []
  if (
    usage?.critical !== true ||
    purpose !== id_kp_timeStamping ||
    second !== undefined ||
    !signer.maySignData
  ) {
    throw new TimeStampFault('TIME_STAMP_PURPOSE', 'The certificate of the signer is not for time stamping')
  }
}
