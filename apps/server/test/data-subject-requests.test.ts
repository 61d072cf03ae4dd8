import { randomUUID } from 'node:crypto'
import type {
  Conversation,
  CopyPart,
  Correction,
  DataSubjectRequest,
  DpoNotice,
  Message,
} from '@buergerdraht/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'

let office: StoryOffice
beforeEach(async () => {
  office = await startOffice()
  return () => office.close()
})

type Items<T> = { readonly items: T[] }

async function writes(phone: string, text: string): Promise<string> {
  const written = await office.citizenWrites(phone, text)
  await office.settled()
  return office.conversationOf(written)
}

test('LÖSCHEN is acknowledged with the text of the office, put before the team and told to data protection, and deletes nothing', async () => {
  const admin = await office.signIn('admin')
  const text = 'Ihr Antrag ist eingegangen. Wir melden uns hier.'
  const set = await admin.ask('PATCH', '/api/v1/office-settings', { body: { requestAcknowledgement: text } })
  expect(set.status).toBe(200)
  const id = await writes('491710000931', 'LÖSCHEN')
  const [clerk, dpo] = [await office.signIn('clerk'), await office.signIn('dpo')]
  const found = { kind: 'erasure', recognised: true, conversationId: id, clock: 'running', decision: null }
  for (const visitor of [clerk, dpo]) {
    const { body } = await visitor.get<Items<DataSubjectRequest>>('/subject-requests')
    expect(body.items).toMatchObject([found])
  }
  await vi.waitFor(
    async () => {
      const { body } = await clerk.get<Items<Message>>(`/conversations/${id}/messages`)
      expect(body.items.filter(({ direction }) => direction === 'outbound')).toMatchObject([
        { text, author: null },
      ])
    },
    { timeout: 60_000, interval: 200 },
  )
  const { body } = await clerk.get<Conversation>(`/conversations/${id}`)
  expect(body.waitingSince).not.toBeNull()
  await vi.waitFor(
    async () => {
      const notices = await dpo.get<Items<DpoNotice>>('/dpo-notices')
      expect(notices.body.items).toMatchObject([{ request: { kind: 'erasure', due: 'received' } }])
    },
    { timeout: 90_000, interval: 500 },
  )
})

test('what an erasure would do is shown by counts, and nothing is planned of what may not go', async () => {
  const id = await writes('491710000933', 'Bitte löschen Sie meine Daten.')
  const [clerk, lead, dpo] = [
    await office.signIn('clerk'),
    await office.signIn('team-lead'),
    await office.signIn('dpo'),
  ]
  const { body } = await clerk.get<Items<DataSubjectRequest>>(`/subject-requests?conversation=${id}`)
  const path = `/subject-requests/${body.items[0]?.id}`
  expect((await clerk.get(`${path}/preview`)).status).toBe(403)
  for (const visitor of [lead, dpo])
    expect((await visitor.get(`${path}/preview`)).body).toMatchObject({ goes: 0, stays: [{ count: 1 }] })
  expect((await dpo.post(`${path}/run`, {})).body).toMatchObject({ code: 'request-undecided' })
  expect((await clerk.post(`${path}/identity`, { way: 'IN_PERSON' })).status).toBe(200)
  expect((await dpo.post(`${path}/decision`, { outcome: 'GRANTED', ground: 'ART17_1A' })).status).toBe(200)
  expect((await dpo.post(`${path}/run`, {})).body).toMatchObject({ code: 'nothing-to-delete' })
})

