import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { Keys, logKeyOf, newId, newKeyEncryptionKey } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Deletion, judgeLedger, Ledger, LedgerUnusable, recognisedBy } from '../src/index.ts'
import type { Applied } from '../src/ledger/judge-ledger.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { readLedgerPage } from '../src/ledger/read-page.ts'
import { aDeletion } from './a-deletion.ts'
import { openOffice, type TestOffice } from './open-office.ts'

let here: TestOffice
const at = new Date('2026-11-28T12:00:00Z')

beforeEach(async () => {
  here = await openOffice()
  return () => here.close()
})

async function open(applied: Applied | null = null): Promise<Ledger> {
  return Ledger.open(here.folder, await logKeyOf(here.keys, 'deletion-ledger'), applied)
}
function deletion(ids: readonly string[] = [newId(at), newId(at)]): Deletion {
  return { ...aDeletion, ids, objects: { messages: ids.length } }
}
/** A ledger with so many entries under a checkpoint, of which the database has carried out all or fewer. */
async function entered(entries: number, applied = entries): Promise<void> {
  const ledger = await open()
  for (let n = 0; n < entries; n++) await ledger.append([deletion()], at)
  await ledger.signCheckpoint()
  await here.pool.query('insert into ledger_state (applied_size, applied_root) values ($1, $2)', [
    applied,
    await ledger.rootAt(applied),
  ])
  await ledger.close()
}
async function check(): Promise<string> {
  const standing = await judgeLedger(here, here.folder)
  return standing.state === 'unusable' ? standing.check : standing.state
}
function log(): string {
  return join(here.folder, 'log')
}

