import { createHash, randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { readDer } from '../src/time/der.ts'
import { requestTimeStamp } from '../src/time/request-time-stamp.ts'
import { encodeTimeStampRequest } from '../src/time/time-stamp-request.ts'
import { plainResponse, tokenInResponse } from '../src/time/time-stamp-response.ts'
import { parseTimeStampToken } from '../src/time/time-stamp-token.ts'
import { type AuthorityOptions, OpensslAuthority } from './openssl-authority.ts'
import { calendarWith } from './time-vectors.ts'

const data = Buffer.from('the signed note of a checkpoint\n')
const sha256 = createHash('sha256').update(data).digest()
const opened: OpensslAuthority[] = []

function authority(options: AuthorityOptions = {}): OpensslAuthority {
  const made = new OpensslAuthority(options)
  opened.push(made)
  return made
}

afterAll(() => {
  for (const each of opened) each.remove()
})

const usual = authority()
const usualRoots = parseCertificatesPem(usual.rootPem)
const nonce = randomBytes(12)
const request = { algorithm: 'sha256', digest: sha256, nonce } as const
const response = usual.answer(encodeTimeStampRequest(request))
const token = tokenInResponse(response)

/** The verdict's code, or `ok`. */
function codeOf(bytes: Uint8Array, change: Partial<Parameters<typeof checkTimeStamp>[1]> = {}): string {
  const verdict = checkTimeStamp(bytes, {
    roots: usualRoots,
    digestOf: (alg) => digest(alg, data),
    ...change,
  })
  return verdict.ok ? 'ok' : verdict.code
}

describe('a time stamp of openssl', () => {
  it.each<[string, AuthorityOptions]>([
    ['RSA, ESSCertIDv2', { key: 'rsa' }],
    ['ECDSA, ESSCertIDv2 with SHA-512', { key: 'ec', reference: 'sha512' }],
    ['ECDSA, ESSCertID with SHA-1', { key: 'ec', reference: 'sha1' }],
    ['a path over an intermediate authority', { key: 'rsa', intermediate: true }],
  ])('is asked for, answered and believed: %s', async (_name, options) => {
    const tsa = authority(options)
    const roots = parseCertificatesPem(tsa.rootPem)
    for (const algorithm of ['sha256', 'sha512'] as const) {
      const asked = { algorithm, digest: digest(algorithm, data), nonce: randomBytes(16) }
      const answer = await requestTimeStamp(asked, { roots }, async (bytes) => tsa.answer(bytes))
      expect(answer).toMatchObject({ ok: true, verdict: { policy: '1.2.3.4.1', algorithm } })
      if (!answer.ok) throw new Error(answer.code)
      expect(Math.abs(answer.verdict.at.getTime() - Date.now())).toBeLessThan(60_000)
      expect(tsa.verifies(data, answer.response)).toBe(true)
      expect(tsa.verifies(Buffer.from('other'), answer.response)).toBe(false)
    }
  })

  it('asks what openssl reads in the same way', () => {
    const query = usual.path('ours.tsq')
    usual.openssl('ts', '-query', '-digest', sha256.toString('hex'), '-sha256', '-cert', '-out', query)
    const ours = encodeTimeStampRequest({ ...request, policy: '1.2.3.4.5' })
    usual.answer(ours, '1.2.3.4.5')
    const text = usual.openssl('ts', '-query', '-in', usual.path('request.tsq'), '-text').toString()
    expect(text).toContain('Policy OID: 1.2.3.4.5')
    expect(text).toContain('Certificate required: yes')
    expect(text.toLowerCase()).toContain(`0x${nonce.toString('hex').replace(/^(00)+/, '')}`)
  })
})

describe('a time stamp in BER, as CMS may be written', () => {
  const { content } = parseTimeStampToken(token)
  const ber = usual.signsToken(content, '-stream', '-indef')
  const expected = { roots: usualRoots, digestOf: () => sha256 }

  it('is read, and stored in DER', () => {
    expect(ber.subarray(0, 2).toString('hex')).toBe('3080')
    const verdict = checkTimeStamp(ber, expected)
    expect(verdict).toMatchObject({ ok: true })
    if (!verdict.ok) throw new Error(verdict.detail)
    expect(verdict.surplus).toContain('another encoding than DER')
    const stored = verdict.storedWith([])
    expect(checkTimeStamp(stored, expected)).toMatchObject({ ok: true, surplus: [] })
    expect(usual.verifies(data, plainResponse(stored))).toBe(true)
  })

  it('is taken from an answer in BER too', async () => {
    const nonceless = { ...request, nonce: randomBytes(8) }
    const answer = Buffer.concat([Buffer.from('30803003020100', 'hex'), ber, Buffer.alloc(2)])
    expect(codeOf(tokenInResponse(answer))).toBe('ok')
    const asked = await requestTimeStamp(nonceless, { roots: usualRoots }, async () => answer)
    expect(asked).toMatchObject({ ok: false, code: 'TIME_STAMP_NONCE' })
  })

  it('is refused wherever it is cut off or its ends are missing, and never with an exception', () => {
    for (let at = 0; at < ber.length; at++) expect(codeOf(ber.subarray(0, at))).toMatch(/^TIME_STAMP_/)
    expect(codeOf(Buffer.concat([ber, Buffer.alloc(2)]))).toBe('TIME_STAMP_UNREADABLE')
    // Lengths without end one in another, and one of 2^63.
    expect(codeOf(Buffer.alloc(1_000_000, Buffer.from('3080', 'hex')))).toBe('TIME_STAMP_UNREADABLE')
    expect(codeOf(Buffer.from('308880000000000000000500', 'hex'))).toBe('TIME_STAMP_UNREADABLE')
  })

  it('is refused when what the authority signs is not DER', () => {
    const indefinite = Buffer.concat([Buffer.from('3080', 'hex'), readDer(content).content, Buffer.alloc(2)])
    expect(codeOf(usual.signsToken(indefinite))).toBe('TIME_STAMP_CONTENT')
  })
})

describe('a time stamp is refused', () => {
  it('over other data, with another nonce, under another policy', () => {
    expect(codeOf(token, { nonce, policies: ['1.2.3.4.1'] })).toBe('ok')
    expect(codeOf(token, { digestOf: (algorithm) => digest(algorithm, Buffer.from('other')) })).toBe(
      'TIME_STAMP_IMPRINT',
    )
    expect(codeOf(token, { nonce: randomBytes(12) })).toBe('TIME_STAMP_NONCE')
    expect(codeOf(token, { policies: ['1.2.3.4.5'] })).toBe('TIME_STAMP_POLICY')
  })

  it('under a root that is not trusted, or at a time when no path held', () => {
    expect(codeOf(token, { roots: [] })).toBe('TIME_STAMP_PATH')
    expect(codeOf(token, { roots: parseCertificatesPem(authority().rootPem) })).toBe('TIME_STAMP_PATH')
    expect(codeOf(token, { certificatesHoldAt: new Date('2020-01-01') })).toBe('TIME_STAMP_PATH')
    expect(codeOf(token, { certificatesHoldAt: new Date('2099-01-01') })).toBe('TIME_STAMP_PATH')
    expect(codeOf(token, { roots: parseCertificatesPem(usual.read('tsa.pem').toString()) })).toBe('ok')
  })

  it('from a certificate that is not for time stamping alone', () => {
    const { content } = parseTimeStampToken(token)
    function signedBy(options: AuthorityOptions, ...how: string[]) {
      const tsa = authority(options)
      return codeOf(tsa.signsToken(content, ...how), {
        roots: parseCertificatesPem(tsa.rootPem),
        // The token says when the other authority made it, before this one existed.
        certificatesHoldAt: new Date(),
      })
    }
    expect(signedBy({})).toBe('ok')
    expect(signedBy({ key: 'rsa' }, '-keyopt', 'rsa_padding_mode:pss')).toBe('ok')
    for (const extendedKeyUsage of [
      '',
      'timeStamping',
      'critical,timeStamping,emailProtection',
      'critical,codeSigning',
    ]) {
      expect(signedBy({ extendedKeyUsage })).toBe('TIME_STAMP_PURPOSE')
    }
  })

  it('from a certificate that was signed over SHA-1', () => {
    const tsa = authority({ certificateHash: 'sha1' })
    const roots = parseCertificatesPem(tsa.rootPem)
    const stamp = tokenInResponse(tsa.answer(encodeTimeStampRequest(request)))
    expect(codeOf(stamp, { roots })).toBe('TIME_STAMP_ALGORITHM')
    expect(codeOf(stamp, { roots, calendar: calendarWith({ sha1: '2099-12-31' }) })).toBe('ok')
    expect(codeOf(stamp, { roots: parseCertificatesPem(tsa.read('tsa.pem').toString()) })).toBe('ok')
  })

  it('whose signature uses SHA-1, whose content is no time stamp, or whose signer is not named', () => {
    const { content } = parseTimeStampToken(token)
    const roots = parseCertificatesPem(usual.rootPem)
    expect(codeOf(usual.signsToken(content, '-md', 'sha1'), { roots })).toBe('TIME_STAMP_ALGORITHM')
    expect(codeOf(usual.signsToken(Buffer.from('hello')), { roots })).toBe('TIME_STAMP_CONTENT')
    expect(codeOf(usual.signsToken(content, '-nocerts'), { roots })).toBe('TIME_STAMP_SIGNER')
    const intermediates = parseCertificatesPem(usual.read('tsa.pem').toString())
    expect(codeOf(usual.signsToken(content, '-nocerts'), { roots, intermediates })).toBe('ok')
    expect(codeOf(usual.signsToken(content, '-keyid'), { roots })).toBe('ok')
  })

  it('when the authority does not grant it or cannot be reached', async () => {
    const refused = usual.answer(encodeTimeStampRequest({ ...request, policy: '9.9.9' }), '1.2.3.4.1')
    expect(() => tokenInResponse(refused)).toThrow(
      expect.objectContaining({ code: 'TIME_STAMP_NOT_GRANTED' }),
    )
    const silent = await requestTimeStamp(request, { roots: usualRoots }, async () => {
      throw new Error('connect ECONNREFUSED')
    })
    expect(silent).toMatchObject({ ok: false, code: 'TIME_STAMP_UNREACHABLE' })
    const html = await requestTimeStamp(request, { roots: usualRoots }, async () =>
      Buffer.from('<html>503</html>'),
    )
    expect(html).toMatchObject({ ok: false, code: 'TIME_STAMP_UNREADABLE' })
    const replayed = await requestTimeStamp(
      { ...request, nonce: randomBytes(8) },
      { roots: usualRoots },
      async () => response,
    )
    expect(replayed).toMatchObject({ ok: false, code: 'TIME_STAMP_NONCE' })
  })

  it('wherever a signed byte is changed, and never with an exception', () => {
    const codes = new Map<string, number>()
    const unsigned: number[] = []
    for (let at = 0; at < token.length; at++) {
      const changed = Uint8Array.from(token)
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const code = codeOf(changed)
      codes.set(code, (codes.get(code) ?? 0) + 1)
      if (code === 'ok') unsigned.push(at)
    }
    expect(unsigned).toEqual([])
    expect([...codes.keys()].sort()).toEqual(
      expect.arrayContaining(['TIME_STAMP_IMPRINT', 'TIME_STAMP_SIGNATURE', 'TIME_STAMP_UNREADABLE']),
    )
    for (let round = 0; round < 300; round++) {
      const noise = round % 2 === 0 ? randomBytes(round % 700) : Uint8Array.from(token)
      for (let change = 0; round % 2 === 1 && change < 8; change++) {
        noise[Math.floor(Math.random() * noise.length)] = Math.floor(Math.random() * 256)
      }
      expect(codeOf(noise)).toMatch(/^ok$|^TIME_STAMP_/)
    }
  })
})
