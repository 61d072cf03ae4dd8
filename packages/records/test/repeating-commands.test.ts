import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp, type GoodTimeStamp } from '../src/time/check-time-stamp.ts'
import { plainResponse, tokenInResponse } from '../src/time/time-stamp-response.ts'
import { commandsForCheckpoint, stampToRepeat } from '../src/verify/repeating-commands.ts'
import type { Trust } from '../src/verify/trust.ts'
import { LyingAuthority } from './lying-authority.ts'
import { ledgerKey } from './sample-archive.ts'
import { judgedOn, timeVectors } from './time-vectors.ts'

const desk = mkdtempSync(join(tmpdir(), 'repeated-'))
afterAll(() => rmSync(desk, { recursive: true }))

type Given = { token: Uint8Array; data: Uint8Array; rootPem: string | Uint8Array; trust: Partial<Trust> }

/** As it is stored, judged. */
function stored({ token, data, trust: { roots = [], calendar } }: Given): [Uint8Array, GoodTimeStamp] {
  function good(bytes: Uint8Array) {
    const verdict = checkTimeStamp(bytes, {
      roots,
      digestOf: (algorithm) => digest(algorithm, data),
      latest: judgedOn,
      ...(calendar && { calendar }),
    })
    if (!verdict.ok) throw new Error(verdict.detail)
    return verdict
  }
  const bytes = good(token).storedWith([])
  return [bytes, good(bytes)]
}

/** Lays a time stamp down as it is stored, and runs what is printed for it. @param data what lies beside it */
function repeated(given: Given, { on = judgedOn, data = given.data } = {}) {
  const [token, stamp] = stored(given)
  writeFileSync(join(desk, '7.txt'), data)
  writeFileSync(join(desk, '7.tsr'), plainResponse(token))
  writeFileSync(join(desk, 'root.pem'), given.rootPem)
  const printed = commandsForCheckpoint('7.txt', ledgerKey, [], stampToRepeat(stamp, on), 'root.pem')
  const lines = printed.filter((line) => /7\.tsr|token\.der|info\.der/.test(line))
  return {
    programs: lines.map((line) => line.split(' ').slice(0, 2).join(' ')),
    refused: lines.filter((line) => spawnSync('bash', ['-c', line], { cwd: desk }).status !== 0),
  }
}

/** OpenSSL 3.0 checks no Ed25519 in CMS, and does not find a certificate whose issuer is written in other letters than that one's own name. */
const unread = ['time-stamps/made/ed25519', 'time-stamps/made/bmp-string']
const stamps = timeVectors('time-stamps')
  .filter(({ codes, name }) => codes[0] === 'TIME_STAMP_GOOD' && !unread.includes(name))
  .map((each) => [each.name, each] as const)
/** Those of them that `openssl ts` does not read. */
const forCms = ['given/rsassa-pss', 'made/by-key-identifier', 'made/ocsp']

describe('the lines that are printed for a time stamp', () => {
  it.each(stamps)('all agree that it is good: %s', (name, { path, bytes, content, trust, rootPath }) => {
    const token = path.endsWith('.tsr') ? tokenInResponse(bytes) : bytes
    const { programs, refused } = repeated({
      token,
      data: content,
      rootPem: readFileSync(rootPath),
      trust,
    })
    expect(refused).toEqual([])
    const isForCms = forCms.includes(name.replace('time-stamps/', ''))
    expect(programs).toEqual([
      'tail -c',
      ...(isForCms ? [] : ['openssl ts']),
      'openssl cms',
      'openssl asn1parse',
    ])
  })

  it('name the hash function of the imprint, and the time of the stamp where its certificates have ended since', () => {
    const data = Buffer.from('A checkpoint')
    const signer = { from: new Date('2024-01-01T00:00:00Z'), until: new Date('2025-01-01T00:00:00Z') }
    const authority = new LyingAuthority('p256', { signer })
    const at = new Date('2024-06-01T12:00:00Z')
    const token = authority.token(digest('sha512', data), { algorithm: 'sha512', at })
    const { rootPem } = authority
    const given = { token, data, rootPem, trust: { roots: parseCertificatesPem(rootPem) } }
    expect(repeated(given).refused).toEqual([])
    // As of then nothing had ended: the lines take the clock of whoever runs them, by which it has.
    expect(repeated(given, { on: at }).refused).toEqual(
      expect.arrayContaining([expect.stringMatching(/^openssl ts/), expect.stringMatching(/^openssl cms/)]),
    )
    expect(repeated(given, { data: Buffer.from('Another') }).refused).toEqual([
      expect.stringMatching(/^openssl ts/),
      expect.stringMatching(/^openssl asn1parse/),
    ])
  })
})
