import { randomUUID } from 'node:crypto'
import { elsewhereWays } from '@buergerdraht/contract'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  answerElsewhere,
  beginGeneration,
  buildIndex,
  closeConversation,
  listConversations,
  listLostAnswers,
  listMessages,
  readConversation,
  searchConversations,
  sendQueuedReplies,
  sendReply,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk, refusalOf } from './desk.ts'
import { refusedWith } from './provider.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  return () => desk.close()
})
beforeEach(() => desk.test.setNow(minutesAfter(noon, 10)))

let citizens = 100
function citizen(): string {
  citizens += 1
  return `491713923${citizens}`
}
function byPhone(more: Partial<Parameters<typeof answerElsewhere>[3]> = {}) {
  return { clientId: randomUUID(), way: 'phone', ...more } as const
}
function at(minutes: number): string {
  return minutesAfter(noon, minutes).toISOString()
}
async function waitingSince(id: string): Promise<string | null> {
  return (await readConversation(desk.office, desk.yilmaz, id)).waitingSince
}

test('whoever was rung waits no more, nothing is sent, and it stands in the thread as what it was', async () => {
  const { office, yilmaz, provider } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const asked = provider.asked.length
  desk.test.reminders.length = 0
  const noted = await answerElsewhere(office, yilmaz, id, byPhone({ text: 'Bis 18 Uhr geöffnet.' }))
  expect(noted).toMatchObject({
    direction: 'outbound',
    kind: 'elsewhere',
    status: 'elsewhere',
    text: 'Bis 18 Uhr geöffnet.',
    details: { kind: 'elsewhere', way: 'phone' },
    sentAt: at(10),
    author: { displayName: 'Frau Yılmaz' },
    statusAt: { sent: null, delivered: null, read: null, failed: null },
  })
  expect(await readConversation(office, yilmaz, id)).toMatchObject({
    waitingSince: null,
    unreadCount: 0,
    assignee: { displayName: 'Frau Yılmaz' },
    lastMessage: { id: noted.id, kind: 'elsewhere', status: 'elsewhere', text: 'Bis 18 Uhr geöffnet.' },
  })
  await sendQueuedReplies(office, id)
  expect(desk.test.reminders).toEqual([])
  expect(provider.asked.length).toBe(asked)
  const { items } = await listConversations(office, yilmaz, { status: 'open', order: 'waiting', limit: 100 })
  expect(items.find((one) => one.id === id)?.waitingSince).toBeNull()
  const { rows } = await office.pool.query(
    `select facts from audit_entry where object_id = $1 and act = 'answered'`,
    [id],
  )
  expect(rows).toEqual([{ facts: { elsewhere: 'phone' } }])
})

test.each(elsewhereWays)(
  'somebody can be answered by %s, with nothing noted of what was said',
  async (way) => {
    const { office, yilmaz } = desk
    const id = await desk.citizenWrites({ from: citizen() })
    const noted = await answerElsewhere(office, yilmaz, id, { clientId: randomUUID(), way })
    expect(noted).toMatchObject({ kind: 'elsewhere', text: null, details: { way } })
    expect(await waitingSince(id)).toBeNull()
  },
)

test('the words are sealed, and found like any other', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const { id: messageId } = await answerElsewhere(
    office,
    yilmaz,
    id,
    byPhone({ text: 'Kastanienfällung genehmigt' }),
  )
  const row = await office.prisma.message.findUniqueOrThrow({ where: { id: messageId } })
  expect(Buffer.from(row.contentSealed ?? []).toString('latin1')).not.toContain('Kastanien')
  async function found(): Promise<string[]> {
    const { items } = await searchConversations(office, yilmaz, {
      q: 'Kastanienfällung',
      status: 'all',
      limit: 10,
    })
    return items.map((one) => one.id)
  }
  expect(await found()).toEqual([id])
  await office.pool.query('delete from search_entry where id = $1', [messageId])
  expect(await found()).toEqual([])
  await beginGeneration(office)
  await buildIndex(office, new AbortController().signal)
  expect(await found()).toEqual([id])
})

