import {
  type BaseBlock,
  Constructed,
  Enumerated,
  GeneralizedTime,
  Integer,
  OctetString,
  Primitive,
} from 'asn1js'
import {
  BasicOCSPResponse,
  type CertID,
  CertificateRevocationList,
  Extension,
  Extensions,
  id_PKIX_OCSP_Basic,
  OCSPRequest,
  OCSPResponse,
  ResponseBytes,
  RevokedCertificate,
  SingleResponse,
} from 'pkijs'
import { type AuthorityCertificates, timeOf } from './authority-certificates.ts'

const week = 7 * 86_400_000

function readRequest(bytes: Uint8Array<ArrayBuffer>): OCSPRequest | null {
  try {
    return OCSPRequest.fromBER(bytes)
  } catch {
    return null
  }
}

/** An OCSPRequest in, an OCSPResponse out (RFC 6960): of the authority's own certificates, for a week. */
export async function ocspReply(
  certificates: AuthorityCertificates,
  request: Uint8Array<ArrayBuffer>,
  now: Date,
  revokedAt: Date | null,
): Promise<ArrayBuffer> {
  const asked = readRequest(request)
  // malformedRequest
  if (asked === null)
    return new OCSPResponse({ responseStatus: new Enumerated({ value: 1 }) }).toSchema().toBER()
  const { responder } = certificates
  // RFC 6960 takes its times from RFC 5280 section 4.1.2.5.2: no fractions of a second.
  const at = new Date(Math.floor(now.getTime() / 1000) * 1000)
  const response = new BasicOCSPResponse({ certs: [responder.certificate] })
  response.tbsResponseData.responderID = responder.certificate.subject
  response.tbsResponseData.producedAt = at
  response.tbsResponseData.responses = asked.tbsRequest.requestList.map(
    ({ reqCert }) =>
      new SingleResponse({
        certID: reqCert,
        certStatus: statusOf(certificates, reqCert, revokedAt),
        thisUpdate: at,
        nextUpdate: new Date(at.getTime() + week),
      }),
  )
  const nonce = asked.tbsRequest.requestExtensions?.find(({ extnID }) => extnID === '1.3.6.1.5.5.7.48.1.2')
  if (nonce !== undefined) response.tbsResponseData.responseExtensions = [nonce]
  await response.sign(responder.key, 'SHA-256')
  return new OCSPResponse({
    responseStatus: new Enumerated({ value: 0 }),
    responseBytes: new ResponseBytes({
      responseType: id_PKIX_OCSP_Basic,
      response: new OctetString({ valueHex: response.toSchema().toBER() }),
    }),
  })
    .toSchema()
    .toBER()
}

/** RFC 6960 section 4.2.1: good [0], revoked [1] with its time, unknown [2]. */
function statusOf(
  { root, stamper, responder }: AuthorityCertificates,
  { serialNumber }: CertID,
  revokedAt: Date | null,
): BaseBlock {
  const own = [root, stamper, responder].find(({ certificate }) =>
    certificate.serialNumber.isEqual(serialNumber),
  )
  if (own === stamper && revokedAt !== null) {
    const value = [new GeneralizedTime({ valueDate: revokedAt })]
    return new Constructed({ idBlock: { tagClass: 3, tagNumber: 1 }, value })
  }
  return new Primitive({ idBlock: { tagClass: 3, tagNumber: own === undefined ? 2 : 0 } })
}

/** The authority's revocation list (RFC 5280 section 5), for a week. */
export async function revocationList(
  { root, stamper }: AuthorityCertificates,
  at: Date,
  revokedAt: Date | null,
): Promise<ArrayBuffer> {
  const list = new CertificateRevocationList({
    version: 1,
    issuer: root.certificate.subject,
    ...(revokedAt === null
      ? {}
      : {
          revokedCertificates: [
            new RevokedCertificate({
              userCertificate: stamper.certificate.serialNumber,
              revocationDate: timeOf(revokedAt),
            }),
          ],
        }),
    thisUpdate: timeOf(at),
    nextUpdate: timeOf(new Date(at.getTime() + week)),
    crlExtensions: new Extensions({
      extensions: [
        new Extension({
          extnID: '2.5.29.20',
          extnValue: new Integer({ value: Math.floor(at.getTime() / 1000) }).toBER(),
        }),
      ],
    }),
  })
  await list.sign(root.key, 'SHA-256')
  return list.toSchema().toBER()
}
