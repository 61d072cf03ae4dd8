import type { AuditEntry, Channel, Conversation, Message } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
let auditor: Visitor
let admin: Visitor

beforeAll(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
  auditor = await office.signIn('auditor')
  admin = await office.signIn('admin')
  await office.database.pool.query(`insert into team (name) values ('Anderswo')`)
})
afterAll(() => office.close())

type Matter = { readonly id: string; readonly citizen: string }
let citizens = 0
/** A conversation of its own, of a citizen who has not written before. */
async function newMatter(words = 'Guten Tag.'): Promise<Matter> {
  citizens += 1
  const citizen = `4917139800${10 + citizens}`
  // By its words: WhatsApp's time has whole seconds, in which others write too.
  const text = `${words} Vorgang ${citizens}.`
  await office.citizenWrites(citizen, text)
  await office.settled()
  const { body } = await clerk.get<{ items: Conversation[] }>('/conversations?status=all&order=latest')
  const own = body.items.find(({ lastMessage }) => lastMessage?.text === text)
  expect(own).toBeDefined()
  return { id: own?.id ?? '', citizen }
}

async function entries(query: string): Promise<AuditEntry[]> {
  const { status, body } = await auditor.get<{ items: AuditEntry[] }>(`/audit/events?${query}`)
  expect(status).toBe(200)
  return body.items
}
/** What was recorded while this was done, oldest first. */
async function recordedBy(work: () => Promise<unknown>): Promise<AuditEntry[]> {
  const [newest] = await entries('limit=1')
  await work()
  const found = await entries('limit=100')
  return found.filter((one) => BigInt(one.id) > BigInt(newest?.id ?? 0)).toReversed()
}
async function self(visitor: Visitor): Promise<{ id: string; role: string }> {
  const { body } = await visitor.get<{ account: { id: string; role: string } }>('/session')
  return { id: body.account.id, role: body.account.role }
}
function read({ id }: Matter) {
  return clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)
}
function take({ id }: Matter) {
  return clerk.put(`/conversations/${id}/assignee`, { assignee: 'me', expected: null })
}
async function giveBack({ id }: Matter) {
  const me = (await self(clerk)).id
  return clerk.put(`/conversations/${id}/assignee`, { assignee: null, expected: me })
}
function close({ id }: Matter) {
  return clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })
}
function answer({ id }: Matter, text: string) {
  return clerk.post(`/conversations/${id}/messages`, { clientId: crypto.randomUUID(), text })
}
/** Until everything that was recorded is sealed. */
async function allSealed(): Promise<void> {
  await vi.waitFor(async () => {
    const { body } = await auditor.get<{ waiting: { count: number } }>('/audit')
    expect(body.waiting.count).toBe(0)
  }, 120_000)
}
/** The citizen sends a picture. @returns its id, once it can be opened */
async function newPicture(matter: Matter): Promise<string> {
  const picture =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await fetch(`${office.simulator.url}/citizens/${matter.citizen}/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ base64: picture, mediaType: 'image/png', kind: 'image', fileName: 'vogel.png' }),
  })
  return vi.waitFor(async () => {
    const { body } = await read(matter)
    const ready = body.items.flatMap(({ attachments }) => attachments).find(({ state }) => state === 'ready')
    expect(ready).toBeDefined()
    return ready?.id ?? ''
  }, 120_000)
}
/** Until the index has it: that the one conversation with this word is found. */
async function searchFor(q: string) {
  await vi.waitFor(async () => {
    const { body } = await clerk.post<{ items: unknown[] }>('/conversations/search', { q })
    expect(body.items).toHaveLength(1)
  }, 120_000)
}
/** With a wrong password and as nobody, then rightly, and out again. */
async function signInAndOut() {
  const login = office.demo.logins.find(({ role }) => role === 'clerk')
  const visitor = new Visitor(office.baseUrl)
  await visitor.signIn(login?.email ?? '', 'falsch')
  await visitor.signIn('niemand@example.org', 'falsch')
  await visitor.signIn(login?.email ?? '', login?.password ?? '')
  await visitor.delete('/session')
}

describe('an act leaves its entry', () => {
  test.each<[string, (matter: Matter) => Promise<unknown>, object, ...before: (typeof close)[]]>([
    ['reading a conversation', read, { act: 'conversation-read' }],
    ['the number shown', ({ id }) => clerk.post(`/conversations/${id}/number`), { act: 'number-shown' }],
    ['taking it', take, { act: 'conversation-claimed' }],
    ['giving it back', giveBack, { act: 'conversation-handed-over', facts: {} }, take],
    ['closing', close, { act: 'conversation-closed' }],
    [
      'opening it again',
      ({ id }) => clerk.post(`/conversations/${id}/reopen`, {}),
      { act: 'conversation-reopened' },
      close,
    ],
  ])('%s', async (_name, work, expected, ...before) => {
    const matter = await newMatter()
    for (const step of before) await step(matter)
    const found = await recordedBy(async () => {
      expect(await work(matter)).toMatchObject({ status: expect.toSatisfy((status) => status < 300) })
    })
    expect(found).toEqual([
      expect.objectContaining({
        cluster: 'DA13',
        actor: await self(clerk),
        object: { kind: 'conversation', id: matter.id },
        ...expected,
      }),
    ])
  })

  test('answering, and taking by it', async () => {
    const matter = await newMatter()
    const found = await recordedBy(() => answer(matter, 'Er ist hier.'))
    expect(found.map(({ act }) => act)).toEqual(['answered'])
  })

  test('searching says how much was found, and not what was sought', async () => {
    await newMatter('Mein Wellensittich ist entflogen.')
    const found = await recordedBy(() => searchFor('Wellensittich'))
    expect(found[0]?.act).toBe('conversations-searched')
    expect(found.at(-1)?.facts).toEqual({ hits: 1 })
    expect(JSON.stringify(found)).not.toContain('Wellensittich')
  })

  test('a file opened leaves one, a download each time', async () => {
    await office.database.pool.query(`update office_setting set download_roles = '{clerk}'`)
    const attachment = await newPicture(await newMatter())
    const found = await recordedBy(async () => {
      for (const _ of [1, 2, 3])
        expect((await clerk.get(`/attachments/${attachment}/content`)).status).toBe(200)
      for (const _ of [1, 2])
        await clerk.get(`/attachments/${attachment}/content?download=true&reason=filing`)
    })
    const opened = found.filter(({ act }) => act === 'file-opened')
    // Three times it was opened; five minutes of the clock may end in between.
    expect([1, 2]).toContain(opened.length)
    expect(found.slice(opened.length).map(({ act }) => act)).toEqual(['file-downloaded', 'file-downloaded'])
    expect(found.at(-1)?.facts).toEqual({
      reason: 'filing',
      mark: expect.stringMatching(/^bd-[0-9a-f]{8}$/),
    })
    expect(found[0]?.object).toEqual({ kind: 'attachment', id: attachment })
  })

  test('one message of it, asked for alone', async () => {
    const matter = await newMatter()
    const { rows } = await office.database.pool.query<{ id: string }>(
      'select id from message where conversation_id = $1',
      [matter.id],
    )
    const found = await recordedBy(() => clerk.get(`/conversations/${matter.id}/messages/${rows[0]?.id}`))
    expect(found).toMatchObject([
      { act: 'conversation-read', object: { kind: 'conversation', id: matter.id } },
    ])
  })

  test('a reaction, which citizens see, and a notice about their identity that is put away', async () => {
    const matter = await newMatter()
    const { rows } = await office.database.pool.query<{ id: string }>(
      `update contact set identity_notice = 'number-changed' where id = (select contact_id from conversation where id = $1)
         returning (select id from message where conversation_id = $1) as id`,
      [matter.id],
    )
    const path = `/conversations/${matter.id}`
    const found = await recordedBy(async () => {
      for (const _ of [1, 2])
        expect((await clerk.put(`${path}/messages/${rows[0]?.id}/reaction`, { emoji: '👍' })).status).toBe(
          200,
        )
      for (const _ of [1, 2])
        expect((await clerk.post(`${path}/identity-notice/acknowledge`)).status).toBe(200)
    })
    const object = { kind: 'conversation', id: matter.id }
    expect(found).toMatchObject([
      { act: 'answered', object, facts: { reaction: true } },
      { act: 'identity-acknowledged', object, facts: {} },
    ])
  })

  test('what is somebody else’s or not there at all, once for each however often it is asked for', async () => {
    const { id } = await newMatter()
    const { pool } = office.database
    const { rows } = await pool.query<{ id: string }>(
      `update conversation set team_id = (select id from team where name = 'Anderswo') where id = $1 returning id`,
      [id],
    )
    expect(rows).toHaveLength(1)
    const nothing = '0193F000-0000-7000-8000-00000000000A'
    const noFile = '0193f000-0000-7000-8000-00000000000b'
    const found = await recordedBy(async () => {
      for (const asked of [id, nothing, id, nothing, id, nothing])
        expect((await clerk.get(`/conversations/${asked}/messages`)).status).toBe(404)
      expect((await clerk.get(`/attachments/${noFile}/content`)).status).toBe(404)
    })
    const actor = await self(clerk)
    for (const one of found)
      expect(one).toMatchObject({ act: 'refused', cluster: 'DA12', actor, facts: { reason: 'not-found' } })
    expect(new Set(found.map(({ object }) => `${object?.kind} ${object?.id}`))).toEqual(
      new Set([`conversation ${id}`, `conversation ${nothing.toLowerCase()}`, `attachment ${noFile}`]),
    )
    // Five minutes of the clock may end in between.
    expect(found.length).toBeLessThanOrEqual(5)
  })

  test('what is refused, to whom', async () => {
    const { id } = await newMatter()
    const found = await recordedBy(() => admin.get(`/conversations/${id}/messages`))
    expect(found).toMatchObject([
      { act: 'refused', cluster: 'DA12', actor: await self(admin), facts: { asked: 'answer-citizens' } },
    ])
  })

  test('a channel that is changed: what, and never to which secret', async () => {
    const { body: channels } = await admin.get<{ items: Channel[] }>('/channels')
    const made = await admin.post<Channel>('/channels', {
      name: 'Zweite Nummer',
      vendor: '360dialog',
      team: channels.items[0]?.team.id,
      phoneNumberId: '300000000000077',
      wabaId: null,
      displayPhoneNumber: '493023125077',
      baseUrl: channels.items[0]?.baseUrl,
      credentials: { apiKey: 'zweiter-schluessel', verifyToken: 'pruefwort-zwei' },
    })
    const found = await recordedBy(async () => {
      const { status } = await admin.ask('PATCH', `/api/v1/channels/${made.body.id}`, {
        body: { state: 'disabled', credentials: { verifyToken: 'geheimes-geheimnis' } },
      })
      expect(status).toBe(200)
    })
    expect(found).toMatchObject([
      {
        act: 'proposed',
        object: { kind: 'channel', id: made.body.id },
        facts: { kind: 'change-channel-account', credentials: true, address: false },
      },
      {
        act: 'channel-changed',
        object: { kind: 'channel', id: made.body.id },
        facts: { state: 'disabled' },
      },
    ])
    expect(JSON.stringify(found)).not.toContain('geheimes')
  })

  test('signing in and out, and failing to, with the network it came from', async () => {
    const account = await self(clerk)
    const found = await recordedBy(signInAndOut)
    expect(found).toMatchObject([
      {
        act: 'sign-in-failed',
        actor: null,
        object: { kind: 'account', id: account.id },
        facts: { reason: 'wrong-credentials' },
        network: '127.0.0.1',
      },
      { act: 'sign-in-failed', actor: null, object: null },
      { act: 'signed-in', actor: account, network: '127.0.0.1' },
      { act: 'signed-out', actor: account },
    ])
  })
})

test('showing again who one is, and ending one’s other sessions', async () => {
  const login = office.demo.logins.find(({ role }) => role === 'clerk')
  await office.signIn('clerk')
  const found = await recordedBy(async () => {
    await clerk.ask('POST', '/api/v1/session/step-up', { body: { password: 'falsch' } })
    await clerk.ask('POST', '/api/v1/session/step-up', { body: { password: login?.password } })
    await clerk.ask('DELETE', '/api/v1/session/others')
  })
  expect(found).toMatchObject([
    {
      act: 'step-up-failed',
      actor: await self(clerk),
      facts: { reason: 'wrong-credentials' },
      network: '127.0.0.1',
    },
    { act: 'stepped-up', actor: await self(clerk), facts: { secondFactor: false }, network: '127.0.0.1' },
    { act: 'sessions-ended', actor: await self(clerk) },
  ])
})

test('nothing in it is about a citizen', async () => {
  const matter = await newMatter('Guten Tag, mein Kanarienvogel ist entflogen.')
  const attachment = await newPicture(matter)
  expect((await clerk.get(`/attachments/${attachment}/content`)).status).toBe(200)
  await searchFor('Kanarienvogel')
  expect((await answer(matter, 'Er ist hier.')).status).toBe(201)
  await signInAndOut()
  await allSealed()
  const { body: lines } = await auditor.get<string>('/audit/export?format=jsonl')
  const { body: csv } = await auditor.get<string>('/audit/export?format=csv')
  for (const exported of [lines, csv]) {
    for (const act of [
      'conversation-read',
      'file-opened',
      'conversations-searched',
      'answered',
      'sign-in-failed',
    ])
      expect(exported).toContain(act)
    expect(exported).not.toMatch(/Kanarienvogel|491713980\d\d\d|vogel\.png|example\.org|Er ist hier/)
  }
})

test('the worker seals it, and signs when it stops', async () => {
  const { body: before } = await auditor.get<{ sealed: number }>('/audit')
  await signInAndOut()
  await vi.waitFor(async () => {
    const { body } = await auditor.get<{ waiting: { count: number }; sealed: number }>('/audit')
    expect(body.waiting.count).toBe(0)
    expect(body.sealed).toBeGreaterThanOrEqual(before.sealed + 4)
  }, 120_000)
  await office.stopWorker()
  const { body } = await auditor.get<{
    sealed: number
    checkpoint: { size: number } | null
    verifierKey: string
  }>('/audit')
  expect(body.checkpoint?.size).toBe(body.sealed)
  expect(body.verifierKey).toMatch(/^buergerdraht\/audit\/[0-9a-f-]{36}\+[0-9a-f]{8}\+/)
  await office.startWorker()
})
