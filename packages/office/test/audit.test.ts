import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type AuditEvent,
  auditState,
  expireAudit,
  exportAudit,
  Keys,
  listAudit,
  logKeyOf,
  newKeyEncryptionKey,
  type OfficeContext,
  prismaTransaction,
  recordAct,
  recordActOn,
  recordOftenOn,
  sealAuditLog,
  transaction,
} from '../src/index.ts'

const records = fileURLToPath(new URL('../../records/', import.meta.url))
let verifier = ''
const conversation = { kind: 'conversation', id: '01a2222d-de61-7003-8fc5-7a258501745a' } as const
const clerk = { accountId: '2f9b1f6e-5f44-4a9c-9a0e-0c8f4f0a1b2c', role: 'clerk' } as const
const colleague = { accountId: '3f9b1f6e-5f44-4a9c-9a0e-0c8f4f0a1b2c', role: 'clerk' } as const
const auditor = {
  accountId: '4f9b1f6e-5f44-4a9c-9a0e-0c8f4f0a1b2c',
  role: 'auditor',
  displayName: 'Prüferin',
  teamIds: [],
} as const

type Case = {
  office: OfficeContext
  folder: string
  close: () => Promise<void>
}
let here: Case
let now: Date
const errors = vi.fn<(facts: Readonly<Record<string, unknown>>, event: string) => void>()

async function open(): Promise<Case> {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  const key = newKeyEncryptionKey()
  const keys = await Keys.open(database.pool, async () => [key])
  const folder = await mkdtemp(join(tmpdir(), 'audit-'))
  const log = { info: () => {}, warn: () => {}, error: errors }
  const { pool, prisma } = database
  return {
    office: { pool, prisma, keys, now: () => now, notify: async () => {}, log },
    folder: join(folder, 'audit'),
    close: async () => {
      await database.close()
      await made.drop()
      await rm(folder, { recursive: true })
    },
  }
}
beforeAll(async () => {
  now = new Date()
  const folder = await mkdtemp(join(tmpdir(), 'verifier-'))
  verifier = join(folder, 'buergerdraht-verify.mjs')
  execFileSync(process.execPath, ['bundle-verifier.mjs', verifier], { cwd: records })
  return () => rm(folder, { recursive: true })
})
beforeEach(async () => {
  errors.mockClear()
  here = await open()
  return () => here.close()
})

function record(event: AuditEvent, actor: typeof clerk | null = clerk): Promise<void> {
  return recordActOn(here.office.pool, now, actor, event)
}
async function count(sql: string): Promise<number> {
  const { rows } = await here.office.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)
  return rows[0]?.n ?? -1
}
/** Seals what waits, signs it and stops, as a worker does that is told to. */
async function sealed(): Promise<void> {
  const stopping = new AbortController()
  const sealing = sealAuditLog(here.office, { folder: here.folder, checkpointEveryMs: 0 }, stopping.signal)
  await vi.waitFor(
    async () => {
      const { waiting } = await auditState(here.office, auditor)
      if (waiting.count > 0 && errors.mock.calls.length === 0) throw new Error('Not sealed yet')
    },
    { timeout: 60_000, interval: 20 },
  )
  stopping.abort()
  await sealing
}
/** What the auditor carries away, and what the auditor's program says of it. */
async function verified(filter = {}): Promise<{ verdict: string; codes: string[]; text: string }> {
  let text = ''
  for await (const piece of await exportAudit(here.office, auditor, { format: 'jsonl', ...filter }))
    text += piece
  const path = join(here.folder, '..', 'export.jsonl')
  await writeFile(path, text)
  const { verifierKey } = await logKeyOf(here.office.keys, 'audit-log')
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, [verifier, path, '--key', verifierKey, '--json'], (_error, stdout) =>
      resolve(stdout),
    )
  })
  const { verdict, findings } = JSON.parse(out) as { verdict: string; findings: { code: string }[] }
  return { verdict, codes: findings.map(({ code }) => code), text }
}
/** What a superuser of the database can do and nobody else. */
async function tampered(sql: string): Promise<void> {
  await transaction(here.office.pool, async ({ client }) => {
    await client.query(`set local session_replication_role = replica; ${sql}`)
  })
}

