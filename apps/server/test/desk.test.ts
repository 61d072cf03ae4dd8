import { randomUUID } from 'node:crypto'
import {
  type ChannelTemplate,
  type Conversation,
  type Endpoint,
  endpoints,
  type Message,
} from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
let lead: Visitor
let stranger: Visitor
let id: string
let messageId: string

type Counts = { readonly open: number; readonly waiting: number; readonly unread: number }

type Page<T> = {
  readonly items: T[]
  readonly nextCursor: string | null
}

beforeAll(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
  lead = await office.signIn('team-lead')
  stranger = await office.signIn('clerk', 1)
  const first = await writes('491713920011', 'Guten Tag, wann hat das Bürgeramt geöffnet?')
  id = first.id
  messageId = first.lastMessage?.id ?? ''
})
afterAll(() => office.close())

/** A citizen writes. @returns the conversation as the list shows it */
async function writes(citizen: string, text: string): Promise<Conversation> {
  await office.citizenWrites(citizen, text)
  await office.settled()
  const { body } = await clerk.get<Page<Conversation>>('/conversations')
  const found = body.items.find(({ lastMessage }) => lastMessage?.text === text)
  if (found === undefined) throw new Error('It is not in the list.')
  return found
}

async function messagesOf(conversationId: string): Promise<Message[]> {
  return (await clerk.get<Page<Message>>(`/conversations/${conversationId}/messages`)).body.items
}

/** Waits for what worker and provider do; ends with an error after a minute. */
async function until(reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('It did not come to that.')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

describe('a clerk of another team gets the answer of something that does not exist', () => {
  const bodies: Record<string, () => unknown> = {
    assignConversation: () => ({ assignee: 'me', expected: null }),
    markRead: () => ({ upTo: messageId }),
    saveDraft: () => ({ text: 'Hallo', replyTo: null, attachments: [] }),
    sendReply: () => ({ clientId: randomUUID(), text: 'Hallo' }),
    answerElsewhere: () => ({ clientId: randomUUID(), way: 'phone' }),
    decideMessage: () => ({ decision: 'leave', clientId: randomUUID() }),
    react: () => ({ emoji: '👍' }),
    closeConversation: () => ({ filing: { relevance: 'none' } }),
    decideFiling: () => ({ relevance: 'none' }),
    markCorrection: () => ({ contested: 'Hausnummer 4', correct: 'Hausnummer 5' }),
    withdrawCorrection: () => ({ reason: 'verwechselt' }),
    holdConversation: () => ({
      of: 'conversation',
      protection: { kind: 'restriction', reason: 'ART18_1A', reviewOn: '2099-01-04' },
    }),
  }
  const aboutConversations = Object.entries(endpoints).filter(([, { path }]) =>
    path.startsWith('/conversations/:id'),
  )
  function ask(visitor: Visitor, name: string, { method, path }: Endpoint, conversationId: string) {
    return visitor.ask(
      method,
      `/api/v1${path.replace(':id', conversationId).replace(':messageId', messageId).replace(':correctionId', randomUUID())}`,
      bodies[name] === undefined ? {} : { body: bodies[name]() },
    )
  }

  test.each(aboutConversations)('%s', async (name, endpoint) => {
    const foreign = await ask(stranger, name, endpoint, id)
    const missing = await ask(stranger, name, endpoint, randomUUID())
    for (const answer of [foreign, missing]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    }
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  })

  test('and finds nothing in lists and counts', async () => {
    expect((await stranger.get<Page<Conversation>>('/conversations?status=all')).body.items).toEqual([])
    for (const q of ['Bürgeramt', '+491713920011', '011', 'Erika']) {
      expect((await stranger.post<Page<Conversation>>('/conversations/search', { q })).body.items).toEqual([])
    }
    expect((await stranger.get('/counts')).body).toEqual({ open: 0, mine: 0, waiting: 0, unread: 0 })
  })
})

test('a citizen’s question is taken by one clerk, answered, delivered and read', async () => {
  const before = (await clerk.get<Counts>('/counts')).body
  const citizen = '491713920012'
  const question = await writes(citizen, 'Guten Tag, wann hat das Standesamt geöffnet?')
  const { id, lastMessage } = question
  expect(question).toMatchObject({ unreadCount: 1, assignee: null })
  const { open, waiting, unread } = before
  const during = (await clerk.get<Counts>('/counts')).body
  expect(during).toMatchObject({ open: open + 1, waiting: waiting + 1, unread: unread + 1 })
  function claim(visitor: Visitor) {
    return visitor.put(`/conversations/${id}/assignee`, { assignee: 'me', expected: null })
  }
  const answers = await Promise.all([claim(clerk), claim(lead)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])

  const reply = { clientId: randomUUID(), text: 'Donnerstags bis 18 Uhr.', replyTo: lastMessage?.id }
  const posted = await Promise.all(
    [1, 2, 3].map(() => clerk.post<Message>(`/conversations/${id}/messages`, reply)),
  )
  expect(posted.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(posted.map(({ body }) => body.id)).size).toBe(1)
  await until(async () =>
    (await messagesOf(id)).some((one) => one.status === 'read' || one.status === 'delivered'),
  )
  const received = await fetch(`${office.simulator.url}/citizens/${citizen}/messages`)
  const phone = JSON.stringify(await received.json())
  expect(phone.match(/Donnerstags bis 18 Uhr/g)).toHaveLength(1)
  const after = (await clerk.get<Counts>('/counts')).body
  expect(after).toMatchObject({ open: open + 1, waiting, unread })
})

test('an answer whose outcome nobody knows asks the clerk, and is not doubled on the citizen’s phone', async () => {
  await fetch(`${office.simulator.url}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api: { answer: 'hang-up-after-accept', times: 1 } }),
  })
  const sent = await clerk.post<Message>(`/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: 'Bitte mit Ausweis.',
  })
  // The provider had it: its status carries our id and settles the matter.
  await until(async () => {
    const message = (await messagesOf(id)).find((one) => one.id === sent.body.id)
    return message?.status === 'delivered' || message?.status === 'read'
  })
  await office.settled()
  const received = await fetch(`${office.simulator.url}/citizens/491713920011/messages`)
  expect(JSON.stringify(await received.json()).match(/Bitte mit Ausweis/g)).toHaveLength(1)
  await fetch(`${office.simulator.url}/faults`, { method: 'DELETE' })
})

