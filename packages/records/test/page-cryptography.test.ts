import { constants, ECDH, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { encodeEvidenceRecord } from '../src/evidence/evidence-record.ts'
import { evidenceRecord } from '../src/evidence/renew-evidence.ts'
import { tags, writeDer } from '../src/time/der.ts'
import type { DigestAlgorithm } from '../src/time/digest-algorithm.ts'
import type { SignatureAlgorithm } from '../src/time/signature-algorithm.ts'
import { LyingAuthority } from './lying-authority.ts'
import { bits, oid, seq } from './lying-certificates.ts'
import { timeVectors } from './time-vectors.ts'

/** Everything that judges, with one of the two cryptographies below it. */
async function judging(cryptography: 'node' | 'page') {
  vi.resetModules()
  vi.doMock('#cryptography', () => import(`../src/time/cryptography-of-${cryptography}.ts`))
  const modules = {
    ...(await import('../src/verify/check-time.ts')),
    ...(await import('../src/time/check-time-stamp.ts')),
    ...(await import('../src/time/certificate.ts')),
    ...(await import('../src/time/signature-algorithm.ts')),
    ...(await import('#cryptography')),
  }
  return { name: cryptography, ...modules }
}

const node = await judging('node')
const page = await judging('page')
type Judging = typeof node

it('are two cryptographies and not one', () => {
  expect(page.digest).not.toBe(node.digest)
  expect(page.publicKeyOf).not.toBe(node.publicKeyOf)
})

describe('every time stamp and evidence record that we have gets the same verdict in a page, word by word', () => {
  const all = [...timeVectors('time-stamps'), ...timeVectors('evidence-records')]
  it.each(all.map((each) => [each.name, each] as const))('%s', (_name, vector) => {
    const { path, bytes, content, trust } = vector
    function said({ checkEvidence, checkResponse, checkTimeStamp, digest, parseCertificatesPem }: Judging) {
      const roots = parseCertificatesPem(readFileSync(vector.rootPath, 'utf8'))
      const document = { name: 'data', bytes: content }
      if (path.endsWith('.er'))
        return checkEvidence(bytes, [document], { ...trust, roots }, 'record').findings
      if (path.endsWith('.tsr')) return checkResponse(bytes, document, { ...trust, roots }, 'answer').findings
      const { calendar, on: latest } = trust
      const verdict = checkTimeStamp(bytes, {
        roots,
        digestOf: (algorithm) => digest(algorithm, content),
        ...(latest && { latest }),
        ...(calendar && { calendar }),
      })
      if (!verdict.ok) return verdict
      const { at, algorithms, path: certificates, certificatesEndAt, surplus, storedWith } = verdict
      const stored = Buffer.from(storedWith([])).toString('hex')
      return { at, algorithms, certificates: certificates.length, certificatesEndAt, surplus, stored }
    }
    expect(said(page)).toEqual(said(node))
  })
})

it('a stamp on a curve that the page has no arithmetic of is not here, and neither good nor bad', () => {
  const authority = new LyingAuthority('secp256k1')
  const content = Buffer.from('{"salted":"3b1f"}')
  const response = authority.answer(content)
  const record = encodeEvidenceRecord(
    evidenceRecord('sha256', { token: authority.token(node.digest('sha256', content)) }),
  )
  function codesOf({ checkEvidence, checkResponse, parseCertificatesPem }: Judging) {
    const trust = { keys: [], roots: parseCertificatesPem(authority.rootPem) }
    const document = { name: 'data', bytes: content }
    const findings = [
      ...checkResponse(response, document, trust, 'answer').findings,
      ...checkEvidence(record, [document], trust, 'record').findings,
    ]
    return findings.map(({ code }) => code).filter((code) => code !== 'TIME_STAMP_REVOCATION_UNKNOWN')
  }
  expect(codesOf(node)).toEqual(['TIME_STAMP_GOOD', 'EVIDENCE_GOOD'])
  expect(codesOf(page)).toEqual(['TIME_STAMP_NOT_HERE', 'EVIDENCE_NOT_HERE'])
})

const digests: readonly DigestAlgorithm[] = [
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'sha3-384',
  'sha3-512',
]
const seed = 20_261_129

it.each(digests)('%s of anything is the same', (algorithm) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), (parts) => {
      expect(page.digest(algorithm, ...parts)).toEqual(Uint8Array.from(node.digest(algorithm, ...parts)))
    }),
    { seed, numRuns: 60 },
  )
})

