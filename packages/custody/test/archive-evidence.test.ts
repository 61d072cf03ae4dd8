import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { calendarInForce, logKeyOf, type TimeAuthorities, timeStampRoots } from '@buergerdraht/office'
import {
  bytesInFile,
  openPackage,
  parseCertificatesPem,
  parseEvidenceRecord,
  parseNoteKey,
  verifyPackage,
} from '@buergerdraht/records'
import { beforeEach, describe, expect, test } from 'vitest'
import { uploadedFile } from '../../inbox/test/desk/files.ts'
import {
  bouncyCastleMissing,
  bouncyCastleSays,
  bouncyCastleSaysOfStamps,
} from '../../records/test/bouncy-castle.ts'
import { OpensslAuthority } from '../../records/test/openssl-authority.ts'
import { keepEvidence } from '../src/archive-packages/keep-evidence.ts'
import { packagePath } from '../src/archive-packages/package-folder.ts'
import { refreshFiles } from '../src/archive-packages/refresh-files.ts'
import { readPackage, readRenewals, verifyUpload, withArchiveLog } from '../src/index.ts'
import { openArchive, type TestArchive } from './open-archive.ts'

const missing = bouncyCastleMissing()

let it: TestArchive
beforeEach(async () => {
  it = await openArchive()
  return () => it.end()
})

type Sealed = { readonly id: string }

async function packages(): Promise<Sealed[]> {
  return it.rows<Sealed>('select id from archive_package order by leaf_index')
}