test('there is one key of the ledger in an office, however many processes begin at once, and it is not that of the audit log', async () => {
  const made = await createTestDatabase()
  const { pool, close } = createDatabase(made.url)
  const kek = newKeyEncryptionKey()
  const processes = await Promise.all([1, 2, 3].map(() => Keys.open(pool, async () => [kek])))
  const [first, ...others] = await Promise.all(processes.map((keys) => logKeyOf(keys, 'deletion-ledger')))
  for (const one of others) expect(one.verifierKey).toBe(first?.verifierKey)
  expect(first?.origin).toMatch(/^buergerdraht\/ledger\//)
  const { rows } = await pool.query("select 1 from data_key where purpose = 'deletion-ledger'")
  expect(rows).toHaveLength(1)
  const [keys] = processes
  if (keys === undefined) expect.fail('no process')
  expect((await logKeyOf(keys, 'audit-log')).verifierKey).not.toBe(first?.verifierKey)
  await close()
  await made.drop()
})

describe('what is entered', () => {
  test('is there with the tombstones of its objects when the ledger is opened again, whatever the version of their ids', async () => {
    const [kept, gone] = [newId(at), newId(at)]
    const ledger = await open()
    await ledger.append([deletion(), deletion([gone])], at)
    await ledger.close()
    const again = await open()
    await again.append([deletion()], new Date('2026-12-01T00:00:00Z'))
    const entries = []
    for await (const { entry } of readEntries(here.folder, 1)) entries.push(entry)
    expect(entries.map((entry) => entry?.seq)).toEqual([1, 2])
    const [second] = entries
    if (second?.type !== 'DELETE') expect.fail('no deletion')
    const found = await recognisedBy(here.folder, 'tombstones', second.tombstones)
    if (found === null) expect.fail('no segment')
    expect(found.recognises(gone)).toBe(true)
    expect(found.recognises(kept)).toBe(false)
    expect(await check()).toBe('ahead')
    await again.close()
  })

  test('follows what was acknowledged when an append was killed between the tombstones and the entry', async () => {
    const ledger = await open()
    const [first, second, third] = [newId(at), newId(at), newId(at)]
    await ledger.append([deletion([first])], at)
    await ledger.close()
    const before = await readFile(log())
    const killed = await open()
    await killed.append([deletion([second])], at)
    await killed.close()
    await writeFile(log(), before)
    // What the killed process had never signed.
    const again = await open()
    const [entry] = await again.append([deletion([third])], at)
    await again.signCheckpoint()
    await again.close()
    if (entry?.type !== 'DELETE') expect.fail('no deletion')
    expect(entry.tombstones).toMatchObject({ from: 1, to: 1 })
    expect((await recognisedBy(here.folder, 'tombstones', entry.tombstones))?.recognises(third)).toBe(true)
    expect(await check()).toBe('ahead')
  })

  test('is nothing that could be about a person', async () => {
    const ledger = await open()
    const smuggled = { ...deletion(), reason: 'Erika Mustermann' }
    await expect(ledger.append([smuggled], at)).rejects.toThrow(/does not hold/)
    expect(ledger.size).toBe(0)
    await ledger.close()
  })
})

describe('at start', () => {
  test('an office that has never had a ledger has a new one, also when its making was cut off', async () => {
    expect(await check()).toBe('new')
    await mkdir(here.folder)
    await writeFile(log(), '')
    expect(await check()).toBe('new')
  })

  test.each([
    [3, 3, 'equal'],
    [3, 2, 'ahead'],
  ])('of %i entries %i are carried out: %s', async (entries, applied, state) => {
    await entered(entries, applied)
    expect(await check()).toBe(state)
  })

  test('a database from before the ledger is behind it', async () => {
    await entered(2)
    await here.pool.query('alter table ledger_state disable trigger all; delete from ledger_state')
    expect(await check()).toBe('ahead')
  })

  test('a ledger that is gone is missed, also when nothing was ever deleted', async () => {
    await entered(0)
    expect(await check()).toBe('equal')
    await rm(here.folder, { recursive: true })
    expect(await check()).toBe('missing')
  })

  test('a ledger that was cut is shorter than its checkpoint', async () => {
    await entered(3)
    const lines = (await readFile(log(), 'utf8')).split('\n')
    await truncate(log(), lines.slice(0, 2).join('\n').length + 1)
    expect(await check()).toBe('damaged')
  })

  test('a ledger that was cut with its checkpoints is shorter than what was carried out', async () => {
    await entered(3)
    const lines = (await readFile(log(), 'utf8')).split('\n')
    await truncate(log(), lines.slice(0, 2).join('\n').length + 1)
    await rm(join(here.folder, 'checkpoints', '3.txt'))
    expect(await check()).toBe('behind')
  })

  test('a line that was edited is damage, and so is one whose checksum was made to fit', async () => {
    await entered(3)
    const text = await readFile(log(), 'utf8')
    await writeFile(log(), text.replace('CASE_CLOSED/30d', 'CASE_CLOSED/90d'))
    expect(await check()).toBe('damaged')
    const mended = text.split('\n').map((line, n) => {
      if (n !== 1) return line
      const json = line.slice(line.indexOf('{')).replace('CASE_CLOSED/30d', 'CASE_CLOSED/90d')
      return `1 ${crc32(Buffer.from(`1 ${json}`))
        .toString(16)
        .padStart(8, '0')} ${json}`
    })
    await writeFile(log(), mended.join('\n'))
    expect(await check()).toBe('damaged')
  })

  test('another history of this office, signed by it, is not what was carried out', async () => {
    await entered(3)
    await rm(here.folder, { recursive: true })
    const other = await open()
    for (let n = 0; n < 3; n++) await other.append([deletion()], at)
    await other.signCheckpoint()
    await other.close()
    expect(await check()).toBe('inconsistent')
  })

  test("another office's ledger is foreign", async () => {
    await entered(1)
    const other = await openOffice()
    const theirs = await Ledger.open(other.folder, await logKeyOf(other.keys, 'deletion-ledger'), null)
    await theirs.append([deletion()], at)
    await theirs.close()
    await rm(here.folder, { recursive: true })
    await cp(other.folder, here.folder, { recursive: true })
    await other.close()
    expect(await check()).toBe('foreign')
  })

  test('tombstones that were exchanged are damage', async () => {
    await entered(1)
    const path = join(here.folder, 'tombstones', '2026-11')
    const bytes = await readFile(path)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await writeFile(path, bytes)
    const standing = await judgeLedger(here, here.folder)
    if (standing.state !== 'unusable') expect.fail(standing.state)
    expect(standing.findings.map(({ code }) => code)).toEqual(['TOMBSTONES_CHANGED'])
    expect(new LedgerUnusable(here.folder, standing.check, standing.findings).message).toMatch(
      /tombstones\/2026-11/,
    )
  })
})

test('what was carried out of the ledger never becomes less', async () => {
  await entered(2)
  await expect(here.pool.query('update ledger_state set applied_size = 1')).rejects.toThrow()
  await expect(here.pool.query('delete from ledger_state')).rejects.toThrow()
})

test('a worker opens and signs no other ledger than the one that was carried out: none that is gone, shorter, or another', async () => {
  const ledger = await open()
  await ledger.append([deletion()], at)
  await ledger.append([deletion()], at)
  const applied = { ledger: 0, size: 2, root: Buffer.from(await ledger.rootAt(2)) }
  await ledger.close()
  await (await open(applied)).close()
  await expect(open({ ...applied, root: Buffer.alloc(32) })).rejects.toMatchObject({ check: 'inconsistent' })
  await expect(open({ ...applied, size: 3 })).rejects.toMatchObject({ check: 'behind' })
  await rm(here.folder, { recursive: true })
  await expect(open(applied)).rejects.toMatchObject({ check: 'missing' })
  expect(existsSync(here.folder)).toBe(false)
})

describe('read page by page from its end', () => {
  async function pages(limit: number): Promise<number[][]> {
    const read: number[][] = []
    for (let end: number | null = null; ; ) {
      const { entries, next } = await readLedgerPage(here.folder, end, limit)
      read.push(entries.map(({ seq }) => seq))
      for (const { seq, entry } of entries) expect(entry?.seq).toBe(seq)
      if (next === null) return read
      end = next
    }
  }

  test('every entry comes once, the newest first, whatever the size of a page', async () => {
    await entered(7)
    expect(await pages(3)).toEqual([[6, 5, 4], [3, 2, 1], [0]])
    expect(await pages(7)).toEqual([[6, 5, 4, 3, 2, 1, 0]])
    expect((await pages(1)).flat()).toEqual([6, 5, 4, 3, 2, 1, 0])
  })

  test('lines beyond one reading are put together', async () => {
    const ledger = await open()
    // Some 600 bytes each: more than twice what is read at once.
    await ledger.append(
      Array.from({ length: 1000 }, () => deletion()),
      at,
    )
    await ledger.close()
    expect((await pages(999)).flat()).toEqual(Array.from({ length: 1000 }, (_, n) => 999 - n))
  })

  test('an end that was cut short is left out, an offset inside of a line is refused', async () => {
    await entered(3)
    const whole = await readFile(log())
    await writeFile(log(), Buffer.concat([whole, Buffer.from('3 0123')]))
    expect(await pages(2)).toEqual([[2, 1], [0]])
    await expect(readLedgerPage(here.folder, whole.length - 5, 2)).rejects.toThrow()
    expect(await readLedgerPage(here.folder, 0, 2)).toEqual({ entries: [], next: null })
  })

  test('an entry that was changed is not shown as one', async () => {
    await entered(2)
    await writeFile(log(), (await readFile(log(), 'utf8')).replace('"messages":2', '"messages":3'))
    await expect(readLedgerPage(here.folder, null, 5)).rejects.toThrow()
  })
})