describe('an act and its entry', () => {
  test('are durable together or not at all', async () => {
    await prismaTransaction(here.office.prisma, (tx) =>
      recordAct(tx, now, clerk, { act: 'conversation-closed', object: conversation }),
    )
    const failed = prismaTransaction(here.office.prisma, async (tx) => {
      await recordAct(tx, now, clerk, { act: 'conversation-reopened', object: conversation })
      throw new Error('It fails')
    })
    await expect(failed).rejects.toThrow('It fails')
    const { items } = await listAudit(here.office, auditor, { limit: 50 })
    expect(items).toMatchObject([
      {
        act: 'conversation-closed',
        cluster: 'DA13',
        actor: { id: clerk.accountId, role: 'clerk' },
        object: conversation,
        facts: {},
        leaf: null,
      },
    ])
  })

  test('hold nothing that could be about a person', async () => {
    const event = { act: 'refused', facts: { reason: 'Herr Yıldız rief an' } } as const
    await expect(record(event)).rejects.toThrow('The audit log does not hold that')
    await expect(record({ act: 'refused', facts: { hits: 491713940022 } })).rejects.toThrow()
    expect(await count('audit_entry')).toBe(0)
  })

  test('of what is done again and again leave one in five minutes', async () => {
    const event = { act: 'conversation-read', object: conversation } as const
    const other = { ...event, object: { ...conversation, id: auditor.accountId } }
    const at = new Date('2026-11-28T09:01:00Z')
    await Promise.all(
      [clerk, clerk, clerk, colleague].map((actor) => recordOftenOn(here.office.pool, at, actor, event)),
    )
    await recordOftenOn(here.office.pool, at, clerk, other)
    expect(await count('audit_entry')).toBe(3)
    await recordOftenOn(here.office.pool, new Date('2026-11-28T09:05:00Z'), clerk, event)
    expect(await count('audit_entry')).toBe(4)
  })
})

describe('nobody changes what was written', () => {
  test.each([
    "update audit_entry set act = 'answered'",
    'delete from audit_entry',
    'truncate audit_entry',
    'update audit_leaf set index = index + 1',
    'delete from audit_leaf',
    'truncate audit_leaf',
    'delete from audit_checkpoint',
    "update audit_checkpoint set note = ''",
  ])('%s', async (sql) => {
    await record({ act: 'answered', object: conversation })
    await sealed()
    await expect(here.office.pool.query(sql)).rejects.toThrow('is append-only')
    expect(await count('audit_entry')).toBe(1)
    expect((await verified()).verdict).toBe('valid')
  })

  test('an entry goes when its class ends, and not before it is sealed; the tree stays as it was', async () => {
    const old = new Date(Date.now() - 200 * 24 * 3_600_000)
    await recordActOn(here.office.pool, old, clerk, { act: 'signed-in' })
    await recordActOn(here.office.pool, old, clerk, { act: 'answered', object: conversation })
    expect(await expireAudit(here.office)).toBe(0)
    await sealed()
    expect(await expireAudit(here.office)).toBe(1)
    const { items } = await listAudit(here.office, auditor, { limit: 50 })
    expect(items.map(({ act }) => act)).toEqual(['answered'])
    const { verdict, codes } = await verified()
    expect({ verdict, pruned: codes.includes('LEDGER_ENTRY_PRUNED') }).toEqual({
      verdict: 'valid',
      pruned: true,
    })
    expect((await verified()).text).not.toContain('"signed-in"')
  })
})

describe('the log', () => {
  test('takes what many write at once, each once, and the export is accepted in whole and in part', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        record({
          act: n % 2 === 0 ? 'answered' : 'signed-in',
          ...(n % 2 === 0 ? { object: conversation } : {}),
        }),
      ),
    )
    await sealed()
    const { rows } = await here.office.pool.query<{ index: string }>(
      'select index from audit_leaf order by index',
    )
    expect(rows.map(({ index }) => Number(index))).toEqual(rows.map((_, n) => n))
    expect(rows).toHaveLength(200)
    expect((await verified()).verdict).toBe('valid')
    const part = await verified({ act: 'signed-in' })
    expect(part.verdict).toBe('valid')
    expect(part.text.match(/"signed-in"/g)).toHaveLength(100)
    expect(part.text).not.toContain('"answered"')
    const state = await auditState(here.office, auditor)
    expect(state).toMatchObject({ waiting: { count: 2 }, sealed: 200, checkpoint: { size: 200 } })
  })

  test('goes on where a worker was killed between database and disk', async () => {
    await record({ act: 'signed-in' })
    await sealed()
    await record({ act: 'signed-out' })
    await sealed()
    // The last leaf is in the database, and on disk half a line of it.
    const log = await readFile(join(here.folder, 'log'))
    await truncate(join(here.folder, 'log'), log.length - 20)
    await tampered('delete from audit_checkpoint where size = 2')
    await rm(join(here.folder, 'checkpoints', '2.txt'))
    await record({ act: 'signed-in' })
    await sealed()
    expect(errors).not.toHaveBeenCalled()
    expect((await readFile(join(here.folder, 'log'), 'utf8')).split('\n')).toHaveLength(4)
    expect((await verified()).verdict).toBe('valid')
  })

  test('is written anew where its folder was lost', async () => {
    await record({ act: 'signed-in' })
    await sealed()
    await rm(here.folder, { recursive: true })
    await record({ act: 'signed-out' })
    await sealed()
    expect(errors).not.toHaveBeenCalled()
    expect((await verified()).verdict).toBe('valid')
  })

  test('of a database that was restored keeps the places of what is lost, and says so', async () => {
    await record({ act: 'signed-in' })
    await record({ act: 'answered', object: conversation })
    await sealed()
    await tampered(
      'delete from audit_entry where id = 2; delete from audit_leaf where index = 1; delete from audit_checkpoint',
    )
    await record({ act: 'signed-out' })
    await sealed()
    expect(errors.mock.calls.map(([, event]) => event)).toEqual(['audit.entries-unknown'])
    const { verdict, codes } = await verified()
    expect({ verdict, pruned: codes.includes('LEDGER_ENTRY_PRUNED') }).toEqual({
      verdict: 'valid',
      pruned: true,
    })
    expect(await count('audit_leaf where entry_id is null')).toBe(1)
  })

  test('that was changed on disk is not gone on with; entries wait and acts go on', async () => {
    await record({ act: 'signed-in' })
    await sealed()
    const path = join(here.folder, 'log')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"leaf":"./, '"leaf":"#'))
    await record({ act: 'signed-out' })
    await sealed()
    expect(errors.mock.calls[0]?.[1]).toBe('audit.not-sealed')
    expect(await auditState(here.office, auditor)).toMatchObject({ waiting: { count: 1 }, sealed: 1 })
    await record({ act: 'signed-in' })
    expect(await count('audit_waiting')).toBe(2)
  })
})

