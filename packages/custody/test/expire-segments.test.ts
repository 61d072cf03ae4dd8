import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alone, logKeyOf, newId } from '@buergerdraht/office'
import { openLedgerFolder, parseNoteKey, verdictOf, verifyLedger } from '@buergerdraht/records'
import { beforeEach, expect, test } from 'vitest'
import { judgeLedger, Ledger, mayLetIn, recognisedBy, type Step } from '../src/index.ts'
import { expireSegments } from '../src/ledger/expire-segments.ts'
import { readApplied } from '../src/ledger/judge-ledger.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { aDeletion } from './a-deletion.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
  return () => town.close()
})

class Killed extends Error {}

async function withLedger<T>(
  work: (ledger: Ledger, expire: (reached?: (step: Step) => void) => Promise<number>) => Promise<T>,
) {
  const { inbox, folder } = town
  const done = await alone(inbox.pool, 'destroying', async (client) => {
    const key = await logKeyOf(inbox.keys, 'deletion-ledger')
    const ledger = await Ledger.open(folder, key, await readApplied(client))
    try {
      return await work(ledger, (reached) =>
        expireSegments({ inbox, ledger, client, ...(reached && { reached }) }),
      )
    } finally {
      await ledger.signCheckpoint()
      await ledger.close()
    }
  })
  if (done === null) expect.fail('somebody else leads')
  return done
}

/** A message destroyed and a matter offered to the archive that day, and carried out. @returns the message's id */
async function destroyedOn(day: string, isCarriedOut = true): Promise<string> {
  const at = new Date(`${day}T12:00:00Z`)
  const id = newId(at)
  town.desk.test.setNow(at)
  await withLedger(async (ledger) => {
    await ledger.append(
      [{ ...aDeletion, ids: [id], objects: { messages: 1 }, residueUntil: '2027-12-31' }],
      at,
    )
    await ledger.appendActs(
      [
        {
          fields: {
            type: 'RESTRICT',
            objects: { conversations: 1 },
            approvals: ['SCHRIFTGUT'],
            ground: 'ART18_1A',
            reviewOn: '2027-12-31',
          },
          ids: [newId(at)],
        },
      ],
      at,
    )
    if (isCarriedOut) await carriedOut(ledger)
  })
  return id
}
async function carriedOut(ledger: Ledger): Promise<void> {
  await town.inbox.pool.query('update ledger_state set applied_size = $1, applied_root = $2', [
    ledger.size,
    await ledger.rootAt(ledger.size),
  ])
}
async function months(kind: 'tombstones' | 'marks'): Promise<string[]> {
  return (await readdir(join(town.folder, kind))).sort()
}
async function entries() {
  const all = []
  for await (const { entry } of readEntries(town.folder, 0)) all.push(entry ?? expect.fail('no entry'))
  return all
}
async function auditors(): Promise<number> {
  const opened = await openLedgerFolder(town.folder)
  const { verifierKey } = await logKeyOf(town.inbox.keys, 'deletion-ledger')
  const { findings } = await verifyLedger(opened, { keys: [parseNoteKey(verifierKey)] })
  await opened.close()
  return verdictOf(findings)
}
function on(day: string): void {
  town.desk.test.setNow(new Date(`${day}T12:00:00Z`))
}

test('what leads to an object is kept as long as a backup may hold it, entered as gone and then gone, and every proof still holds', async () => {
  const gone = await destroyedOn('2027-01-31')
  const kept = await destroyedOn('2027-02-01')
  on('2027-03-08')
  expect(await withLedger((_, expire) => expire())).toBe(0)
  expect(await months('tombstones')).toEqual(['2027-01', '2027-02'])
  on('2027-03-09')
  expect(await withLedger((_, expire) => expire())).toBe(1)
  expect(await withLedger((_, expire) => expire())).toBe(0)
  for (const kind of ['tombstones', 'marks'] as const) expect(await months(kind)).toEqual(['2027-02'])
  const all = await entries()
  expect(all.at(-1)).toMatchObject({
    type: 'BACKUP_EXPIRED',
    backup: 'DATA',
    madeOn: '2027-01-31',
    segmentsDestroyed: ['2027-01'],
  })
  expect(all).toHaveLength(5)
  for (const [n, id, known] of [
    [0, gone, null],
    [2, kept, true],
  ] as const) {
    const entry = all[n]
    if (entry?.type !== 'DELETE') expect.fail('no deletion')
    const found = await recognisedBy(town.folder, 'tombstones', entry.tombstones)
    expect(found === null ? null : found.recognises(id)).toBe(known)
  }
  expect(await judgeLedger(town.inbox, town.folder)).toEqual({ state: 'equal', size: 5 })
  expect(await auditors()).toBe(0)
  // What is entered next begins a month of its own.
  await destroyedOn('2027-03-10')
  expect(await months('marks')).toEqual(['2027-02', '2027-03'])
  expect(await auditors()).toBe(0)
})

test('killed after the entry, the office is let in, and the next worker destroys without a second entry', async () => {
  await destroyedOn('2027-01-15')
  on('2027-06-01')
  const killed = withLedger((_, expire) =>
    expire(() => {
      throw new Killed()
    }),
  )
  await expect(killed).rejects.toThrow(Killed)
  expect(await months('tombstones')).toEqual(['2027-01'])
  expect((await judgeLedger(town.inbox, town.folder)).state).toBe('ahead')
  expect(await mayLetIn(town.inbox, { folder: town.folder }, 'worker')).toBe(true)
  expect(await withLedger((_, expire) => expire())).toBe(1)
  expect(await months('tombstones')).toEqual([])
  expect((await entries()).map(({ type }) => type)).toEqual(['DELETE', 'RESTRICT', 'BACKUP_EXPIRED'])
  expect(await judgeLedger(town.inbox, town.folder)).toEqual({ state: 'equal', size: 3 })
})

test('nothing is destroyed of which the ledger does not say so, and nothing entered while something waits to be carried out', async () => {
  await destroyedOn('2027-01-15')
  await expect(withLedger((ledger) => ledger.destroySegments('2027-01'))).rejects.toThrow(
    'the ledger says so',
  )
  await destroyedOn('2027-01-16', false)
  on('2027-06-01')
  await expect(withLedger((_, expire) => expire())).rejects.toThrow('carried out')
  expect(await months('tombstones')).toEqual(['2027-01'])
  expect(await entries()).toHaveLength(4)
})

test('a copy of the segment that somebody puts back beside the entry goes again', async () => {
  await destroyedOn('2027-01-15')
  const path = join(town.folder, 'tombstones', '2027-01')
  const copy = await readFile(path)
  on('2027-06-01')
  expect(await withLedger((_, expire) => expire())).toBe(1)
  await writeFile(path, copy)
  expect(await withLedger((_, expire) => expire())).toBe(1)
  expect(await months('tombstones')).toEqual([])
  expect(await entries()).toHaveLength(3)
})
