import type { DeletionRun, Proposal } from '@buergerdraht/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { archiveWaives } from './archive-waives.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let records: Visitor
let dpo: Visitor
beforeEach(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  dpo = await office.signIn('dpo')
  return () => office.close()
})

/** A matter with so many messages that was closed long ago. */
async function oldMatter(phone: string, messages: number): Promise<string> {
  for (let n = 1; n <= messages; n++) await office.citizenWrites(phone, `Wann hat das Standesamt auf? ${n}`)
  await office.settled()
  const { rows } = await office.database.pool.query<{ id: string }>(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null where state = 'open' returning id`,
  )
  return rows[0]?.id ?? expect.fail('no conversation')
}
async function planned(conversationId: string): Promise<string> {
  const body = { kind: 'manual', conversationIds: [conversationId] }
  const answer = await records.post<DeletionRun>('/deletion-runs', body)
  expect(answer.status).toBe(201)
  return answer.body.id
}
async function carriedOut(runId: string): Promise<void> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const open = body.items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')
  expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
  await vi.waitFor(
    async () => {
      const run = await dpo.get<DeletionRun>(`/deletion-runs/${runId}`)
      if (run.body.state !== 'completed') throw new Error(`It is ${run.body.state}`)
    },
    { timeout: 120_000, interval: 200 },
  )
}
async function csv(path: string): Promise<string[][]> {
  const answer = await dpo.ask<string>('GET', `/api/v1${path}`, { headers: { accept: 'text/csv' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const [head, ...rows] = answer.body.replace('\uFEFF', '').trimEnd().split('\r\n')
  expect(head).toMatch(/^Nr\.;Zeitpunkt;Datenart;/)
  return rows.map((row) => row.split(';'))
}
async function pdf(path: string): Promise<Buffer> {
  const response = await fetch(`${office.baseUrl}/api/v1${path}`, { headers: dpo.headers() })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  return Buffer.from(await response.arrayBuffer())
}

test('of a run and of a period, what was deleted is said by the ledger alone', async () => {
  const { pool } = office.database
  await archiveWaives(pool)
  const [matter, other] = [await oldMatter('491710001301', 2), await oldMatter('491710001302', 1)]
  const first = await planned(matter)
  expect(await csv(`/deletion-runs/${first}/protocol`)).toEqual([])
  await carriedOut(first)
  const second = await planned(other)
  await carriedOut(second)
  // Whatever the database says of it.
  await pool.query('update deletion_run set destroyed = 999')

  const [row, ...more] = await csv(`/deletion-runs/${first}/protocol`)
  expect(more).toEqual([])
  expect(row?.slice(2)).toEqual([
    'DA01 Nachrichtentext ohne Aktenrelevanz',
    'LR-DA01@1',
    '30 Tage ab Ende des Vorgangs',
    'Vorgänge: 1, Nachrichten: 2',
    'Art. 5 Abs. 1 lit. e DSGVO (Speicherbegrenzung)',
    'zur Vernichtung freigegeben (GV-2026-01)',
    'Schriftgutverwaltung, Datenschutz',
    expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
  ])
  const ofSecond = await csv(`/deletion-runs/${second}/protocol`)
  expect(ofSecond.map(([, , cluster, , , objects]) => [cluster?.slice(0, 4), objects])).toEqual([
    ['DA01', 'Vorgänge: 1, Nachrichten: 1'],
  ])
  const all = await csv('/deletion-protocol?from=2026-01-01&to=2099-12-31')
  expect(all).toEqual([row, ...ofSecond])
  expect(await csv('/deletion-protocol?from=2020-01-01&to=2020-12-31')).toEqual([])
  expect(JSON.stringify(all)).not.toMatch(/Standesamt|4917100013/)

  const page = await pdf(`/deletion-runs/${first}/protocol`)
  expect(page.subarray(0, 5).toString()).toBe('%PDF-')
  // It says of itself that it is PDF/A-3a; whether it is, a validator would say.
  expect(page.toString('latin1')).toMatch(/pdfaid:part>3<[\s\S]*pdfaid:conformance>A</)
  expect(
    (await pdf('/deletion-protocol?from=2020-01-01&to=2020-12-31&format=pdf')).subarray(0, 5).toString(),
  ).toBe('%PDF-')

  const { rows: exported } = await pool.query(
    `select object_id, facts from audit_entry where act = 'protocol-exported' order by id`,
  )
  expect(exported).toEqual([
    ...[first, first, second].map((run) => ({ object_id: run, facts: { format: 'csv' } })),
    ...[1, 2].map(() => ({ object_id: null, facts: { format: 'csv' } })),
    { object_id: first, facts: { format: 'pdf' } },
    { object_id: null, facts: { format: 'pdf' } },
  ])

  const clerk = await office.signIn('clerk')
  for (const path of [`/deletion-runs/${first}/protocol`, '/deletion-protocol?from=2026-01-01&to=2026-12-31'])
    expect((await clerk.get(path)).status).toBe(403)
  expect((await dpo.get('/deletion-runs/00000000-0000-7000-8000-000000000000/protocol')).status).toBe(404)
  expect((await dpo.get('/deletion-protocol?from=2026-13-01&to=2026-12-31')).status).toBe(400)
})
