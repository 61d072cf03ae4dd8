import { readBer } from './ber.ts'
import { isSameBytes, joinedBytes } from './bytes.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  isAscending,
  NotDer,
  readObjectIdentifier,
  readSmallInteger,
  tags,
} from './der.ts'
import { type DigestAlgorithm, digestAlgorithmOf } from './digest-algorithm.ts'
import { isSameName, nameKey } from './name.ts'
import { TimeStampFault } from './time-stamp-fault.ts'
import { readTimeStampInfo, type TimeStampInfo } from './time-stamp-info.ts'

export const oids = {
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
} as const

/** A token carries a handful of certificates and answers about them; what has thousands only costs time. */
const maxCertificates = 64

/** The fields of SignedData and of its one SignerInfo, as they came (RFC 5652 sections 5.1 and 5.3). */
type TokenParts = {
  version: Der
  announced: Der[]
  content: Der
  certificates: Der[]
  revocation: Der[]
  signer: {
    version: Der
    name: Der
    digestAlgorithm: Der
    attributes: Der
    signatureAlgorithm: Der
    signature: Uint8Array
    unsigned: Der | undefined
  }
}

/** A time stamp taken apart, nothing of it believed yet. */
export type ParsedTimeStamp = {
  parts: TokenParts
  info: TimeStampInfo
  /** The octets that the message digest attribute covers. */
  content: Uint8Array
  /** Undefined for a hash function that is unknown here. */
  digestAlgorithm: DigestAlgorithm | undefined
  /** The signed attributes as they are signed: with the tag of a SET (RFC 5652 section 5.4). */
  signedAttributes: Uint8Array
  /** The only value of a signed attribute, by its type; attributes with several values are not here. */
  attributes: ReadonlyMap<string, Der>
  certificates: Certificate[]
  isSigner: (certificate: Certificate) => boolean
  /** False for a token that came in BER; its parts are in DER all the same. */
  isDer: boolean
}

/**
 * Takes a token apart. CMS may be in BER, with indefinite lengths and octet strings in pieces (RFC 5652 section 2); it is read
 * as the DER of it, over which signed attributes are signed anyhow (section 5.4). Sets outside the signed parts may be in
 * any order, and what is signed is strict. @throws TimeStampFault TIME_STAMP_UNREADABLE, TIME_STAMP_ATTRIBUTES or TIME_STAMP_CONTENT
 */
export function parseTimeStampToken(token: Uint8Array): ParsedTimeStamp {
  const { parts, content, isDer } = readable('TIME_STAMP_UNREADABLE', () => readParts(token))
  const attributes = readable('TIME_STAMP_ATTRIBUTES', () => attributesIn(parts.signer.attributes))
  return {
    parts,
    isDer,
    info: readable('TIME_STAMP_CONTENT', () => readTimeStampInfo(content)),
    content,
    signedAttributes: joinedBytes([Uint8Array.of(tags.set), parts.signer.attributes.raw.subarray(1)]),
    attributes,
    ...readable('TIME_STAMP_UNREADABLE', () => ({
      digestAlgorithm: digestAlgorithmOf(childrenOf(parts.signer.digestAlgorithm, tags.sequence)),
      certificates: parts.certificates.flatMap(certificateIn),
      isSigner: signerTest(parts.signer.name),
    })),
  }
}

function readParts(token: Uint8Array): { parts: TokenParts; content: Uint8Array; isDer: boolean } {
  const { value, isDer } = readBer(token)
  const [type, tagged, beyond] = childrenOf(value, tags.sequence)
  const [signedData, second] = childrenOf(tagged, tags.context(0))
  if (readObjectIdentifier(type) !== oids.signedData || beyond || second) throw new NotDer('Not signed data')
  const [version, announced, content, ...rest] = childrenOf(signedData, tags.sequence)
  function take(tag: number) {
    return rest[0]?.tag === tag ? rest.shift() : undefined
  }
  const [certificates, revocation, signers] = [take(tags.context(0)), take(tags.context(1)), take(tags.set)]
  const [signerInfo, another] = childrenOf(signers, tags.set)
  if (!version || !content || rest.length > 0 || another) throw new NotDer('Not signed data of one signer')
  const parts = {
    version,
    announced: childrenOf(announced, tags.set),
    content,
    certificates: certificates ? children(certificates) : [],
    revocation: revocation ? children(revocation) : [],
    signer: readSigner(childrenOf(signerInfo, tags.sequence)),
  }
  if (parts.certificates.length > maxCertificates || parts.revocation.length > maxCertificates)
    throw new NotDer('There are more certificates than anybody needs')
  if (readSmallInteger(version) !== versionOf(parts.certificates, parts.revocation))
    throw new NotDer('The version is not that of the content')
  const wanted = childrenOf(parts.signer.digestAlgorithm, tags.sequence)
  const isAnnounced = parts.announced.some((each) => {
    const fields = childrenOf(each, tags.sequence)
    // With NULL or without: the same function.
    return digestAlgorithmOf(fields) === digestAlgorithmOf(wanted) && isSameIdentifier(fields, wanted)
  })
  if (!isAnnounced) throw new NotDer('The hash function of the signer is not announced')
  return { parts, content: contentIn(content), isDer }
}

