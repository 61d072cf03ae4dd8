import {
  type Attribute,
  id_contentType,
  id_messageDigest,
  id_signedData,
  SignedData,
} from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { id_ct_tstInfo, PKIStatus, TimeStampResp, TimeStampToken, TSTInfo } from '@peculiar/asn1-tsp'
import { type Certificate, parseCertificate } from './certificate.ts'
import { children, childrenOf, contentOf, type Der, hasNoParameters, requireDer, tags } from './der.ts'
import { TimeStampFault } from './time-stamp-fault.ts'

/** A time stamp taken apart, nothing of it believed yet. */
export type ParsedTimeStamp = {
  token: Uint8Array
  info: TSTInfo
  /** The octets that the message digest attribute covers. */
  content: Uint8Array
  digestAlgorithm: string
  signatureAlgorithm: Der
  signature: Uint8Array
  /** The signed attributes as they are signed: with the tag of a SET (RFC 5652 section 5.4). */
  signedAttributes: Uint8Array
  attributes: Attribute[]
  certificates: Certificate[]
  isSigner: (certificate: Certificate) => boolean
}

/**
 * The token in a TSA's answer (RFC 3161 section 2.4.2).
 * @throws TimeStampFault TIME_STAMP_UNREADABLE or TIME_STAMP_NOT_GRANTED
 */
export function tokenInResponse(response: Uint8Array): Uint8Array {
  return readable(() => {
    const [statusInfo, token] = childrenOf(requireDer(response), tags.sequence)
    contentOf(statusInfo, tags.sequence)
    const { status } = AsnConvert.parse(response, TimeStampResp).status
    // A plain request leaves nothing to modify, so grantedWithMods is no answer to it either.
    if (status !== PKIStatus.granted) {
      throw new TimeStampFault('TIME_STAMP_NOT_GRANTED', `The authority answered with status ${status}`)
    }
    if (token === undefined) throw new Error('The answer has no token')
    return token.raw
  })
}

/** Takes a token apart. @throws TimeStampFault TIME_STAMP_UNREADABLE or TIME_STAMP_ATTRIBUTES */
export function parseTimeStampToken(token: Uint8Array): ParsedTimeStamp {
  return readable(() => {
    const gate = requireDer(token)
    const outer = AsnConvert.parse(token, TimeStampToken)
    if (outer.contentType !== id_signedData) throw new Error('Not signed data')
    const signed = AsnConvert.parse(outer.content, SignedData)
    const [signer, second] = signed.signerInfos
    // RFC 5652 sections 5.1 and 5.3: fixed by the content type and by how the signer is named.
    if (signed.version !== 3 || signer?.version !== 1)
      throw new Error('The versions are not those of a time stamp')
    if (second !== undefined) throw new Error('A time stamp has exactly one signer')
    const content = signed.encapContentInfo.eContent?.single
    if (signed.encapContentInfo.eContentType !== id_ct_tstInfo || content === undefined) {
      throw new Error('The content is not a time stamp')
    }
    if (signer.signedAttrs === undefined) {
      throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'There are no signed attributes')
    }
    const { certificates, signatureAlgorithm, signerId, signedAttributes } = rawParts(gate)
    const [issuer, serialNumber] = childrenOf(signerId, tags.sequence)
    if (issuer === undefined || serialNumber === undefined) throw new Error('The signer is not named')
    const octets = new Uint8Array(content.buffer)
    requireDer(octets)
    return {
      token,
      info: AsnConvert.parse(octets, TSTInfo),
      content: octets,
      digestAlgorithm: signer.digestAlgorithm.algorithm,
      signatureAlgorithm,
      signature: new Uint8Array(signer.signature.buffer),
      signedAttributes: Buffer.concat([Uint8Array.of(tags.set), signedAttributes.raw.subarray(1)]),
      attributes: signer.signedAttrs,
      certificates,
      isSigner: (certificate) =>
        Buffer.compare(certificate.issuer, issuer.raw) === 0 &&
        Buffer.compare(certificate.serialNumber, serialNumber.content) === 0,
    }
  })
}

/** The only value of a signed attribute that may occur once; undefined when it is missing or repeated. */
export function onlyValue(attributes: readonly Attribute[], type: string): Uint8Array | undefined {
  const values = attributes
    .filter(({ attrType }) => attrType === type)
    .flatMap(({ attrValues }) => attrValues)
  const [value, second] = values
  return value === undefined || second !== undefined ? undefined : new Uint8Array(value)
}

/** The content-type and message-digest attributes (RFC 5652 sections 11.1 and 11.2). */
export function contentAttributes(attributes: readonly Attribute[]): {
  type: Uint8Array
  digest: Uint8Array
} {
  const [type, digest] = [onlyValue(attributes, id_contentType), onlyValue(attributes, id_messageDigest)]
  if (type === undefined || digest === undefined) {
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'Content type or message digest is missing')
  }
  return { type, digest: new Uint8Array(AsnConvert.parse(digest, OctetString).buffer) }
}

/** What must be taken byte by byte: the library would write certificates, names and attributes anew. */
function rawParts(contentInfo: Der): {
  certificates: Certificate[]
  signerId: Der
  signedAttributes: Der
  signatureAlgorithm: Der
} {
  const [, content] = childrenOf(contentInfo, tags.sequence)
  const [signedData] = childrenOf(content, tags.context(0))
  const fields = childrenOf(signedData, tags.sequence)
  const set = fields.find(({ tag }) => tag === tags.context(0))
  const [signerInfo] = childrenOf(fields.at(-1), tags.set)
  const signer = childrenOf(signerInfo, tags.sequence)
  const [, signerId, digestAlgorithm, signedAttributes, signatureAlgorithm, signature] = signer
  // What the library reads by its own rules must at least be what it is taken for.
  contentOf(signature, tags.octetString)
  contentOf(fields[2], tags.sequence)
  if (!signerId || !digestAlgorithm || !signedAttributes || !signatureAlgorithm) {
    throw new Error('The signer information is incomplete')
  }
  if (signedAttributes.tag !== tags.context(0)) throw new Error('There are no signed attributes')
  if (!hasNoParameters(digestAlgorithm)) throw new Error('A hash function takes no parameters')
  const announced = childrenOf(fields[1], tags.set)
  if (!announced.some(({ raw }) => Buffer.compare(raw, digestAlgorithm.raw) === 0)) {
    throw new Error('The hash function of the signer is not announced')
  }
  const members = set === undefined ? [] : children(set).filter(({ tag }) => tag === tags.sequence)
  const certificates = members.map(({ raw }) => parseCertificate(raw))
  return { certificates, signerId, signedAttributes, signatureAlgorithm }
}

function readable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof TimeStampFault) throw cause
    throw new TimeStampFault('TIME_STAMP_UNREADABLE', 'The time stamp cannot be read', cause)
  }
}