type Signer = {
  readonly algorithm: SignatureAlgorithm
  readonly publicKey: KeyObject
  readonly sign: (data: Uint8Array) => Uint8Array
}

function ofCurve(namedCurve: string): Signer[] {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  return digests.map((digest) => ({
    algorithm: { scheme: 'ecdsa', digest },
    publicKey,
    sign: (data) => sign(digest, data, privateKey),
  }))
}

function ofRsa(modulusLength: number, publicExponent = 65_537): Signer[] {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  const plain = digests.map<Signer>((digest) => ({
    algorithm: { scheme: 'rsa-pkcs1', digest },
    publicKey,
    sign: (data) => sign(digest, data, privateKey),
  }))
  const padding = constants.RSA_PKCS1_PSS_PADDING
  const padded = digests.map<Signer>((digest, at) => ({
    algorithm: { scheme: 'rsa-pss', digest, mask: digest, saltLength: 9 + at },
    publicKey,
    sign: (data) => sign(digest, data, { key: privateKey, padding, saltLength: 9 + at }),
  }))
  return [...plain, ...padded]
}

function ofEdwards(): Signer[] {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return [
    {
      algorithm: { scheme: 'ed25519', digest: 'sha512' },
      publicKey,
      sign: (data) => sign(null, data, privateKey),
    },
  ]
}

function infoOf(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ format: 'der', type: 'spki' }))
}

/** What each of both says of a signature under a key, with what the calendar is told. */
function saysOf(
  { publicKeyOf, signatureUse, verifySignature }: Judging,
  algorithm: SignatureAlgorithm,
  info: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
) {
  const key = publicKeyOf(info)
  if (key === undefined) return 'no key'
  return { holds: verifySignature(algorithm, key, data, signature), use: signatureUse(algorithm, key) }
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const other = Uint8Array.from(bytes)
  const at = (bit >> 3) % bytes.length
  other[at] = (other[at] ?? 0) ^ (1 << (bit & 7))
  return other
}

describe('a signature that OpenSSL made holds in both, and in neither once a bit of it or of the data is another', () => {
  const kinds: [string, () => Signer[]][] = [
    ...['prime256v1', 'secp384r1', 'secp521r1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1'].map(
      (curve): [string, () => Signer[]] => [curve, () => ofCurve(curve)],
    ),
    ['Ed25519', ofEdwards],
    ['RSA 2048', () => ofRsa(2048)],
    ['RSA 2049, whose highest byte is one bit', () => ofRsa(2049)],
    ['RSA 3072 with the exponent 3', () => ofRsa(3072, 3)],
  ]
  it.each(kinds)('%s', (_name, make) => {
    const signers = make()
    const [stranger] = make()
    fc.assert(
      fc.property(
        fc.constantFrom(...signers),
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(1 << 14),
        ({ algorithm, publicKey, sign: signed }, data, bit) => {
          const [info, signature] = [infoOf(publicKey), Uint8Array.from(signed(data))]
          const good = saysOf(node, algorithm, info, data, signature)
          expect(good).toMatchObject({ holds: true })
          expect(saysOf(page, algorithm, info, data, signature)).toEqual(good)
          const bad = { ...(good as object), holds: false }
          for (const [other, by] of [
            [flipped(data, bit), signature],
            [data, flipped(signature, bit)],
            [data, signature.subarray(0, -1)],
            [data, Uint8Array.from([...signature, 0])],
            [data, new Uint8Array(0)],
          ] as const) {
            expect(saysOf(node, algorithm, info, other, by)).toEqual(bad)
            expect(saysOf(page, algorithm, info, other, by)).toEqual(bad)
          }
          const another = infoOf(stranger?.publicKey ?? publicKey)
          for (const each of [node, page])
            expect(saysOf(each, algorithm, another, data, signature)).toEqual(bad)
        },
      ),
      { seed, numRuns: 24 },
    )
  })
})

