import type { AuditEntry, Conversation, Message } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
let auditor: Visitor
let admin: Visitor
let id: string

beforeAll(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
  auditor = await office.signIn('auditor')
  admin = await office.signIn('admin')
  await office.citizenWrites('491713980011', 'Guten Tag, mein Kanarienvogel ist entflogen.')
  await office.settled()
  const { body } = await clerk.get<{ items: Conversation[] }>('/conversations')
  id = body.items[0]?.id ?? ''
})
afterAll(() => office.close())

async function entries(query: string): Promise<AuditEntry[]> {
  const { status, body } = await auditor.get<{ items: AuditEntry[] }>(`/audit/entries?${query}`)
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
function path(rest: string): string {
  return `/api/v1/conversations/${id}${rest}`
}

describe('an act leaves its entry', () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      'reading a conversation',
      () => clerk.get(`/conversations/${id}/messages`),
      { act: 'conversation-read' },
    ],
    ['the number shown', () => clerk.ask('POST', path('/number')), { act: 'number-shown' }],
    [
      'taking it',
      () => clerk.ask('PUT', path('/assignee'), { body: { assignee: 'me', expected: null } }),
      { act: 'conversation-claimed' },
    ],
    [
      'giving it back',
      async () => {
        const me = (await self(clerk)).id
        return clerk.ask('PUT', path('/assignee'), { body: { assignee: null, expected: me } })
      },
      { act: 'conversation-handed-over', facts: {} },
    ],
    ['closing', () => clerk.ask('POST', path('/close'), { body: {} }), { act: 'conversation-closed' }],
    [
      'opening it again',
      () => clerk.ask('POST', path('/reopen'), { body: {} }),
      { act: 'conversation-reopened' },
    ],
  ])('%s', async (_name, work, expected) => {
    const found = await recordedBy(work)
    expect(found).toEqual([
      expect.objectContaining({
        cluster: 'DA13',
        actor: await self(clerk),
        object: { kind: 'conversation', id },
        ...expected,
      }),
    ])
  })

  test('answering, and taking by it', async () => {
    const found = await recordedBy(() =>
      clerk.ask('POST', path('/messages'), { body: { clientId: crypto.randomUUID(), text: 'Er ist hier.' } }),
    )
    expect(found.map(({ act }) => act)).toEqual(['answered'])
    await office.settled()
  })

  test('searching says how much was found, and not what was sought', async () => {
    const body = { q: 'Kanarienvogel' }
    const [found, ...more] = await recordedBy(async () => {
      await vi.waitFor(async () => {
        const { body: page } = await clerk.ask<{ items: unknown[] }>('POST', '/api/v1/conversations/search', {
          body,
        })
        expect(page.items).toHaveLength(1)
      }, 30_000)
    })
    expect(found?.act).toBe('conversations-searched')
    expect([found, ...more].at(-1)?.facts).toEqual({ hits: 1 })
  })

  test('a file opened leaves one, a download each time', async () => {
    await office.database.pool.query(`update office_setting set download_roles = '{clerk}'`)
    const picture =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await fetch(`${office.simulator.url}/citizens/491713980011/media`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ base64: picture, mediaType: 'image/png', kind: 'image', fileName: 'vogel.png' }),
    })
    await office.settled()
    const attachment = await vi.waitFor(async () => {
      const { body } = await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)
      const ready = body.items
        .flatMap(({ attachments }) => attachments)
        .find(({ state }) => state === 'ready')
      expect(ready).toBeDefined()
      return ready?.id ?? ''
    }, 30_000)
    const found = await recordedBy(async () => {
      for (const _ of [1, 2, 3])
        expect((await clerk.get(`/attachments/${attachment}/content`)).status).toBe(200)
      for (const _ of [1, 2])
        await clerk.get(`/attachments/${attachment}/content?download=true&reason=filing`)
    })
    expect(found.map(({ act }) => act)).toEqual(['file-opened', 'file-downloaded', 'file-downloaded'])
    expect(found[1]?.facts).toEqual({ reason: 'filing', mark: expect.stringMatching(/^bd-[0-9a-f]{8}$/) })
    expect(found[0]?.object).toEqual({ kind: 'attachment', id: attachment })
  })

  test('what is refused, to whom', async () => {
    const found = await recordedBy(() => admin.get(`/conversations/${id}/messages`))
    expect(found).toMatchObject([
      { act: 'refused', cluster: 'DA12', actor: await self(admin), facts: { asked: 'answer-citizens' } },
    ])
  })

  test('a channel that is changed: what, and never to which secret', async () => {
    const found = await recordedBy(async () => {
      const { status } = await admin.ask('PATCH', `/api/v1/channels/${office.demo.channel.id}`, {
        body: { state: 'disabled', credentials: { apiKey: 'geheimes-geheimnis' } },
      })
      expect(status).toBe(200)
    })
    expect(found).toMatchObject([
      {
        act: 'channel-changed',
        object: { kind: 'channel', id: office.demo.channel.id },
        facts: { state: 'disabled', credentials: true, address: false },
      },
    ])
    expect(JSON.stringify(found)).not.toContain('geheimes')
  })

  test('signing in and out, and failing to, with the network it came from', async () => {
    const login = office.demo.logins.find(({ role }) => role === 'clerk')
    const account = await self(clerk)
    const found = await recordedBy(async () => {
      const visitor = new Visitor(office.baseUrl)
      await visitor.signIn(login?.email ?? '', 'falsch')
      await visitor.signIn('niemand@example.org', 'falsch')
      await visitor.signIn(login?.email ?? '', login?.password ?? '')
      await visitor.ask('DELETE', '/api/v1/session')
    })
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
    await clerk.ask('POST', '/api/v1/session/step-up', { body: { password: login?.password } })
    await clerk.ask('DELETE', '/api/v1/session/others')
  })
  expect(found).toMatchObject([
    { act: 'stepped-up', actor: await self(clerk), facts: { secondFactor: false }, network: '127.0.0.1' },
    { act: 'sessions-ended', actor: await self(clerk) },
  ])
})

test('nothing in it is about a citizen', async () => {
  const { body: lines } = await auditor.get<string>('/audit/export?format=jsonl')
  const { body: csv } = await auditor.get<string>('/audit/export?format=csv')
  for (const exported of [lines, csv]) {
    expect(exported).toContain('conversation-read')
    expect(exported).not.toMatch(/Kanarienvogel|491713980011|vogel\.png|example\.org|Er ist hier/)
  }
})

test('the worker seals it, and signs when it stops', async () => {
  await vi.waitFor(async () => {
    const { body } = await auditor.get<{ waiting: { count: number }; sealed: number }>('/audit')
    expect(body.waiting.count).toBe(0)
    expect(body.sealed).toBeGreaterThan(10)
  }, 30_000)
  await office.stopWorker()
  const { body } = await auditor.get<{
    sealed: number
    checkpoint: { size: number } | null
    verifierKey: string
  }>('/audit')
  expect(body.checkpoint?.size).toBe(body.sealed)
  expect(body.verifierKey).toMatch(/^buergerdraht\/audit\/[0-9a-f-]{36}\+[0-9a-f]{8}\+/)
})
