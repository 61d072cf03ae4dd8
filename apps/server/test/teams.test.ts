import { randomUUID } from 'node:crypto'
import { type Endpoint, endpoints, rolesFor } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
/** Of the conversation's team, and of another. */
let own: Visitor
let foreign: Visitor
let ids: Readonly<Record<'id' | 'messageId' | 'attachmentId' | 'requestId' | 'correctionId', string>>

const all = endpoints as Readonly<Record<string, Endpoint>>
const words = 'Die Hecke am Spielplatz ist zu hoch.'

beforeAll(async () => {
  office = await StoryOffice.prepare()
  await office.startApi()
  await office.startWorker()
  await office.citizenWrites('491713920011', words)
  await office.settled()
  const { pool } = office.database
  const { rows } = await pool.query<{ id: string; message_id: string; team_id: string }>(
    'select c.id, m.id as message_id, c.team_id from conversation c join message m on m.conversation_id = c.id',
  )
  const [found] = rows
  if (found === undefined) throw new Error('The message did not arrive.')
  const attachmentId = randomUUID()
  await pool.query(
    `insert into attachment (id, conversation_id, message_id, kind, media_type, created_at) values ($1, $2, $3, 'image', 'image/png', now())`,
    [attachmentId, found.id, found.message_id],
  )
  const requestId = randomUUID()
  await pool.query(
    `insert into data_subject_request (id, kind, contact_id, conversation_id, opened_by, opened_role, received_at, due_at)
     select $1, 'ACCESS', contact_id, id, $3, 'clerk', now(), now() + interval '1 month' from conversation where id = $2`,
    [requestId, found.id, randomUUID()],
  )
  const correctionId = randomUUID()
  await pool.query(
    `insert into correction (id, conversation_id, content_sealed, marked_by, marked_at) values ($1, $2, '', $3, now())`,
    [correctionId, found.id, randomUUID()],
  )
  ids = { id: found.id, messageId: found.message_id, attachmentId, requestId, correctionId }
  own = await office.signIn('clerk')
  foreign = await office.signIn('team-lead')
  // Each in one team: the first in the conversation's, the other in another.
  const [elsewhere] = (
    await pool.query<{ id: string }>('select id from team where id <> $1 limit 1', [found.team_id])
  ).rows
  for (const [visitor, teamId] of [
    [own, found.team_id],
    [foreign, elsewhere?.id ?? ''],
  ] as const) {
    const { body } = await visitor.get<{ account: { id: string } }>('/session')
    await pool.query('delete from team_member where account_id = $1', [body.account.id])
    await pool.query('insert into team_member (account_id, team_id) values ($1, $2)', [
      body.account.id,
      teamId,
    ])
  }
})
afterAll(() => office.close())

/** A request that would do something, for every endpoint that takes one. */
const bodies: Record<string, () => object> = {
  assignConversation: () => ({ assignee: 'me', expected: null }),
  markRead: () => ({ upTo: ids.messageId }),
  reopenConversation: () => ({}),
  saveDraft: () => ({ text: 'Guten Tag', replyTo: null, attachments: [] }),
  closeConversation: () => ({ filing: { relevance: 'none' } }),
  decideFiling: () => ({ relevance: 'none' }),
  holdConversation: () => ({
    of: 'conversation',
    protection: { kind: 'restriction', reason: 'ART18_1A', reviewOn: '2099-01-04' },
  }),
  openRequest: () => ({ conversationId: ids.id, kind: 'erasure' }),
  confirmIdentity: () => ({ way: 'IN_PERSON' }),
  choosePart: () => ({ everything: true, seen: null }),
  closeRequest: () => ({ personInformed: true }),
  decideCopyParts: () => ({
    items: [{ part: 'ab'.repeat(32), begins: 0, ends: 1, blacked: true, seen: null }],
  }),
  sendErasureLetter: () => ({ clientId: randomUUID() }),
  markCorrection: () => ({ contested: 'Hausnummer 4', correct: 'Hausnummer 5' }),
  withdrawCorrection: () => ({ reason: 'verwechselt' }),
  answerElsewhere: () => ({ clientId: randomUUID(), way: 'phone' }),
  decideMessage: () => ({ decision: 'leave', clientId: randomUUID() }),
  react: () => ({ emoji: '👍' }),
  sendReply: () => ({ clientId: randomUUID(), text: 'Guten Tag' }),
  showPresence: () => ({ conversationId: ids.id, writing: true }),
}

