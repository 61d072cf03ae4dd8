import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  answerElsewhere,
  markCorrection,
  reopenConversation,
  sendNotices,
  sendQueuedReplies,
  withdrawCorrection,
} from '@buergerdraht/inbox'
import { logKeyOf, transaction } from '@buergerdraht/office'
import {
  bytesInFile,
  type Finding,
  ItemOpener,
  openPackage,
  parseCertificatesPem,
  parseNoteKey,
  verifyPackage,
} from '@buergerdraht/records'
import { beforeEach, describe, expect, test } from 'vitest'
import { uploadedFile } from '../../inbox/test/desk/files.ts'
import { approveNotice } from '../../inbox/test/privacy-notice/notice.ts'
import { OpensslAuthority } from '../../records/test/openssl-authority.ts'
import type { ChatRecord } from '../src/archive/chat-record.ts'
import { packagePath } from '../src/archive-packages/package-folder.ts'
import {
  chatDocument,
  checkNightly,
  listSelfChecks,
  preparePackage,
  readArchiveState,
  type SealingStep,
  sweepArchive,
  verifyUpload,
  withArchiveLog,
} from '../src/index.ts'
import { decideByLaw } from '../src/runs/decide-by-law.ts'
import { Killed, minutesAfter, noon, openArchive, reference, type TestArchive } from './open-archive.ts'

let it: TestArchive
beforeEach(async () => {
  it = await openArchive()
  return () => it.end()
})

type Sealed = { readonly id: string; readonly manifest: Buffer; readonly number: number }

async function packages(): Promise<Sealed[]> {
  return it.rows<Sealed>('select id, manifest, number from archive_package order by leaf_index')
}
async function only(): Promise<Sealed> {
  const [first, ...more] = await packages()
  if (first === undefined || more.length > 0) expect.fail(`${more.length + 1} packages`)
  return first
}
async function verified(id: string, contents = true): Promise<Finding[]> {
  const { verifierKey } = await logKeyOf(it.inbox.keys, 'archive-log')
  const source = await bytesInFile(packagePath(it.archive.archiveDir, id))
  const ids = (await it.rows<{ id: string }>('select id from archive_item where package_id = $1', [id])).map(
    (row) => row.id,
  )
  const itemKeys = await it.inbox.keys.getMany(ids)
  const trust = { keys: [parseNoteKey(verifierKey)] }
  const { findings } = await verifyPackage(source, { trust, ...(contents && { itemKeys }) })
  await source.close()
  return findings
}
function errorsIn(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ severity, code }) => (severity === 'notice' ? [] : [code]))
}
/** Contents of a package by kind, decrypted. */
async function contents(id: string): Promise<{ kind: string; bytes: Buffer }[]> {
  const manifest = JSON.parse((await packages()).find((one) => one.id === id)?.manifest.toString() ?? '') as {
    items: { id: string; kind: string; size: number }[]
  }
  const zip = await readFile(packagePath(it.archive.archiveDir, id))
  return Promise.all(
    manifest.items.map(async ({ id: item, kind, size }) => {
      const name = Buffer.from(`items/${item}.bin`)
      const at = zip.indexOf(name) + name.length
      const opener = new ItemOpener({ package: id, item }, await it.inbox.keys.get(item))
      const pieces: Uint8Array[] = []
      opener.update(zip.subarray(at, at + size + 60), (piece) => void pieces.push(Buffer.from(piece)))
      return { kind, bytes: Buffer.concat(pieces) }
    }),
  )
}
async function texts(id: string): Promise<string[]> {
  return (await contents(id)).flatMap(({ kind, bytes }) =>
    kind === 'MESSAGE' ? [`${(JSON.parse(bytes.toString()) as { text: string | null }).text}`] : [],
  )
}