describe('evidence records', () => {
  let authority: OpensslAuthority
  let asked: number
  let timeAuthorities: TimeAuthorities
  beforeEach(async () => {
    it.desk.test.setNow(new Date())
    authority = new OpensslAuthority({ days: 60 })
    asked = 0
    const server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => void pieces.push(piece))
      request.on('end', () => {
        asked += 1
        response.setHeader('content-type', 'application/timestamp-reply')
        response.end(authority.answer(Buffer.concat(pieces)))
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    await writeFile(authority.path('roots.pem'), authority.rootPem)
    const { port } = server.address() as AddressInfo
    const urls = [`http://127.0.0.1:${port}/`]
    timeAuthorities = {
      urls,
      rootsFile: authority.path('roots.pem'),
      revocationHosts: new Set(),
      timeoutMs: 60_000,
    }
    return async () => {
      server.close()
      await rm(authority.folder, { recursive: true })
    }
  })

  async function stampCheckpoint(size: number): Promise<void> {
    const checkpoint = join(it.archive.folder, 'checkpoints', `${size}.txt`)
    const imprint = createHash('sha256')
      .update(await readFile(checkpoint))
      .digest()
    await writeFile(checkpoint.replace('.txt', '.tsr'), authority.stored('sha256', imprint))
  }

  /** A matter with a file. */
  async function withPicture(): Promise<{ id: string; file: string }> {
    const id = await it.desk.citizenWrites({ text: 'Mit Bild', from: '491713920074' })
    const file = await uploadedFile(it.desk, id, 'image')
    await it.rows(
      'update attachment set message_id = (select id from message where conversation_id = $2 limit 1) where id = $1',
      [file, id],
    )
    return { id, file }
  }
  /** Three packages, a stamp over their checkpoint, and whoever leads comes by. */
  async function threeStamped(toFile = 3): Promise<Sealed[]> {
    for (const n of [1, 2, 3].slice(0, toFile)) await it.filed(`Nummer ${n}`, `49171392007${n}`)
    await it.seal()
    await stampCheckpoint(3)
    await it.seal(undefined, { timeAuthorities })
    return packages()
  }
  async function judged(id: string) {
    const keys = [
      (await logKeyOf(it.inbox.keys, 'archive-log')).verifierKey,
      (await logKeyOf(it.inbox.keys, 'deletion-ledger')).verifierKey,
    ]
    const source = await bytesInFile(packagePath(it.archive.archiveDir, id))
    const roots = parseCertificatesPem(authority.rootPem)
    const { findings, proven } = await verifyPackage(source, {
      trust: { keys: keys.map(parseNoteKey), roots, on: new Date() },
    })
    await source.close()
    const [record, ...ofErasures] = proven.filter(({ kind }) => kind === 'EVIDENCE_RECORD')
    return {
      errors: findings.flatMap(({ severity, code }) => (severity === 'notice' ? [] : [code])),
      codes: findings.map(({ code }) => code),
      stamps: record?.stamps.length ?? 0,
      stampsOfErasures: ofErasures.map(({ stamps }) => stamps.length),
      covers: [record, ...ofErasures].map((one) => one?.covers),
    }
  }

  async function partIn(id: string, name: string): Promise<Uint8Array | undefined> {
    const source = await bytesInFile(packagePath(it.archive.archiveDir, id))
    const bytes = await (await openPackage(source)).read(name)
    await source.close()
    return bytes
  }
  async function aMonthLater(): Promise<void> {
    await it.rows(`update archive_file set evidence_made_at = evidence_made_at - interval '31 days'`)
  }
  /** The calendar that two persons agree on lets it end within the time in which records are renewed. */
  async function letSha256End(inDays = 40): Promise<void> {
    const calendar = await calendarInForce(it.inbox.pool)
    const soon = new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10)
    await it.rows(
      'insert into algorithm_calendar (decided_at, calendar, proposed_by, approved_by) values (now(), $1, $2, $3)',
      [
        JSON.stringify({ ...calendar, hash: { ...calendar.hash, sha256: soon } }),
        it.desk.yilmaz.accountId,
        it.desk.brandt.accountId,
      ],
    )
  }

  test('are shown by what they rest on and until when, soonest first', async () => {
    const viewer = await it.desk.viewer('auditor', [])
    const folders = {
      'archive-log': it.archive.folder,
      'deletion-ledger': it.archive.ledgerFolder,
      'audit-log': it.archive.folder,
    }
    const logs = { folders, rootsFile: timeAuthorities.rootsFile, witnesses: [] }
    function renewals(inspected = logs) {
      return readRenewals(it.inbox, viewer, it.archive, inspected)
    }
    expect(await renewals()).toMatchObject({ endings: [], packages: { covered: 0, due: 0, bare: 0 } })
    await threeStamped()
    const { endings, packages: counts, leadDays } = await renewals()
    expect(counts).toEqual({ covered: 3, due: 3, bare: 0 })
    expect(leadDays).toBe(90)
    expect(endings.map(({ until }) => until)).toEqual(endings.map(({ until }) => until).toSorted())
    const soonest = endings[0]
    expect(soonest).toMatchObject({ kind: 'certificate', packages: 3, logs: ['archive-log', 'audit-log'] })
    expect(Date.parse(soonest?.until ?? '') - Date.now()).toBeLessThan(61 * 24 * 60 * 60 * 1000)
    expect(endings.find(({ kind, name }) => kind === 'hash' && name === 'sha256')).toMatchObject({
      until: '2032-12-31',
      packages: 3,
    })
    expect(endings.some(({ kind }) => kind === 'signature')).toBe(true)
    // Who trusts no root is told of none of it, and of the counts all the same.
    expect(await renewals({ ...logs, rootsFile: '/dev/null' })).toMatchObject({
      endings: [],
      packages: counts,
    })
  })

  test('are judged on upload by the roots that the office trusts, which it shows with their fingerprints', async () => {
    const [first] = await threeStamped()
    async function uploaded(rootsFile: string | null) {
      const upload = createReadStream(packagePath(it.archive.archiveDir, first?.id ?? ''))
      const { verdict, notChecked } = await verifyUpload(it.inbox, upload, {
        given: [],
        rootsFile,
        maxBytes: 1 << 30,
      })
      return { verdict, withoutRoot: notChecked.includes('TIME_STAMPS_WITHOUT_ROOT') }
    }
    const { rootsFile } = timeAuthorities
    expect(await uploaded(rootsFile)).toEqual({ verdict: 'valid', withoutRoot: false })
    expect(await uploaded(null)).toEqual({ verdict: 'indeterminate', withoutRoot: true })

    const auditor = await it.desk.viewer('auditor', [])
    async function timesBy(trusted: string | null) {
      const { archiveDir } = it.archive
      const { times } = await readPackage(
        it.inbox,
        auditor,
        { archiveDir, rootsFile: trusted },
        first?.id ?? '',
      )
      return times.map(({ code, location }) => `${location} ${code}`)
    }
    expect(await timesBy(rootsFile)).toEqual(
      expect.arrayContaining(['checkpoint.tsr TIME_STAMP_GOOD', 'evidence.er EVIDENCE_GOOD']),
    )
    expect(await timesBy(null)).toEqual([
      'checkpoint.tsr TIME_STAMP_NOT_CHECKED',
      'evidence.er EVIDENCE_NOT_CHECKED',
    ])
    const { items: shown, calendar } = await timeStampRoots(it.inbox, auditor, { rootsFile })
    expect(calendar).toEqual(await calendarInForce(it.inbox.pool))
    const said = execFileSync('openssl', ['x509', '-in', rootsFile, '-noout', '-fingerprint', '-sha256'], {
      encoding: 'utf8',
    })
    expect(shown.map(({ fingerprint }) => fingerprint.toUpperCase())).toEqual([
      said.trim().split('=')[1]?.replaceAll(':', ''),
    ])
    expect(parseCertificatesPem(shown.map(({ pem }) => pem).join(''))).toHaveLength(1)
    expect(await timeStampRoots(it.inbox, auditor, { rootsFile: null })).toMatchObject({ items: [] })
    await expect(timeStampRoots(it.inbox, it.desk.yilmaz, { rootsFile })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  })

  test('are made for many packages with one stamp, and each holds by itself', async () => {
    const all = await threeStamped()
    expect(asked).toBe(1)
    for (const { id } of all) expect(await judged(id)).toMatchObject({ errors: [], stamps: 1 })
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(1)
    expect(await it.found()).toEqual([])
  })

  test('stay as they are when something is erased from a package, and the erasure gets one of its own', async () => {
    const [first] = await threeStamped()
    const id = first?.id ?? ''
    const before = await partIn(id, 'evidence.er')
    const [matter] = await it.rows<{ id: string }>(
      'select conversation_id as id from archive_package order by leaf_index limit 1',
    )
    await it.erase([{ kind: 'conversation', id: matter?.id ?? '' }])
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(2)
    const after = await judged(id)
    expect(after).toMatchObject({ errors: [], stamps: 1 })
    expect(after.codes).toContain('ITEM_ERASED')
    expect(after.covers).toEqual([
      ['manifest.json', 'proof.tlog-proof', 'checkpoint.tsr'],
      ['statement.json', 'statement.tlog-proof', 'entry.json', 'entry.tlog-proof'].map(
        (name) => `erasures/000001/${name}`,
      ),
    ])
    expect(await partIn(id, 'evidence.er')).toEqual(before)
    expect(await it.found()).toEqual([])
    // Of the others nothing was written, and nobody is asked again.
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(2)

    await aMonthLater()
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(3)
    expect(await judged(id)).toMatchObject({ errors: [], stamps: 2, stampsOfErasures: [2] })
  })

  test('of an earlier erasure stay as they are when more is erased', async () => {
    const { id: matter, file } = await withPicture()
    await it.close(matter)
    await it.seal()
    await stampCheckpoint(1)
    await it.seal(undefined, { timeAuthorities })
    const id = (await packages())[0]?.id ?? ''
    await it.rows(`update attachment set sealed_with = 'own'`)
    await it.erase([{ kind: 'attachment', id: file }])
    await it.seal(undefined, { timeAuthorities })
    const before = await partIn(id, 'erasures/000001/evidence.er')
    expect(before?.length).toBeGreaterThan(0)
    await it.erase([{ kind: 'conversation', id: matter }])
    await it.seal(undefined, { timeAuthorities })
    expect(await partIn(id, 'erasures/000001/evidence.er')).toEqual(before)
    expect(await judged(id)).toMatchObject({ errors: [], stampsOfErasures: [1, 1] })
    expect(asked).toBe(3)
  })

  test('that were written when the process was killed are taken as they are', async () => {
    const [first] = await threeStamped()
    const before = await partIn(first?.id ?? '', 'evidence.er')
    await it.rows('update archive_file set evidence_made_at = null, evidence_ends_at = null')
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(1)
    expect(await partIn(first?.id ?? '', 'evidence.er')).toEqual(before)
    expect(await it.rows('select from archive_file where evidence_made_at is null')).toEqual([])
  })

  test('are renewed with one stamp before the certificates under them end, monthly', async () => {
    const all = await threeStamped()
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(1)
    await aMonthLater()
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(2)
    for (const { id } of all) expect(await judged(id)).toMatchObject({ errors: [], stamps: 2 })
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(2)
  })

  test('get a new tree under a stronger hash function where the calendar lets theirs end', async () => {
    const all = await threeStamped()
    await letSha256End()
    await aMonthLater()
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(2)
    for (const { id } of all) {
      expect(await judged(id)).toMatchObject({ errors: [], stamps: 2 })
      const record = await partIn(id, 'evidence.er')
      // The second chain is one of its own.
      expect(
        parseEvidenceRecord(record ?? new Uint8Array(0)).chains.map((chain) => chain.at(-1)?.algorithm),
      ).toEqual(['sha256', 'sha512'])
    }
    // What is sealed from now on begins under the stronger one; and under the usual one again where the calendar is put right.
    await it.filed('Nummer 4', '491713920079')
    await it.seal()
    await stampCheckpoint(4)
    await it.seal(undefined, { timeAuthorities })
    await letSha256End(4000)
    await it.filed('Nummer 5', '491713920078')
    await it.seal()
    await stampCheckpoint(5)
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(4)
    // Chains of both are renewed, with a stamp each.
    await aMonthLater()
    await it.seal(undefined, { timeAuthorities })
    expect(asked).toBe(6)
    const ofAll = await Promise.all((await packages()).map(({ id }) => judged(id)))
    expect(ofAll.map(({ errors }) => errors)).toEqual([[], [], [], [], []])
    expect(ofAll.map(({ stamps }) => stamps)).toEqual([3, 3, 3, 2, 2])
  })

  test('are made of what is stamped after a look in vain, and an hour later at the earliest of the next', async () => {
    const turn = { madeAt: 0, renewedAt: 0, after: null }
    await it.filed('Erstens', '491713920081')
    await it.seal()
    async function look() {
      return withArchiveLog(it.archive, async (log) => {
        await refreshFiles(it.archive, log, new Map())
        return keepEvidence({ ...it.archive, timeAuthorities }, log, turn)
      })
    }
    expect(await look()).toBe(0)
    for (const size of [1, 2]) {
      await stampCheckpoint(size)
      expect(await look()).toBe(size === 1 ? 1 : 0)
      if (size === 2) break
      await it.filed('Zweitens', '491713920082')
      await it.seal()
    }
    turn.madeAt = 0
    expect(await look()).toBe(1)
    expect(asked).toBe(2)
  })

  test('wait while no authority answers, and nothing is made up', async () => {
    const dead = { ...timeAuthorities, urls: ['http://127.0.0.1:1/'] }
    timeAuthorities = dead
    const all = await threeStamped()
    for (const { id } of all) expect(await judged(id)).toMatchObject({ errors: [], stamps: 0 })
    expect(await it.rows('select from archive_file where evidence_made_at is not null')).toEqual([])
  })

  test.skipIf(missing !== undefined)(
    `hold before Bouncy Castle as they were made, after a renewal, with an item erased and under a new tree${missing ? ` (skipped: ${missing})` : ''}`,
    async () => {
      const root = authority.path('roots.pem')
      const records: [record: string, documents: string][] = []
      const stamps: [stamp: string, data: string, root: string][] = []
      /** As an auditor would: the package is unpacked, and nothing of ours looks at what was in it. @returns the folder */
      function unpack(id: string): string {
        const folder = authority.path(`unpacked-${records.length}`)
        execFileSync('unzip', ['-q', packagePath(it.archive.archiveDir, id), '-d', folder])
        const group = ['manifest.json', 'proof.tlog-proof', 'checkpoint.tsr']
        records.push([join(folder, 'evidence.er'), group.map((name) => join(folder, name)).join()])
        const erasure = join(folder, 'erasures', '000001')
        const ofErasure = ['statement.json', 'statement.tlog-proof', 'entry.json', 'entry.tlog-proof']
        if (existsSync(erasure))
          records.push([join(erasure, 'evidence.er'), ofErasure.map((name) => join(erasure, name)).join()])
        stamps.push([join(folder, 'checkpoint.tsr'), join(folder, 'checkpoint.txt'), root])
        return folder
      }
      const { id: matter, file } = await withPicture()
      await it.close(matter)
      const all = await threeStamped(2)
      const [pictured = ''] = all.map(({ id }) => id)
      const folders = all.map(({ id }) => unpack(id))

      await aMonthLater()
      await it.seal(undefined, { timeAuthorities })
      for (const { id } of all) unpack(id)

      // Under a key of its own it can go alone.
      await it.rows(`update attachment set sealed_with = 'own'`)
      await it.erase([{ kind: 'attachment', id: file }])
      await it.seal(undefined, { timeAuthorities })
      const erased = unpack(pictured)
      expect(await readdir(join(folders[0] ?? '', 'items'))).toHaveLength(5)
      // The file, and the message, which says what it was called.
      expect(await readdir(join(erased, 'items'))).toHaveLength(3)

      await letSha256End()
      await aMonthLater()
      await it.seal(undefined, { timeAuthorities })
      for (const { id } of all) unpack(id)
      expect(await judged(pictured)).toMatchObject({ errors: [], stamps: 3, stampsOfErasures: [2] })
      expect(records).toHaveLength(12)

      // What is no proof is none there either: the record of another package, a member too few, a manifest that was changed.
      const [first = '', second = ''] = folders
      const changed = authority.path('changed.json')
      const manifest = await readFile(join(first, 'manifest.json'), 'utf8')
      await writeFile(changed, manifest.replace('30y', '10y'))
      const [record, documents] = records[0] ?? ['', '']
      const bad: typeof records = [
        [join(second, 'evidence.er'), documents],
        [record, documents.split(',').slice(0, 2).join()],
        [record, documents.replace(join(first, 'manifest.json'), changed)],
      ]
      const said = bouncyCastleSays(root, [...records, ...bad])
      expect(said.slice(0, records.length)).toEqual(records.map(() => 'VALID'))
      expect(said.slice(records.length).map((line) => line.split(' ')[0])).toEqual(bad.map(() => 'INVALID'))
      const today = new Date().toISOString().slice(0, 10)
      const ofStamps = bouncyCastleSaysOfStamps([...stamps, [stamps[0]?.[0] ?? '', changed, root]], today)
      expect(ofStamps.slice(0, -1)).toEqual(stamps.map(() => 'VALID'))
      expect(ofStamps.at(-1)).toContain('INVALID')
    },
  )
})
