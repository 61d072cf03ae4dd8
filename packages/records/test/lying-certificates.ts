import { constants, createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { children, readBytesOfBits, readDer, tags, writeDer, writeObjectIdentifier } from '../src/time/der.ts'
import { type DigestAlgorithm, objectIdentifierOf } from '../src/time/digest-algorithm.ts'

/** Certificates, revocation lists and answers of an authority that says whatever a test wants it to say. */

export type KeyKind = 'rsa' | 'rsa2048' | 'rsa-pss' | 'p256' | 'p384' | 'p521' | 'secp256k1' | 'ed25519'
export type Key = { kind: KeyKind; publicKey: KeyObject; privateKey: KeyObject }
export type Issued = { der: Buffer; key: Key; name: Buffer; serial: Buffer }

export function seq(...parts: Uint8Array[]) {
  return Buffer.from(writeDer(tags.sequence, ...parts))
}
export function int(value: number | Uint8Array) {
  return Buffer.from(writeDer(tags.integer, typeof value === 'number' ? Uint8Array.of(value) : value))
}
export function oid(dotted: string) {
  return Buffer.from(writeObjectIdentifier(dotted))
}
export function octets(bytes: Uint8Array) {
  return Buffer.from(writeDer(tags.octetString, bytes))
}
export function tagged(n: number, ...parts: Uint8Array[]) {
  return Buffer.from(writeDer(tags.context(n), ...parts))
}
export function bits(bytes: Uint8Array) {
  return Buffer.from(writeDer(tags.bitString, Uint8Array.of(0), bytes))
}
export const nul = writeDer(tags.null)
export function text(value: string, tag = 0x0c) {
  const bytes =
    tag === 0x1e
      ? Buffer.from(value, 'utf16le').swap16()
      : Buffer.from(value, tag === 0x0c ? 'utf8' : 'latin1')
  return Buffer.from(writeDer(tag, bytes))
}
export function time(at: Date) {
  const digits = at.toISOString().replace(/[-:TZ]|\.\d+/g, '')
  return Buffer.from(writeDer(tags.generalizedTime, Buffer.from(`${digits}Z`)))
}
function certificateTime(at: Date) {
  return at.getUTCFullYear() < 2050 ? Buffer.from(writeDer(tags.utcTime, time(at).subarray(4))) : time(at)
}

export function named(value: string, tag = 0x0c) {
  return seq(writeDer(tags.set, seq(oid('2.5.4.3'), text(value, tag))))
}

export function makeKey(kind: KeyKind): Key {
  return { kind, ...pair(kind) }
}

function pair(kind: KeyKind): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (kind) {
    case 'rsa':
    case 'rsa-pss':
      return generateKeyPairSync('rsa', { modulusLength: 3072 })
    case 'rsa2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048 })
    case 'p256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'p384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' })
    case 'p521':
      return generateKeyPairSync('ec', { namedCurve: 'P-521' })
    case 'secp256k1':
      return generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    case 'ed25519':
      return generateKeyPairSync('ed25519')
  }
}

const rsaIds = { sha1: 5, sha224: 14, sha256: 11, sha384: 12, sha512: 13 } as Partial<
  Record<DigestAlgorithm, number>
