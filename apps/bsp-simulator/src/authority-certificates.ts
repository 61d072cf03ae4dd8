import { webcrypto } from 'node:crypto'
import { BitString, Integer, Null, OctetString, PrintableString, Utf8String } from 'asn1js'
import {
  AccessDescription,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CRLDistributionPoints,
  DistributionPoint,
  Extension,
  ExtKeyUsage,
  GeneralName,
  InfoAccess,
  id_ad_ocsp,
  type RelativeDistinguishedNames,
  Time,
} from 'pkijs'

const { subtle } = webcrypto
const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const year = 365.25 * 86_400_000

/** A certificate and the key that it is about. */
export type Certified = {
  readonly certificate: Certificate
  readonly key: webcrypto.CryptoKey
}

/** What the authority consists of: a root, who stamps times, and who answers whether a certificate holds. */
export type AuthorityCertificates = {
  readonly root: Certified
  readonly stamper: Certified
  readonly responder: Certified
}

/** What remains of it from one start to the next: DER in base64. */
export type KeptCertificates = Readonly<
  Record<keyof AuthorityCertificates, { readonly certificate: string; readonly key: string }>
>

function named(name: RelativeDistinguishedNames, commonName: string): void {
  name.typesAndValues.push(
    new AttributeTypeAndValue({ type: '2.5.4.6', value: new PrintableString({ value: 'DE' }) }),
    new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: commonName }) }),
  )
}

function extension(extnID: string, value: { toBER(): ArrayBuffer }, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() })
}

/** Bits from the left: digitalSignature 0, keyCertSign 5, cRLSign 6 (RFC 5280 section 4.2.1.3). */
function keyUsage(...bits: readonly number[]): Extension {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0)
  const unusedBits = 7 - Math.max(...bits)
  return extension('2.5.29.15', new BitString({ valueHex: Uint8Array.of(byte).buffer, unusedBits }), true)
}

function purpose(keyPurpose: string, critical = false): Extension {
  return extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [keyPurpose] }).toSchema(), critical)
}

function uri(value: string): GeneralName {
  return new GeneralName({ type: 6, value })
}

/** Where a relying party asks whether the certificate holds. */
function revocationAt(address: string): Extension[] {
  const ocsp = new AccessDescription({ accessMethod: id_ad_ocsp, accessLocation: uri(`${address}/ocsp`) })
  const list = new DistributionPoint({ distributionPoint: [uri(`${address}/list.crl`)] })
  return [
    extension('1.3.6.1.5.5.7.1.1', new InfoAccess({ accessDescriptions: [ocsp] }).toSchema()),
    extension('2.5.29.31', new CRLDistributionPoints({ distributionPoints: [list] }).toSchema()),
  ]
}

/** UTCTime through 2049, GeneralizedTime from 2050 on, in whole seconds (RFC 5280 section 4.1.2.5). */
export function timeOf(at: Date): Time {
  const value = new Date(Math.floor(at.getTime() / 1000) * 1000)
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value })
}

async function certify(
  commonName: string,
  years: number,
  at: Date,
  extensions: readonly Extension[],
  issuer?: Certified,
): Promise<Certified> {
  const pair = await subtle.generateKey(curve, true, ['sign', 'verify'])
  const certificate = new Certificate({ version: 2 })
  certificate.serialNumber = new Integer({
    valueHex: positive(webcrypto.getRandomValues(new Uint8Array(16))),
  })
  named(certificate.subject, commonName)
  certificate.issuer = issuer?.certificate.subject ?? certificate.subject
  // From the day before: a clock that is a little behind shall find it valid.
  certificate.notBefore = timeOf(new Date(at.getTime() - 86_400_000))
  certificate.notAfter = timeOf(new Date(at.getTime() + years * year))
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey)
  const keyHash = await subtle.digest(
    'SHA-1',
    certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView,
  )
  certificate.extensions = [...extensions, extension('2.5.29.14', new OctetString({ valueHex: keyHash }))]
  await certificate.sign(issuer?.key ?? pair.privateKey, 'SHA-256')
  return { certificate, key: pair.privateKey }
}

function positive(bytes: Uint8Array): ArrayBuffer {
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return new Uint8Array(bytes).buffer
}

/** @param address where its answers about certificates are to be had */
export async function makeCertificates(address: string, at: Date): Promise<AuthorityCertificates> {
  const authority = extension('2.5.29.19', new BasicConstraints({ cA: true }).toSchema(), true)
  const root = await certify('Demo-Wurzel der Zeitstempel', 30, at, [authority, keyUsage(5, 6)])
  const stamper = await certify(
    'Demo-Zeitstempelstelle',
    10,
    at,
    [keyUsage(0), purpose('1.3.6.1.5.5.7.3.8', true), ...revocationAt(address)],
    root,
  )
  // RFC 6960 section 4.2.2.2.1: nobody needs to ask whether the certificate of who answers holds.
  const noCheck = extension('1.3.6.1.5.5.7.48.1.5', new Null())
  const responder = await certify(
    'Demo-Auskunft über Zertifikate',
    10,
    at,
    [keyUsage(0), purpose('1.3.6.1.5.5.7.3.9'), noCheck],
    root,
  )
  return { root, stamper, responder }
}

export async function keptOf(certificates: AuthorityCertificates): Promise<KeptCertificates> {
  async function kept({ certificate, key }: Certified) {
    return {
      certificate: base64(certificate.toSchema().toBER()),
      key: base64(await subtle.exportKey('pkcs8', key)),
    }
  }
  const { root, stamper, responder } = certificates
  return { root: await kept(root), stamper: await kept(stamper), responder: await kept(responder) }
}

export async function restoredFrom({
  root,
  stamper,
  responder,
}: KeptCertificates): Promise<AuthorityCertificates> {
  async function restored({ certificate, key }: KeptCertificates['root']): Promise<Certified> {
    return {
      certificate: Certificate.fromBER(Buffer.from(certificate, 'base64')),
      key: await subtle.importKey('pkcs8', Buffer.from(key, 'base64'), curve, true, ['sign']),
    }
  }
  return {
    root: await restored(root),
    stamper: await restored(stamper),
    responder: await restored(responder),
  }
}

export function pemOf({ certificate }: Certified): string {
  const lines = base64(certificate.toSchema().toBER()).match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function base64(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('base64')
}
