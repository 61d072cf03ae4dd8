import { randomUUID } from 'node:crypto'
import type {
  Batch,
  Candidate,
  DeletionRun,
  Proposal,
  Sample,
  WorkbenchOutcome,
} from '@buergerdraht/contract'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { archiveWaives } from './archive-waives.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
let records: Visitor
let dpo: Visitor
beforeEach(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
  records = await office.signIn('records')
  dpo = await office.signIn('dpo')
  await archiveWaives(office.database.pool)
  return () => office.close()
})

const advert = 'Kredit ohne Schufa, jetzt klicken und gewinnen!'

/** Matters of as many people, silent for a year and never closed. */
async function silent(count: number, text = advert): Promise<string[]> {
  const { pool } = office.database
  const first = 491710001000 + Math.floor(Math.random() * 1e6) * 100
  for (let at = 0; at < count; at++) await office.citizenWrites(String(first + at), text)
  await office.settled()
  const { rows } = await pool.query<{ id: string }>(
    `update conversation set opened_at = now() - interval '400 days', last_message_at = now() - interval '400 days',
       last_inbound_at = now() - interval '400 days' where opened_at > now() - interval '5 minutes' and state = 'open' returning id`,
  )
  expect(rows).toHaveLength(count)
  return rows.map(({ id }) => id)
}
/** The list, once the worker has looked through that many matters. */
async function listed(seen: number, by = clerk): Promise<Candidate[]> {
  await vi.waitFor(
    async () => {
      const { rows } = await office.database.pool.query<{ n: number }>(
        `select count(*)::int as n from conversation_signal s join conversation c on c.id = s.conversation_id
         where s.state = c.state and s.filing = c.filing and s.last_message_id is not distinct from c.last_message_id`,
      )
      expect(rows[0]?.n).toBe(seen)
    },
    { timeout: 120_000, interval: 200 },
  )
  return (await by.get<{ items: Candidate[] }>('/workbench/candidates')).body.items
}
function deleting({ id, basis }: Candidate) {
  return { conversationId: id, basis, decision: 'delete' as const }
}
async function decided(items: readonly object[], by = clerk): Promise<WorkbenchOutcome> {
  const answer = await by.post<WorkbenchOutcome>('/workbench/decisions', items)
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}
async function openProposal(runId: string | null): Promise<string> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const found = body.items.find(({ payload }) => 'runId' in payload && payload.runId === runId)
  return found?.id ?? expect.fail('no proposal')
}

