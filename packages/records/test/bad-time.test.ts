import { describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import { encodeEvidenceRecord } from '../src/evidence/evidence-record.ts'
import { evidenceRecord } from '../src/evidence/renew-evidence.ts'
import { verifyEvidence } from '../src/evidence/verify-evidence.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { readDer, tags, writeDer } from '../src/time/der.ts'
import { nameKey } from '../src/time/name.ts'
import { inBer, type Lie, LyingAuthority } from './lying-authority.ts'
import { certify, int, makeKey, named, seq, timeStampingUsage } from './lying-certificates.ts'

const data = Buffer.from('data')
const by = new LyingAuthority('p256')
const roots = parseCertificatesPem(by.rootPem)

function codeOf(token: Uint8Array): string {
  const verdict = checkTimeStamp(token, { roots, digestOf: (algorithm) => digest(algorithm, data) })
  return verdict.ok ? 'ok' : verdict.code
}

function stamped(lie: Lie = {}): Uint8Array {
  return by.token(digest('sha256', data), lie)
}

describe('bad input ends in a code', () => {
  it('nested a million times, of endless or indefinite length', () => {
    for (const tag of [0x30, 0x31, 0xa0]) {
      expect(codeOf(Buffer.alloc(2_000_000, Uint8Array.of(tag, 0x80)))).toBe('TIME_STAMP_UNREADABLE')
      let nested = writeDer(tags.null)
      for (let depth = 0; depth < 1000; depth++) nested = writeDer(tag, nested)
      expect(codeOf(nested)).toBe('TIME_STAMP_UNREADABLE')
    }
    const endless = Buffer.from('308880000000000000000000', 'hex')
    expect(codeOf(endless)).toBe('TIME_STAMP_UNREADABLE')
    expect(verifyEvidence(endless, { hashesOf: () => [data], roots }).ok).toBe(false)
  })

  it('in an evidence record whose token is in BER, of which two readers would hash a renewal differently', () => {
    const token = stamped()
    function recordOf(bytes: Uint8Array) {
      const record = encodeEvidenceRecord(evidenceRecord('sha256', { token: bytes }))
      const verdict = verifyEvidence(record, { hashesOf: (name) => [digest(name, data)], roots })
      return verdict.ok ? 'ok' : verdict.code
    }
    expect([recordOf(token), recordOf(inBer(token))]).toEqual(['ok', 'EVIDENCE_UNREADABLE'])
  })

  it('with a hundred thousand certificates, or a nonce of a megabyte', () => {
    const many = Array.from({ length: 100_000 }, () => seq())
    expect(codeOf(stamped({ certificates: many }))).toBe('TIME_STAMP_UNREADABLE')
    const nonce = int(Buffer.alloc(1 << 20, 1))
    expect(codeOf(stamped({ beyond: [nonce] }))).toBe('ok')
  })

  it('with a path that loops, among certificates that all sign each other', () => {
    const keys = Array.from({ length: 6 }, () => makeKey('p256'))
    const name = named('Ring')
    const ring = keys.map((key) => certify(key, undefined, { name, authority: true }))
    const crossed = ring.flatMap((issuer) =>
      keys.map((key) => certify(key, issuer, { name, authority: true })),
    )
    const [first] = ring
    const signer = certify(makeKey('p256'), first, { extensions: [timeStampingUsage] })
    const certificates = [signer, ...crossed].map(({ der }) => der)
    expect(codeOf(stamped({ signer, certificates }))).toBe('TIME_STAMP_SIGNER')
    const stranger = new LyingAuthority('p256')
    Object.assign(stranger, { root: first })
    const token = stranger.token(digest('sha256', data), { signer, certificates })
    expect(codeOf(token)).toBe('TIME_STAMP_PATH')
  })

  it('cut at every byte', () => {
    const whole = stamped()
    for (let at = 0; at < whole.length; at++)
      expect(codeOf(whole.subarray(0, at))).toBe('TIME_STAMP_UNREADABLE')
  })

  it('and names in every string type are one name', () => {
    const keys = [0x0c, 0x13, 0x14, 0x16, 0x1e].map((tag) =>
      nameKey(readDer(named('Stadt  Musterstadt ', tag))),
    )
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(1)
    const universal = Buffer.concat(
      [...'stadt musterstadt'].map((each) => Buffer.from([0, 0, 0, each.charCodeAt(0)])),
    )
    const wide = seq(
      writeDer(
        tags.set,
        seq(writeDer(tags.objectIdentifier, Uint8Array.of(0x55, 4, 3)), writeDer(0x1c, universal)),
      ),
    )
    expect(nameKey(readDer(wide))).toEqual(keys[0])
  })
})
