import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import {
  type EvidenceRecord,
  encodeEvidenceRecord,
  parseEvidenceRecord,
  withChains,
} from '../src/evidence/evidence-record.ts'
import { hashTree, rootOfReduced } from '../src/evidence/hash-tree.ts'
import {
  evidenceRecord,
  hashTreeRenewalHash,
  renewHashTree,
  renewTimeStamp,
  timeStampRenewalHash,
} from '../src/evidence/renew-evidence.ts'
import { renewalDue } from '../src/evidence/renewal-due.ts'
import { verifyEvidence } from '../src/evidence/verify-evidence.ts'
import { isSuitable, plannedAlgorithmCalendar } from '../src/time/algorithm-calendar.ts'
import { type Certificate, parseCertificatesPem } from '../src/time/certificate.ts'
import type { DigestAlgorithm } from '../src/time/digest-algorithm.ts'
import { requestTimeStamp } from '../src/time/request-time-stamp.ts'
import { bouncyCastleMissing, bouncyCastleSays } from './bouncy-castle.ts'
import { OpensslAuthority } from './openssl-authority.ts'
import { calendarWith } from './time-vectors.ts'

const missing = bouncyCastleMissing()
const authority = new OpensslAuthority({ key: 'rsa' })
const roots: Certificate[] = parseCertificatesPem(authority.rootPem)
const manifests = Array.from({ length: 7 }, () =>
  Buffer.from(`{"salted":"${randomBytes(16).toString('hex')}"}`),
)
const records: EvidenceRecord[] = []
const [manifest = Buffer.alloc(0)] = manifests

async function stamped(algorithm: 'sha256' | 'sha512', hash: Uint8Array): Promise<Uint8Array> {
  const request = { algorithm, digest: hash, nonce: randomBytes(16) }
  const answer = await requestTimeStamp(request, { roots }, async (bytes) => authority.answer(bytes))
  if (!answer.ok) throw new Error(answer.code)
  return answer.token
}

function hashesOf(data: Uint8Array) {
  return (algorithm: DigestAlgorithm) => [digest(algorithm, data)]
}

function codeOf(record: Uint8Array, data: Uint8Array = manifest, trusted = roots): string {
  const verdict = verifyEvidence(record, { hashesOf: hashesOf(data), roots: trusted })
  if (!verdict.ok) return verdict.code
  return `ok ${verdict.stamps.length}${verdict.surplus.length > 0 ? ', with surplus' : ''}`
}

let single: EvidenceRecord
let renewed: EvidenceRecord
let rehashed: EvidenceRecord
let rehashedAndRenewed: EvidenceRecord

beforeAll(async () => {
  single = evidenceRecord('sha256', { token: await stamped('sha256', digest('sha256', manifest)) })
  // A day's batch: seven manifests, one time stamp.
  const tree = hashTree(
    'sha256',
    manifests.map((each) => [digest('sha256', each)]),
  )
  const token = await stamped('sha256', tree.root)
  records.push(...manifests.map((_, at) => evidenceRecord('sha256', { token, reduced: tree.reduced(at) })))
  // The renewal of a time stamp is batched too.
  const [first = single] = records
  const renewals = hashTree(
    'sha256',
    [first, single].map((each) => [timeStampRenewalHash(each)]),
  )
  const second = await stamped('sha256', renewals.root)
  renewed = renewTimeStamp(first, { token: second, reduced: renewals.reduced(0) })
  const hash = hashTreeRenewalHash(renewed.chains, 'sha512', digest('sha512', manifest))
  const neighbour = hashTree('sha512', [[hash], [randomBytes(64)], [randomBytes(64)]])
  const third = await stamped('sha512', neighbour.root)
  rehashed = renewHashTree(renewed, 'sha512', { token: third, reduced: neighbour.reduced(0) })
  rehashedAndRenewed = renewTimeStamp(rehashed, {
    token: await stamped('sha512', timeStampRenewalHash(rehashed)),
  })
})

afterAll(() => authority.remove())