describe('the workbench', () => {
  test('proposes what could go with its reasons, and a batch goes when a second person has seen the sample', async () => {
    const { pool } = office.database
    const ids = await silent(12)
    const items = await listed(12)
    expect(items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(items[0]).toMatchObject({
      closedAt: null,
      messages: 1,
      files: 0,
      refusal: null,
      reasons: [{ code: 'S9' }, { code: 'S1' }, { code: 'S5' }],
    })
    expect(items[0]?.weight).toBe(items[0]?.reasons.reduce((sum, { weight }) => sum + weight, 0))
    expect(JSON.stringify(items)).not.toContain('Schufa')

    const outcome = await decided(items.map(deleting))
    expect(outcome).toMatchObject({ proposed: 12, sampled: 2, filed: 0, kept: 0, later: [], passedOver: [] })
    const proposal = await openProposal(outcome.runId)
    const { body: batch } = await records.get<Batch>(`/workbench/batches/${outcome.runId}`)
    expect(batch.items).toHaveLength(12)
    expect(batch.mayOpenSample).toBe(true)
    expect(batch.items.filter(({ sampled }) => sampled)).toHaveLength(2)
    const [drawn, other] = [batch.items[0]?.id, batch.items[11]?.id]
    const sample = await records.get<Sample>(`/workbench/batches/${outcome.runId}/sample/${drawn}`)
    expect(sample.body.messages).toMatchObject([{ from: 'citizen', text: advert }])
    expect(
      (await pool.query(`select from audit_entry where act = 'sample-opened' and object_id = $1`, [drawn]))
        .rowCount,
    ).toBe(1)
    expect((await records.get(`/workbench/batches/${outcome.runId}/sample/${other}`)).status).toBe(404)

    expect((await records.post(`/proposals/${proposal}/approval`)).status).toBe(200)
    await vi.waitFor(
      async () => {
        const { body } = await dpo.get<DeletionRun>(`/deletion-runs/${outcome.runId}`)
        expect(body).toMatchObject({ state: 'completed', destroyed: 12 })
      },
      { timeout: 120_000, interval: 200 },
    )
    expect((await pool.query('select from conversation_signal')).rowCount).toBe(0)
    expect((await pool.query('select from workbench_decision')).rowCount).toBe(0)
    // When it is decided, nobody looks into the sample any more.
    expect((await records.get(`/workbench/batches/${outcome.runId}/sample/${drawn}`)).status).toBe(404)
  })

  test('never proposes what is open, and takes no decision about it', async () => {
    const questions = await silent(3, 'Wann bekomme ich endlich meinen Bescheid?')
    expect(await listed(3)).toEqual([])
    const { rows } = await office.database.pool.query<{ id: string; basis: string }>(
      'select id, last_message_id as basis from conversation',
    )
    const outcome = await decided(
      rows.map(({ id, basis }) => ({ conversationId: id, basis, decision: 'delete' })),
    )
    expect(outcome).toMatchObject({ runId: null, proposed: 0 })
    expect(outcome.passedOver.toSorted()).toEqual(questions.toSorted())
    expect((await office.database.pool.query(`select from conversation where state = 'open'`)).rowCount).toBe(
      3,
    )
  })

  test('never proposes what is held or restricted, nor what an answer is still being sent of', async () => {
    const ids = await silent(4)
    expect(await listed(4)).toHaveLength(4)
    const [held, restricted, sending] = ids
    function inDays(days: number): string {
      return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    }
    const hold = {
      kind: 'hold',
      reason: 'LITIGATION',
      basis: 'ART17_3E',
      reviewOn: inDays(90),
      expiresOn: inDays(180),
    }
    const restriction = { kind: 'restriction', reason: 'ART18_1A', reviewOn: inDays(90) }
    for (const [id, protection] of [
      [held, hold],
      [restricted, restriction],
    ])
      expect(
        await clerk.post(`/conversations/${id}/holds`, { of: 'conversation', protection }),
      ).toMatchObject({ status: 204 })
    await office.stopWorker()
    await office.database.pool.query(
      `insert into message (id, conversation_id, channel_id, direction, kind, sent_at, received_at, send_state)
       select gen_random_uuid(), id, channel_id, 'outbound', 'text', last_message_at, last_message_at, 'queued' from conversation where id = $1`,
      [sending],
    )
    const { body } = await clerk.get<{ items: Candidate[] }>('/workbench/candidates')
    expect(body.items.map(({ id }) => id)).toEqual([ids[3]])
    const { rows } = await office.database.pool.query<{ id: string; basis: string }>(
      'select id, last_message_id as basis from conversation where id = any($1::uuid[])',
      [[held, restricted, sending]],
    )
    const outcome = await decided(
      rows.map(({ id, basis }) => ({ conversationId: id, basis, decision: 'delete' })),
    )
    expect(outcome).toMatchObject({ runId: null, proposed: 0 })
    expect(outcome.passedOver).toHaveLength(3)
  })

  test('refused, a batch comes back undecided with the reason', async () => {
    const { pool } = office.database
    await silent(2)
    const items = await listed(2)
    const { runId } = await decided(items.map(deleting))
    const { rows: between } = await pool.query<{ state: string; filing: string }>(
      'select distinct state, filing from conversation where closed_at = last_message_at',
    )
    expect(between).toEqual([{ state: 'closed', filing: 'NOT_FILE_RELEVANT' }])
    const refusal = await dpo.post<Proposal>(`/proposals/${await openProposal(runId)}/refusal`, {
      reason: 'still-needed',
    })
    expect(refusal.body).toMatchObject({ state: 'refused', refusal: 'still-needed' })
    const again = await listed(2)
    expect(again.map(({ refusal: why }) => why)).toEqual(['still-needed', 'still-needed'])
    // A planned run does not take what a second person has refused.
    expect((await records.post('/deletion-runs', { kind: 'planned' })).body).toMatchObject({
      code: 'nothing-to-delete',
    })
    // Decided anew, it is another run.
    expect((await decided(again.map(deleting))).proposed).toBe(2)
  })

  test('refused, each matter has its own reason, the others the one of all', async () => {
    await silent(3)
    const items = await listed(3)
    const { runId } = await decided(items.map(deleting))
    const [first, second, third] = items.map(({ id }) => id)
    const refusal = await dpo.post<Proposal>(`/proposals/${await openProposal(runId)}/refusal`, {
      reason: 'sample-differs',
      matters: [
        { conversationId: first, reason: 'belongs-to-file' },
        { conversationId: second, reason: 'still-open' },
        // Of no batch: nothing is written about it.
        { conversationId: randomUUID(), reason: 'still-needed' },
      ],
    })
    expect(refusal.body).toMatchObject({ state: 'refused', refusal: 'sample-differs' })
    const again = new Map((await listed(3)).map(({ id, refusal: why }) => [id, why]))
    expect([first, second, third].map((id) => again.get(id ?? ''))).toEqual([
      'belongs-to-file',
      'still-open',
      'sample-differs',
    ])
  })

  test('keeps for a reason until a day, and files with a reference', async () => {
    const { pool } = office.database
    await silent(2)
    const [one, other] = await listed(2)
    if (one === undefined || other === undefined) expect.fail('no candidates')
    const keeping = { conversationId: one.id, basis: one.basis, decision: 'keep', reason: 'follow-up' }
    for (const until of ['2020-01-01', '2099-01-01'])
      expect((await clerk.post('/workbench/decisions', [{ ...keeping, until }])).status).toBe(400)
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const outcome = await decided([
      { ...keeping, until },
      { conversationId: other.id, decision: 'to-file', fileReference: 'AZ 7/2026' },
    ])
    expect(outcome).toMatchObject({ runId: null, kept: 1, filed: 1 })
    const strange = '00000000-0000-4000-8000-000000000000'
    expect(
      (await clerk.get<{ items: unknown[] }>(`/workbench/candidates?team=${strange}`)).body.items,
    ).toEqual([])
    expect((await clerk.get<{ items: unknown[] }>('/workbench/candidates')).body.items).toEqual([])
    const { body } = await clerk.get(`/conversations/${other.id}`)
    expect(body).toMatchObject({ filing: { relevance: 'to-file', fileReference: 'AZ 7/2026' } })
    await pool.query(`update workbench_decision set keep_until = now() where decision = 'keep'`)
    const { rows: teams } = await pool.query<{ id: string }>(
      'select team_id as id from conversation where id = $1',
      [one.id],
    )
    expect((await clerk.get<{ items: Candidate[] }>('/workbench/candidates')).body.items).toMatchObject([
      { id: one.id, teamId: teams[0]?.id },
    ])
    const { rows } = await pool.query<{ all: string }>(
      `select string_agg(d::text, chr(10)) || string_agg(s::text, chr(10)) as all from workbench_decision d, conversation_signal s`,
    )
    expect(rows[0]?.all).not.toMatch(/Schufa|AZ 7|49171/)
  })

  test('passes over what somebody has written in since it was shown', async () => {
    await silent(1)
    const [item] = await listed(1)
    if (item === undefined) expect.fail('no candidate')
    const stale = { ...deleting(item), basis: item.id }
    expect(await decided([stale])).toMatchObject({ proposed: 0, passedOver: [item.id] })
    expect(await decided([deleting(item), deleting(item)])).toMatchObject({ proposed: 1, passedOver: [] })
  })

  test('is for clerks and leads of the team; a batch is for records and data protection, its sample for records alone', async () => {
    await silent(1)
    const [item] = await listed(1)
    if (item === undefined) expect.fail('no candidate')
    const stranger = await office.signIn('clerk', 1)
    expect(await listed(1, stranger)).toEqual([])
    expect(await decided([deleting(item)], stranger)).toMatchObject({ proposed: 0, passedOver: [item.id] })
    const { runId } = await decided([deleting(item)], await office.signIn('team-lead'))
    const sample = `/workbench/batches/${runId}/sample/${item.id}`
    for (const role of ['clerk', 'team-lead', 'records', 'dpo', 'admin', 'auditor'] as const) {
      const visitor = await office.signIn(role)
      const staff = role === 'clerk' || role === 'team-lead'
      const reviews = role === 'records' || role === 'dpo'
      expect((await visitor.get('/workbench/candidates')).status, role).toBe(staff ? 200 : 403)
      expect((await visitor.get(`/workbench/batches/${runId}`)).status, role).toBe(reviews ? 200 : 403)
      expect((await visitor.get(sample)).status, role).toBe(role === 'records' ? 200 : 403)
    }
    // Whoever shares the person with the one who proposed is no second one.
    await office.database.pool.query(
      `update account set person_id = (select person_id from account where role = 'team-lead' limit 1) where role = 'records'`,
    )
    expect((await records.get(sample)).body).toMatchObject({ code: 'second-person-required' })
  })
})