test('bad input is named by field', async () => {
  const path = `/conversations/${id}/messages`
  const faults = [
    [{ clientId: 'x', text: 'a' }, 'clientId'],
    [{ clientId: randomUUID() }, 'text'],
    [{ clientId: randomUUID(), text: 'x'.repeat(4097) }, 'text'],
    [{ clientId: randomUUID(), text: 'a', attachments: ['nope'] }, 'attachments.0'],
  ] as const
  for (const [body, field] of faults) {
    const answer = await clerk.post(path, body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input', fields: [{ path: field }] } })
  }
  const cursor = await clerk.get('/conversations?cursor=abc')
  expect(cursor).toMatchObject({ status: 400, body: { fields: [{ path: 'cursor' }] } })
  const empty = await clerk.get('/conversations?status=&team=&assignee=&q=&cursor=&limit=')
  expect(empty.body).toEqual((await clerk.get('/conversations')).body)
})

test('what is searched for travels in a body, never in an address', async () => {
  const refused = await clerk.get('/conversations?q=Hecke')
  expect(refused).toMatchObject({
    status: 400,
    body: {
      code: 'search-in-address',
      message:
        'Was gesucht wird, gehört nicht in eine Adresse. Gesucht wird mit POST /api/v1/conversations/search.',
    },
  })
  const found = await clerk.post<Page<Conversation>>('/conversations/search', { q: 'Bürgeramt' })
  expect(found).toMatchObject({
    status: 200,
    body: { items: [{ id }], nextCursor: null, indexedSince: null },
  })
  const empty = await clerk.post<Page<Conversation>>('/conversations/search', { q: ' ' })
  expect(empty).toMatchObject({ status: 200, body: { items: [], nextCursor: null } })
  const long = await clerk.post('/conversations/search', { q: 'x'.repeat(201) })
  expect(long).toMatchObject({ status: 400, body: { fields: [{ path: 'q' }] } })
})

test('there is no way to write to somebody first', () => {
  const writing = Object.values(endpoints).filter(
    ({ method, path }) => method === 'POST' && !path.includes(':'),
  )
  // Where one shows who one is, where those who work here are kept, and where what was written is deleted, no citizen is written to.
  const ofStaff =
    /^\/(session|sign-in-ways|linked-identity|second-factors|invitations|people|teams|emergency-access|audit|retention|deletion-runs|workbench|holds|restrictions|standing-approvals|subject-requests|archive|archive-offers|restore)(\/|$)/
  expect(
    writing
      .map(({ path }) => path)
      .filter((path) => !ofStaff.test(path))
      .toSorted(),
  ).toEqual(['/attachments', '/channels', '/conversations/search'])
})

describe('templates', () => {
  type Templates = { readonly items: ChannelTemplate[]; readonly readAt: string | null }
  type Offered = { readonly items: { readonly name: string; readonly parameters: string[] }[] }

  // The worker reads them from the provider by itself.
  beforeAll(() =>
    until(async () => (await clerk.get<Offered>(`/conversations/${id}/templates`)).body.items.length === 3),
  )

  test('are read from the provider by themselves, offered with their words, and sent by list or by name', async () => {
    const { items } = (await clerk.get<Offered>(`/conversations/${id}/templates`)).body
    expect(Object.fromEntries(items.map(({ name, parameters }) => [name, parameters]))).toEqual({
      dokument_abholbereit: ['header.1', '1', '2', '3', 'button0.1'],
      rueckfrage_offen: [],
      unterlagen_fehlen: ['name', 'unterlage', 'frist'],
    })
    const sent = await clerk.post<Message>(`/conversations/${id}/messages`, {
      clientId: randomUUID(),
      template: {
        name: 'unterlagen_fehlen',
        language: 'de',
        parameters: { frist: '12. Dezember', name: 'Frau M.', unterlage: 'die Geburtsurkunde' },
      },
    })
    expect(sent).toMatchObject({ status: 201, body: { kind: 'template' } })
    expect(sent.body.text).toContain(
      'fehlt uns noch: die Geburtsurkunde. Bitte schicken Sie sie bis 12. Dezember.',
    )
    await office.settled()
    const phone = await fetch(`${office.simulator.url}/citizens/491713920011/messages`)
    const received = (await phone.json()) as { items: { text: string }[] }
    expect(received.items.at(-1)?.text).toBe(sent.body.text)
  })

  test.each([
    ['de', 'Höchstens 1024 Zeichen.', 'Keine Zeilenumbrüche'],
    ['en', 'At most 1024 characters.', 'No line breaks'],
  ])(
    'a value that is too long or has a line break is refused by its name: %s',
    async (language, long, broken) => {
      async function refused(parameters: unknown) {
        const body = {
          clientId: randomUUID(),
          template: { name: 'unterlagen_fehlen', language: 'de', parameters },
        }
        const headers = { 'accept-language': language }
        const answer = await clerk.ask('POST', `/api/v1/conversations/${id}/messages`, { body, headers })
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
        return answer.body.fields
      }
      const values = { frist: '12. Dezember', name: 'Frau M.', unterlage: 'die Geburtsurkunde' }
      expect(await refused({ ...values, unterlage: 'x'.repeat(2000) })).toEqual([
        { path: 'template.parameters.unterlage', message: long },
      ])
      expect(await refused(['Frau M.', 'x'.repeat(2000), 'morgen'])).toEqual([
        { path: 'template.parameters.1', message: long },
      ])
      expect(await refused({ ...values, frist: 'heute\nmorgen' })).toMatchObject([
        { path: 'template.parameters.frist', message: expect.stringContaining(broken) },
      ])
    },
  )

  test('a new one is submitted, approved by the provider, and offered; one that the provider drops is not', async () => {
    const admin = await office.signIn('admin')
    const path = `/channels/${office.demo.channel.id}/templates`
    const draft = { name: 'sprechstunde', text: 'Am {{1}} ist Sprechstunde.', examples: ['Montag'] }
    expect(await admin.post(path, { ...draft, examples: [] })).toMatchObject({ status: 400 })
    expect(await admin.post(path, { ...draft, text: 'Am {{2}}' })).toMatchObject({ status: 400 })
    const submitted = await admin.post<Templates>(path, draft)
    expect(submitted.status).toBe(201)
    expect(submitted.body.items.find(({ name }) => name === 'sprechstunde')?.status).toBe('pending')
    expect(await admin.post(path, draft)).toMatchObject({ status: 409, body: { code: 'template-exists' } })
    await until(async () => {
      const { body } = await admin.get<Templates>(path)
      return body.items.some(({ name, status }) => name === 'sprechstunde' && status === 'approved')
    })
    await fetch(`${office.simulator.url}/v1/configs/templates/sprechstunde`, {
      method: 'DELETE',
      headers: { 'd360-api-key': office.simulator.office.apiKey },
    })
    const read = await admin.post<Templates>(`${path}/refresh`)
    expect(read.body.items.find(({ name }) => name === 'sprechstunde')?.status).toBe('deleted')
    const late = await clerk.post(`/conversations/${id}/messages`, {
      clientId: randomUUID(),
      template: { name: 'sprechstunde', language: 'de', parameters: ['Montag'] },
    })
    expect(late).toMatchObject({ status: 409, body: { code: 'template-not-usable' } })
    expect(await clerk.get(path)).toMatchObject({ status: 403 })
  })
})
