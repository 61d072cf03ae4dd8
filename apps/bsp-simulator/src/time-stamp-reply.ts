import { webcrypto } from 'node:crypto'
import { type BaseBlock, BitString, type Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import {
  Accuracy,
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  GeneralName,
  IssuerAndSerialNumber,
  id_ContentType_SignedData,
  id_eContentType_TSTInfo,
  id_sha256,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'
import type { Certified } from './authority-certificates.ts'

const { subtle } = webcrypto
const policy = '1.3.6.1.4.1.99999.1.1'
/** Hashes it stamps (RFC 5754), with their lengths in bytes. */
const hashes: Readonly<Record<string, number>> = {
  [id_sha256]: 32,
  '2.16.840.1.101.3.4.2.2': 48,
  '2.16.840.1.101.3.4.2.3': 64,
}

/**
 * A TimeStampReq in, a TimeStampResp out (RFC 3161 section 2.4). @param at milliseconds since 1970
 * @param lies the time stamp is of another hash than the one that was asked for
 */
export async function timeStampReply(
  stamper: Certified,
  request: Uint8Array<ArrayBuffer>,
  at: number,
  serialNumber: Integer,
  lies = false,
): Promise<ArrayBuffer> {
  const asked = readOr(() => TimeStampReq.fromBER(request))
  if (asked === null) return refusal('badDataFormat')
  const { hashAlgorithm, hashedMessage } = asked.messageImprint
  const length = hashes[hashAlgorithm.algorithmId]
  if (length === undefined) return refusal('badAlg')
  if (hashedMessage.valueBlock.valueHexView.length !== length) return refusal('badDataFormat')
  if (asked.reqPolicy !== undefined && asked.reqPolicy !== policy) return refusal('unacceptedPolicy')
  if ((asked.extensions?.length ?? 0) > 0) return refusal('unacceptedExtension')
  if (lies) hashedMessage.valueBlock.valueHexView.reverse()
  const info = new TSTInfo({
    version: 1,
    policy,
    messageImprint: asked.messageImprint,
    serialNumber,
    genTime: new Date(Math.floor(at / 1000) * 1000),
    accuracy: new Accuracy({ seconds: 1 }),
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
    tsa: new GeneralName({ type: 4, value: stamper.certificate.subject }),
  })
  const token = await signed(stamper, new Uint8Array(info.toSchema().toBER()), asked.certReq === true)
  return new TimeStampResp({ status: new PKIStatusInfo({ status: 0 }), timeStampToken: token })
    .toSchema()
    .toBER()
}

async function signed(
  { certificate, key }: Certified,
  content: Uint8Array<ArrayBuffer>,
  withCertificate: boolean,
): Promise<ContentInfo> {
  const der = certificate.toSchema().toBER()
  const signedData = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: id_eContentType_TSTInfo,
      eContent: new OctetString({ valueHex: content.buffer }),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({
          issuer: certificate.issuer,
          serialNumber: certificate.serialNumber,
        }),
        signedAttrs: new SignedAndUnsignedAttributes({
          type: 0,
          attributes: inDerOrder([
            new Attribute({
              type: '1.2.840.113549.1.9.3',
              values: [new ObjectIdentifier({ value: id_eContentType_TSTInfo })],
            }),
            new Attribute({
              type: '1.2.840.113549.1.9.4',
              values: [new OctetString({ valueHex: await subtle.digest('SHA-256', content) })],
            }),
            // RFC 5816: ESSCertIDv2, with SHA-256 as its default.
            new Attribute({
              type: '1.2.840.113549.1.9.16.2.47',
              values: [
                sequence(
                  sequence(sequence(new OctetString({ valueHex: await subtle.digest('SHA-256', der) }))),
                ),
              ],
            }),
          ]),
        }),
      }),
    ],
    ...(withCertificate ? { certificates: [certificate] } : {}),
  })
  await signedData.sign(key, 0, 'SHA-256')
  return new ContentInfo({ contentType: id_ContentType_SignedData, content: signedData.toSchema(true) })
}

function sequence(...value: BaseBlock[]): Sequence {
  return new Sequence({ value })
}

/** SET OF in DER: ascending by their bytes (X.690 section 11.6). */
function inDerOrder(attributes: readonly Attribute[]): Attribute[] {
  function bytesOf(attribute: Attribute): Buffer {
    return Buffer.from(attribute.toSchema().toBER())
  }
  return attributes.toSorted((one, other) => Buffer.compare(bytesOf(one), bytesOf(other)))
}

function readOr<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

/** Bits of PKIFailureInfo (RFC 3161 section 2.4.2). */
const failures = {
  badAlg: 0,
  badDataFormat: 5,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  systemFailure: 25,
} as const

export function refusal(why: keyof typeof failures): ArrayBuffer {
  const bit = failures[why]
  const bytes = new Uint8Array(Math.floor(bit / 8) + 1)
  bytes[bytes.length - 1] = 0x80 >> (bit % 8)
  const failInfo = new BitString({ valueHex: bytes.buffer, unusedBits: 7 - (bit % 8) })
  return new TimeStampResp({ status: new PKIStatusInfo({ status: 2, failInfo }) }).toSchema().toBER()
}