test('a request is taken up, identified, decided and answered, each by whom it is for', async () => {
  const id = await writes('491710000932', 'Ich habe eine Frage zu meinen Angaben')
  const [clerk, lead, dpo, admin] = [
    await office.signIn('clerk'),
    await office.signIn('team-lead'),
    await office.signIn('dpo'),
    await office.signIn('admin'),
  ]
  expect((await admin.get('/subject-requests')).status).toBe(403)
  expect((await dpo.post('/subject-requests', { conversationId: id, kind: 'access' })).status).toBe(403)
  const made = await clerk.post<DataSubjectRequest>('/subject-requests', {
    conversationId: id,
    kind: 'access',
  })
  expect(made.status).toBe(201)
  const path = `/subject-requests/${made.body.id}`
  expect((await clerk.post(`${path}/decision`, { outcome: 'GRANTED' })).status).toBe(403)
  expect((await lead.post(`${path}/decision`, { outcome: 'GRANTED' })).body).toMatchObject({
    code: 'identity-unconfirmed',
  })
  await writes('491710000932', 'Ja, bitte alles an mich')
  expect((await clerk.post(`${path}/identity`, { way: 'SAME_CHAT' })).body).toMatchObject({
    identity: { way: 'SAME_CHAT' },
  })
  expect((await lead.post(`${path}/decision`, { outcome: 'GRANTED' })).status).toBe(200)
  expect((await lead.post(`${path}/extension`, { reason: 'NUMBER', personInformed: true })).status).toBe(200)
  expect((await clerk.post(`${path}/answer`, { personInformed: true })).body).toMatchObject({ clock: null })
  const { rows } = await office.database.pool.query<{ act: string }>(
    `select act from audit_entry where object_id = $1 order by id`,
    [made.body.id],
  )
  expect(rows.map(({ act }) => act)).toEqual([
    'request-opened',
    'request-identified',
    'request-decided',
    'request-extended',
    'request-answered',
  ])
})

