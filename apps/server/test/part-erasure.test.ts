import { readFileSync } from 'node:fs'
import type {
  DataSubjectRequest,
  DeletionRun,
  ErasableMessage,
  Message,
  PageOfLedger,
} from '@buergerdraht/contract'
import { expect, test, vi } from 'vitest'
import { archiveWaives } from './archive-waives.ts'
import { startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

const erika = '491713970181'
const photo = readFileSync(
  new URL('../../../packages/inbox/test/media/samples/photo-with-gps.jpg', import.meta.url),
)

type Erasable = {
  readonly items: readonly ErasableMessage[]
  readonly chosen: { readonly messageIds: readonly string[]; readonly fileIds: readonly string[] }
}

async function hits(clerk: Visitor, q: string): Promise<number> {
  const { status, body } = await clerk.post<{ items: unknown[] }>('/conversations/search', { q })
  expect(status).toBe(200)
  return body.items.length
}

test('a file is erased on request and its message stays: chosen, granted, approved by somebody else, and gone from search and raw events', async ({
  onTestFinished,
}) => {
  const office = await startOffice()
  onTestFinished(() => office.close())
  const { pool } = office.database
  await archiveWaives(pool)
  await office.citizenWrites(erika, 'Die Hecke ragt in den Gehweg.')
  const sent = await fetch(`${office.simulator.url}/citizens/${erika}/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      base64: photo.toString('base64'),
      mediaType: 'image/jpeg',
      kind: 'document',
      fileName: 'Kanarienausweis.jpg',
      caption: 'Anbei mein Papagei',
    }),
  })
  expect(sent.ok).toBe(true)
  await office.settled()
  await vi.waitFor(
    async () =>
      expect((await pool.query(`select from attachment where state <> 'pending'`)).rowCount).toBe(1),
    { timeout: 60_000, interval: 100 },
  )
  const [clerk, lead, records, dpo] = await Promise.all([
    office.signIn('clerk'),
    office.signIn('team-lead'),
    office.signIn('records'),
    office.signIn('dpo'),
  ])
  const { rows: matters } = await pool.query<{ id: string; key_id: string }>(
    'select id, key_id from conversation',
  )
  const { id, key_id: keyBefore } = matters[0] ?? expect.fail('one matter')
  expect(await hits(clerk, 'Kanarienausweis')).toBe(1)
  const { rowCount: rawBefore } = await pool.query('select from webhook_event')

  const opened = await clerk.post<DataSubjectRequest>('/subject-requests', {
    conversationId: id,
    kind: 'erasure',
  })
  expect(opened.status).toBe(201)
  const path = `/subject-requests/${opened.body.id}`
  expect((await clerk.post(`${path}/identity`, { way: 'IN_PERSON' })).status).toBe(200)
  const { body: list } = await clerk.get<Erasable>(`${path}/objects`)
  const message = list.items.find(({ text }) => text === 'Anbei mein Papagei') ?? expect.fail('the message')
  const [file] = message.files
  expect(file).toMatchObject({ name: 'Kanarienausweis.jpg' })
  const { body: blind } = await dpo.get<Erasable>(`${path}/objects`)
  expect(JSON.stringify(blind)).not.toMatch(/Kanarien|Papagei|Hecke/)
  expect(blind.items).toHaveLength(2)

  const part = { messageIds: [], fileIds: [file?.id], seen: null }
  expect((await clerk.put(`${path}/part`, { ...part, fileIds: [] })).body).toMatchObject({
    code: 'nothing-chosen',
  })
  expect((await clerk.put(`${path}/part`, { ...part, everything: true })).status).toBe(400)
  const many = Array.from({ length: 51 }, () => crypto.randomUUID())
  expect((await clerk.put(`${path}/part`, { ...part, messageIds: many })).body).toMatchObject({
    code: 'too-much-chosen',
  })
  const chosen = await clerk.put<DataSubjectRequest>(`${path}/part`, part)
  expect(chosen).toMatchObject({ status: 200, body: { part: { messages: 0, files: 1 } } })

  // Nobody has decided about the matter; then it belongs to no file.
  expect((await lead.get(`${path}/preview`)).body).toMatchObject({
    goes: 0,
    stays: [{ reason: 'FILING_UNDECIDED', count: 1 }],
  })
  expect((await clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })).status).toBe(200)
  expect((await lead.get(`${path}/preview`)).body).toMatchObject({ goes: 1, stays: [] })
  const grant = { outcome: 'GRANTED', ground: 'ART17_1A', chosenAt: chosen.body.part?.chosenAt }
  expect((await lead.post(`${path}/decision`, { ...grant, chosenAt: null })).body).toMatchObject({
    code: 'changed-meanwhile',
  })
  expect((await lead.post(`${path}/decision`, grant)).status).toBe(200)
  expect((await clerk.get(`${path}/objects`)).body).toMatchObject({ code: 'request-decided' })
  const planned = await records.post<DeletionRun>(`${path}/run`, {})
  expect(planned).toMatchObject({ status: 201, body: { kind: 'erasure', waiting: 1 } })
  const run = `/deletion-runs/${planned.body.id}`
  expect((await records.post(`${run}/approval`)).body).toMatchObject({ code: 'second-person-required' })
  expect((await dpo.post(`${run}/approval`)).status).toBe(200)
  await vi.waitFor(
    async () =>
      expect((await dpo.get<DeletionRun>(run)).body).toMatchObject({ state: 'completed', destroyed: 1 }),
    { timeout: 60_000, interval: 200 },
  )

  const { body: thread } = await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)
  const said = thread.items.filter(({ kind }) => kind !== 'system')
  expect(said).toMatchObject([
    {
      text: 'Anbei mein Papagei',
      attachments: [],
      erasedFiles: [{ files: 1, rule: 'LR-DA01@1', ground: 'ART17_1A' }],
    },
    { text: 'Die Hecke ragt in den Gehweg.', erasedFiles: [] },
  ])
  expect((await clerk.ask('GET', `/api/v1/attachments/${file?.id}`)).status).toBe(404)
  expect(await hits(clerk, 'Kanarienausweis')).toBe(0)
  expect(await hits(clerk, 'Papagei')).toBe(1)
  await expect(office.keys.get(keyBefore)).rejects.toThrow()
  // What the provider told of it, and no more.
  expect((await pool.query('select from webhook_event')).rowCount).toBe((rawBefore ?? 0) - 1)
  const { body: ledger } = await dpo.get<PageOfLedger>('/ledger/entries')
  const deletions = ledger.items.filter(({ type }) => type === 'DELETE')
  expect(deletions.map(({ facts }) => facts.map(({ value }) => value.en))).toEqual([
    expect.arrayContaining(['files: 1', 'Art. 17 (1) (a) GDPR']),
  ])
  const letter = await dpo.ask<string>('GET', `/api/v1${path}/letter?format=text`)
  expect(letter.body).toContain('Ihr Antrag betraf eine Datei.')
})
