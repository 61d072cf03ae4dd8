import { publicKeyOf } from '#cryptography'
import { bytesOfBase64, isSameBytes } from './bytes.ts'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readBoolean,
  readBytesOfBits,
  readDer,
  readObjectIdentifier,
  readSmallInteger,
  requireDer,
  tags,
} from './der.ts'
import { readTime } from './der-time.ts'
import { nameKey } from './name.ts'
import { type NameConstraints, readNameConstraints } from './name-constraints.ts'
import type { PublicKey } from './public-key.ts'
import { type SignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts'

/** The part of RFC 5280 section 6.1 that policies need of one certificate. */
type CertificatePolicies = {
  policies: string[]
  mappings: { issuer: string; subject: string }[]
  requireExplicit: number | undefined
  inhibitMapping: number | undefined
  inhibitAny: number | undefined
}

/** What path checking needs to know of a certificate (RFC 5280 section 4). Times are UTC. */
export type Certificate = CertificatePolicies & {
  raw: Uint8Array
  subject: Der
  issuer: Der
  /** The names as they are compared (`nameKey`). */
  subjectKey: string[]
  issuerKey: string[]
  serialNumber: Uint8Array
  notBefore: Date
  notAfter: Date
  isAuthority: boolean
  pathLength: number | undefined
  /** True when there is no key usage extension, which leaves the key unrestricted. */
  maySignCertificates: boolean
  maySignData: boolean
  maySignRevocationLists: boolean
  /** The signed part, by what it is signed, and the signature; undefined when that cannot be judged here. */
  signed: Uint8Array
  signatureAlgorithm: SignatureAlgorithm | undefined
  signature: Uint8Array
  publicKeyInfo: Uint8Array
  /** Undefined for a key of a kind unknown here. */
  publicKey: PublicKey | undefined
  subjectKeyId: Uint8Array | undefined
  extendedKeyUsage: { critical: boolean; purposes: string[] } | undefined
  nameConstraints: NameConstraints | undefined
  alternativeNames: Der[]
  hasUnknownCriticalExtension: boolean
  /** Other extensions by their identifier, for whoever looks for revocation or qualification. */
  extensions: ReadonlyMap<string, Uint8Array>
}

type Extension = { id: string; critical: boolean; value: Uint8Array }

const known = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.37',
  '2.5.29.54',
])

/** Reads one certificate in DER. @throws NotDer when it is not one */
export function parseCertificate(der: Uint8Array): Certificate {
  const [signed, outerAlgorithm, signatureBits, extra] = childrenOf(requireDer(der), tags.sequence)
  const all = childrenOf(signed, tags.sequence)
  // version [0] is left out of version 1 certificates.
  const fields = all[0]?.tag === tags.context(0) ? all.slice(1) : all
  const [serialNumber, innerAlgorithm, issuer, validity, subject, publicKeyInfo, ...rest] = fields
  if (!signed || !subject || !issuer || !publicKeyInfo || !innerAlgorithm || !outerAlgorithm || extra)
    throw new NotDer('Not a certificate')
  // RFC 5280 section 4.1.1.2: otherwise the algorithm that is read would not be the one that is signed.
  if (!isSameBytes(innerAlgorithm.raw, outerAlgorithm.raw))
    throw new NotDer('A certificate names two signature algorithms')
  const tagged = rest.find(({ tag }) => tag === tags.context(3))
  const extensions = extensionsIn(tagged ? childrenOf(children(tagged)[0], tags.sequence) : [])
  function find(id: string) {
    return extensions.find((each) => each.id === id)
  }
  const [basic, usage, purposes] = [find('2.5.29.19'), find('2.5.29.15'), find('2.5.29.37')]
  const [isAuthority, pathLength] = basic ? basicConstraints(basic.value) : [false, undefined]
  const flags = usage && contentOf(readDer(usage.value), tags.bitString)
  function allows(bit: number) {
    return flags === undefined || ((flags[1] ?? 0) & (0x80 >> bit)) !== 0
  }
  const [notBefore, notAfter] = childrenOf(validity, tags.sequence)
  const [keyId, constraints, names] = [find('2.5.29.14'), find('2.5.29.30'), find('2.5.29.17')]
  return {
    ...policiesIn(extensions),
    raw: der,
    subject,
    issuer,
    subjectKey: nameKey(subject),
    issuerKey: nameKey(issuer),
    serialNumber: contentOf(serialNumber, tags.integer),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    isAuthority,
    pathLength,
    maySignData: allows(0) || allows(1),
    maySignCertificates: allows(5),
    maySignRevocationLists: allows(6),
    signed: signed.raw,
    signatureAlgorithm: signatureAlgorithmOf(outerAlgorithm),
    signature: readBytesOfBits(signatureBits),
    publicKeyInfo: publicKeyInfo.raw,
    publicKey: publicKeyOf(publicKeyInfo.raw),
    subjectKeyId: keyId && contentOf(readDer(keyId.value), tags.octetString),
    extendedKeyUsage: purposes && {
      critical: purposes.critical,
      purposes: childrenOf(readDer(purposes.value), tags.sequence).map(readObjectIdentifier),
    },
    nameConstraints: constraints && readNameConstraints(readDer(constraints.value)),
    alternativeNames: names ? childrenOf(readDer(names.value), tags.sequence) : [],
    hasUnknownCriticalExtension: extensions.some(({ critical, id }) => critical && !known.has(id)),
    extensions: new Map(extensions.map(({ id, value }) => [id, value])),
  }
}