test('a copy is looked through, made by whoever has just shown who they are, and in it is nothing that was blacked out', async () => {
  const id = await writes('491710000934', 'Meine Nachbarin Inge Kranz hat 0171 5550123. AUSKUNFT')
  const [clerk, lead, dpo] = [
    await office.signIn('clerk'),
    await office.signIn('team-lead'),
    await office.signIn('dpo'),
  ]
  const made = await clerk.post<DataSubjectRequest>('/subject-requests', {
    conversationId: id,
    kind: 'access',
  })
  const path = `/subject-requests/${made.body.id}`
  expect((await clerk.get(`${path}/parts`)).body).toMatchObject({ code: 'identity-unconfirmed' })
  await clerk.post(`${path}/identity`, { way: 'IN_PERSON' })
  await lead.post(`${path}/decision`, { outcome: 'GRANTED' })
  expect((await clerk.get(`${path}/answer?format=json`)).body).toMatchObject({ code: 'redaction-open' })
  for (const one of ['/parts', '/answer']) expect((await dpo.get(`${path}${one}`)).status).toBe(403)
  const { body } = await clerk.get<{ items: CopyPart[]; open: number }>(`${path}/parts`)
  expect(body.open).toBe(1)
  const [part] = body.items
  if (part === undefined) return expect.fail('nothing to decide')
  const begins = part.text.indexOf('Inge')
  const items = [
    ...part.found.map(({ begins: from, ends }) => ({ begins: from, ends })),
    { begins, ends: begins + 'Inge Kranz'.length },
  ].map((one) => ({ part: part.part, ...one, blacked: true, seen: null }))
  expect((await clerk.post(`${path}/redactions`, { items })).status).toBe(204)
  const { pool } = office.database
  await pool.query(`update session set authenticated_at = now() - interval '6 minutes'`)
  expect((await clerk.get(`${path}/answer`)).body).toMatchObject({ code: 'step-up-required' })
  await pool.query('update session set authenticated_at = now()')
  const copy = await clerk.get<string>(`${path}/answer?format=json`)
  expect(copy.status).toBe(200)
  expect(copy.headers.get('cache-control')).toBe('private, no-store')
  expect(copy.headers.get('content-disposition')).toContain('attachment')
  const words = JSON.stringify(copy.body)
  expect(words).toContain('Meine Nachbarin [geschwärzt] hat [geschwärzt]. AUSKUNFT')
  expect(words).not.toMatch(/Inge|Kranz|5550123/)
  const zip = await fetch(`${office.baseUrl}/api/v1${path}/answer`, { headers: clerk.headers() })
  expect(zip.headers.get('content-type')).toBe('application/zip')
  expect(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  const { rows } = await pool.query<{ facts: object }>(
    `select facts from audit_entry where object_id = $1 and act = 'copy-made' order by id`,
    [made.body.id],
  )
  expect(rows.map(({ facts }) => facts)).toEqual([
    { format: 'json', matters: 1, messages: 1 },
    { format: 'zip', matters: 1, messages: 1 },
  ])
  const { body: list } = await dpo.get<Items<DataSubjectRequest>>('/subject-requests')
  expect(list.items[0]?.teams).toMatchObject([{ madeAt: expect.any(String) }])
})

test('what the person contests is marked beside what they wrote, by whoever answers them', async () => {
  const id = await writes('491710000935', 'Ich wohne in der Hauptstraße 4')
  const [clerk, dpo] = [await office.signIn('clerk'), await office.signIn('dpo')]
  const { body } = await clerk.get<Items<Message>>(`/conversations/${id}/messages`)
  const messageId = body.items[0]?.id
  const mark = { messageId, contested: 'Hauptstraße 4', correct: 'Hauptstraße 5' }
  expect((await dpo.post(`/conversations/${id}/corrections`, mark)).status).toBe(403)
  expect((await clerk.post(`/conversations/${id}/corrections`, mark)).status).toBe(204)
  const { items } = (await clerk.get<Items<Correction>>(`/conversations/${id}/corrections`)).body
  expect(items).toMatchObject([{ ...mark, markedBy: expect.any(String) }])
  const { body: after } = await clerk.get<Items<Message>>(`/conversations/${id}/messages`)
  expect(after.items[0]).toMatchObject({ text: 'Ich wohne in der Hauptstraße 4' })
  const { pool } = office.database
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from correction where content_sealed like '%Hauptstra%'`,
  )
  expect(rows).toEqual([{ n: 0 }])
  await expect(pool.query('update correction set marked_at = now()')).rejects.toThrow('stays as it was made')
})

test('a mark is withdrawn or replaced once, with a reason, by whoever answers them; it stays, and the log of access has it', async () => {
  const id = await writes('491710000936', 'Ich wohne in der Ringstraße 4')
  const [clerk, dpo] = [await office.signIn('clerk'), await office.signIn('dpo')]
  const path = `/conversations/${id}/corrections`
  async function marks(): Promise<Correction[]> {
    return (await clerk.get<Items<Correction>>(path)).body.items
  }
  await clerk.post(path, { contested: 'Ringstraße 4', correct: 'Ringstraße 7' })
  const [wrong] = await marks()
  expect(wrong?.withdrawn).toBeNull()
  const replacing = {
    reason: 'Am Telefon verhört',
    replacement: { contested: 'Ringstraße 4', correct: 'Ringstraße 5' },
  }
  const ofWrong = `${path}/${wrong?.id}/withdrawal`
  expect((await dpo.post(ofWrong, replacing)).status).toBe(403)
  expect((await clerk.post(ofWrong, { reason: ' ' })).status).toBe(400)
  expect((await clerk.post(`${path}/${randomUUID()}/withdrawal`, replacing)).status).toBe(404)
  const both = await Promise.all([clerk.post(ofWrong, replacing), clerk.post(ofWrong, replacing)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([204, 409])

  const by = wrong?.markedBy
  const [first, second, ...more] = await marks()
  expect(more).toEqual([])
  expect(first).toMatchObject({
    correct: 'Ringstraße 7',
    withdrawn: { by, reason: 'Am Telefon verhört', replaced: true },
  })
  expect(second).toMatchObject({ correct: 'Ringstraße 5', messageId: null, withdrawn: null })
  expect((await clerk.post(`${path}/${second?.id}/withdrawal`, { reason: 'Zu Unrecht' })).status).toBe(204)
  expect((await marks())[1]?.withdrawn).toMatchObject({ by, reason: 'Zu Unrecht', replaced: false })

  const { pool } = office.database
  const { rows } = await pool.query<{ act: string }>(
    `select act from audit_entry where object_id = $1 and act like 'correction-%' order by id`,
    [id],
  )
  expect(rows.map(({ act }) => act)).toEqual([
    'correction-marked',
    'correction-marked',
    'correction-withdrawn',
    'correction-withdrawn',
  ])
  const { rowCount } = await pool.query(`select from correction where withdrawal_sealed like '%Unrecht%'`)
  expect(rowCount).toBe(0)
  await expect(
    pool.query('update correction set withdrawn_at = now() where conversation_id = $1', [id]),
  ).rejects.toThrow('stays as it was made')
  await expect(
    pool.query('update correction set withdrawn_at = null where conversation_id = $1', [id]),
  ).rejects.toThrow('stays as it was made')
})
