import { randomUUID } from 'node:crypto'
import type { Conversation } from '@buergerdraht/contract'
import { transaction } from '@buergerdraht/office'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
let lead: Visitor
let stranger: Visitor
beforeAll(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
  lead = await office.signIn('team-lead')
  stranger = await office.signIn('clerk', 1)
})
afterAll(() => office.close())

type Draft = { draft: { text: string; replyTo: { id: string } | null; attachments: unknown[] } | null }

async function writes(identity: string, words: string): Promise<Conversation> {
  await office.citizenWrites(identity, words)
  await office.settled()
  const { body } = await clerk.get<{ items: Conversation[] }>('/conversations?order=latest')
  const found = body.items.find(({ lastMessage }) => lastMessage?.text === words)
  if (found === undefined) throw new Error('It is not in the list.')
  return found
}
async function draftOf(visitor: Visitor, id: string) {
  return (await visitor.get<Draft>(`/conversations/${id}/draft`)).body.draft
}
async function draftedBy(visitor: Visitor): Promise<string[]> {
  const { body } = await visitor.get<{ items: { conversationId: string }[] }>('/drafts')
  return body.items.map(({ conversationId }) => conversationId)
}
function save(visitor: Visitor, id: string, text: string, replyTo: string | null = null) {
  return visitor.put(`/conversations/${id}/draft`, { text, replyTo, attachments: [] })
}

test('a draft is its author’s, sealed, and there after the session has ended', async () => {
  const { id, lastMessage } = await writes('491713950011', 'Eine Frage.')
  const words = 'Kanarienvogelentwurf'
  expect((await save(clerk, id, words, lastMessage?.id)).status).toBe(204)
  expect(await draftOf(clerk, id)).toMatchObject({ text: words, replyTo: { id: lastMessage?.id } })
  expect(await draftedBy(clerk)).toContain(id)
  expect(await draftOf(lead, id)).toBeNull()
  expect(await draftedBy(lead)).not.toContain(id)
  for (const answer of [await stranger.get(`/conversations/${id}/draft`), await save(stranger, id, 'x')]) {
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
  }
  const { rows } = await office.database.pool.query('select * from draft where conversation_id = $1', [id])
  expect(rows).toHaveLength(1)
  expect(Buffer.from(rows[0].content_sealed).includes(words)).toBe(false)
  await office.database.pool.query('delete from session')
  clerk = await office.signIn('clerk')
  lead = await office.signIn('team-lead')
  stranger = await office.signIn('clerk', 1)
  expect((await draftOf(clerk, id))?.text).toBe(words)
})

test('what was sent comes back with the draft until it is stored, whichever was first', async () => {
  const { id } = await writes('491713950029', 'Und noch eine.')
  const content = { replyTo: null, attachments: [] }
  const unsent = [randomUUID(), randomUUID()].map((clientId, index) => ({
    clientId,
    text: `Antwort ${index}`,
    ...content,
  }))
  async function keep() {
    const body = { text: 'Entwurf', ...content, unsent }
    expect((await clerk.put(`/conversations/${id}/draft`, body)).status).toBe(204)
  }
  async function send(index: number) {
    const { clientId, text } = unsent[index] ?? {}
    expect((await clerk.post(`/conversations/${id}/messages`, { clientId, text })).status).toBe(201)
  }
  await keep()
  expect((await draftOf(clerk, id))?.text).toBe('Antwort 0\n\nAntwort 1\n\nEntwurf')
  await send(0)
  expect((await draftOf(clerk, id))?.text).toBe('Antwort 1\n\nEntwurf')
  await send(1)
  // A page that was closed meanwhile did not know that both are there.
  await keep()
  expect((await draftOf(clerk, id))?.text).toBe('Entwurf')
  await clerk.put(`/conversations/${id}/draft`, { text: '', ...content, unsent })
  expect(await draftOf(clerk, id)).toBeNull()
  expect(await draftedBy(clerk)).not.toContain(id)
})

test('the newest counts; an empty one is none; what was sent is none, what was written beside it stays', async () => {
  const { id } = await writes('491713950022', 'Noch eine Frage.')
  for (const words of ['eins', 'zwei', 'drei']) await save(clerk, id, words)
  expect((await draftOf(clerk, id))?.text).toBe('drei')
  await save(clerk, id, '')
  expect(await draftOf(clerk, id)).toBeNull()
  function send(text: string) {
    return clerk.post(`/conversations/${id}/messages`, { clientId: randomUUID(), text })
  }
  await save(clerk, id, 'Donnerstags. ')
  await save(lead, id, 'Donnerstags.')
  expect((await send('Donnerstags.')).status).toBe(201)
  expect(await draftOf(clerk, id)).toBeNull()
  expect((await draftOf(lead, id))?.text).toBe('Donnerstags.')
  await save(clerk, id, 'Etwas anderes')
  await send('Freitags.')
  expect((await draftOf(clerk, id))?.text).toBe('Etwas anderes')
  expect((await save(clerk, id, 'x'.repeat(60_000))).status).toBe(400)
})

