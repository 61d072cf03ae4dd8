import { randomUUID } from 'node:crypto'
import { closeConversation, sendNotices, sendQueuedReplies } from '@buergerdraht/inbox'
import type { ProposalKinds } from '@buergerdraht/office'
import { beforeEach, expect, test } from 'vitest'
import { noon } from '../../inbox/test/desk/desk.ts'
import { approveNotice } from '../../inbox/test/privacy-notice/notice.ts'
import { countCoverage, sweepCoverage } from '../src/coverage/coverage.ts'
import { approvingOfRuns, planDeletionRun } from '../src/index.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { decideAgain } from '../src/runs/decide-by-law.ts'
import { seenMatters } from '../src/workbench/seen-matters.ts'
import { openTown, type Town } from './open-town.ts'

const never = new AbortController().signal
const erika = '491713920011'
let town: Town
beforeEach(async () => {
  town = await openTown()
  await town.inbox.pool.query(
    'update deletion_rule set approved_at = $1, proposed_by = $2, approved_by = $3',
    [noon, randomUUID(), randomUUID()],
  )
  await approveNotice(town.inbox, { text: 'Zum Datenschutz: Rufen Sie 0800 123 an.' })
  return () => town.close()
})

async function told(): Promise<string> {
  const id = await town.desk.citizenWrites({ from: erika })
  await sendNotices(town.inbox, never)
  await sendQueuedReplies(town.inbox, id)
  await town.inbox.pool.query(`update message set delivered_at = $1 where notice_version is not null`, [noon])
  return id
}

type Row = {
  readonly waits_for: string | null
  readonly due_at: Date | null
  readonly relation_ended_at: Date | null
  readonly delivered_at: Date | null
}
async function evidence(): Promise<Row[]> {
  const { rows } = await town.inbox.pool.query<Row>(
    'select waits_for, due_at, relation_ended_at, delivered_at from privacy_notice_evidence',
  )
  return rows
}
async function destroy(kind: 'conversation' | 'contact', table: string): Promise<void> {
  const { rows } = await town.inbox.pool.query<{ id: string }>(`select id from ${table}`)
  await town.work(
    await town.approved(rows.map(({ id }) => ({ kind, id }))),
    undefined,
    async (_c, _r, items) =>
      items.map((item) => ({
        item,
        facts: {
          cluster: 'DA01',
          rule: 'LR-DA01@1',
          class: 'CASE_CLOSED/30d',
          ground: 'ART5_1E',
          archive: { decision: 'NOT_REQUIRED' },
        },
      })),
  )
}

test('that somebody was told outlives them by a year, goes by a run, and the ledger says so', async () => {
  const { desk, inbox } = town
  const id = await told()
  await closeConversation(inbox, desk.yilmaz, id, { filing: { relevance: 'none' } })
  expect(await evidence()).toMatchObject([{ waits_for: 'RELATION_ENDED', due_at: null, delivered_at: noon }])
  const now = new Date('2026-12-20T12:00:00Z')
  desk.test.setNow(now)
  await destroy('conversation', 'conversation')
  // Of the day on which the last matter went, in the town hall; what was delivered is known although the message is gone.
  expect(await evidence()).toEqual([
    {
      waits_for: null,
      due_at: new Date('2027-12-20T23:00:00Z'),
      relation_ended_at: now,
      delivered_at: noon,
    },
  ])
  await destroy('contact', 'contact')
  expect(await town.count('contact')).toBe(0)
  await expect(inbox.pool.query('delete from privacy_notice_evidence')).rejects.toThrow('goes by a run')
  // The night changes nothing.
  await sweepCoverage(inbox, never)
  expect(await evidence()).toMatchObject([
    { due_at: new Date('2027-12-20T23:00:00Z'), relation_ended_at: now },
  ])
  expect(await countCoverage(inbox)).toContainEqual({
    table: 'privacy_notice_evidence',
    cluster: 'DA20',
    rows: 1,
    classified: 1,
    waiting: 0,
    overdue: 0,
    kept: 0,
  })

  const dpo = await desk.viewer('dpo', [])
  const kinds = { 'deletion-run': approvingOfRuns(inbox) } as unknown as ProposalKinds
  const planned = { kind: 'planned', conversationIds: [], messageIds: [] } as const
  desk.test.setNow(new Date('2027-12-20T22:00:00Z'))
  await expect(planDeletionRun(inbox, kinds, dpo, planned)).rejects.toMatchObject({
    code: 'nothing-to-delete',
  })
  desk.test.setNow(new Date('2027-12-21T12:00:00Z'))
  const run = await planDeletionRun(inbox, kinds, dpo, planned)
  const { rows: proposals } = await inbox.pool.query('select payload from proposal')
  expect(proposals).toMatchObject([{ payload: { conversations: 0, contacts: 0, requests: 0, notices: 1 } }])
  await inbox.pool.query(
    `update deletion_run set state = 'approved', approved_by = $2, approved_role = 'records', approved_at = $3 where id = $1`,
    [run, (await desk.viewer('records', [])).accountId, inbox.now()],
  )
  await town.work(run, undefined, (client, runId, items) => decideAgain(client, runId, items, inbox.now()))
  expect(await evidence()).toEqual([])
  const entries: unknown[] = []
  for await (const { entry } of readEntries(town.folder, 0)) entries.push(entry)
  expect(entries).toContainEqual(
    expect.objectContaining({ type: 'DELETE', cluster: 'DA20', rule: 'LR-DA20@1', objects: { evidence: 1 } }),
  )
})

test('who comes back before they are forgotten is known to have been told, and the period ends', async () => {
  const { desk, inbox } = town
  await told()
  await destroy('conversation', 'conversation')
  expect(await evidence()).toMatchObject([{ waits_for: null }])
  await desk.citizenWrites({ from: erika })
  await sweepCoverage(inbox, never)
  // The night looks at people who are there for an hour at least.
  desk.test.setNow(new Date('2026-11-18T12:00:00Z'))
  await sweepCoverage(inbox, never)
  expect(await evidence()).toMatchObject([
    { waits_for: 'RELATION_ENDED', due_at: null, relation_ended_at: null },
  ])
})

test('a matter in which nothing but the notice went out has not been answered for the finder', async () => {
  const id = await told()
  const { rows } = await town.inbox.pool.query<{ contact_id: string }>('select contact_id from conversation')
  const client = await town.inbox.pool.connect()
  try {
    const matters = await seenMatters(town.inbox, client, [rows[0]?.contact_id ?? ''], [id])
    const matter = matters.get(id)
    if (typeof matter !== 'object') expect.fail('not seen')
    expect(matter.messages.map(({ direction }) => direction)).toEqual(['IN'])
  } finally {
    client.release()
  }
})