>
const ecIds = {
  sha1: '1.2.840.10045.4.1',
  sha224: '1.2.840.10045.4.3.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as Partial<Record<DigestAlgorithm, string>>

export function digestIdentifier(digest: DigestAlgorithm, withNull = true) {
  return seq(oid(objectIdentifierOf(digest)), ...(withNull ? [nul] : []))
}

/** AlgorithmIdentifier and signature of some bytes. */
export function signed(
  key: Key,
  digest: DigestAlgorithm,
  data: Uint8Array,
): { algorithm: Buffer; signature: Buffer } {
  if (key.kind === 'ed25519')
    return { algorithm: seq(oid('1.3.101.112')), signature: sign(null, data, key.privateKey) }
  if (key.kind === 'rsa-pss') {
    const hash = digestIdentifier(digest)
    const saltLength = createHash(digest).digest().length
    const mask = seq(oid('1.2.840.113549.1.1.8'), hash)
    const parameters = seq(tagged(0, hash), tagged(1, mask), tagged(2, int(saltLength)))
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return {
      algorithm: seq(oid('1.2.840.113549.1.1.10'), parameters),
      signature: sign(digest, data, { key: key.privateKey, padding, saltLength }),
    }
  }
  if (key.kind.startsWith('rsa')) {
    const signature = sign(digest, data, key.privateKey)
    return { algorithm: seq(oid(`1.2.840.113549.1.1.${rsaIds[digest]}`), nul), signature }
  }
  // The lower of the two values that s can have, as this program stores it, comes out every second time.
  let signature = sign(digest, data, key.privateKey)
  while (!isLow(signature, key)) signature = sign(digest, data, key.privateKey)
  return { algorithm: seq(oid(ecIds[digest] ?? '')), signature }
}

/** Well below half the order of the curve. */
function isLow(signature: Uint8Array, { kind }: Key): boolean {
  const s = children(readDer(signature))[1]?.content ?? signature
  const length = { p384: 48, p521: 66 }[kind as string] ?? 32
  return s.length < length || (s.length === length && kind !== 'p521' && (s[0] ?? 0) < 0x7f)
}

export function extension(id: string, critical: boolean, value: Uint8Array) {
  return seq(oid(id), ...(critical ? [writeDer(tags.boolean, Uint8Array.of(0xff))] : []), octets(value))
}

export const timeStampingUsage = extension('2.5.29.37', true, seq(oid('1.3.6.1.5.5.7.3.8')))
export function address(uri: string) {
  return writeDer(0x86, Buffer.from(uri))
}
/** Where an authority publishes lists, and where it answers. */
export function listPoint(uri: string) {
  return extension('2.5.29.31', false, seq(seq(tagged(0, tagged(0, address(uri))))))
}
export function responder(uri: string) {
  return extension('1.3.6.1.5.5.7.1.1', false, seq(seq(oid('1.3.6.1.5.5.7.48.1'), address(uri))))
}
export function keyIdentifier(key: Key) {
  return createHash('sha1').update(publicBits(key)).digest()
}

export type CertificateOptions = {
  name?: Buffer
  /** The issuer's name as it is written here, where it differs. */
  issuerName?: Buffer
  from?: Date
  until?: Date
  authority?: boolean
  pathLength?: number
  extensions?: Buffer[]
  digest?: DigestAlgorithm
}

const start = new Date('2015-01-01T00:00:00Z')
const end = new Date('2046-01-01T00:00:00Z')

/** A certificate for a key; self-signed without an issuer. */
export function certify(key: Key, issuer: Issued | undefined, options: CertificateOptions = {}): Issued {
  const {
    from = start,
    until = end,
    authority = issuer === undefined,
    extensions = [],
    digest = 'sha256',
  } = options
  const name = options.name ?? named(authority ? 'Prüfwurzel' : 'Prüfstempel')
  const serial = Buffer.concat([Uint8Array.of(0x4a), randomBytes(8)])
  const basic = authority
    ? seq(
        writeDer(tags.boolean, Uint8Array.of(0xff)),
        ...(options.pathLength === undefined ? [] : [int(options.pathLength)]),
      )
    : seq()
  const usage = writeDer(tags.bitString, authority ? Uint8Array.of(1, 0x06) : Uint8Array.of(7, 0x80))
  const signer = issuer?.key ?? key
  const issuerName = options.issuerName ?? issuer?.name ?? name
  function body(algorithm: Uint8Array) {
    return seq(
      tagged(0, int(2)),
      int(serial),
      algorithm,
      issuerName,
      seq(certificateTime(from), certificateTime(until)),
      name,
      key.publicKey.export({ format: 'der', type: 'spki' }),
      tagged(
        3,
        seq(
          extension('2.5.29.19', true, basic),
          extension('2.5.29.15', true, usage),
          extension('2.5.29.14', false, octets(keyIdentifier(key))),
          ...extensions,
        ),
      ),
    )
  }
  const { algorithm } = signed(signer, digest, Buffer.alloc(0))
  const content = body(algorithm)
  const { signature } = signed(signer, digest, content)
  return { der: seq(content, algorithm, bits(signature)), key, name, serial }
}

export function pem({ der }: Issued) {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}

type Revocation = { serial: Uint8Array; at: Date; reason?: number }

/** A CertificateList of an authority. */
export function revocationList(issuer: Issued, at: Date, next: Date, revoked: Revocation[] = []): Buffer {
  const entries = revoked.map(({ serial, at: when, reason }) => {
    const code =
      reason === undefined
        ? []
        : [seq(extension('2.5.29.21', false, writeDer(tags.enumerated, Uint8Array.of(reason))))]
    return seq(int(serial), certificateTime(when), ...code)
  })
  const { algorithm } = signed(issuer.key, 'sha256', Buffer.alloc(0))
  const list = entries.length === 0 ? [] : [seq(...entries)]
  const number = tagged(0, seq(extension('2.5.29.20', false, int(7))))
  const content = seq(
    int(1),
    algorithm,
    issuer.name,
    certificateTime(at),
    certificateTime(next),
    ...list,
    number,
  )
  return seq(content, algorithm, bits(signed(issuer.key, 'sha256', content).signature))
}

/** An OCSPResponse about one certificate, by the issuer or by somebody it delegated. */
export function ocspResponse(
  issuer: Issued,
  about: Issued,
  at: Date,
  next: Date,
  revoked?: Revocation,
  by = issuer,
): Buffer {
  function sha1(bytes: Uint8Array) {
    return octets(createHash('sha1').update(bytes).digest())
  }
  const id = seq(digestIdentifier('sha1'), sha1(issuer.name), sha1(publicBits(issuer.key)), int(about.serial))
  const reason =
    revoked?.reason === undefined ? [] : [tagged(0, writeDer(tags.enumerated, Uint8Array.of(revoked.reason)))]
  const status =
    revoked === undefined ? writeDer(tags.contextPrimitive(0)) : tagged(1, time(revoked.at), ...reason)
  const content = seq(tagged(1, by.name), time(at), seq(seq(id, status, time(at), tagged(0, time(next)))))
  const { algorithm, signature } = signed(by.key, 'sha256', content)
  const delegate = by === issuer ? [] : [tagged(0, seq(by.der))]
  const basic = seq(content, algorithm, bits(signature), ...delegate)
  const granted = writeDer(tags.enumerated, Uint8Array.of(0))
  return seq(granted, tagged(0, seq(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))))
}

/** As SignedData keeps an answer (RFC 5652 section 10.2.1). */
export function keptAnswer(answer: Uint8Array) {
  return tagged(1, oid('1.3.6.1.5.5.7.16.2'), answer)
}

/** What the BIT STRING of SubjectPublicKeyInfo holds. */
function publicBits(key: Key): Uint8Array {
  const spki = key.publicKey.export({ format: 'der', type: 'spki' })
  return readBytesOfBits(children(readDer(spki))[1])
}