test('whoever answers what nobody has taken takes it, and the office can turn that off', async () => {
  function send(visitor: Visitor, id: string) {
    return visitor.post(`/conversations/${id}/messages`, { clientId: randomUUID(), text: 'Gern.' })
  }
  async function holder(id: string) {
    return (await clerk.get<Conversation>(`/conversations/${id}`)).body.assignee?.displayName ?? null
  }
  const name = (await clerk.get<{ account: { displayName: string } }>('/session')).body.account.displayName
  const first = await writes('491713950033', 'Wer ist zuständig?')
  await send(clerk, first.id)
  await send(lead, first.id)
  expect(await holder(first.id)).toBe(name)
  const { body } = await clerk.get<{ items: { details: { kind: string; event: string } | null }[] }>(
    `/conversations/${first.id}/messages`,
  )
  expect(body.items.filter(({ details }) => details?.event === 'claimed')).toHaveLength(1)

  const admin = await office.signIn('admin')
  expect((await admin.get('/office-settings')).body).toMatchObject({ answeringTakes: true })
  expect((await clerk.get('/office-settings')).status).toBe(403)
  const off = await admin.ask('PATCH', '/api/v1/office-settings', { body: { answeringTakes: false } })
  expect(off.body).toMatchObject({ answeringTakes: false })
  const second = await writes('491713950044', 'Und wer dafür?')
  await send(clerk, second.id)
  expect(await holder(second.id)).toBeNull()
  await admin.ask('PATCH', '/api/v1/office-settings', { body: { answeringTakes: true } })
})

test('what was closed by mistake is opened again, waits as before, and says who did it and why', async () => {
  const { id, waitingSince } = await writes('491713950055', 'Bitte nicht vergessen.')
  await clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })
  const reopened = await clerk.post<Conversation>(`/conversations/${id}/reopen`, { reason: 'Verklickt' })
  expect(reopened).toMatchObject({
    status: 200,
    body: { status: 'open', closedAt: null, waitingSince, earlier: [], answeredIn: null },
  })
  const { body } = await clerk.get<{ items: { details: unknown }[] }>(`/conversations/${id}/messages`)
  expect(body.items[0]?.details).toMatchObject({ event: 'reopened', reason: 'Verklickt' })
  // Somebody else was quicker: it is what one asked for.
  expect((await lead.post(`/conversations/${id}/reopen`)).status).toBe(200)

  await clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })
  const next = await writes('491713950055', 'Ein neues Anliegen.')
  expect(next.id).not.toBe(id)
  const answer = await clerk.post(`/conversations/${id}/reopen`)
  expect(answer).toMatchObject({ status: 409, body: { code: 'other-conversation-open' } })
  const read = await clerk.get(`/conversations/${next.id}`)
  expect(read.body).toMatchObject({ earlier: [{ id, closedAt: expect.any(String) }], answeredIn: null })
  expect((await clerk.get(`/conversations/${id}`)).body).toMatchObject({ answeredIn: next.id })
  // Where the new one belongs to another team, whoever may not see it is not led there.
  const { rows } = await office.database.pool.query<{ id: string }>(
    `select id from team where id <> (select team_id from conversation where id = $1)`,
    [next.id],
  )
  await office.database.pool.query('update conversation set team_id = $1 where id = $2', [
    rows[0]?.id,
    next.id,
  ])
  expect((await clerk.get(`/conversations/${id}`)).body).toMatchObject({ answeredIn: null })
})

test('reopening and a new message at the same moment leave one open matter, each time', async () => {
  for (let round = 0; round < 8; round += 1) {
    const identity = `4917139600${10 + round}`
    const { id, contact } = await writes(identity, `Frage der Runde ${round}`)
    await clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })
    const [answer] = await Promise.all([
      clerk.post<{ code?: string }>(`/conversations/${id}/reopen`),
      office.citizenWrites(identity, `Nachtrag der Runde ${round}`),
    ])
    await office.settled()
    expect([200, 409]).toContain(answer.status)
    const { rows } = await office.database.pool.query(
      `select id from conversation where contact_id = $1 and state = 'open'`,
      [contact.id],
    )
    expect(rows).toHaveLength(1)
  }
})

test('a message that arrives while its person’s matter is being opened again waits for that, and nobody is refused', async () => {
  const { id, contact } = await writes('491713960029', 'Ist das erledigt?')
  const closed = await clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })
  expect(closed.status).toBe(200)
  const { pool } = office.database
  const isWaiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%contact%'`
  await transaction(pool, async ({ client }) => {
    // Who looks first for a deadlock is refused: not the worker, which would try again.
    await client.query(`set local deadlock_timeout = '10ms'`)
    await client.query('select from contact where id = $1 for update', [contact.id])
    await office.citizenWrites('491713960029', 'Doch nicht.')
    await expect.poll(async () => (await pool.query(isWaiting)).rowCount).toBe(1)
    await client.query(
      `update conversation set state = 'open', closed_at = null, due_at = null, waits_for = 'CASE_CLOSED', filing = 'UNDECIDED' where id = $1`,
      [id],
    )
  })
  await office.settled()
  const { rows } = await pool.query(`select id from conversation where contact_id = $1`, [contact.id])
  expect(rows).toEqual([{ id }])
})

test('what is marked as unread is so for everybody, until somebody reads it', async () => {
  const { id } = await writes('491713950066', 'Später ansehen.')
  const { body } = await clerk.get<{ items: { statementId: string }[] }>(`/conversations/${id}/messages`)
  async function unread() {
    return (await lead.get<Conversation>(`/conversations/${id}`)).body.unreadCount
  }
  await clerk.post(`/conversations/${id}/read`, { upTo: body.items[0]?.statementId })
  expect(await unread()).toBe(0)
  expect((await clerk.post(`/conversations/${id}/unread`)).status).toBe(204)
  expect(await unread()).toBe(1)
  await clerk.post(`/conversations/${id}/read`, { upTo: body.items[0]?.statementId })
  expect(await unread()).toBe(0)
})