describe('RSASSA-PSS', () => {
  const padding = constants.RSA_PKCS1_PSS_PADDING
  const data = Buffer.from('salted')

  it('whose parameters say something else than what was done does not hold', () => {
    const [first] = ofRsa(2048)
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signature = sign('sha256', data, { key: privateKey, padding, saltLength: 32 })
    const right = { scheme: 'rsa-pss', digest: 'sha256', mask: 'sha256', saltLength: 32 } as const
    for (const each of [node, page]) {
      expect(saysOf(each, right, infoOf(publicKey), data, signature)).toMatchObject({ holds: true })
      for (const wrong of [
        { mask: 'sha384' },
        { digest: 'sha384' },
        { saltLength: 31 },
        { saltLength: 33 },
      ] as const)
        expect(saysOf(each, { ...right, ...wrong }, infoOf(publicKey), data, signature)).toMatchObject({
          holds: false,
        })
      if (first !== undefined)
        expect(saysOf(each, right, infoOf(first.publicKey), data, signature)).toMatchObject({ holds: false })
    }
  })

  it('keeps to what a key of its own type allows', () => {
    const kinds: [DigestAlgorithm, number][] = [
      ['sha256', 32],
      ['sha512', 40],
      ['sha1', 20],
    ]
    for (const [digest, saltLength] of kinds) {
      const mask = digest
      const fixed: object = { hashAlgorithm: digest, mgf1HashAlgorithm: mask, saltLength }
      const { privateKey, publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...fixed })
      const signature = sign(digest, data, { key: privateKey, padding, saltLength })
      const info = infoOf(publicKey)
      expect(page.publicKeyOf(info)?.fixed).toEqual(node.publicKeyOf(info)?.fixed)
      for (const [algorithm, holds] of [
        [{ scheme: 'rsa-pss', digest, mask, saltLength }, true],
        [{ scheme: 'rsa-pss', digest, mask, saltLength: saltLength - 1 }, false],
        [{ scheme: 'rsa-pss', digest: 'sha384', mask, saltLength }, false],
        [{ scheme: 'rsa-pkcs1', digest }, undefined],
      ] as const) {
        const said = saysOf(node, algorithm, info, data, signature)
        expect(said).toMatchObject({ holds })
        expect(saysOf(page, algorithm, info, data, signature)).toEqual(said)
      }
    }
  })
})