describe('when it was', () => {
  test('a minute that is said takes in all that was written in it, and nothing later', async () => {
    const { office, yilmaz } = desk
    const from = citizen()
    const id = await desk.citizenWrites({ from, at: new Date('2026-11-16T12:03:40Z') })
    await desk.citizenWrites({ from, text: 'Noch etwas', at: minutesAfter(noon, 6) })
    const noted = await answerElsewhere(office, yilmaz, id, byPhone({ at: at(3) }))
    expect(noted.sentAt).toBe('2026-11-16T12:03:59.999Z')
    expect(await waitingSince(id)).toBe(at(6))
    const { items } = await listMessages(office, yilmaz, id, { limit: 10 })
    expect(items.filter(({ kind }) => kind !== 'system').map(({ kind }) => kind)).toEqual([
      'text',
      'elsewhere',
      'text',
    ])
    // What was said last is still said last.
    expect((await readConversation(office, yilmaz, id)).lastMessage).toMatchObject({ text: 'Noch etwas' })
    await answerElsewhere(office, yilmaz, id, byPhone({ at: at(6) }))
    expect(await waitingSince(id)).toBeNull()
  })

  test('it is not ahead, and not before anybody wrote', async () => {
    const { office, yilmaz } = desk
    const id = await desk.citizenWrites({ from: citizen(), at: minutesAfter(noon, 4) })
    for (const [minutes, fault] of [
      [11, 'in-the-future'],
      [3, 'before-first-message'],
    ] as const) {
      const refused = await answerElsewhere(office, yilmaz, id, byPhone({ at: at(minutes) })).catch(
        (error: unknown) => error,
      )
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ path: 'at', fault }] })
    }
    expect(await waitingSince(id)).toBe(at(4))
    expect((await answerElsewhere(office, yilmaz, id, byPhone({ at: at(10) }))).sentAt).toBe(at(10))
  })

  test('what its author had not seen stays without an answer', async () => {
    const { office, yilmaz } = desk
    const from = citizen()
    const id = await desk.citizenWrites({ from })
    const [first] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
    await desk.citizenWrites({ from, text: 'Noch etwas', at: minutesAfter(noon, 5) })
    await answerElsewhere(office, yilmaz, id, byPhone({ seenUpTo: first?.statementId ?? '' }))
    expect(await waitingSince(id)).toBe(at(5))
    expect((await readConversation(office, yilmaz, id)).unreadCount).toBe(1)
  })
})

test('the same answer ten times is one; with other words it is refused', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const answer = byPhone({ text: 'Ja.' })
  const noted = await Promise.all(
    Array.from({ length: 10 }, () => answerElsewhere(office, yilmaz, id, answer)),
  )
  expect(new Set(noted.map((one) => one.id)).size).toBe(1)
  expect(await office.prisma.message.count({ where: { conversationId: id, kind: 'elsewhere' } })).toBe(1)
  expect(await refusalOf(answerElsewhere(office, yilmaz, id, { ...answer, way: 'sms' }))).toBe(
    'client-id-reused',
  )
  expect(await refusalOf(sendReply(office, yilmaz, id, { clientId: answer.clientId, text: 'Ja.' }))).toBe(
    'client-id-reused',
  )
})

test('whoever could not be reached in the chat and was rung is no lost answer any more', async () => {
  const { office, yilmaz, provider } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Kommt nicht an.' })
  provider.next(refusedWith(131026))
  await sendQueuedReplies(office, id)
  async function isLost(): Promise<boolean> {
    const { items } = await listLostAnswers(office, yilmaz)
    return items.some(({ conversationId }) => conversationId === id)
  }
  expect([await isLost(), await waitingSince(id)]).toEqual([true, noon.toISOString()])
  desk.test.setNow(minutesAfter(noon, 11))
  await answerElsewhere(office, yilmaz, id, byPhone())
  expect([await isLost(), await waitingSince(id)]).toEqual([false, null])
})

test('a colleague who was answering reads of it first', async () => {
  const { office, yilmaz, brandt } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const [seen] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  await answerElsewhere(office, brandt, id, byPhone())
  const reply = { clientId: randomUUID(), text: 'Ja.', seenUpTo: seen?.statementId ?? '' }
  expect(await refusalOf(sendReply(office, yilmaz, id, reply))).toBe('answered-meanwhile')
})

test('it is of an open matter of one’s own team', async () => {
  const { office, yilmaz, okafor, admin } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  expect(await refusalOf(answerElsewhere(office, okafor, id, byPhone()))).toBe('not-found')
  expect(await refusalOf(answerElsewhere(office, admin, id, byPhone()))).toBe('not-found')
  await closeConversation(office, yilmaz, id, noFile)
  expect(await refusalOf(answerElsewhere(office, yilmaz, id, byPhone()))).toBe('conversation-closed')
})