/** Reads every certificate of a PEM text. @throws when one is malformed or there is none */
export function parseCertificatesPem(pem: string): Certificate[] {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g)]
  if (blocks.length === 0) throw new Error('The text has no certificate')
  return blocks.map(([, body]) => parseCertificate(bytesOfBase64(body ?? '')))
}

/** The extensions of a certificate, a revocation list or an OCSP answer (RFC 5280 section 4.1). @throws NotDer */
export function extensionsIn(list: readonly Der[]): Extension[] {
  const extensions = list.map((each) => {
    const [id, second, third] = childrenOf(each, tags.sequence)
    const isMarked = second?.tag === tags.boolean
    if (isMarked && !readBoolean(second)) throw new NotDer('An extension writes a default out')
    return {
      id: readObjectIdentifier(id),
      critical: isMarked,
      value: requireDer(contentOf(isMarked ? third : second, tags.octetString)).raw,
    }
  })
  if (new Set(extensions.map(({ id }) => id)).size < extensions.length)
    throw new NotDer('An extension occurs twice')
  return extensions
}

function basicConstraints(value: Uint8Array): [boolean, number | undefined] {
  const fields = childrenOf(readDer(value), tags.sequence)
  const authority = fields[0]?.tag === tags.boolean && readBoolean(fields.shift())
  const [length] = fields
  return [authority, length === undefined ? undefined : (readSmallInteger(length) ?? 0)]
}

function policiesIn(extensions: readonly Extension[]): CertificatePolicies {
  function find(id: string) {
    return extensions.find((each) => each.id === id)?.value
  }
  const [policies, mappings, constraints, inhibitAny] = [
    '2.5.29.32',
    '2.5.29.33',
    '2.5.29.36',
    '2.5.29.54',
  ].map(find)
  const limits = constraints ? childrenOf(readDer(constraints), tags.sequence) : []
  function limit(n: number) {
    const found = limits.find(({ tag }) => tag === tags.contextPrimitive(n))
    return found && readSmallInteger(found, found.tag)
  }
  return {
    policies: policies
      ? childrenOf(readDer(policies), tags.sequence).map((each) =>
          readObjectIdentifier(childrenOf(each, tags.sequence)[0]),
        )
      : [],
    mappings: mappings
      ? childrenOf(readDer(mappings), tags.sequence).map((each) => {
          const [issuer, subject] = childrenOf(each, tags.sequence)
          return { issuer: readObjectIdentifier(issuer), subject: readObjectIdentifier(subject) }
        })
      : [],
    requireExplicit: limit(0),
    inhibitMapping: limit(1),
    inhibitAny: inhibitAny && readSmallInteger(readDer(inhibitAny)),
  }
}