describe('a hash tree', () => {
  it('leads from every hash to the root, whatever their number, and from no other', () => {
    for (let count = 1; count <= 40; count++) {
      const hashes = Array.from({ length: count }, () => randomBytes(32))
      const { root, reduced } = hashTree(
        'sha256',
        hashes.map((hash) => [hash]),
      )
      for (const [at, hash] of hashes.entries()) {
        const lists = reduced(at)
        if (lists === undefined) {
          expect([count, hash]).toEqual([1, root])
          continue
        }
        expect(lists[0]?.length).toBeGreaterThan(1)
        expect(lists.slice(1).every((list) => list.length === 1)).toBe(true)
        expect(rootOfReduced('sha256', [hash], lists)).toEqual(root)
        expect(rootOfReduced('sha256', [randomBytes(32)], lists)).toBeUndefined()
      }
    }
    expect(() => hashTree('sha256', [])).toThrow(RangeError)
  })

  it('leads from every whole group to the root, and no part of a group passes for the whole', () => {
    for (let count = 1; count <= 20; count++) {
      const groups = Array.from({ length: count }, (_, at) =>
        Array.from({ length: 2 + (at % 3) }, () => randomBytes(32)),
      )
      const { root, reduced } = hashTree('sha256', groups)
      for (const [at, group] of groups.entries()) {
        const lists = reduced(at) ?? []
        expect(lists[0]).toHaveLength(group.length)
        expect(lists.slice(1).every((list) => list.length === 1)).toBe(true)
        expect(rootOfReduced('sha256', group, lists)).toEqual(root)
        expect(rootOfReduced('sha256', [...group, randomBytes(32)], lists)).toBeUndefined()
      }
    }
    expect(() => hashTree('sha256', [[randomBytes(32)], [randomBytes(32), randomBytes(32)]])).toThrow(
      RangeError,
    )
  })
})

describe('an evidence record', () => {
  it('is verified alone, in a batch, renewed and re-hashed', () => {
    expect(codeOf(encodeEvidenceRecord(single))).toBe('ok 1')
    for (const [at, record] of records.entries())
      expect(codeOf(encodeEvidenceRecord(record), manifests[at])).toBe('ok 1')
    expect(codeOf(encodeEvidenceRecord(renewed))).toBe('ok 2')
    expect(codeOf(encodeEvidenceRecord(rehashed))).toBe('ok 3')
    expect(codeOf(encodeEvidenceRecord(rehashedAndRenewed))).toBe('ok 4')
    // A clone has no Buffers, which are told apart from other bytes.
    expect(structuredClone(parseEvidenceRecord(encodeEvidenceRecord(rehashed)))).toEqual(
      structuredClone(rehashed),
    )
  })

  it('is refused over other data, without its root, and with parts left out or exchanged', () => {
    for (const record of [single, renewed, rehashed, rehashedAndRenewed]) {
      expect(codeOf(encodeEvidenceRecord(record), Buffer.from('other'))).toBe('EVIDENCE_OTHER_DATA')
      expect(codeOf(encodeEvidenceRecord(record), manifest, [])).toBe('TIME_STAMP_PATH')
    }
    const [[first, second] = [], third = []] = rehashed.chains
    function without(chains: EvidenceRecord['chains']) {
      return codeOf(encodeEvidenceRecord(withChains(undefined, chains)))
    }
    if (first === undefined || second === undefined) throw new Error('The record is not as it was made')
    expect(without([[first], third])).toBe('EVIDENCE_BROKEN_RENEWAL')
    expect(without([[second], third])).toBe('EVIDENCE_OTHER_DATA')
    expect(without([[second, first]])).toBe('EVIDENCE_OTHER_DATA')
    expect(without([[first, second, ...third]])).toBe('EVIDENCE_UNREADABLE')
    expect(without([[first], [second]])).toBe('EVIDENCE_BROKEN_RENEWAL')
    expect(without([[first, first]])).toBe('EVIDENCE_BROKEN_RENEWAL')
    expect(without([[]])).toBe('EVIDENCE_UNREADABLE')
  })

  it('is refused when a hash function had ended before its renewal', () => {
    const calendar = calendarWith({ sha256: '2020-01-01' })
    const bytes = encodeEvidenceRecord(rehashed)
    expect(verifyEvidence(bytes, { hashesOf: hashesOf(manifest), roots, calendar })).toMatchObject({
      ok: false,
      code: 'TIME_STAMP_ALGORITHM',
    })
  })

  it('is refused wherever a covered byte is changed, and never with an exception', () => {
    const bytes = Buffer.from(encodeEvidenceRecord(renewed))
    const tokens = renewed.chains.flat().map(({ token }): [number, number] => {
      const start = bytes.indexOf(token)
      return [start, start + token.length]
    })
    expect(tokens.length).toBeGreaterThan(1)
    const passed: number[] = []
    for (let at = 0; at < bytes.length; at++) {
      // Each byte of the record; of the tokens, each byte of which is changed in the tests of time stamps, some.
      if (at % 23 !== 0 && tokens.some(([start, end]) => start <= at && at < end)) continue
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x04
      const code = codeOf(changed)
      expect(code).toMatch(/^ok 2|^EVIDENCE_|^TIME_STAMP_/)
      if (code === 'ok 2') passed.push(at)
    }
    expect(passed).toEqual([])
    for (let round = 0; round < 300; round++) expect(codeOf(randomBytes(round))).toBe('EVIDENCE_UNREADABLE')
  })
})

