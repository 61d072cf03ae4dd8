import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { alone, logKeyOf, proveCheckpoints, type Viewer } from '@buergerdraht/office'
import { openLedgerFolder, parseNoteKey, verdictOf, verifyLedger } from '@buergerdraht/records'
import { beforeEach, describe, expect, test } from 'vitest'
import { noon } from '../../inbox/test/desk/desk.ts'
import {
  checkGivenUp,
  deletionProtocol,
  findBroken,
  givenUpLedgers,
  givingUpOfLedgers,
  judgeLedger,
  Ledger,
  ledgerGivingUp,
  listLedgerEntries,
  mayLetIn,
  openBrokenLedger,
  readBrokenLedger,
  readLedgerState,
  type Step,
} from '../src/index.ts'
import { readApplied } from '../src/ledger/judge-ledger.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { reportProcessors } from '../src/processors/report-processors.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
let records: Viewer
let dpo: Viewer
/** A run that was carried out before anything broke. */
let before: string
beforeEach(async () => {
  town = await openTown()
  records = await town.desk.viewer('records', [])
  dpo = await town.desk.viewer('dpo', [])
  before = await carriedOut('491713950001')
  return () => town.close()
})

class Killed extends Error {}

const kinds = { 'give-up-ledger': givingUpOfLedgers() } as never

async function matter(from: string): Promise<string> {
  const id = await town.desk.citizenWrites({ from })
  await town.inbox.pool.query(`update conversation set state = 'closed', closed_at = $2 where id = $1`, [
    id,
    noon,
  ])
  return id
}
/** Deletes a matter of somebody by a run. @returns the run */
async function carriedOut(from: string): Promise<string> {
  const run = await town.approved([{ kind: 'conversation', id: await matter(from) }])
  await town.work(run)
  return run
}
function letsIn(as: 'api' | 'worker' = 'worker', reached?: (step: Step) => void): Promise<boolean> {
  return mayLetIn(town.inbox, { folder: town.folder, ...(reached && { reached }) }, as)
}
function told() {
  return findBroken(town.inbox, town.folder, 'SYSTEM_FAILURE')
}
async function givenUp(): Promise<void> {
  await ledgerGivingUp.propose(town.inbox, kinds, records)
  await ledgerGivingUp.approve(town.inbox, kinds, dpo)
}
/** Told, given up by two, and followed. */
async function followed(): Promise<void> {
  expect(await told()).toHaveProperty('broken')
  await givenUp()
  expect(await letsIn()).toBe(false)
  expect(await letsIn()).toBe(true)
}
async function entries() {
  const all = []
  for await (const { entry } of readEntries(town.folder, 0)) all.push(entry ?? expect.fail('no entry'))
  return all
}
async function placesOf(run: string): Promise<number[]> {
  const { rows } = await town.inbox.pool.query<{ places: number[] }>(
    'select ledger_entries as places from deletion_run where id = $1',
    [run],
  )
  return rows[0]?.places ?? expect.fail('no run')
}
async function protocolOf(run: string): Promise<string> {
  const lines = await deletionProtocol(town.inbox, town.folder, dpo, 'csv', { runId: run })
  if (lines instanceof Uint8Array) expect.fail('a table was asked for')
  let text = ''
  for await (const line of lines) text += line
  return text
}
async function origin(): Promise<string> {
  return (await logKeyOf(town.inbox.keys, 'deletion-ledger')).origin
}
async function verified() {
  const opened = await openLedgerFolder(town.folder)
  const { verifierKey } = await logKeyOf(town.inbox.keys, 'deletion-ledger')
  const { findings } = await verifyLedger(opened, { keys: [parseNoteKey(verifierKey)] })
  await opened.close()
  return { verdict: verdictOf(findings), codes: findings.map(({ code }) => code) }
}
function log(): string {
  return join(town.folder, 'log')
}
function aside(n = 1): string {
  return join(dirname(town.folder), `deletion-given-up-${n}`)
}
async function bytesIn(folder: string): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const one of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (one.isFile())
      all[join(one.parentPath, one.name).slice(folder.length)] = await readFile(
        join(one.parentPath, one.name),
        'base64',
      )
  return all
}

