import { atFullSpeed, listDpoNotices } from '@buergerdraht/office'
import { beforeEach, describe, expect, test } from 'vitest'
import { minutesAfter, noon } from '../../inbox/test/desk/desk.ts'
import {
  listCandidates,
  listTidyingDays,
  submitDecisions,
  sweepSignals,
  sweepTidyingDays,
} from '../src/index.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
  // Rules that two persons have signed.
  await town.inbox.pool.query(
    `update deletion_rule set proposed_by = $1, approved_by = $2, approved_at = $3`,
    [town.desk.yilmaz.accountId, town.desk.brandt.accountId, noon],
  )
  return () => town.close()
})

const phones = ['491713920011', '491713920012']
const firstDay = 100

function onDay(day: number): void {
  town.desk.test.setNow(minutesAfter(noon, day * 24 * 60))
}
async function adverts(): Promise<void> {
  for (const from of phones)
    await town.desk.citizenWrites({ from, text: 'Kredit ohne Schufa, jetzt klicken und gewinnen!' })
  onDay(firstDay)
  await sweepSignals(town.inbox, atFullSpeed, new AbortController().signal)
}
function sweep(day: number): Promise<number> {
  onDay(day)
  return sweepTidyingDays(town.inbox)
}
async function days(): Promise<object[]> {
  const { rows } = await town.inbox.pool.query<object>(
    `select month::text, done_at is not null as done, lead_told_at is not null as lead, dpo_told_at is not null as dpo
     from tidying_day order by month`,
  )
  return rows
}
/** Everything that the list shows, kept for so long. */
async function keepAll(viewer = town.desk.yilmaz): Promise<number> {
  const { items } = await listCandidates(town.inbox, viewer)
  const until = minutesAfter(town.inbox.now(), 60 * 24 * 60)
    .toISOString()
    .slice(0, 10)
  // No run comes of it, so that no kind of proposal is needed.
  const { kept } = await submitDecisions(
    town.inbox,
    {} as never,
    viewer,
    items.map(({ id, basis }) => ({ conversationId: id, basis, decision: 'keep', reason: 'dispute', until })),
  )
  return kept
}

describe('the monthly day for tidying up', () => {
  test('is not opened where nothing could go', async () => {
    expect(await sweep(firstDay)).toBe(0)
    expect(await days()).toEqual([])
  })

  test('goes to the lead after 14 days and to data protection after 28, once each, and the team sees it', async () => {
    await adverts()
    expect(await sweep(firstDay)).toBe(1)
    expect(await days()).toEqual([{ month: '2027-02-01', done: false, lead: false, dpo: false }])
    expect((await listTidyingDays(town.inbox, town.desk.yilmaz)).items).toMatchObject([
      { month: '2027-02', escalated: null },
    ])
    expect((await listTidyingDays(town.inbox, town.desk.okafor)).items).toEqual([])
    expect(await sweep(firstDay + 13)).toBe(0)
    expect(await sweep(firstDay + 14)).toBe(1)
    expect(await sweep(firstDay + 14)).toBe(0)
    expect((await listTidyingDays(town.inbox, town.desk.brandt)).items).toMatchObject([{ escalated: 'lead' }])
    expect(await sweep(firstDay + 28)).toBe(1)
    expect((await listTidyingDays(town.inbox, town.desk.brandt)).items).toMatchObject([{ escalated: 'dpo' }])
    expect(await sweep(firstDay + 40)).toBe(0)
    expect(await days()).toEqual([{ month: '2027-02-01', done: false, lead: true, dpo: true }])
    const dpo = await town.desk.viewer('dpo', [])
    const { items } = await listDpoNotices(town.inbox, dpo)
    expect(items).toMatchObject([{ kind: 'tidying-day', tidyingDay: { month: '2027-02' } }])
    expect(items[0]?.tidyingDay?.team).not.toBe('')
  })

  test('is done when everything is decided, and opened once a month', async () => {
    await adverts()
    await sweep(firstDay)
    town.desk.test.setNow(minutesAfter(town.inbox.now(), 1))
    expect(await keepAll()).toBe(2)
    expect(await sweep(firstDay + 1)).toBe(1)
    expect(await days()).toMatchObject([{ done: true }])
    expect(await sweep(firstDay + 2)).toBe(0)
    // In May what was kept stands there again.
    expect(await sweep(firstDay + 70)).toBe(1)
    expect(await days()).toHaveLength(2)
  })
})

test('what is kept is put before another person, who is not told, and what they decide is compared', async () => {
  const { pool } = town.inbox
  await adverts()
  await keepAll()
  // Whatever was drawn.
  await pool.query('update workbench_decision set recheck = null')
  town.desk.test.setNow(minutesAfter(town.inbox.now(), 1))
  expect((await listCandidates(town.inbox, town.desk.brandt)).items).toEqual([])
  await pool.query(`update workbench_decision set recheck = 'due'`)
  expect((await listCandidates(town.inbox, town.desk.yilmaz)).items).toEqual([])
  // Nor under another account of theirs: neither shown, nor taken as a second opinion.
  const persons = 'update account set person_id = (select person_id from account where id = $1) where id = $2'
  await pool.query(persons, [town.desk.yilmaz.accountId, town.desk.brandt.accountId])
  expect((await listCandidates(town.inbox, town.desk.brandt)).items).toEqual([])
  expect(await keepAll(town.desk.brandt)).toBe(0)
  expect((await pool.query('select distinct recheck from workbench_decision')).rows).toEqual([
    { recheck: 'due' },
  ])
  await pool.query('update account set person_id = gen_random_uuid() where id = $1', [
    town.desk.brandt.accountId,
  ])
  const { items } = await listCandidates(town.inbox, town.desk.brandt)
  expect(items).toHaveLength(2)
  expect(JSON.stringify(items)).not.toMatch(/keep|dispute/)
  expect(await keepAll(town.desk.brandt)).toBe(2)
  const { rows } = await pool.query('select distinct recheck from workbench_decision')
  expect(rows).toEqual([{ recheck: 'agreed' }])
})
