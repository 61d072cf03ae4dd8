import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import { encodeEvidenceRecord, parseEvidenceRecord } from '../src/evidence/evidence-record.ts'
import { hashTree } from '../src/evidence/hash-tree.ts'
import { evidenceRecord } from '../src/evidence/renew-evidence.ts'
import { type RecordToRenew, type RenewalAnswer, renewRecords } from '../src/evidence/renew-records.ts'
import { verifyEvidence } from '../src/evidence/verify-evidence.ts'
import { type Certificate, parseCertificatesPem } from '../src/time/certificate.ts'
import type { DigestAlgorithm } from '../src/time/digest-algorithm.ts'
import { requestTimeStamp } from '../src/time/request-time-stamp.ts'
import { bouncyCastleMissing, bouncyCastleSays } from './bouncy-castle.ts'
import { OpensslAuthority } from './openssl-authority.ts'
import { OpensslRevocation, overHttp } from './openssl-revocation.ts'

const missing = bouncyCastleMissing()
let published: OpensslRevocation
let authority: OpensslAuthority
let roots: Certificate[]

beforeAll(async () => {
  published = await OpensslRevocation.start()
  authority = new OpensslAuthority({ revocationAt: published.address })
  published.speaksFor(authority)
  roots = parseCertificatesPem(authority.rootPem)
})
afterAll(async () => {
  await published.stop()
  authority.remove()
})
beforeEach(() => {
  published.state = 'good'
  published.signer = 'root'
  published.served = ['/ocsp', '/list.crl']
  published.asked.length = 0
})

/** Packages of three documents each, stamped together, with nothing known about revocation yet. */
async function archived(count: number): Promise<RecordToRenew[]> {
  const groups = Array.from({ length: count }, () =>
    ['a', 'b', 'c'].map((name) => Buffer.from(`${name}${randomBytes(8).toString('hex')}`)),
  )
  const tree = hashTree(
    'sha256',
    groups.map((group) => group.map((each) => digest('sha256', each))),
  )
  const asked = { algorithm: 'sha256', digest: tree.root, nonce: randomBytes(8) } as const
  const answer = await requestTimeStamp(asked, { roots }, async (bytes) => authority.answer(bytes))
  if (!answer.ok) throw new Error(answer.code)
  return groups.map((group, at) => ({
    record: encodeEvidenceRecord(
      evidenceRecord('sha256', { token: answer.token, reduced: tree.reduced(at) }),
    ),
    hashesOf: (algorithm: DigestAlgorithm) => group.map((each) => digest(algorithm, each)),
    isWholeGroup: true,
  }))
}

function renew(records: RecordToRenew[], newTree?: 'sha512' | 'sha512') {
  const asked = {
    timeStamps: async (request: Uint8Array) => authority.answer(request),
    revocation: overHttp,
    nonce: randomBytes(8),
  }
  return renewRecords(records, asked, { roots, on: new Date() }, newTree)
}

function renewedIn(answer: RenewalAnswer) {
  if (!answer.ok) throw new Error(answer.detail)
  return answer.renewed.map((each) => {
    if (!each.ok) throw new Error(each.detail)
    return each
  })
}

/** What is known about the certificates under each stamp of a record that holds. */
function revocationIn({ record, ...question }: RecordToRenew) {
  const verdict = verifyEvidence(record, { ...question, roots })
  if (!verdict.ok) throw new Error(verdict.detail)
  expect(verdict.surplus).toEqual([])
  return verdict.stamps.map(({ revocation }) => revocation)
}

/** By what that is known, or that it is not. */
function knownAbout(record: RecordToRenew): unknown[] {
  return revocationIn(record).map((revocation) => revocation.map(({ statement }) => statement?.by))
}

/** Some records that were renewed, as they are now. */
function asRenewed(records: RecordToRenew[], answer: RenewalAnswer): RecordToRenew[] {
  return renewedIn(answer).map(({ record }, at) => ({ ...(records[at] as RecordToRenew), record }))
}

