import * as crypto from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { digest } from '#cryptography'
import { encodeEvidenceRecord } from '../src/evidence/evidence-record.ts'
import {
  evidenceRecord,
  hashTreeRenewalHash,
  renewHashTree,
  renewTimeStamp,
  timeStampRenewalHash,
} from '../src/evidence/renew-evidence.ts'
import { verifyEvidence } from '../src/evidence/verify-evidence.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { LyingAuthority } from './lying-authority.ts'

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>()
  return { ...real, verify: vi.fn(real.verify) }
})

const data = Buffer.from('{"salted":"3b1f"}')
const by = new LyingAuthority('p256')
const roots = parseCertificatesPem(by.rootPem)

/** Renewed so many times, a day after the other, every tenth time with a new hash tree. */
function renewedTimes(count: number) {
  function stamp(algorithm: 'sha256' | 'sha512', hash: Uint8Array, day: number) {
    return { token: by.token(hash, { algorithm, at: new Date(Date.UTC(2026, 0, 1 + day)) }) }
  }
  let algorithm: 'sha256' | 'sha512' = 'sha256'
  let record = evidenceRecord(algorithm, stamp(algorithm, digest(algorithm, data), 0))
  for (let time = 1; time <= count; time++) {
    if (time % 11 > 0) {
      record = renewTimeStamp(record, stamp(algorithm, timeStampRenewalHash(record), time))
      continue
    }
    algorithm = algorithm === 'sha256' ? 'sha512' : 'sha256'
    const hash = hashTreeRenewalHash(record.chains, algorithm, digest(algorithm, data))
    record = renewHashTree(record, algorithm, stamp(algorithm, hash, time))
  }
  return record
}

it('a record with thirty renewals and three hash trees costs two signature checks a stamp', () => {
  const record = renewedTimes(30)
  expect(record.chains).toHaveLength(3)
  const verified = vi.mocked(crypto.verify)
  verified.mockClear()
  const verdict = verifyEvidence(encodeEvidenceRecord(record), {
    hashesOf: (name) => [digest(name, data)],
    roots,
  })
  expect(verdict).toMatchObject({ ok: true, stamps: { length: 31 } })
  // The token's own and the one that joins its certificate to the root.
  expect(verified.mock.calls.length).toBe(2 * 31)
})
