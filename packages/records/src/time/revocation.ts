import type { Certificate } from './certificate.ts'
import { isSignedBy } from './certificate-path.ts'
import { children, type Der, NotDer, readObjectIdentifier, tags } from './der.ts'
import { isSameName } from './name.ts'
import { type OcspAnswer, readOcspResponse, responderAddresses, statusFor } from './ocsp-response.ts'
import { listAddresses, type RevocationList, type Revoked, readRevocationList } from './revocation-list.ts'
import { verifySignature } from './signature-algorithm.ts'

/** Reasons after which what was signed before stays good (RFC 3161 section 4): unspecified, affiliation, superseded, ceased. */
const harmless = new Set([0, 3, 4, 5])
const ocspSigning = '1.3.6.1.5.5.7.3.9'
const ocspResponse = '1.3.6.1.5.5.7.16.2'

/** What a list or an answer says of one certificate. */
export type Statement =
  | { status: 'good'; by: 'CRL' | 'OCSP' }
  | { status: 'revoked'; by: 'CRL' | 'OCSP'; revoked: Revoked }

/** What is known about a certificate of a path. `offered` is whether its authority publishes anything about it. */
export type CertificateStatus = {
  certificate: Certificate
  offered: boolean
  statement: Statement | undefined
}

/** Answers and lists kept in a token (RFC 5652 section 10.2.1). What cannot be read says nothing. */
export type RevocationInfo = { raw: Uint8Array } & (
  | { kind: 'CRL'; list: RevocationList }
  | { kind: 'OCSP'; answer: OcspAnswer }
  | { kind: 'UNREAD' }
)

export function readRevocationInfo(choice: Der): RevocationInfo {
  const { raw } = choice
  try {
    if (choice.tag === tags.sequence) return { raw, kind: 'CRL', list: readRevocationList(choice) }
    const [format, value] = children(choice)
    if (
      choice.tag !== tags.context(1) ||
      value === undefined ||
      readObjectIdentifier(format) !== ocspResponse
    )
      return { raw, kind: 'UNREAD' }
    return { raw, kind: 'OCSP', answer: readOcspResponse(value.raw) }
  } catch (error) {
    if (error instanceof NotDer) return { raw, kind: 'UNREAD' }
    throw error
  }
}

/**
 * What lists and answers say about each certificate of a path below its root, as of a signature: they must be signed by the
 * issuer or by whom it delegated (RFC 5280 section 6.3, RFC 6960 section 4.2.2.2), hold at or after the signature, and not
 * come from after `latest`, which is when the verifier lives or the next stamp was made.
 */
export function statusOfPath(
  path: readonly Certificate[],
  infos: readonly RevocationInfo[],
  signedAt: Date,
  latest: Date,
): CertificateStatus[] {
  return path.slice(0, -1).map((certificate, at) => {
    const issuer = path[at + 1]
    const said = infos.flatMap(
      (info) => (issuer && statementOf(info, certificate, issuer, signedAt, latest)) ?? [],
    )
    const statement = said.find(({ status }) => status === 'revoked') ?? said[0]
    return { certificate, offered: isOffered(certificate), statement }
  })
}

/** Whether a revocation makes what was signed at a moment worthless. */
export function isFatal({ at, reason }: Revoked, signedAt: Date): boolean {
  return at <= signedAt || reason === undefined || !harmless.has(reason)
}

/** A certificate may also name only where its issuer's own is found (caIssuers): that is no source. */
function isOffered(certificate: Certificate): boolean {
  return responderAddresses(certificate).length > 0 || listAddresses(certificate).length > 0
}

/**
 * Whoever stamps and whoever answers have two clocks, and a stamp's time is often cut to the second: what a later stamp covers may name a moment a little
 * behind it.
 */
const clocksDifferMs = 5 * 60_000

export function statementOf(
  info: RevocationInfo,
  certificate: Certificate,
  issuer: Certificate,
  signedAt: Date,
  latest: Date,
): Statement | undefined {
  // A list may leave out certificates that have ended (RFC 5280 section 5), so what is made later says nothing of them.
  function holds(thisUpdate: Date, nextUpdate: Date | undefined) {
    if (thisUpdate > certificate.notAfter) return false
    return (
      thisUpdate.getTime() <= latest.getTime() + clocksDifferMs &&
      (thisUpdate >= signedAt || (nextUpdate !== undefined && signedAt <= nextUpdate))
    )
  }
  if (info.kind === 'CRL') {
    const { list } = info
    const isFor = isSameName(list.issuerKey, certificate.issuerKey) && list.covers(certificate)
    if (!isFor || !holds(list.thisUpdate, list.nextUpdate) || !isListSignedBy(list, issuer)) return undefined
    const revoked = list.find(certificate.serialNumber)
    return revoked === undefined ? { status: 'good', by: 'CRL' } : { status: 'revoked', by: 'CRL', revoked }
  }
  if (info.kind !== 'OCSP') return undefined
  const single = statusFor(info.answer, certificate, issuer)
  if (single === undefined || !holds(single.thisUpdate, single.nextUpdate)) return undefined
  if (!isAnswerSignedFor(info.answer, issuer)) return undefined
  return single.revoked === undefined
    ? { status: 'good', by: 'OCSP' }
    : { status: 'revoked', by: 'OCSP', revoked: single.revoked }
}

function isListSignedBy({ algorithm, signed, signature }: RevocationList, issuer: Certificate): boolean {
  if (algorithm === undefined || issuer.publicKey === undefined || !issuer.maySignRevocationLists)
    return false
  return verifySignature(algorithm, issuer.publicKey, signed, signature) === true
}

/** By the issuer itself, or by a certificate that it issued for answering. */
function isAnswerSignedFor(
  { algorithm, signed, signature, certificates, producedAt }: OcspAnswer,
  issuer: Certificate,
): boolean {
  const delegated = certificates.filter(
    (each) =>
      each.extendedKeyUsage?.purposes.includes(ocspSigning) === true &&
      isSameName(each.issuerKey, issuer.subjectKey) &&
      each.notBefore <= producedAt &&
      producedAt <= each.notAfter &&
      !each.hasUnknownCriticalExtension &&
      isSignedBy(each, issuer),
  )
  return [issuer, ...delegated].some(
    ({ publicKey }) =>
      algorithm !== undefined &&
      publicKey !== undefined &&
      verifySignature(algorithm, publicKey, signed, signature) === true,
  )
}