function isSameIdentifier([one]: readonly Der[], [other]: readonly Der[]): boolean {
  return readObjectIdentifier(one) === readObjectIdentifier(other)
}

/** RFC 5652 section 5.1, for a content that is not plain data. */
export function versionOf(certificates: readonly Der[], revocation: readonly Der[]): number {
  const isOther =
    certificates.some(({ tag }) => tag === tags.context(3)) ||
    revocation.some(({ tag }) => tag !== tags.sequence)
  if (isOther) return 5
  return certificates.some(({ tag }) => tag === tags.context(2)) ? 4 : 3
}

function readSigner([version, name, digestAlgorithm, attributes, ...rest]: Der[]): TokenParts['signer'] {
  const [signatureAlgorithm, signature, unsigned, extra] = rest
  if (!version || !name || !digestAlgorithm || !signatureAlgorithm || extra)
    throw new NotDer('The signer is incomplete')
  if (attributes?.tag !== tags.context(0)) {
    throw new TimeStampFault('TIME_STAMP_ATTRIBUTES', 'There are no signed attributes')
  }
  if (unsigned !== undefined && unsigned.tag !== tags.context(1))
    throw new NotDer('The signer has an unknown field')
  // Section 5.3: version 1 names the signer by issuer and serial number, version 3 by the identifier of the key.
  const named = name.tag === tags.sequence ? 1 : name.tag === tags.contextPrimitive(0) ? 3 : undefined
  if (named === undefined || readSmallInteger(version) !== named)
    throw new NotDer('The signer is named another way')
  const octets = contentOf(signature, tags.octetString)
  return { version, name, digestAlgorithm, attributes, signatureAlgorithm, signature: octets, unsigned }
}

function contentIn(encapsulated: Der): Uint8Array {
  const [type, tagged, beyond] = childrenOf(encapsulated, tags.sequence)
  const [octets, second] = childrenOf(tagged, tags.context(0))
  if (readObjectIdentifier(type) !== oids.timeStampInfo || beyond || second)
    throw new NotDer('No time stamp inside')
  return contentOf(octets, tags.octetString)
}

/** In the order of DER, as they are signed (RFC 5652 section 5.4), each type once (section 5.3). */
function attributesIn(tagged: Der): Map<string, Der> {
  const members = children(tagged)
  if (!isAscending(members)) throw new NotDer('The signed attributes are not in the order of DER')
  const attributes = members.map((member) => {
    const [type, values, extra] = childrenOf(member, tags.sequence)
    if (extra !== undefined) throw new NotDer('An attribute has an unknown field')
    const all = childrenOf(values, tags.set)
    if (!isAscending(all)) throw new NotDer('The values of an attribute are not in the order of DER')
    return [readObjectIdentifier(type), all] as const
  })
  if (new Set(attributes.map(([type]) => type)).size < attributes.length)
    throw new NotDer('An attribute occurs twice')
  return new Map(attributes.flatMap(([type, [only, more]]) => (only && !more ? [[type, only] as const] : [])))
}

/** A certificate that cannot be read is on no path. */
function certificateIn(choice: Der): Certificate[] {
  if (choice.tag !== tags.sequence) return []
  try {
    return [parseCertificate(choice.raw)]
  } catch (error) {
    if (error instanceof NotDer) return []
    throw error
  }
}

function signerTest(name: Der): ParsedTimeStamp['isSigner'] {
  if (name.tag !== tags.sequence) {
    return ({ subjectKeyId }) => subjectKeyId !== undefined && isSameBytes(subjectKeyId, name.content)
  }
  const [issuer, serialNumber] = children(name)
  const [key, serial] = [nameKey(issuer), contentOf(serialNumber, tags.integer)]
  return (certificate) =>
    isSameBytes(certificate.serialNumber, serial) && isSameName(certificate.issuerKey, key)
}

/** Runs a reader; what is not DER becomes a fault of this code. */
export function readable<Value>(
  code: 'TIME_STAMP_UNREADABLE' | 'TIME_STAMP_ATTRIBUTES' | 'TIME_STAMP_CONTENT',
  read: () => Value,
): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof NotDer)) throw cause
    throw new TimeStampFault(code, cause.message, cause)
  }
}
