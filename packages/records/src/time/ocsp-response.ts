import { digest } from '#cryptography'
import { isSameBytes, latin1Of } from './bytes.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readBytesOfBits,
  readDer,
  readObjectIdentifier,
  readSmallInteger,
  requireDer,
  tags,
  writeDer,
  writeObjectIdentifier,
} from './der.ts'
import { readGeneralizedTime } from './der-time.ts'
import { digestAlgorithmOf, objectIdentifierOf } from './digest-algorithm.ts'
import { addressesIn, type Revoked } from './revocation-list.ts'
import { type SignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts'

/** An OCSP answer (RFC 6960 section 4.2), its signature not checked yet. */
export type OcspAnswer = {
  producedAt: Date
  singles: Der[]
  signed: Uint8Array
  algorithm: SignatureAlgorithm | undefined
  signature: Uint8Array
  certificates: Certificate[]
}

const basicResponse = '1.3.6.1.5.5.7.48.1.1'
const ocspMethod = '1.3.6.1.5.5.7.48.1'
const authorityInformation = '1.3.6.1.5.5.7.1.1'

/** @throws NotDer, also for an answer that the responder did not give */
export function readOcspResponse(bytes: Uint8Array): OcspAnswer {
  const [status, tagged] = childrenOf(requireDer(bytes), tags.sequence)
  if (readSmallInteger(status, tags.enumerated) !== 0) throw new NotDer('The responder gave no answer')
  const [type, octets] = childrenOf(childrenOf(tagged, tags.context(0))[0], tags.sequence)
  if (readObjectIdentifier(type) !== basicResponse) throw new NotDer('The answer is of an unknown type')
  const basic = requireDer(contentOf(octets, tags.octetString))
  const [signed, algorithm, signature, certificates] = childrenOf(basic, tags.sequence)
  const all = childrenOf(signed, tags.sequence)
  const fields = all[0]?.tag === tags.context(0) ? all.slice(1) : all
  const [, producedAt, responses] = fields
  if (signed === undefined) throw new NotDer('Not an answer')
  return {
    producedAt: readGeneralizedTime(producedAt),
    singles: childrenOf(responses, tags.sequence),
    signed: signed.raw,
    algorithm: signatureAlgorithmOf(algorithm),
    signature: readBytesOfBits(signature),
    certificates: certificates
      ? childrenOf(children(certificates)[0], tags.sequence)
          .slice(0, 8)
          .map(({ raw }) => parseCertificate(raw))
      : [],
  }
}

/** What the answer says of a certificate of this issuer; undefined when it does not speak of it or does not know it. */
export function statusFor(
  { singles }: OcspAnswer,
  certificate: Certificate,
  issuer: Certificate,
): { thisUpdate: Date; nextUpdate: Date | undefined; revoked: Revoked | undefined } | undefined {
  for (const single of singles) {
    const [id, status, thisUpdate, next] = childrenOf(single, tags.sequence)
    if (!isAbout(childrenOf(id, tags.sequence), certificate, issuer)) continue
    const nextUpdate = next?.tag === tags.context(0) ? readGeneralizedTime(children(next)[0]) : undefined
    const at = { thisUpdate: readGeneralizedTime(thisUpdate), nextUpdate }
    if (status?.tag === tags.contextPrimitive(0)) return { ...at, revoked: undefined }
    if (status?.tag !== tags.context(1)) continue
    const [when, reason] = children(status)
    const code = reason && readSmallInteger(children(reason)[0], tags.enumerated)
    return { ...at, revoked: { at: readGeneralizedTime(when), reason: code } }
  }
  return undefined
}

function isAbout(
  [algorithm, name, key, serial]: Der[],
  certificate: Certificate,
  issuer: Certificate,
): boolean {
  const hash = digestAlgorithmOf(childrenOf(algorithm, tags.sequence))
  if (hash === undefined || !isSameBytes(contentOf(serial, tags.integer), certificate.serialNumber))
    return false
  const isKey = isSameBytes(contentOf(key, tags.octetString), digest(hash, keyBits(issuer)))
  const isName = [issuer.subject, certificate.issuer].some(({ raw }) =>
    isSameBytes(contentOf(name, tags.octetString), digest(hash, raw)),
  )
  return isKey && isName
}

/** An OCSPRequest for one certificate (RFC 6960 section 4.1), with SHA-1, the hash that every responder knows. */
export function encodeOcspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  function sha1(bytes: Uint8Array) {
    return writeDer(tags.octetString, digest('sha1', bytes))
  }
  const algorithm = writeDer(
    tags.sequence,
    writeObjectIdentifier(objectIdentifierOf('sha1')),
    writeDer(tags.null),
  )
  const serial = writeDer(tags.integer, certificate.serialNumber)
  const id = writeDer(tags.sequence, algorithm, sha1(certificate.issuer.raw), sha1(keyBits(issuer)), serial)
  return writeDer(
    tags.sequence,
    writeDer(tags.sequence, writeDer(tags.sequence, writeDer(tags.sequence, id))),
  )
}

/** The addresses of responders that a certificate names (RFC 5280 section 4.2.2.1); none when they cannot be read. */
export function responderAddresses({ extensions }: Certificate): string[] {
  const value = extensions.get(authorityInformation)
  return value === undefined ? [] : addressesIn(() => responders(value))
}

function responders(value: Uint8Array): string[] {
  return childrenOf(readDer(value), tags.sequence)
    .map((access) => childrenOf(access, tags.sequence))
    .filter(
      ([method, name]) =>
        readObjectIdentifier(method) === ocspMethod && name?.tag === tags.contextPrimitive(6),
    )
    .map(([, name]) => latin1Of(name?.content ?? new Uint8Array(0)))
}

function keyBits({ publicKeyInfo }: Certificate): Uint8Array {
  return readBytesOfBits(childrenOf(readDer(publicKeyInfo), tags.sequence)[1])
}
