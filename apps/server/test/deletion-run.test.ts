import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeletionRun, LedgerState, PageOfLedger, Proposal } from '@buergerdraht/contract'
import { judgeLedger } from '@buergerdraht/custody'
import { KeyDestroyed } from '@buergerdraht/office'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { deletionLedgerOf } from '../src/process/wait-for-ledger.ts'
import { archiveWaives } from './archive-waives.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
beforeEach(async () => {
  office = await startOffice()
  return () => office.close()
})

/** A matter that was answered and closed long ago, and of which somebody has decided that it is no record. */
async function oldMatter(phone: string, text = 'Wann hat das Amt auf?'): Promise<string> {
  const { pool } = office.database
  await office.citizenWrites(phone, text)
  await office.settled()
  const { rows } = await pool.query<{ id: string }>(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null where state = 'open' and opened_at > now() - interval '5 minutes' returning id`,
  )
  const [row] = rows
  if (row === undefined) expect.fail('no conversation')
  return row.id
}
async function openProposal(dpo: Visitor): Promise<string> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  return (
    body.items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')?.id ??
    expect.fail('no proposal')
  )
}
async function reached(dpo: Visitor, id: string, state: DeletionRun['state']): Promise<DeletionRun> {
  return vi.waitFor(
    async () => {
      const { body } = await dpo.get<DeletionRun>(`/deletion-runs/${id}`)
      if (body.state !== state) throw new Error(`It is ${body.state}`)
      return body
    },
    { timeout: 60_000, interval: 200 },
  )
}
async function planned(by: Visitor, body: object = { kind: 'planned' }): Promise<DeletionRun> {
  const answer = await by.post<DeletionRun>('/deletion-runs', body)
  expect(answer.status).toBe(201)
  return answer.body
}

describe('a run that one plans and another approves', () => {
  test('destroys what is due, and afterwards the keys of today open nothing of yesterday', async () => {
    const { pool } = office.database
    const id = await oldMatter('491710000911')
    const { rows } = await pool.query<{ key_id: string }>('select key_id from conversation where id = $1', [
      id,
    ])
    await archiveWaives(office.database.pool)
    const [records, dpo, clerk] = await Promise.all(
      (['records', 'dpo', 'clerk'] as const).map((role) => office.signIn(role)),
    )
    if (records === undefined || dpo === undefined || clerk === undefined) expect.fail('nobody')
    expect((await clerk.post('/deletion-runs', { kind: 'planned' })).status).toBe(403)
    const run = await planned(records)
    expect(run).toMatchObject({ state: 'planned', waiting: 1, destroyed: 0, fallenOut: [] })
    const approval = `/deletion-runs/${run.id}/approval`
    expect((await records.post(approval)).body).toMatchObject({ code: 'second-person-required' })
    expect((await clerk.post(approval)).status).toBe(403)
    expect((await dpo.post(approval)).status).toBe(200)
    expect((await dpo.post(approval)).body).toMatchObject({ code: 'proposal-closed' })
    expect(await reached(dpo, run.id, 'completed')).toMatchObject({ waiting: 0, destroyed: 1 })

    expect((await clerk.get(`/conversations/${id}`)).status).toBe(404)
    await expect(office.keys.get(rows[0]?.key_id ?? '')).rejects.toThrow(KeyDestroyed)
    // The person is due by a rule of their own, now that nothing is left of them.
    expect(
      (await pool.query('select 1 from contact where relation_ended_at is not null and due_at is not null'))
        .rowCount,
    ).toBe(1)
    // A provider may have said meanwhile that it is gone there too, which is an entry of its own.
    await expect
      .poll(() => judgeLedger({ pool, keys: office.keys }, deletionLedgerOf(office.config)))
      .toMatchObject({ state: 'equal' })
    const { body: ledger } = await dpo.get<PageOfLedger>('/ledger/entries')
    expect(ledger.nextCursor).toBeNull()
    const first = ledger.items.at(-1)
    expect(first).toMatchObject({
      seq: 0,
      type: 'DELETE',
      title: { de: 'Gelöscht' },
      at: expect.any(String),
    })
    expect(first?.facts).toEqual(
      expect.arrayContaining([
        {
          name: { de: 'Was', en: 'What' },
          value: { de: 'Vorgänge: 1, Nachrichten: 1', en: 'matters: 1, messages: 1' },
        },
        { name: { de: 'Regel', en: 'Rule' }, value: { de: 'LR-DA01@1', en: 'LR-DA01@1' } },
      ]),
    )
    expect((await dpo.get('/ledger/entries?cursor=7')).body).toMatchObject({ code: 'invalid-input' })
    const { body: state } = await dpo.get<LedgerState>('/ledger/checkpoints')
    expect(state.items.filter(({ size }) => size <= 1)).toMatchObject([
      { size: 1, signed: true },
      { size: 0, signed: true, agrees: null },
    ])
    expect(state.items.map(({ agrees }) => agrees)).not.toContain(false)
    expect((await clerk.get('/ledger/entries')).status).toBe(403)
    // Before the run and after it a checkpoint was signed.
    const checkpoints = await readdir(join(deletionLedgerOf(office.config), 'checkpoints'))
    expect(checkpoints).toEqual(expect.arrayContaining(['0.txt', '1.txt']))
  })

  test('deletes nothing that the archive has not been offered, nothing undecided, nothing that is not due, and says why', async () => {
    const { pool } = office.database
    const records = await office.signIn('records')
    const offered = await oldMatter('491710000912')
    expect((await records.post('/deletion-runs', { kind: 'planned' })).body).toMatchObject({
      code: 'nothing-to-delete',
    })
    await archiveWaives(office.database.pool)
    const undecided = await oldMatter('491710000913')
    await pool.query(`update conversation set filing = 'UNDECIDED' where id = $1`, [undecided])
    const fresh = await oldMatter('491710000914')
    await pool.query(`update conversation set closed_at = now() where id = $1`, [fresh])
    const run = await planned(records, { kind: 'manual', conversationIds: [offered, undecided, fresh] })
    expect(run).toMatchObject({
      waiting: 1,
      fallenOut: [
        {
          reason: 'FILING_UNDECIDED',
          sentence: { en: 'It has not been decided yet whether the case belongs in the file.' },
          count: 1,
        },
        { reason: 'NOT_DUE', count: 1 },
      ],
    })
  })

  test('is not approved when its batch has changed, and what changes afterwards falls out when it is condemned', async () => {
    const { pool } = office.database
    await archiveWaives(office.database.pool)
    const first = await oldMatter('491710000915')
    await oldMatter('491710000916')
    const [records, dpo] = [await office.signIn('records'), await office.signIn('dpo')]
    await planned(records)
    const stale = await openProposal(dpo)
    await pool.query(`update conversation set filing = 'UNDECIDED' where id = $1`, [first])
    expect((await dpo.post(`/proposals/${stale}/approval`)).body).toMatchObject({ code: 'changed-meanwhile' })
    await pool.query(`update conversation set filing = 'NOT_FILE_RELEVANT' where id = $1`, [first])

    await office.stopWorker()
    const run = await planned(records)
    expect((await dpo.post(`/proposals/${await openProposal(dpo)}/approval`)).status).toBe(200)
    await pool.query(`update conversation set filing = 'UNDECIDED' where id = $1`, [first])
    await office.startWorker()
    expect(await reached(dpo, run.id, 'completed')).toMatchObject({
      destroyed: 1,
      fallenOut: [{ reason: 'FILING_UNDECIDED', count: 1 }],
    })
    expect((await pool.query('select 1 from conversation where id = $1', [first])).rowCount).toBe(1)
  })

  test('stands still while it is paused, and ends with a proposal that is refused', async () => {
    await archiveWaives(office.database.pool)
    await oldMatter('491710000917')
    const [records, dpo] = [await office.signIn('records'), await office.signIn('dpo')]
    const refused = await planned(records)
    expect((await dpo.post(`/proposals/${await openProposal(dpo)}/refusal`)).status).toBe(200)
    expect((await reached(dpo, refused.id, 'withdrawn')).destroyed).toBe(0)

    await office.stopWorker()
    const run = await planned(records)
    await dpo.post(`/proposals/${await openProposal(dpo)}/approval`)
    expect((await dpo.post<DeletionRun>(`/deletion-runs/${run.id}/pause`)).body).toMatchObject({
      paused: true,
    })
    await office.startWorker()
    expect((await dpo.post<DeletionRun>(`/deletion-runs/${run.id}/resume`)).body).toMatchObject({
      paused: false,
    })
    expect((await reached(dpo, run.id, 'completed')).destroyed).toBe(1)
    expect((await dpo.post(`/deletion-runs/${run.id}/pause`)).status).toBe(409)
    const { rows } = await office.database.pool.query<{ act: string; role: string }>(
      `select act, actor_role as role from audit_entry where object_kind = 'deletion-run' and object_id = $1 order by id`,
      [run.id],
    )
    expect(rows.map(({ act, role }) => [act, role])).toEqual([
      ['proposed', 'records'],
      ['proposal-approved', 'dpo'],
      ['run-paused', 'dpo'],
      ['run-resumed', 'dpo'],
    ])
  })
})

describe('an office whose ledger', () => {
  test('is gone or was edited does not start, and says which', async () => {
    await archiveWaives(office.database.pool)
    await oldMatter('491710000918')
    const [records, dpo] = [await office.signIn('records'), await office.signIn('dpo')]
    const run = await planned(records)
    await dpo.post(`/proposals/${await openProposal(dpo)}/approval`)
    await reached(dpo, run.id, 'completed')
    await office.stopWorker()
    const folder = deletionLedgerOf(office.config)
    const log = join(folder, 'log')
    const whole = await readFile(log, 'utf8')
    await writeFile(log, whole.replace('ART5_1E', 'ART17_1'))
    await expect(office.startWorker()).rejects.toThrow(/damaged or has been changed/)
    await writeFile(log, whole)
    await office.startWorker()
    await office.stopWorker()
    await rm(folder, { recursive: true })
    await expect(office.startWorker()).rejects.toThrow(/is missing/)
  })
})