function pathOf({ path }: Endpoint): string {
  const values: Record<string, string> = {
    ':id': path.startsWith('/attachments')
      ? ids.attachmentId
      : path.startsWith('/subject-requests')
        ? ids.requestId
        : ids.id,
    ':messageId': ids.messageId,
    ':correctionId': ids.correctionId,
    ':tabId': randomUUID(),
    ':page': '1',
  }
  return `/api/v1${path.replace(/:\w+/g, (name) => values[name] ?? name)}`
}

function ask(visitor: Visitor, name: string, endpoint: Endpoint) {
  const body = bodies[name]?.()
  return visitor.ask(endpoint.method, pathOf(endpoint), body === undefined ? {} : { body })
}

/** Whatever leads to one thing of staff's. */
const single = Object.entries(all).filter(
  ([, { path, access }]) =>
    access !== 'public' &&
    access !== 'signed-in' &&
    rolesFor(access).includes('clerk') &&
    rolesFor(access).length < 6 &&
    path.includes(':'),
)

describe.each(single)('%s', (name, endpoint) => {
  test('has a request that would do something', () => {
    expect(bodies[name] !== undefined).toBe(typeof endpoint.body === 'object')
  })

  test('does not know what is another team’s', async () => {
    const answer = await ask(foreign, name, endpoint)
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(JSON.stringify(answer.body)).not.toContain('Hecke')
  })
})

const lists = [
  '/conversations?status=all&order=latest',
  '/counts',
  '/drafts',
  '/lost-answers',
  '/presences',
  '/workbench/candidates',
  '/workbench/tidying-days',
  '/subject-requests',
]
test.each(lists)('%s holds nothing of another team', async (path) => {
  const { status, body } = await foreign.get(path)
  expect(status).toBe(200)
  expect(JSON.stringify(body)).not.toContain(ids.id)
})

test('a search finds nothing of another team, by word, name or full number', async () => {
  for (const q of ['Hecke', '491713920011', '0011']) {
    const { status, body } = await foreign.post<{ items: unknown[] }>('/conversations/search', {
      q,
      status: 'all',
      limit: 30,
    })
    expect({ status, items: body.items }).toEqual({ status: 200, items: [] })
  }
})

test('whoever is of the team finds it all', async () => {
  for (const name of [
    'readConversation',
    'listMessages',
    'readMessage',
    'listTemplates',
    'readDraft',
    'readNumber',
  ] as const) {
    expect(await ask(own, name, all[name] as Endpoint)).toMatchObject({ status: 200 })
  }
  expect(JSON.stringify((await own.get('/conversations?status=all&order=latest')).body)).toContain(words)
})

test.each(['records', 'dpo', 'admin', 'auditor'] as const)(
  '%s finds no content in any answer',
  async (role) => {
    const visitor = await office.signIn(role)
    for (const [, endpoint] of Object.entries(all)) {
      if (endpoint.method !== 'GET' || endpoint.path === '/events') continue
      const { body } = await visitor.ask('GET', pathOf(endpoint))
      for (const canary of ['Hecke', '491713920011', '3920011'])
        expect(JSON.stringify(body)).not.toContain(canary)
    }
    const metrics = await (await fetch(`${office.baseUrl}/metrics`)).text()
    for (const canary of ['Hecke', '491713920011', ids.id]) expect(metrics).not.toContain(canary)
    for (const canary of ['Hecke', '491713920011']) expect(office.logLines.join()).not.toContain(canary)
    // Neither api nor worker has asked the database for what it may not.
    expect(office.logLines.filter((line) => line.includes('42501'))).toEqual([])
  },
)