describe('a public key', () => {
  const ecPublicKey = oid('1.2.840.10045.2.1')
  const prime256v1 = oid('1.2.840.10045.3.1.7')
  function ofPoint(point: Uint8Array, curve: Uint8Array = prime256v1): Uint8Array {
    return Uint8Array.from(seq(seq(ecPublicKey, curve), bits(point)))
  }
  function ofModulus(
    modulus: Uint8Array,
    exponent: Uint8Array,
    algorithm = '1.2.840.113549.1.1.1',
  ): Uint8Array {
    const numbers = [modulus, exponent].map((each) => writeDer(tags.integer, each))
    return Uint8Array.from(seq(seq(oid(algorithm), writeDer(tags.null)), bits(seq(...numbers))))
  }
  function pointOf(key: KeyObject): Buffer {
    const { x = '', y = '' } = key.export({ format: 'jwk' })
    return Buffer.concat([Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  }

  it('may have its point compressed or in the hybrid form, and holds for nothing when it is the point at infinity', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const data = Buffer.from('compressed')
    const signature = sign('sha256', data, privateKey)
    const algorithm = { scheme: 'ecdsa', digest: 'sha256' } as const
    function converted(form: 'compressed' | 'hybrid') {
      return ECDH.convertKey(pointOf(publicKey), 'prime256v1', undefined, undefined, form) as Buffer
    }
    const hybrid = converted('hybrid')
    for (const each of [node, page]) {
      for (const point of [converted('compressed'), hybrid])
        expect(saysOf(each, algorithm, ofPoint(point), data, signature)).toMatchObject({ holds: true })
      expect(each.publicKeyOf(ofPoint(flipped(hybrid, 0)))).toBe(undefined)
      const nowhere = each.publicKeyOf(ofPoint(Uint8Array.of(0)))
      expect(nowhere && each.verifySignature(algorithm, nowhere, data, signature)).toBe(false)
    }
  })

  it('is none when its point is not on the curve, is cut off or is none, or when it is no key', () => {
    const point = pointOf(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey)
    const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    const none: [string, Uint8Array][] = [
      ['off the curve', ofPoint(flipped(point, 8 * 64))],
      ['cut off', ofPoint(point.subarray(0, -1))],
      ['nothing', ofPoint(new Uint8Array(0))],
      ['no key', Uint8Array.of(0x30, 0x00)],
      ['no DER', Uint8Array.of(0x30, 0x05)],
      [
        'a short Edwards key',
        Uint8Array.from(seq(seq(oid('1.3.101.112')), bits(Buffer.from(x, 'base64url').subarray(1)))),
      ],
    ]
    for (const [what, info] of none) {
      expect(node.publicKeyOf(info), what).toBe(undefined)
      expect(page.publicKeyOf(info), what).toBe(undefined)
    }
  })

  it('on a curve that the page has no arithmetic of is told apart from one that does not fit', () => {
    const data = Buffer.from('elsewhere')
    const algorithm = { scheme: 'ecdsa', digest: 'sha256' } as const
    for (const namedCurve of ['secp256k1', 'secp224r1', 'brainpoolP320r1', 'brainpoolP256t1']) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
      const [info, signature] = [infoOf(publicKey), sign('sha256', data, privateKey)]
      expect(saysOf(node, algorithm, info, data, signature), namedCurve).toMatchObject({ holds: true })
      expect(() => saysOf(page, algorithm, info, data, signature), namedCurve).toThrow(
        expect.objectContaining({ name: 'NotHere' }),
      )
      expect(
        page.verifySignature(
          { scheme: 'ed25519', digest: 'sha512' },
          page.publicKeyOf(info) as never,
          data,
          signature,
        ),
      ).toBe(undefined)
    }
  })

  it('that would only cost time, or is none that a signature can be made with, raises nothing', () => {
    const huge = Uint8Array.from([0, ...new Uint8Array(2049).fill(0xff)])
    const long = Uint8Array.from([0, ...new Uint8Array(400).fill(0xff)])
    const even = Uint8Array.from([0, ...new Uint8Array(255).fill(0xff), 0xfe])
    const longExponent = Uint8Array.from([0, ...new Uint8Array(9).fill(0xff)])
    const three = Uint8Array.of(3)
    for (const [modulus, exponent] of [
      [huge, three],
      [long, longExponent],
      [even, three],
      [Uint8Array.of(0, 0xff, 0xff), Uint8Array.of(0, 0xff, 0xff)],
    ] as const) {
      const [info, number] = [ofModulus(modulus, exponent), new Uint8Array(modulus.length - 1).fill(2)]
      for (const each of [node, page]) {
        const key = each.publicKeyOf(info)
        expect(key?.raised(number)).toBe(undefined)
      }
    }
    const unsigned = ofModulus(Uint8Array.of(0x80, 0x01), three)
    for (const each of [node, page]) expect(each.publicKeyOf(unsigned)?.modulusLength).toBe(16)
    // What is not below the modulus, or not as long.
    const good = Uint8Array.from(
      Buffer.from(
        generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }).n ?? '',
        'base64url',
      ),
    )
    const info = ofModulus(Uint8Array.from([0, ...good]), three)
    for (const each of [node, page]) {
      const key = each.publicKeyOf(info)
      expect(key?.raised(good)).toBe(undefined)
      expect(key?.raised(Uint8Array.from([0, ...good]))).toBe(undefined)
      expect(key?.raised(Uint8Array.from([0, ...new Uint8Array(256).fill(1)]))).toBe(undefined)
      expect(key?.raised(new Uint8Array(256).fill(1))).toHaveLength(256)
    }
    expect(page.publicKeyOf(info)?.raised(new Uint8Array(256).fill(1))).toEqual(
      Uint8Array.from(node.publicKeyOf(info)?.raised(new Uint8Array(256).fill(1)) ?? []),
    )
  })
})
