import { isSameBytes, latin1Of } from './bytes.ts'
import { type Certificate, extensionsIn } from './certificate.ts'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readBytesOfBits,
  readDer,
  readSmallInteger,
  requireDer,
  tags,
} from './der.ts'
import { readTime } from './der-time.ts'
import { nameKey } from './name.ts'
import { type SignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts'

/** When a certificate was revoked, and the CRLReason (RFC 5280 section 5.3.1) where one is given. */
export type Revoked = { at: Date; reason: number | undefined }

/** A certificate revocation list (RFC 5280 section 5), its signature not checked yet. */
export type RevocationList = {
  issuerKey: string[]
  thisUpdate: Date
  nextUpdate: Date | undefined
  signed: Uint8Array
  algorithm: SignatureAlgorithm | undefined
  signature: Uint8Array
  find: (serialNumber: Uint8Array) => Revoked | undefined
  /** Whether it is complete for certificates like this one (section 5.2.5). */
  covers: (certificate: Certificate) => boolean
}

const issuingDistributionPoint = '2.5.29.28'
const reasonCode = '2.5.29.21'
const crlNumber = '2.5.29.20'
const authorityKeyId = '2.5.29.35'
const distributionPoints = '2.5.29.31'

/** @throws NotDer, also for a list that cannot be taken for complete: delta, indirect, with an unknown critical extension */
export function readRevocationList(value: Der): RevocationList {
  const [signed, algorithm, signature] = childrenOf(requireDer(value.raw), tags.sequence)
  const all = childrenOf(signed, tags.sequence)
  const fields = all[0]?.tag === tags.integer ? all.slice(1) : all
  const [innerAlgorithm, issuer, thisUpdate, ...rest] = fields
  if (!signed || !algorithm || !isSameBytes(innerAlgorithm?.raw ?? signed.raw, algorithm.raw))
    throw new NotDer('Not a revocation list')
  const isTime = rest[0]?.tag === tags.utcTime || rest[0]?.tag === tags.generalizedTime
  const nextUpdate = isTime ? readTime(rest.shift()) : undefined
  const revoked = rest[0]?.tag === tags.sequence ? childrenOf(rest.shift(), tags.sequence) : []
  const [tagged] = rest
  const extensions = extensionsIn(tagged ? childrenOf(children(tagged)[0], tags.sequence) : [])
  const point = extensions.find(({ id }) => id === issuingDistributionPoint)
  const known = new Set([issuingDistributionPoint, crlNumber, authorityKeyId])
  if (extensions.some(({ id, critical }) => critical && !known.has(id)))
    throw new NotDer('The list is not complete')
  return {
    issuerKey: nameKey(issuer),
    thisUpdate: readTime(thisUpdate),
    nextUpdate,
    signed: signed.raw,
    algorithm: signatureAlgorithmOf(algorithm),
    signature: readBytesOfBits(signature),
    find: (serialNumber) => {
      const entry = revoked.map(children).find(([serial]) => isSerial(serial, serialNumber))
      return entry && revocationIn(entry)
    },
    covers: point === undefined ? () => true : coverage(readDer(point.value)),
  }
}

function isSerial(serial: Der | undefined, wanted: Uint8Array): boolean {
  return serial?.tag === tags.integer && isSameBytes(serial.content, wanted)
}

function revocationIn([, date, extensions]: Der[]): Revoked {
  const reason = extensionsIn(extensions ? childrenOf(extensions, tags.sequence) : []).find(
    ({ id }) => id === reasonCode,
  )
  return { at: readTime(date), reason: reason && readSmallInteger(readDer(reason.value), tags.enumerated) }
}

/** IssuingDistributionPoint: only a point that the certificate names, users or authorities only; nothing else. */
function coverage(value: Der): RevocationList['covers'] {
  const fields = childrenOf(value, tags.sequence)
  const [point, users, authorities] = [0xa0, 0x81, 0x82].map((tag) =>
    fields.find((field) => field.tag === tag),
  )
  if (fields.some(({ tag }) => tag !== 0xa0 && tag !== 0x81 && tag !== 0x82)) return () => false
  const names = point ? children(point).flatMap(children) : []
  return ({ isAuthority, extensions }) => {
    if ((users && isAuthority) || (authorities && !isAuthority)) return false
    const named = extensions.get(distributionPoints)
    return (
      point === undefined ||
      names.some((name) => named !== undefined && latin1Of(named).includes(latin1Of(name.raw)))
    )
  }
}

/** The addresses of complete lists that a certificate names (RFC 5280 section 4.2.1.13); none when they cannot be read. */
export function listAddresses({ extensions }: Certificate): string[] {
  const value = extensions.get(distributionPoints)
  return value === undefined ? [] : addressesIn(() => listPoints(value))
}

/** What a certificate says about places is a hint that nothing rests on: unreadable, it is none. */
export function addressesIn(read: () => string[]): string[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof NotDer) return []
    throw error
  }
}

function listPoints(value: Uint8Array): string[] {
  const points = childrenOf(readDer(value), tags.sequence).map((point) => childrenOf(point, tags.sequence))
  // With reasons [1] or another issuer [2] a list is not complete.
  const plain = points.filter((fields) => fields.length === 1 && fields[0]?.tag === tags.context(0))
  return plain
    .flatMap((fields) => fields.flatMap(children))
    .flatMap((name) => (name.tag === tags.context(0) ? children(name) : []))
    .filter(({ tag }) => tag === tags.contextPrimitive(6))
    .map((name) => latin1Of(contentOf(name, name.tag)))
}