describe('a renewal', () => {
  it('is due before certificates or hash functions end', () => {
    const on = new Date('2026-11-23T00:00:00Z')
    const newest = {
      algorithm: 'sha256',
      algorithms: [{ signature: { scheme: 'rsa-pkcs1', bits: 2048, digest: 'sha256' } }],
      certificatesEndAt: new Date('2027-01-10T00:00:00Z'),
    } satisfies Parameters<typeof renewalDue>[0]
    expect(renewalDue(newest, plannedAlgorithmCalendar, on, 30)).toBe('NONE')
    expect(renewalDue(newest, plannedAlgorithmCalendar, on, 60)).toBe('TIME_STAMP')
    expect(renewalDue(newest, calendarWith({ sha256: '2027-01-01' }), on, 60)).toBe('HASH_TREE')
    expect(renewalDue(newest, calendarWith({ 'rsa-pkcs1': '2026-12-01' }), on, 30)).toBe('TIME_STAMP')
    const calendar = calendarWith({ sha256: '2027-01-01' })
    expect(isSuitable(calendar, { hash: 'sha256' }, new Date('2027-01-01T23:59:59Z'))).toBe(true)
    expect(isSuitable(calendar, { hash: 'sha256' }, new Date('2027-01-02T00:00:00Z'))).toBe(false)
    expect(isSuitable(calendar, { signature: { scheme: 'ecdsa', bits: 160, digest: 'sha256' } }, on)).toBe(
      false,
    )
  })
})

describe('Bouncy Castle', () => {
  it.skipIf(missing !== undefined)(
    `agrees about every record${missing ? ` (skipped: ${missing})` : ''}`,
    () => {
      function file(name: string, bytes: Uint8Array) {
        writeFileSync(authority.path(name), bytes)
        return authority.path(name)
      }
      const [good, wrong] = [file('manifest', manifest), file('other', Buffer.from('other'))]
      const named = { single, renewed, rehashed, rehashedAndRenewed }
      const pairs = Object.entries(named).flatMap(([name, record]) => {
        const bytes = encodeEvidenceRecord(record)
        const changed = Uint8Array.from(bytes)
        changed[bytes.length - 5] = (changed[bytes.length - 5] ?? 0) ^ 1
        const path = file(`${name}.er`, bytes)
        return [
          [path, good],
          [path, wrong],
          [file(`${name}-changed.er`, changed), good],
        ] as const
      })
      const batch = records.map(
        (record, at) =>
          [file(`${at}.er`, encodeEvidenceRecord(record)), file(`${at}`, manifests[at] ?? manifest)] as const,
      )
      const says = bouncyCastleSays(authority.path('root.pem'), [...pairs, ...batch])
      const verdicts = says.map((line) => line.split(' ')[0])
      expect(verdicts).toEqual([
        ...Object.keys(named).flatMap(() => ['VALID', 'INVALID', 'INVALID']),
        ...batch.map(() => 'VALID'),
      ])
    },
  )
})