/** What can become of a ledger, and what is found then. */
const faults: [fault: string, breaks: () => Promise<void>][] = [
  ['missing', () => rm(town.folder, { recursive: true })],
  [
    'behind',
    async () => {
      const lines = (await readFile(log(), 'utf8')).split('\n').slice(0, -1)
      await writeFile(
        log(),
        lines
          .slice(0, -1)
          .map((line) => `${line}\n`)
          .join(''),
      )
      await rm(join(town.folder, 'checkpoints', `${lines.length}.txt`))
    },
  ],
  ['damaged', async () => writeFile(log(), (await readFile(log(), 'utf8')).replace('"DA01"', '"DA03"'))],
  [
    'foreign',
    async () => {
      const [mine, other] = [town, await openTown()]
      try {
        town = other
        await carriedOut('491713950009')
        town = mine
        await rm(town.folder, { recursive: true })
        await cp(other.folder, town.folder, { recursive: true })
      } finally {
        await other.close()
      }
    },
  ],
]

describe('a ledger that is lost or damaged', () => {
  test.each(faults)(
    'that is %s is given up by two persons and followed by another log, which says so',
    async (fault, breaks) => {
      const { inbox, folder } = town
      const [oldOrigin, oldPlaces, applied] = [
        await origin(),
        await placesOf(before),
        await readApplied(inbox.pool),
      ]
      await breaks()
      const left = fault === 'missing' ? {} : await bytesIn(folder)
      await expect(letsIn()).rejects.toMatchObject({ check: fault })
      expect(await told()).toMatchObject({
        broken: { number: 1, fault, origin: oldOrigin, size: applied?.size },
      })
      // Told once more it is the same one.
      expect(await told()).toMatchObject({ broken: { number: 1 } })
      const waiting = await matter('491713950002')
      for (const as of ['api', 'worker', 'api', 'worker'] as const) expect(await letsIn(as)).toBe(false)
      expect(fault === 'missing' ? {} : await bytesIn(folder)).toEqual(left)
      expect(await readBrokenLedger(inbox, dpo)).toMatchObject({ fault, origin: oldOrigin, proposed: false })

      await ledgerGivingUp.propose(inbox, kinds, records)
      await expect(ledgerGivingUp.approve(inbox, kinds, records)).rejects.toMatchObject({
        code: 'second-person-required',
      })
      // The same person under another account.
      await inbox.pool.query(
        'update account set person_id = (select person_id from account where id = $1) where id = $2',
        [records.accountId, dpo.accountId],
      )
      await expect(ledgerGivingUp.approve(inbox, kinds, dpo)).rejects.toMatchObject({
        code: 'second-person-required',
      })
      await inbox.pool.query('update account set person_id = id where id = $1', [dpo.accountId])
      for (const as of ['api', 'worker'] as const) expect(await letsIn(as)).toBe(false)
      await ledgerGivingUp.approve(inbox, kinds, dpo)
      expect(await letsIn('api')).toBe(false)
      expect(await letsIn()).toBe(false)
      expect(await letsIn()).toBe(true)
      expect(await letsIn('api')).toBe(true)

      expect(await bytesIn(aside())).toEqual(left)
      expect(await origin()).not.toBe(oldOrigin)
      expect(await town.count(`data_key where purpose = 'deletion-ledger'`)).toBe(1)
      expect(await town.count(`data_key where id::text = $1`, [oldOrigin.slice(-36)])).toBe(0)
      expect(await entries()).toMatchObject([
        {
          type: 'BREAK_GLASS',
          reason: 'SYSTEM_FAILURE',
          broken: {
            origin: oldOrigin,
            size: applied?.size,
            root: applied?.root.toString('base64'),
            fault: fault.toUpperCase(),
          },
          approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
        },
      ])
      expect(await verified()).toEqual({
        verdict: 0,
        codes: expect.arrayContaining(['LEDGER_AGREES', 'LEDGER_FOLLOWS_BROKEN']),
      })
      const { rows: decided } = await inbox.pool.query(
        'select proposed_by, approved_by, proposed_role, approved_role from broken_ledger',
      )
      expect(decided).toEqual([
        {
          proposed_by: records.accountId,
          approved_by: dpo.accountId,
          proposed_role: 'records',
          approved_role: 'dpo',
        },
      ])

      // It goes on, and what stands in which ledger is known.
      const after = await town.approved([{ kind: 'conversation', id: waiting }])
      await town.work(after)
      expect(await town.count('conversation where id = $1', [waiting])).toBe(0)
      expect((await placesOf(after)).every((place) => place > 10_000_000)).toBe(true)
      expect(await placesOf(before)).toEqual(oldPlaces)
      expect(await protocolOf(after)).toMatch(/^2\/1;/m)
      const old = await protocolOf(before)
      const isLost = fault !== 'behind'
      if (isLost) expect(old).toContain('verloren mit einem aufgegebenen Löschregister')
      expect(old).not.toMatch(/^2\//m)
      const [rest] = await checkGivenUp(inbox.pool, folder)
      expect(rest).toMatchObject({ number: 1, fault, origin: oldOrigin })
      const { broken, number } = await readLedgerState(inbox, dpo, folder)
      expect(number).toBe(2)
      expect(broken).toMatchObject([{ number: 1, fault, isReadable: fault !== 'missing' }])
      const shown = await listLedgerEntries(inbox, dpo, folder, { broken: 1, end: null, limit: 50 })
      if (fault === 'behind') expect(shown.items.length).toBe((applied?.size ?? 0) - 1)
      if (fault === 'missing') expect(shown.items).toEqual([])
    },
  )

  test('is not given up where it can be used, where a worker holds it, where there is none, and where it was put back', async () => {
    const { inbox, folder } = town
    expect(await told()).toEqual({ not: 'usable' })
    await rename(folder, `${folder}-away`)
    expect(await alone(inbox.pool, 'destroying', () => told())).toEqual({ not: 'running' })
    expect(await told()).toHaveProperty('broken')
    // Found again before anybody has decided.
    await rename(`${folder}-away`, folder)
    expect(await letsIn()).toBe(false)
    expect(await openBrokenLedger(inbox.pool)).toBeNull()
    expect(await letsIn()).toBe(true)
    // And after they have.
    await rename(folder, `${folder}-away`)
    await told()
    await givenUp()
    await rename(`${folder}-away`, folder)
    const old = await origin()
    expect(await letsIn()).toBe(false)
    expect(await letsIn()).toBe(true)
    expect(await origin()).toBe(old)
    expect(await givenUpLedgers(inbox.pool)).toEqual([])
    await expect(ledgerGivingUp.propose(inbox, kinds, records)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is not given up for a database that is older than what can be read of it', async () => {
    const { inbox, folder } = town
    const there = await matter('491713950003')
    const ledger = await Ledger.open(
      folder,
      await logKeyOf(inbox.keys, 'deletion-ledger'),
      await readApplied(inbox.pool),
    )
    const [first] = await entries()
    if (first?.type !== 'DELETE') expect.fail('no deletion')
    const { v: _v, seq: _seq, type: _type, at: _at, tombstones: _t, ...deletion } = first
    await ledger.append([{ ...deletion, objects: { conversations: 1 }, ids: [there] }], noon)
    await ledger.close()
    await writeFile(log(), (await readFile(log(), 'utf8')).replace('"DA01"', '"DA03"'))
    expect(await told()).toEqual({ not: 'older-database' })
    expect(await openBrokenLedger(inbox.pool)).toBeNull()
  })

  test.each(['condemned', 'entered'] as const)(
    'when it was lost in a run, at the step %s, the run is finished in the one that follows',
    async (at) => {
      const id = await matter('491713950004')
      const run = await town.approved([{ kind: 'conversation', id }])
      await expect(
        town.work(run, (step) => {
          if (step === at) throw new Killed()
        }),
      ).rejects.toThrow(Killed)
      await rm(town.folder, { recursive: true })
      await followed()
      expect(await town.count('conversation where id = $1', [id])).toBe(1)
      await town.work(run)
      expect(await town.count('conversation where id = $1', [id])).toBe(0)
      expect(await town.count(`deletion_run where id = $1 and state = 'completed'`, [run])).toBe(1)
      const places = await placesOf(run)
      expect(places.length).toBeGreaterThan(0)
      expect(places.every((place) => place > 10_000_000)).toBe(true)
      const deleted = (await entries()).filter(({ type }) => type === 'DELETE')
      expect(deleted.map(({ seq }) => seq + 10_000_000)).toEqual(places)
      expect((await verified()).verdict).toBe(0)
    },
  )

  test('and of which the following was killed at every step is followed once', async () => {
    const { inbox } = town
    await writeFile(log(), (await readFile(log(), 'utf8')).replace('"DA01"', '"DA03"'))
    const left = await bytesIn(town.folder)
    await told()
    await givenUp()
    for (const at of ['set-aside', 'key-changed', 'act-entered'] as const) {
      const killed = letsIn('worker', (step) => {
        if (step === at) throw new Killed()
      })
      await expect(killed, at).rejects.toThrow(Killed)
      expect(await letsIn('api')).toBe(false)
    }
    expect(await letsIn()).toBe(false)
    expect(await letsIn()).toBe(true)
    expect((await entries()).map(({ type }) => type)).toEqual(['BREAK_GLASS'])
    expect(await judgeLedger(inbox, town.folder)).toEqual({ state: 'equal', size: 1 })
    expect(await bytesIn(aside())).toEqual(left)
    expect(await town.count(`data_key where purpose = 'deletion-ledger'`)).toBe(1)
  })

  test('may be followed by one that is lost too, and reports, witnesses and the database tell them apart', async () => {
    const { inbox, folder } = town
    const elsewhere = join(dirname(folder), 'elsewhere')
    await mkdir(elsewhere)
    async function proven(): Promise<void> {
      await proveCheckpoints(inbox, [{ purpose: 'deletion-ledger', folder, stamped: 'daily' }], {
        timeAuthorities: null,
        witnesses: [],
        witnessFolder: elsewhere,
        witnessBucket: null,
        witnessMailbox: null,
      })
    }
    await proven()
    const { size } = (await readApplied(inbox.pool)) ?? expect.fail('no ledger')
    expect(await readdir(elsewhere)).toEqual([`deletion-ledger-${size}.txt`])
    const first = await origin()
    await rm(folder, { recursive: true })
    await followed()
    const second = await origin()
    expect((await entries())[0]).toMatchObject({ broken: { origin: first, proven: { size } } })
    await proven()
    expect((await readdir(elsewhere)).sort()).toEqual([
      'deletion-ledger-2-1.txt',
      `deletion-ledger-${size}.txt`,
    ])
    expect(await town.count(`checkpoint_proof where failing_since is not null`)).toBe(0)
    // What the first one asked a processor for is reported in the second.
    const reported = await alone(inbox.pool, 'destroying', async (client) => {
      const key = await logKeyOf(inbox.keys, 'deletion-ledger')
      const ledger = await Ledger.open(folder, key, await readApplied(client))
      try {
        return await reportProcessors({ inbox, ledger, client })
      } finally {
        await ledger.close()
      }
    })
    expect(reported).toBeGreaterThan(0)
    for (const entry of (await entries()).slice(1))
      expect(entry).toMatchObject({ type: 'PROCESSOR_DONE', ledgersBack: 1 })
    expect(await town.count('processor_task where reported_in > 10000000')).toBeGreaterThan(0)
    expect(await judgeLedger(inbox, folder)).toMatchObject({ state: 'equal' })
    await rm(folder, { recursive: true })
    await followed()
    expect((await entries())[0]).toMatchObject({ broken: { origin: second } })
    expect(await placesOf(await carriedOut('491713950005'))).toSatisfy((places: number[]) =>
      places.every((place) => place > 20_000_000),
    )
    expect((await givenUpLedgers(inbox.pool)).map(({ number, origin: of }) => [number, of])).toEqual([
      [1, first],
      [2, second],
    ])
  })

  test('and was given up since a backup is known for it by the database of the backup', async () => {
    const { inbox, folder } = town
    const { rows: state } = await inbox.pool.query('select * from ledger_state')
    const { rows: key } = await inbox.pool.query(`select * from data_key where purpose = 'deletion-ledger'`)
    await rm(folder, { recursive: true })
    await followed()
    // As the backup has them.
    await inbox.pool.query('alter table ledger_state disable trigger user')
    await inbox.pool.query('alter table broken_ledger disable trigger user')
    await inbox.pool.query('update ledger_state set applied_size = $1, applied_root = $2', [
      state[0].applied_size,
      state[0].applied_root,
    ])
    await inbox.pool.query('delete from broken_ledger')
    await inbox.pool.query(`delete from data_key where purpose = 'deletion-ledger'`)
    await inbox.pool.query(
      'insert into data_key (id, purpose, wrapped, kek_id, created_at) values ($1, $2, $3, $4, $5)',
      [key[0].id, key[0].purpose, key[0].wrapped, key[0].kek_id, key[0].created_at],
    )
    await expect(letsIn()).rejects.toMatchObject({ check: 'given-up-since' })
  })
})