describe('a matter that is closed to the file', () => {
  test('holds which notice the person was sent, and what became of it', async () => {
    await approveNotice(it.inbox, { text: 'Zum Datenschutz: …' })
    const id = await it.desk.citizenWrites({ text: 'Mein Bauantrag' })
    await sendNotices(it.inbox, new AbortController().signal)
    await sendQueuedReplies(it.inbox, id)
    await it.inbox.pool.query('update message set delivered_at = $1 where notice_version is not null', [noon])
    await it.close(id)
    expect(await it.seal()).toBe(1)
    const { id: sealed } = await only()
    expect(errorsIn(await verified(sealed))).toEqual([])
    const inside = (await contents(sealed)).map(({ kind, bytes }) => [kind, bytes.toString()] as const)
    const notes = inside.flatMap(([kind, json]) => (kind === 'NOTE' ? [JSON.parse(json)] : []))
    expect(notes).toMatchObject([
      {
        notices: [
          {
            version: '1',
            sentAt: it.inbox.now().toISOString(),
            status: 'delivered',
            deliveredAt: noon.toISOString(),
          },
        ],
      },
    ])
    const messages = inside.flatMap(([kind, json]) => (kind === 'MESSAGE' ? [JSON.parse(json)] : []))
    expect(messages).toContainEqual(
      expect.objectContaining({
        kind: 'system',
        direction: 'outbound',
        text: 'Zum Datenschutz: …',
        details: expect.objectContaining({ event: 'privacy-notice', notice: 1 }),
        sending: expect.objectContaining({ role: null, status: 'delivered' }),
      }),
    )
  })

  test('is sealed: an auditor finds it whole, and everything of it is in the package', async () => {
    const id = await it.desk.citizenWrites({ text: 'Mein Bauantrag' })
    const file = await uploadedFile(it.desk, id, 'image')
    await it.inbox.pool.query(
      `update attachment set message_id = (select id from message where conversation_id = $2 limit 1) where id = $1`,
      [file, id],
    )
    await it.inbox.pool.query(`update message set kind = 'image' where conversation_id = $1`, [id])
    await it.close(id)
    expect(await it.rows('select state from archive_task')).toEqual([{ state: 'waiting' }])
    expect(await it.seal()).toBe(1)

    const { id: sealed } = await only()
    const findings = await verified(sealed)
    expect(errorsIn(findings)).toEqual([])
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['PROOF_GOOD', 'ITEM_CONTENT_CHECKED', 'ITEMS_UNCHANGED']),
    )
    const inside = await contents(sealed)
    expect(inside.map(({ kind }) => kind)).toEqual(['ATTACHMENT', 'MESSAGE', 'MESSAGE', 'NOTE', 'METADATA'])
    expect(inside[0]?.bytes.toString()).toBe('bytes of image')
    expect(JSON.parse(inside[1]?.bytes.toString() ?? '')).toMatchObject({
      format: 'buergerdraht-chat-message',
      direction: 'inbound',
      text: 'Mein Bauantrag',
      files: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), mediaType: 'image/jpeg' }],
    })
    expect(JSON.parse(inside[3]?.bytes.toString() ?? '')).toMatchObject({
      format: 'buergerdraht-chat',
      continues: null,
      office: { name: 'Stadt Musterstadt' },
      citizen: { name: 'Erika Mustermann', number: '+491713920011' },
      fileReference: reference,
      filing: { relevance: 'to-file', role: 'clerk', cluster: 'DA03' },
    })
    expect(JSON.parse(inside[4]?.bytes.toString() ?? '')).toMatchObject({ fileReference: reference })
    expect(await it.found()).toEqual([])
    expect(await it.rows('select from archive_task')).toEqual([])
    expect(await it.rows('select filing from conversation')).toEqual([{ filing: 'FILED' }])
    expect(await readdir(join(it.archive.archiveDir, 'prepared'))).toEqual([])
    // What the citizen wrote, and that it was closed.
    expect(await it.rows('select messages, system_lines, files from archive_package')).toEqual([
      { messages: 1, system_lines: 1, files: 1 },
    ])
  })

  test('has an answer that went another way, as one', async () => {
    const id = await it.desk.citizenWrites({ text: 'Mein Bauantrag' })
    await answerElsewhere(it.inbox, it.desk.yilmaz, id, {
      clientId: randomUUID(),
      way: 'letter',
      text: 'Genehmigt.',
    })
    await it.close(id)
    expect(await it.seal()).toBe(1)
    const { id: sealed } = await only()
    expect(errorsIn(await verified(sealed))).toEqual([])
    const said = (await contents(sealed)).flatMap(({ kind, bytes }) =>
      kind === 'MESSAGE' ? [JSON.parse(bytes.toString())] : [],
    )
    expect(said).toContainEqual(
      expect.objectContaining({
        direction: 'outbound',
        kind: 'elsewhere',
        text: 'Genehmigt.',
        details: { kind: 'elsewhere', way: 'letter' },
        sending: expect.objectContaining({ role: 'clerk', status: 'elsewhere', acceptedAt: null }),
      }),
    )
  })

  test('has the number in the package, and its last digits alone in the document that people read', async () => {
    await it.filed('Mein Bauantrag')
    const shown: ChatRecord['citizen'][] = []
    async function render({ citizen }: ChatRecord): Promise<Uint8Array> {
      shown.push(citizen)
      return Buffer.from('%PDF-1.7')
    }
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    expect(await preparePackage({ ...it.archive, render }, task?.package_id ?? '')).toBe(true)
    expect(await it.seal()).toBe(1)
    expect(shown).toMatchObject([{ number: null, maskedNumber: expect.stringMatching(/\d{2,4}$/) }])
    const notes = (await contents((await only()).id)).flatMap(({ kind, bytes }) =>
      kind === 'NOTE' ? [JSON.parse(bytes.toString()) as ChatRecord] : [],
    )
    expect(notes).toMatchObject([{ citizen: { number: expect.stringMatching(/^\+49\d{6,}$/) } }])
  })

  test('has an original of more than 40 MB whole, beside the document and not in it, and is verified when it is handed in', async () => {
    const plan = randomBytes(41_000_000)
    const id = await it.desk.citizenWrites({ text: 'Der Bauplan' })
    const file = await uploadedFile(it.desk, id, 'document', plan)
    await it.inbox.pool.query(
      `update attachment set message_id = (select id from message where conversation_id = $2 and kind = 'text') where id = $1`,
      [file, id],
    )
    await it.close(id)
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    expect(await preparePackage({ ...it.archive, render: chatDocument }, task?.package_id ?? '')).toBe(true)
    expect(await it.seal()).toBe(1)
    const { id: sealed } = await only()
    const inside = await contents(sealed)
    expect(inside.find(({ kind }) => kind === 'ATTACHMENT')?.bytes.equals(plan)).toBe(true)
    expect(inside.find(({ kind }) => kind === 'RENDERING')?.bytes.length).toBeLessThan(1_000_000)

    const path = packagePath(it.archive.archiveDir, sealed)
    const asked = { given: [], rootsFile: null, maxBytes: 42_000_000 }
    const { verdict, findings } = await verifyUpload(it.inbox, createReadStream(path), asked)
    expect(verdict).toBe('valid')
    expect(findings.map(({ code }) => code)).toContain('ITEMS_UNCHANGED')
    const tooSmall = { ...asked, maxBytes: 40_000_000 }
    await expect(verifyUpload(it.inbox, createReadStream(path), tooSmall)).rejects.toMatchObject({
      code: 'package-too-large',
    })
  })

  test('has nothing personal in manifest, log and names of files', async () => {
    await it.filed('Zwitschergasse 7')
    await it.seal()
    const { manifest } = await only()
    const log = await readFile(join(it.archive.folder, 'log'), 'utf8')
    const names = (await readdir(it.archive.archiveDir, { recursive: true })).join()
    const zip = await readFile(packagePath(it.archive.archiveDir, (await only()).id), 'latin1')
    for (const text of ['Zwitschergasse', 'Mustermann', reference, '491713920011'])
      for (const place of [manifest.toString(), log, names, zip]) expect(place).not.toContain(text)
  })

  test('waits no more when it is opened again, and what was said since is a further package that names the first', async () => {
    const id = await it.filed('Erstens')
    await reopenConversation(it.inbox, it.desk.yilmaz, id)
    expect(await it.rows('select from archive_task')).toEqual([])
    await it.close(id)
    await it.seal()
    const first = await only()
    expect(await texts(first.id)).toContain('Erstens')

    await reopenConversation(it.inbox, it.desk.yilmaz, id)
    await it.desk.citizenWrites({ text: 'Zweitens', at: minutesAfter(noon, 2) })
    await it.close(id)
    expect(await it.seal()).toBe(1)
    const [, second] = await packages()
    if (second === undefined) expect.fail('no second package')
    expect(second.number).toBe(2)
    const said = await texts(second.id)
    expect(said).toContain('Zweitens')
    expect(said).not.toContain('Erstens')
    const [note, metadata] = (await contents(second.id)).slice(-2)
    expect(JSON.parse(note?.bytes.toString() ?? '')).toMatchObject({ continues: first.id })
    expect(metadata?.bytes.toString()).toContain(`"package":"${first.id}"`)
    expect(errorsIn(await verified(first.id))).toEqual([])
    expect(await it.found()).toEqual([])
  })

  test('is sealed again where a citizen has taken something back since, and the first package stays', async () => {
    const id = await it.filed('Das war zu viel')
    await it.seal()
    const first = await readFile(packagePath(it.archive.archiveDir, (await only()).id))
    await it.inbox.pool.query(
      `update message set revoked_at = $2 where conversation_id = $1 and kind = 'text'`,
      [id, minutesAfter(noon, 3)],
    )
    expect(await it.seal()).toBe(1)
    const [before, after] = await packages()
    if (before === undefined || after === undefined) expect.fail('no second package')
    expect(await texts(after.id)).toEqual(['Das war zu viel'])
    expect(first.equals(await readFile(packagePath(it.archive.archiveDir, before.id)))).toBe(true)
    // And when nothing has happened, there is nothing to seal.
    await it.inbox.pool.query('insert into archive_task (conversation_id, wanted_at) values ($1, now())', [
      id,
    ])
    expect(await it.seal()).toBe(0)
    expect(await it.rows('select from archive_task')).toEqual([])
  })
})