describe('a renewal', () => {
  it('keeps an answer of openssl in the old token and in the new one, for a whole batch with one question each', async () => {
    const records = await archived(5)
    expect(records.map(knownAbout)).toEqual(records.map(() => [[undefined]]))
    const after = asRenewed(records, await renew(records))
    expect(published.asked).toEqual(['POST /ocsp', 'POST /ocsp'])
    expect(after.map(knownAbout)).toEqual(records.map(() => [['OCSP'], ['OCSP']]))
    // A stamp is 5.1's version of SignedData with an answer, and everything before stands as it was.
    expect(parseEvidenceRecord(after[0]?.record ?? Buffer.alloc(0)).chains).toHaveLength(1)
  })

  it('believes an answer of somebody whom the authority has appointed', async () => {
    published.signer = 'responder'
    const records = await archived(1)
    const [renewed] = asRenewed(records, await renew(records))
    expect(renewed && revocationIn(renewed)).toMatchObject([
      [{ statement: { status: 'good', by: 'OCSP' } }],
      [{ statement: { status: 'good', by: 'OCSP' } }],
    ])
  })

  it('takes the list of openssl where nobody answers, also for a new hash tree', async () => {
    published.served = ['/list.crl']
    const records = await archived(3)
    const after = asRenewed(records, await renew(records, 'sha512'))
    expect(published.asked).toEqual(['POST /ocsp', 'GET /list.crl', 'POST /ocsp', 'GET /list.crl'])
    expect(after.map(knownAbout)).toEqual(records.map(() => [['CRL'], ['CRL']]))
    expect(parseEvidenceRecord(after[2]?.record ?? Buffer.alloc(0)).chains).toHaveLength(2)
    // And again, under the new function.
    published.served = ['/ocsp']
    const [again] = asRenewed(after, await renew(after))
    expect(again && knownAbout(again)).toEqual([['CRL'], ['CRL'], ['OCSP']])
  })

  it('goes on without, and the record says so, where nothing is published', async () => {
    published.served = []
    const records = await archived(1)
    const [renewed] = asRenewed(records, await renew(records))
    expect(renewed && revocationIn(renewed)).toMatchObject([
      [{ offered: true, statement: undefined }],
      [{ offered: true, statement: undefined }],
    ])
  })

  it('does not cover a stamp whose key had been stolen, and covers one that was replaced later', async () => {
    const records = await archived(2)
    published.state = 'keyCompromise'
    expect(await renew(records)).toMatchObject({
      ok: true,
      renewed: [
        { ok: false, code: 'TIME_STAMP_REVOKED' },
        { ok: false, code: 'TIME_STAMP_REVOKED' },
      ],
    })
    published.state = 'superseded'
    const [renewed] = asRenewed(records, await renew(records))
    expect(renewed && revocationIn(renewed)[0]).toMatchObject([{ statement: { status: 'revoked' } }])
  })

  it('refuses a record that is about something else, and renews its neighbours', async () => {
    const [one, other, third] = await archived(3)
    if (!one || !other || !third) throw new Error('Too few')
    const answer = await renew([one, { ...other, hashesOf: third.hashesOf }, third])
    expect(answer).toMatchObject({
      ok: true,
      renewed: [{ ok: true }, { ok: false, code: 'EVIDENCE_OTHER_DATA' }, { ok: true }],
    })
  })

  it('changes nothing when the authority is silent', async () => {
    const records = await archived(1)
    const answer = await renewRecords(
      records,
      { timeStamps: () => Promise.reject(new Error('ECONNREFUSED')), nonce: randomBytes(8) },
      { roots, on: new Date() },
    )
    expect(answer).toMatchObject({ ok: false, code: 'TIME_STAMP_UNREACHABLE' })
  })

  it.skipIf(missing !== undefined)(
    `is read by Bouncy Castle${missing ? ` (skipped: ${missing})` : ''}`,
    async () => {
      const documents = [randomBytes(20), randomBytes(20)]
      function hashesOf(algorithm: DigestAlgorithm) {
        return documents.map((each) => digest(algorithm, each))
      }
      const tree = hashTree('sha256', [hashesOf('sha256')])
      const asked = { algorithm: 'sha256', digest: tree.root, nonce: randomBytes(8) } as const
      const first = await requestTimeStamp(
        asked,
        { roots },
        async (bytes) => authority.answer(bytes),
        overHttp,
      )
      if (!first.ok) throw new Error(first.detail)
      const record = encodeEvidenceRecord(
        evidenceRecord('sha256', { token: first.token, reduced: tree.reduced(0) }),
      )
      const [twice] = renewedIn(await renew([{ record, hashesOf }]))
      const [again] = renewedIn(await renew([{ record: twice?.record ?? record, hashesOf }], 'sha512'))
      const names = documents.map((bytes, at) => {
        writeFileSync(authority.path(`document-${at}`), bytes)
        return authority.path(`document-${at}`)
      })
      writeFileSync(authority.path('renewed.er'), again?.record ?? '')
      const says = bouncyCastleSays(authority.path('root.pem'), [
        [authority.path('renewed.er'), names.join(',')],
      ])
      expect(says[0]).toMatch(/^VALID/)
    },
  )
})
