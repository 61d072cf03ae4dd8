import { alone, logKeyOf } from '@buergerdraht/office'
import { beforeEach, expect, test } from 'vitest'
import { noon } from '../../inbox/test/desk/desk.ts'
import { askProcessors, judgeLedger, Ledger, mayLetIn } from '../src/index.ts'
import { readApplied } from '../src/ledger/judge-ledger.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { reportProcessors } from '../src/processors/report-processors.ts'
import { openTown, type Town } from './open-town.ts'

class Killed extends Error {}

let town: Town
beforeEach(async () => {
  town = await openTown()
  const id = await town.desk.citizenWrites({ from: '491713920031', text: 'Guten Tag' })
  await town.inbox.pool.query(`update conversation set state = 'closed', closed_at = $2 where id = $1`, [
    id,
    noon,
  ])
  await town.work(await town.approved([{ kind: 'conversation', id }]))
  return () => town.close()
})

/** Enters what became of what processors were asked for, as the worker that leads does. @returns how many entries */
async function report(reached: () => void = () => {}): Promise<number | null> {
  const { inbox, folder } = town
  return alone(inbox.pool, 'destroying', async (client) => {
    const key = await logKeyOf(inbox.keys, 'deletion-ledger')
    const ledger = await Ledger.open(folder, key, await readApplied(client))
    try {
      return await reportProcessors({ inbox, ledger, client, reached })
    } finally {
      await ledger.close()
    }
  })
}
async function reports(): Promise<number> {
  let count = 0
  for await (const { entry } of readEntries(town.folder, 0)) if (entry?.type === 'PROCESSOR_DONE') count += 1
  return count
}

test('a report that was entered by a process that was killed is noted at the next start, once', async () => {
  const { inbox, folder } = town
  const cut = report(() => {
    throw new Killed()
  })
  await expect(cut).rejects.toThrow(Killed)
  expect(await judgeLedger(inbox, folder)).toMatchObject({ state: 'ahead' })
  expect(await town.count('processor_task where reported_in is not null')).toBe(0)
  expect(await mayLetIn(inbox, { folder }, 'worker')).toBe(true)
  expect(await judgeLedger(inbox, folder)).toMatchObject({ state: 'equal' })
  expect(await town.count(`processor_task where reported_in is not null and processor = 'BSP'`)).toBe(1)
  expect(await report()).toBe(0)
  expect(await reports()).toBe(2)
})

test('of whom no BSUID was ever said nothing can be asked: that ends with the day it was found, stands in the ledger, and goes', async () => {
  const { inbox, folder } = town
  const unnameable = `processor_task where kind = 'contact-entry' and state = 'unnameable'`
  expect(await town.count(`${unnameable} and residue_until is null and target_sealed is null`)).toBe(1)
  await report()
  const told = []
  for await (const { entry } of readEntries(folder, 0))
    if (entry?.type === 'PROCESSOR_DONE' && entry.processor === 'META_CONTACT_BOOK') told.push(entry)
  expect(told).toMatchObject([{ state: 'failed' }])
  expect(told[0]).not.toHaveProperty('residueUntil')
  await askProcessors(inbox, AbortSignal.timeout(60_000))
  expect(await town.count(unnameable)).toBe(1)
  const later = { ...inbox, now: () => new Date(inbox.now().getTime() + 31 * 24 * 60 * 60 * 1000) }
  await askProcessors(later, AbortSignal.timeout(60_000))
  expect(await town.count(unnameable)).toBe(0)
})

test('a database that does not know what a report speaks of is older than it, and stays closed', async () => {
  const { inbox, folder } = town
  const cut = report(() => {
    throw new Killed()
  })
  await expect(cut).rejects.toThrow(Killed)
  await inbox.pool.query('delete from processor_task')
  expect(await mayLetIn(inbox, { folder }, 'worker')).toBe(false)
})