describe('what happens to a matter after it was sealed', () => {
  const dayMs = 24 * 60 * 60_000
  async function reacts(matter: string): Promise<void> {
    await it.rows(
      'update reaction set replaced_at = now() where message_id in (select id from message where conversation_id = $1)',
      [matter],
    )
    await it.rows(
      `insert into reaction (id, message_id, sender, at) select gen_random_uuid(), id, 'citizen', now() from message
       where conversation_id = $1 and kind = 'text'`,
      [matter],
    )
  }
  async function task() {
    const [row, ...more] = await it.rows<{ wanted: Date; next: Date | null; due: boolean }>(
      `select wanted_at as wanted, next_try_at as next, next_try_at is null or next_try_at <= now() as due from archive_task`,
    )
    if (row === undefined || more.length > 0) expect.fail(`${more.length + 1} tasks`)
    return row
  }
  /** In milliseconds from the first change until it is sealed. */
  async function gathersFor(): Promise<number> {
    const { wanted, next } = await task()
    return (next?.getTime() ?? 0) - wanted.getTime()
  }
  async function counted() {
    const { counts, oldestWaitingAt } = await readArchiveState(
      it.inbox,
      await it.desk.viewer('records', []),
      { authorityNamed: true },
    )
    return { ...counts, oldestWaitingAt }
  }

  test('is gathered for a quiet day, and is then one further package', async () => {
    const id = await it.filed('Danke')
    await it.seal()
    await reacts(id)
    expect(await gathersFor()).toBe(dayMs)
    expect(await counted()).toMatchObject({ waiting: 1, gathering: 1, failed: 0, oldestWaitingAt: null })
    // It happened twelve hours ago; the next reaction begins the quiet day anew.
    await it.rows(
      `update archive_task set wanted_at = wanted_at - interval '12 hours', gathers_until = gathers_until - interval '12 hours',
         next_try_at = next_try_at - interval '12 hours'`,
    )
    await reacts(id)
    expect((await gathersFor()) / dayMs).toBeCloseTo(1.5, 3)
    expect(await sweepArchive(it.inbox)).toBe(0)

    await it.rows(`update archive_task set next_try_at = now() - interval '1 second'`)
    expect(await counted()).toMatchObject({ waiting: 1, gathering: 0, oldestWaitingAt: expect.any(String) })
    expect(await sweepArchive(it.inbox)).toBe(1)
    expect(await it.seal()).toBe(1)
    const [, further, ...more] = await packages()
    expect(more).toEqual([])
    const [said] = (await contents(further?.id ?? '')).flatMap(({ kind, bytes }) =>
      kind === 'MESSAGE' ? [JSON.parse(bytes.toString()) as { reactions: object[] }] : [],
    )
    expect(said?.reactions).toHaveLength(2)
  })

  test('is gathered for seven days at most, however often something happens', async () => {
    const id = await it.filed('Danke')
    await it.seal()
    await reacts(id)
    await it.rows(
      `update archive_task set wanted_at = wanted_at - interval '156 hours', gathers_until = gathers_until - interval '156 hours'`,
    )
    await reacts(id)
    expect((await gathersFor()) / dayMs).toBeCloseTo(7, 3)
  })

  test('is marked and withdrawn in further packages, of a message and of the matter; the packages before say what they said', async () => {
    const id = await it.filed('Hausnummer 4')
    await it.seal()
    const [message] = await it.rows<{ id: string }>(
      `select id from message where conversation_id = $1 and kind = 'text'`,
      [id],
    )
    /** The one mark that stands. */
    async function standing(): Promise<{ conversationId: string; correctionId: string }> {
      const [mark, ...more] = await it.rows<{ id: string }>(
        'select id from correction where conversation_id = $1 and withdrawn_at is null',
        [id],
      )
      if (mark === undefined || more.length > 0) expect.fail(`${more.length + 1} marks stand`)
      return { conversationId: id, correctionId: mark.id }
    }
    /** What the newest package says is marked of messages, and of the matter. */
    async function marked() {
      const sealed = (await packages()).at(-1)
      const inside = (await contents(sealed?.id ?? '')).flatMap(({ kind, bytes }) =>
        kind === 'MESSAGE' || kind === 'NOTE'
          ? [{ kind, corrections: (JSON.parse(bytes.toString()) as ChatRecord).corrections }]
          : [],
      )
      return inside.map(({ kind, corrections }) => [
        kind,
        corrections.map(({ correct, withdrawn }) => [correct, withdrawn?.reason, withdrawn?.replaced]),
      ])
    }
    const inbox = it.inbox
    const mark = { contested: 'Hausnummer 4', correct: 'Hausnummer 5' }
    await markCorrection(inbox, it.desk.yilmaz, id, { ...mark, messageId: message?.id })
    expect(await gathersFor()).toBe(dayMs)
    expect(await it.seal()).toBe(1)
    expect(await marked()).toEqual([
      ['MESSAGE', [['Hausnummer 5', undefined, undefined]]],
      ['NOTE', []],
    ])
    const before = await readFile(packagePath(it.archive.archiveDir, (await packages()).at(-1)?.id ?? ''))

    await withdrawCorrection(inbox, it.desk.yilmaz, await standing(), { reason: 'Verhört' })
    expect(await gathersFor()).toBe(dayMs)
    expect(await it.seal()).toBe(1)
    expect(await marked()).toEqual([
      ['MESSAGE', [['Hausnummer 5', 'Verhört', false]]],
      ['NOTE', []],
    ])
    const kept = (await packages()).at(-2)?.id ?? ''
    expect(before.equals(await readFile(packagePath(it.archive.archiveDir, kept)))).toBe(true)

    // Of the matter as a whole no message has changed.
    await markCorrection(inbox, it.desk.yilmaz, id, mark)
    expect(await it.seal()).toBe(1)
    expect(await marked()).toEqual([['NOTE', [['Hausnummer 5', undefined, undefined]]]])
    const wrong = await standing()
    it.desk.test.setNow(minutesAfter(noon, 5))
    await withdrawCorrection(inbox, it.desk.yilmaz, wrong, {
      reason: 'Noch einmal verhört',
      replacement: { ...mark, correct: 'Hausnummer 6' },
    })
    expect(await it.seal()).toBe(1)
    expect(await marked()).toEqual([
      [
        'NOTE',
        [
          ['Hausnummer 5', 'Noch einmal verhört', true],
          ['Hausnummer 6', undefined, undefined],
        ],
      ],
    ])
    for (const { id: sealed } of await packages()) expect(errorsIn(await verified(sealed))).toEqual([])
    await it.rows('insert into archive_task (conversation_id, wanted_at) values ($1, now())', [id])
    expect(await it.seal()).toBe(0)
  })

  test('is sealed at once with a matter that is closed again', async () => {
    const id = await it.filed('Danke')
    await it.seal()
    await reacts(id)
    await reopenConversation(it.inbox, it.desk.yilmaz, id)
    await it.close(id)
    expect(await task()).toMatchObject({ next: null, due: true })
    await reacts(id)
    expect(await task()).toMatchObject({ next: null, due: true })
  })

  test('does not put off what could not be sealed', async () => {
    const id = await it.filed('Danke')
    await it.seal()
    await reacts(id)
    await it.rows(`update archive_task set failure = 'disk-full', attempts = 1, next_try_at = now()`)
    await reacts(id)
    expect(await task()).toMatchObject({ due: true })
    expect(await counted()).toMatchObject({ waiting: 0, gathering: 0, failed: 1 })
  })
})