describe('what a superuser does is found', () => {
  test.each<[string, string, string]>([
    [
      'an act that is another',
      "update audit_entry set act = 'signed-out' where id = 2",
      'LEDGER_ENTRY_CHANGED',
    ],
    [
      'an actor that is another',
      `update audit_entry set actor_id = '${colleague.accountId}' where id = 2`,
      'LEDGER_ENTRY_CHANGED',
    ],
    [
      'a time that is another',
      "update audit_entry set at = at - interval '1 day' where id = 2",
      'LEDGER_ENTRY_CHANGED',
    ],
    [
      'entry and leaf together',
      `update audit_leaf set leaf = sha256('x') where index = 1; delete from audit_entry where id = 2`,
      'LEDGER_ROOT_DIFFERS',
    ],
    [
      'two entries exchanged',
      'update audit_leaf set entry_id = 99 where index = 1; update audit_leaf set entry_id = 2 where index = 0; update audit_leaf set entry_id = 1 where index = 1',
      'LEDGER_ENTRY_CHANGED',
    ],
    [
      'the newest taken away',
      'delete from audit_leaf where index = 2; delete from audit_entry where id = 3',
      'LEDGER_SHORT',
    ],
  ])('%s', async (_name, sql, code) => {
    for (const act of ['signed-in', 'answered', 'signed-in'] as const) await record({ act })
    await sealed()
    expect((await verified()).verdict).toBe('valid')
    await tampered(sql)
    const { verdict, codes } = await verified()
    expect(verdict).toBe('invalid')
    expect(codes).toContain(code)
  })
})

test('nobody but those who may reads it', async () => {
  for (const role of ['clerk', 'team-lead', 'records', 'admin'] as const) {
    const viewer = { ...auditor, role }
    await expect(listAudit(here.office, viewer, { limit: 1 })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(auditState(here.office, viewer)).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(exportAudit(here.office, viewer, { format: 'csv' })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  }
})

test('a list is read page by page, newest first, and filtered', async () => {
  for (let n = 0; n < 5; n++) await record({ act: 'answered', object: conversation, facts: { n } })
  await record({ act: 'signed-in' }, null)
  const first = await listAudit(here.office, auditor, { limit: 2, act: 'answered' })
  expect(first.items.map(({ facts }) => facts['n'])).toEqual([4, 3])
  const second = await listAudit(here.office, auditor, {
    limit: 4,
    act: 'answered',
    cursor: first.nextCursor ?? '',
  })
  expect(second.items.map(({ facts }) => facts['n'])).toEqual([2, 1, 0])
  expect(second.nextCursor).toBeNull()
  const later = new Date(now.getTime() + 1).toISOString()
  expect((await listAudit(here.office, auditor, { limit: 9, from: later })).items).toEqual([])
  expect((await listAudit(here.office, auditor, { limit: 9, to: later })).items).toHaveLength(6)
  expect((await listAudit(here.office, auditor, { limit: 9, actor: clerk.accountId })).items).toHaveLength(5)
  expect((await listAudit(here.office, auditor, { limit: 9, object: conversation.id })).items).toHaveLength(5)
})

test('CSV holds every entry, each cell as text', async () => {
  await record({ act: 'answered', object: conversation, facts: { hits: 3 } })
  let csv = ''
  for await (const piece of await exportAudit(here.office, auditor, { format: 'csv' })) csv += piece
  const [head, entry, exporting, end] = csv.split('\r\n')
  expect(head).toBe('"id","at","cluster","act","actor","role","network","object","object-id","facts","leaf"')
  expect(entry).toBe(
    `"1","${now.toISOString()}","DA13","answered","${clerk.accountId}","clerk","","conversation","${conversation.id}","hits=3",""`,
  )
  expect(exporting).toContain('"audit-exported"')
  expect(end).toBe('')
})
