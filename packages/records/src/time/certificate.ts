import { X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  BasicConstraints,
  Certificate as CertificateAsn,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  KeyUsage,
  KeyUsageFlags,
} from '@peculiar/asn1-x509'
import { childrenOf, requireDer, tags } from './der.ts'
import { isStrongSignature } from './signature-algorithm.ts'

/** What path checking needs to know of a certificate (RFC 5280 section 4). Times are UTC. */
export type Certificate = {
  raw: Uint8Array
  /** The exact bytes of the names and the serial number: compared as they are, never as text. */
  subject: Uint8Array
  issuer: Uint8Array
  serialNumber: Uint8Array
  notBefore: Date
  notAfter: Date
  isAuthority: boolean
  pathLength: number | undefined
  /** True when there is no key usage extension, which leaves the key unrestricted. */
  maySignCertificates: boolean
  maySignData: boolean
  /** False when its issuer signed it over SHA-1 or with an algorithm unknown here. */
  hasStrongSignature: boolean
  extendedKeyUsage: { critical: boolean; purposes: string[] } | undefined
  hasUnknownCriticalExtension: boolean
  x509: X509Certificate
}

/** Reads one certificate in DER. @throws when it is not one */
export function parseCertificate(der: Uint8Array): Certificate {
  const [signed, signatureAlgorithm] = childrenOf(requireDer(der), tags.sequence)
  const fields = childrenOf(signed, tags.sequence)
  // version [0] is left out of version 1 certificates.
  const [serialNumber, , issuer, , subject] = fields[0]?.tag === tags.context(0) ? fields.slice(1) : fields
  if (serialNumber === undefined || issuer === undefined || subject === undefined)
    throw new Error('No certificate')
  const { validity, extensions } = AsnConvert.parse(der, CertificateAsn).tbsCertificate
  const known = new Set([id_ce_basicConstraints, id_ce_keyUsage, id_ce_extKeyUsage])
  function find(id: string) {
    return extensions?.find(({ extnID }) => extnID === id)
  }
  const [basic, usage, purposes] = [
    find(id_ce_basicConstraints),
    find(id_ce_keyUsage),
    find(id_ce_extKeyUsage),
  ]
  const constraints = basic && AsnConvert.parse(basic.extnValue, BasicConstraints)
  const flags = usage && AsnConvert.parse(usage.extnValue, KeyUsage).toNumber()
  function allows(wanted: number) {
    return flags === undefined || (flags & wanted) !== 0
  }
  return {
    raw: der,
    subject: subject.raw,
    issuer: issuer.raw,
    serialNumber: serialNumber.content,
    notBefore: validity.notBefore.getTime(),
    notAfter: validity.notAfter.getTime(),
    isAuthority: constraints?.cA === true,
    pathLength: constraints?.pathLenConstraint,
    maySignCertificates: allows(KeyUsageFlags.keyCertSign),
    maySignData: allows(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation),
    hasStrongSignature: isStrongSignature(signatureAlgorithm),
    extendedKeyUsage: purposes && {
      critical: purposes.critical,
      purposes: [...AsnConvert.parse(purposes.extnValue, ExtendedKeyUsage)],
    },
    hasUnknownCriticalExtension: (extensions ?? []).some(
      ({ critical, extnID }) => critical && !known.has(extnID),
    ),
    x509: new X509Certificate(der),
  }
}

/** Reads every certificate of a PEM text. @throws when one is malformed or there is none */
export function parseCertificatesPem(pem: string): Certificate[] {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g)]
  if (blocks.length === 0) throw new Error('The text has no certificate')
  return blocks.map(([, body]) => parseCertificate(Buffer.from(body ?? '', 'base64')))
}