describe('a time stamp over the checkpoint', () => {
  test('is put into the packages that it has, and openssl and the auditor’s program take it', async () => {
    it.desk.test.setNow(new Date())
    await it.filed('Erstens', '491713920061')
    await it.filed('Zweitens', '491713920062')
    await it.seal()
    const authority = new OpensslAuthority()
    const checkpoint = join(it.archive.folder, 'checkpoints', '2.txt')
    const imprint = createHash('sha256')
      .update(await readFile(checkpoint))
      .digest()
    await writeFile(checkpoint.replace('.txt', '.tsr'), authority.stored('sha256', imprint))
    await it.seal()
    expect(await it.rows('select proof_size::int as size, stamped from archive_file')).toEqual([
      { size: 2, stamped: true },
      { size: 2, stamped: true },
    ])
    const { verifierKey } = await logKeyOf(it.inbox.keys, 'archive-log')
    for (const { id } of await packages()) {
      const source = await bytesInFile(packagePath(it.archive.archiveDir, id))
      const roots = parseCertificatesPem(authority.rootPem)
      const { findings } = await verifyPackage(source, {
        trust: { keys: [parseNoteKey(verifierKey)], roots, requireTimeStamp: true, on: new Date() },
      })
      const { read } = await openPackage(source)
      const stamped = {
        'checkpoint.txt': await read('checkpoint.txt'),
        'checkpoint.tsr': await read('checkpoint.tsr'),
      }
      await source.close()
      expect(errorsIn(findings)).toEqual([])
      expect(findings.map(({ code }) => code)).toContain('TIME_STAMP_GOOD')
      for (const [name, bytes] of Object.entries(stamped)) await writeFile(authority.path(name), bytes ?? '')
      await writeFile(authority.path('root.pem'), authority.rootPem)
      const said = execFileSync(
        'openssl',
        ['ts', '-verify', '-data', 'checkpoint.txt', '-in', 'checkpoint.tsr', '-CAfile', 'root.pem'],
        { cwd: authority.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      )
      expect(said).toContain('Verification: OK')
    }
    expect(await it.found()).toEqual([])
    await rm(authority.folder, { recursive: true })
  })
})

describe('the self-check of each night', () => {
  test('keeps what it finds, once a night, and finds what a superuser has done', async () => {
    const { inbox, archive } = it
    expect(await checkNightly(inbox, archive)).toBe(0)
    // The log is begun, and nothing is in it.
    expect(await it.seal()).toBe(0)
    expect(await readFile(join(archive.folder, 'log'), 'utf8')).toBe('')
    expect(await checkNightly(inbox, archive)).toBe(0)
    expect(await it.rows('select from archive_check')).toEqual([])
    await it.filed()
    await it.seal()
    expect(await checkNightly(inbox, archive)).toBe(0)
    await transaction(
      inbox.pool,
      ({ client }) => client.query(`update archive_leaf set leaf = decode(repeat('ab', 32), 'hex')`),
      `; set local session_replication_role = 'replica'`,
    )
    expect(await checkNightly(inbox, archive)).toBe(0)
    it.desk.test.setNow(minutesAfter(noon, 24 * 60))
    expect(await checkNightly(inbox, archive)).toBeGreaterThan(0)
    const checks = await it.rows<{ packages: number; contents: number; findings: { code: string }[] }>(
      'select packages, contents, findings from archive_check order by at',
    )
    expect(checks).toMatchObject([
      { packages: 1, contents: 1, findings: [] },
      { packages: 1, contents: 1, findings: [{ code: 'LEAF_DIFFERS' }] },
    ])
    // The auditor reads them newest first, page by page.
    const viewer = await it.desk.viewer('auditor', [])
    const first = await listSelfChecks(inbox, viewer, { limit: 1 })
    expect(first.items).toMatchObject([
      { at: minutesAfter(noon, 24 * 60).toISOString(), leaves: 1, findings: [{ code: 'LEAF_DIFFERS' }] },
    ])
    const rest = await listSelfChecks(inbox, viewer, { limit: 1, cursor: first.nextCursor ?? '' })
    expect(rest).toMatchObject({ items: [{ packages: 1, findings: [] }], nextCursor: null })
    await expect(listSelfChecks(inbox, viewer, { limit: 1, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('sealing that is cut off', () => {
  const steps: SealingStep[] = ['written', 'prepared', 'placed', 'appended', 'signed', 'filed', 'sealed']
  test.each(steps)('%s: the next one goes on, and it is sealed once', async (step) => {
    await it.filed()
    await expect(
      it.seal((reached) => {
        if (reached === step) throw new Killed()
      }),
    ).rejects.toThrow(Killed)
    expect((await packages()).length).toBe(step === 'sealed' ? 1 : 0)
    await it.inbox.pool.query('update archive_task set next_try_at = null')
    expect(await it.seal()).toBe(step === 'sealed' ? 0 : 1)
    const { id } = await only()
    expect(errorsIn(await verified(id))).toEqual([])
    expect(await it.found()).toEqual([])
    expect((await it.rows<{ n: number }>('select count(*)::int as n from archive_leaf'))[0]?.n).toBe(1)
  })

  test('two workers at once seal each matter once', async () => {
    for (const n of [1, 2, 3]) await it.filed(`Nummer ${n}`, `49171392009${n}`)
    await Promise.all([it.seal(), it.seal()])
    await it.seal()
    expect((await packages()).length).toBe(3)
    for (const { id } of await packages()) expect(errorsIn(await verified(id))).toEqual([])
    expect(await it.found()).toEqual([])
  })

  test('a second process that would lead stands by', async () => {
    const answer = await withArchiveLog(it.archive, () => withArchiveLog(it.archive, async () => 'both'))
    expect(answer).toBeNull()
  })
})

describe('what goes wrong is said, and tried again', () => {
  async function failures() {
    return it.rows<{ state: string; failure: string | null; attempts: number }>(
      'select state, failure, attempts from archive_task',
    )
  }

  test('the disk is full while items are encrypted', async () => {
    await it.filed()
    async function full(): Promise<never> {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    }
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    expect(await preparePackage({ ...it.archive, render: full }, task?.package_id ?? '')).toBe(false)
    expect(await readdir(join(it.archive.archiveDir, 'prepared'))).toEqual([])
    expect(await failures()).toEqual([{ state: 'waiting', failure: 'disk-full', attempts: 1 }])
    await it.inbox.pool.query('update archive_task set next_try_at = null')
    expect(await it.seal()).toBe(1)
  })

  test('a key is gone between preparing and sealing', async () => {
    await it.filed()
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    await preparePackage(it.archive, task?.package_id ?? '')
    const [key] = await it.rows<{ id: string; purpose: string; wrapped: Buffer; kek_id: string }>(
      `delete from data_key where id = (select (items -> 0 ->> 'id')::uuid from archive_task) returning id, purpose, wrapped, kek_id`,
    )
    expect(await it.seal()).toBe(0)
    expect(await failures()).toEqual([{ state: 'placed', failure: 'key-missing', attempts: 1 }])
    expect(await it.rows('select from archive_package')).toEqual([])
    // Put back from a backup of the keys, it is sealed in the place that it has.
    await it.rows('insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)', [
      key?.id,
      key?.purpose,
      key?.wrapped,
      key?.kek_id,
    ])
    await it.rows('update archive_task set next_try_at = null')
    expect(await it.seal()).toBe(1)
    expect(await it.found()).toEqual([])
  })

  test('the matter is deleted while it is being sealed', async () => {
    const id = await it.filed()
    await it.seal(async (step) => {
      if (step === 'written') await it.inbox.pool.query('delete from conversation where id = $1', [id])
    })
    expect(await packages()).toEqual([])
    expect(await it.rows('select from archive_leaf')).toEqual([])
    expect(await it.rows(`select from data_key where purpose = 'archive-item'`)).toEqual([])
    expect(await readdir(join(it.archive.archiveDir, 'prepared'))).toEqual([])
  })

  test('somebody writes while it is being sealed: what is sealed is what is there', async () => {
    const id = await it.filed('Vorher')
    await it.seal(async (step) => {
      if (step === 'written')
        await it.inbox.pool.query(
          `update message set edited_at = now() where conversation_id = $1 and kind = 'text'`,
          [id],
        )
    })
    expect(await packages()).toEqual([])
    expect(await it.seal()).toBe(1)
    expect(await it.found()).toEqual([])
  })

  test('the key of a file is gone', async () => {
    const id = await it.desk.citizenWrites({ text: 'Mit Bild' })
    const file = await uploadedFile(it.desk, id, 'image')
    await it.inbox.pool.query(
      `update attachment set sealed_with = 'own', message_id = (select id from message where conversation_id = $2 limit 1) where id = $1`,
      [file, id],
    )
    await it.close(id)
    expect(await it.seal()).toBe(0)
    expect(await failures()).toEqual([{ state: 'waiting', failure: 'key-missing', attempts: 1 }])
  })

  test('the clock was set back a year', async () => {
    await it.filed('Heute', '491713920021')
    await it.seal()
    it.desk.test.setNow(minutesAfter(noon, -365 * 24 * 60))
    await it.filed('Gestern', '491713920022')
    expect(await it.seal()).toBe(0)
    expect(await failures()).toEqual([{ state: 'prepared', failure: 'clock-behind', attempts: 1 }])
  })

  test('what lies in the folder is not what was encrypted', async () => {
    await it.filed()
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    await preparePackage(it.archive, task?.package_id ?? '')
    const folder = join(it.archive.archiveDir, 'prepared')
    const [name = ''] = await readdir(folder)
    const bytes = await readFile(join(folder, name))
    bytes[100] = (bytes[100] ?? 0) ^ 1
    await writeFile(join(folder, name), bytes)
    expect(await it.seal()).toBe(0)
    expect(await failures()).toEqual([{ state: 'placed', failure: 'not-verified', attempts: 1 }])
    expect(await packages()).toEqual([])
  })
})

describe('what is erased lawfully', () => {
  async function withLedger(id: string): Promise<Finding[]> {
    const keys = [
      (await logKeyOf(it.inbox.keys, 'archive-log')).verifierKey,
      (await logKeyOf(it.inbox.keys, 'deletion-ledger')).verifierKey,
    ]
    const source = await bytesInFile(packagePath(it.archive.archiveDir, id))
    const { findings } = await verifyPackage(source, { trust: { keys: keys.map(parseNoteKey) } })
    await source.close()
    return findings
  }
  async function keysLeft(packageId: string): Promise<number> {
    const rows = await it.rows(
      'select from data_key k join archive_item i on i.id = k.id where i.package_id = $1',
      [packageId],
    )
    return rows.length
  }

  test('goes with its matter by a run: no byte of it is left, the proof is, and an older copy tells itself apart', async () => {
    it.desk.test.setNow(new Date())
    const id = await it.filed('Kanarienvogel', '491713920041')
    const other = await it.filed('Bleibt', '491713920042')
    await it.seal()
    const [gone, kept] = await packages()
    if (gone === undefined || kept === undefined) expect.fail('no packages')
    const path = packagePath(it.archive.archiveDir, gone.id)
    const older = await readFile(path)
    const keys = await it.rows<{ id: string; wrapped: Buffer; kek_id: string }>(
      'select k.id, k.wrapped, k.kek_id from data_key k join archive_item i on i.id = k.id where i.package_id = $1',
      [gone.id],
    )
    await it.erase([{ kind: 'conversation', id }])
    expect(await it.found()).toEqual(['ERASURE_NOT_SHOWN'])
    expect(await it.rows('select from archive_reference where package_id = $1', [gone.id])).toEqual([])
    expect(await keysLeft(gone.id)).toBe(0)
    await it.seal()

    const findings = await withLedger(gone.id)
    expect(errorsIn(findings)).toEqual([])
    const codes = findings.map(({ code }) => code)
    expect(codes).toContain('PROOF_GOOD')
    expect(codes.filter((code) => code === 'ITEM_ERASED')).toHaveLength(4)
    expect(findings.find(({ code }) => code === 'ITEM_ERASED')?.detail).toContain('LR-DA03@1')
    expect(await it.found()).toEqual([])
    expect(errorsIn(await verified(kept.id))).toEqual([])
    expect(await it.rows('select from conversation where id = $1', [other])).toHaveLength(1)

    const shown = await readFile(path)
    await writeFile(path, older)
    expect(await it.found()).toEqual(['FILE_OLDER'])

    // Whoever hands it in is told, of what this office has erased itself.
    async function erasedSince(): Promise<number> {
      const asked = { given: [], rootsFile: null, maxBytes: 1 << 30 }
      return (await verifyUpload(it.inbox, createReadStream(path), asked)).erasedSince
    }
    expect(await erasedSince()).toBe(4)

    // Whoever puts a key back that was destroyed is found too.
    await writeFile(path, shown)
    expect(await erasedSince()).toBe(0)
    await it.rows(`insert into data_key (id, purpose, wrapped, kek_id) values ($1, 'archive-item', $2, $3)`, [
      keys[0]?.id,
      keys[0]?.wrapped,
      keys[0]?.kek_id,
    ])
    expect(await it.found()).toEqual(['KEY_LEFT'])
  })

  test('as a copy, when it has been handed over; by a rule for something else nothing is proven, and the older file stays', async () => {
    it.desk.test.setNow(new Date())
    const [copy, other] = [await it.filed('Kopie', '491713920051'), await it.filed('Anderes', '491713920052')]
    await it.seal()
    const [first, second] = await packages()
    await it.erase([{ kind: 'conversation', id: copy }], undefined, 'DA02')
    await it.erase([{ kind: 'conversation', id: other }], undefined, 'DA06')
    await it.seal()
    expect(errorsIn(await withLedger(first?.id ?? ''))).toEqual([])
    expect((await withLedger(first?.id ?? '')).find(({ code }) => code === 'ITEM_ERASED')?.detail).toContain(
      'LR-DA02@1',
    )
    expect((await withLedger(second?.id ?? '')).map(({ code }) => code)).not.toContain('ITEM_ERASED')
  })

  test.each(['attachment', 'message'] as const)(
    'one %s of a matter: the rest stays, what shows it or says what it was called goes too',
    async (kind) => {
      it.desk.test.setNow(new Date())
      const id = await it.desk.citizenWrites({ text: 'Mit Bild', from: '491713920043' })
      const file = await uploadedFile(it.desk, id, 'image')
      await it.inbox.pool.query(
        `update attachment set message_id = (select id from message where conversation_id = $2 limit 1) where id = $1`,
        [file, id],
      )
      await it.close(id)
      async function render(): Promise<Uint8Array> {
        return Buffer.from('%PDF-1.7 with everything')
      }
      const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
      await preparePackage({ ...it.archive, render }, task?.package_id ?? '')
      await it.seal()
      // Sealed under the file's own key: what is left of the matter can be sealed anew.
      await it.inbox.pool.query(`update attachment set sealed_with = 'own'`)
      const [message] = await it.rows<{ id: string }>('select message_id as id from attachment')
      await it.erase([{ kind, id: kind === 'attachment' ? file : (message?.id ?? '') }])
      // A message that stays is sealed again, as it is now.
      expect(await it.seal()).toBe(kind === 'attachment' ? 1 : 0)
      const [sealed] = await packages()
      const findings = await withLedger(sealed?.id ?? '')
      expect(errorsIn(findings)).toEqual([])
      // The file, its message, which says what it was called, and the document.
      expect(findings.filter(({ code }) => code === 'ITEM_ERASED')).toHaveLength(3)
      expect(await it.found()).toEqual([])
      const messages = `select from archive_item where kind = 'MESSAGE' and object_id = $1`
      expect(await it.rows(messages, [message?.id])).toHaveLength(kind === 'attachment' ? 2 : 1)
    },
  )

  test('one message: no word of it stays in what answers it, in no package and in no document', async () => {
    it.desk.test.setNow(new Date())
    const from = '491713920045'
    const id = await it.desk.citizenWrites({ text: 'Kanarienvogel', from })
    const written: string[] = []
    /** The one that has come since. */
    async function newText(): Promise<string> {
      const [message] = await it.rows<{ id: string }>(
        `select id from message where kind = 'text' and id <> all($1::uuid[])`,
        [written],
      )
      written.push(message?.id ?? '')
      return message?.id ?? ''
    }
    const quoted = await newText()
    async function answers(text: string, minutes: number): Promise<void> {
      await it.desk.citizenWrites({ text, from, at: minutesAfter(noon, minutes) })
      await it.rows('update message set reply_to_id = $2 where id = $1', [await newText(), quoted])
    }
    const drawn: ChatRecord[] = []
    async function sealIt(): Promise<void> {
      await it.close(id)
      const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
      async function render(record: ChatRecord): Promise<Uint8Array> {
        drawn.push(record)
        return Buffer.from(`%PDF-1.7 ${JSON.stringify(record)}`)
      }
      await preparePackage({ ...it.archive, render }, task?.package_id ?? '')
      await it.seal()
    }
    await answers('Zur ersten Frage', 1)
    await sealIt()
    await reopenConversation(it.inbox, it.desk.yilmaz, id)
    await answers('Noch etwas', 2)
    await sealIt()

    const [first, second] = await packages()
    if (first === undefined || second === undefined) expect.fail('two packages')
    async function saying(text: string): Promise<string[]> {
      const all = [...(await contents(first?.id ?? '')), ...(await contents(second?.id ?? ''))]
      return all.flatMap(({ kind, bytes }) => (bytes.includes(text) ? kind : []))
    }
    // In its own item, and in the document of its package, where the answer repeats it.
    expect(await saying('Kanarienvogel')).toEqual(['MESSAGE', 'RENDERING'])
    expect(drawn.map(({ messages }) => messages.flatMap(({ quoted: of }) => of?.text ?? []))).toEqual([
      ['Kanarienvogel'],
      [],
    ])
    const [answer] = (await contents(second.id)).filter(({ bytes }) => bytes.includes('"text":"Noch etwas"'))
    expect(JSON.parse(answer?.bytes.toString() ?? '')).toMatchObject({
      quoted: { id: quoted, direction: 'inbound', text: null },
    })

    // What answers it is the same when it is another one: it alone is sealed anew.
    await it.rows('update message set revoked_at = $2 where id = $1', [quoted, minutesAfter(noon, 3)])
    await it.seal()
    expect(await texts((await packages())[2]?.id ?? '')).toEqual(['Kanarienvogel'])

    await it.erase([{ kind: 'message', id: quoted }])
    await it.seal()
    const left = await it.rows<{ id: string; kind: string }>(
      'select i.id, i.kind from data_key k join archive_item i on i.id = k.id order by i.package_id, i.position',
    )
    expect(left.filter(({ kind }) => kind === 'RENDERING')).toHaveLength(1)
    expect(await it.found()).toEqual([])
    for (const one of await packages()) expect(errorsIn(await withLedger(one.id))).toEqual([])
  })

  test.each(['condemned', 'entered', 'destroyed', 'files-removed'] as const)(
    'a worker is killed when it is %s: it is erased once',
    async (step) => {
      it.desk.test.setNow(new Date())
      const id = await it.filed('Kanarienvogel', '491713920044')
      await it.seal()
      const { id: sealed } = await only()
      await expect(
        it.erase([{ kind: 'conversation', id }], (reached) => {
          if (reached === step) throw new Killed()
        }),
      ).rejects.toThrow(Killed)
      await it.erase([])
      await it.seal()
      expect(errorsIn(await withLedger(sealed))).toEqual([])
      expect(await it.rows('select from conversation where id = $1', [id])).toEqual([])
      expect(await it.rows('select number from archive_erasure')).toEqual([{ number: 1 }])
      expect(await it.found()).toEqual([])
    },
  )

  test('nothing is sealed while a message of it is condemned', async () => {
    const id = await it.filed()
    const [message] = await it.rows<{ id: string }>('select id from message where conversation_id = $1', [id])
    await it.erase([{ kind: 'message', id: message?.id ?? '' }], async (reached) => {
      if (reached !== 'condemned') return
      const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
      await preparePackage(it.archive, task?.package_id ?? '')
      expect(await it.rows('select state from archive_task')).toEqual([{ state: 'waiting' }])
    })
    await it.seal()
    expect(await it.rows(`select from archive_item where object_id = $1`, [message?.id])).toEqual([])
    expect(await it.found()).toEqual([])
  })

  test('nothing is condemned while it is being sealed', async () => {
    const id = await it.filed()
    const items = [{ kind: 'conversation', id }] as const
    async function fate() {
      const [one] = await transaction(it.inbox.pool, ({ client }) =>
        decideByLaw(client, items, new Date('2090-01-01T00:00:00Z'), 'as-planned-now'),
      )
      return one !== undefined && 'fallenOut' in one ? one.fallenOut : 'goes'
    }
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    await preparePackage(it.archive, task?.package_id ?? '')
    expect(await fate()).toBe('BEING_SEALED')
    await it.seal()
    expect(await fate()).not.toBe('BEING_SEALED')
  })
})

test('nobody changes or deletes what is sealed, not even the owner of the tables; and its keys go by an erasure alone', async () => {
  await it.filed()
  await it.seal()
  for (const table of [
    'archive_package',
    'archive_item',
    'archive_leaf',
    'archive_checkpoint',
    'archive_erasure',
    'archive_check',
  ]) {
    const [column] = await it.rows<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 1`,
      [table],
    )
    for (const sql of [
      `update ${table} set "${column?.name}" = "${column?.name}"`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ])
      await expect(it.rows(sql), sql).rejects.toMatchObject({ code: '23001' })
  }
  await expect(it.rows(`delete from data_key where purpose = 'archive-item'`)).rejects.toMatchObject({
    code: '23001',
  })
  const [item] = await it.rows<{ id: string; package_id: string }>(
    'select id, package_id from archive_item limit 1',
  )
  await expect(
    it.rows(`select erase_from_archive($1, array[$2]::uuid[], 'LR-DA03@1', '2037-01-05', 0)`, [
      item?.package_id,
      item?.id,
    ]),
  ).rejects.toMatchObject({ code: '23001' })
})
