import { newId } from '@buergerdraht/office'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { change, payload, wireTime } from '../../../../testing/webhook-payload.ts'
import { waitingSql } from '../../src/conversations/waiting.ts'
import { listConversations } from '../../src/index.ts'
import { type Desk, minutesAfter, noon, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

type Happening = {
  readonly who: 'citizen' | 'office' | 'app' | 'system'
  /** Minutes after noon, by WhatsApp's clock. */
  readonly at: number
  /** It edits or revokes the citizen's message at this place. */
  readonly of?: number
  /** The place of the newest that our author had seen; left out: stored before that was noted. */
  readonly seen?: number
  /** What became of our answer; left out: it was accepted. */
  readonly state?: 'queued' | 'sending' | 'unknown' | 'failed'
  readonly failed?: number
  readonly delivered?: number
}

function says(at: number): Happening {
  return { who: 'citizen', at }
}
function edits(of: number, at: number): Happening {
  return { who: 'citizen', at, of }
}
function answers(at: number, more: Partial<Happening> = {}): Happening {
  return { who: 'office', at, ...more }
}
function app(at: number, more: Partial<Happening> = {}): Happening {
  return { who: 'app', at, ...more }
}
const line: Happening = { who: 'system', at: 30 }

/** What happened, in the order of arrival; up to which place somebody has read; since which minute the citizen waits; how much is unread. */
const table: readonly (readonly [string, readonly Happening[], number | null, number | null, number])[] = [
  ['a question', [says(1)], null, 1, 1],
  ['two questions wait since the first', [says(1), says(2)], null, 1, 2],
  ['a question that was read still waits', [says(1)], 0, 1, 0],
  ['sent first, arrived last', [says(5), says(1)], 0, 1, 1],
  ['an accepted answer', [says(1), answers(2, { seen: 0 })], 0, null, 0],
  ['an answer that is queued', [says(1), answers(2, { seen: 0, state: 'queued' })], 0, 1, 0],
  ['an answer that is being sent', [says(1), answers(2, { seen: 0, state: 'sending' })], 0, 1, 0],
  ['an answer nobody knows about', [says(1), answers(2, { seen: 0, state: 'unknown' })], 0, 1, 0],
  ['an answer that was refused', [says(1), answers(2, { seen: 0, state: 'failed', failed: 2 })], 0, 1, 0],
  ['an answer that failed hours later', [says(1), answers(2, { seen: 0, failed: 300 })], 0, 1, 0],
  [
    'a failure that a delivery disproves',
    [says(1), answers(2, { seen: 0, failed: 3, delivered: 4 })],
    0,
    null,
    0,
  ],
  ['a failure after a delivery', [says(1), answers(2, { seen: 0, failed: 5, delivered: 4 })], 0, 1, 0],
  [
    'two answers, one failed',
    [says(1), answers(2, { seen: 0, failed: 3 }), answers(3, { seen: 0 })],
    0,
    null,
    0,
  ],
  ['a lost answer, then a question', [says(1), answers(2, { seen: 0, failed: 9 }), says(3)], 0, 1, 1],
  [
    'a lost answer to what a later one answered',
    [says(1), answers(2, { seen: 0, failed: 9 }), says(3), answers(4, { seen: 2 })],
    2,
    null,
    0,
  ],
  [
    'a lost answer to what came after another',
    [says(1), answers(2, { seen: 0 }), says(3), answers(4, { seen: 2, failed: 5 })],
    2,
    3,
    0,
  ],
  ['a question its author had not seen', [says(1), says(2), answers(3, { seen: 0 })], 0, 2, 1],
  ['one sent before the answer, seen by nobody', [says(2), answers(3, { seen: 0 }), says(1)], 0, 1, 1],
  ['a question after the answer', [says(1), answers(2, { seen: 0 }), says(3)], 0, 3, 1],
  ['an answer from before that was noted', [says(1), answers(2)], 0, null, 0],
  ['and a question after it', [says(1), answers(2), says(3)], 0, 3, 1],
  ['an answer from the app', [says(1), app(2)], 0, null, 0],
  ['one from the app that arrives late', [says(3), app(1)], 0, 3, 0],
  ['a question that arrives after a later one from the app', [says(1), app(5), says(3)], 0, null, 1],
  ['one from the app that failed', [says(1), app(2, { failed: 4 })], 0, 1, 0],
  ['an edit after the answer', [says(1), answers(2, { seen: 0 }), edits(0, 3)], 0, 3, 1],
  ['an edit after an answer from the app', [says(1), app(2), edits(0, 3)], 0, 3, 1],
  ['an edit that the author had seen', [says(1), edits(0, 2), answers(3, { seen: 1 })], 1, null, 0],
  ['an edit that the author had not seen', [says(1), edits(0, 2), answers(3, { seen: 0 })], 0, 2, 1],
  ['an edit of what has no answer is the same message', [says(1), edits(0, 3)], null, 1, 1],
  ['a line of the system says nothing', [line], null, null, 0],
  ['nor does one after the answer', [says(1), answers(2, { seen: 0 }), line], 0, null, 0],
]

function when(minute: number | undefined): Date | null {
  return minute === undefined ? null : minutesAfter(noon, minute)
}

let people = 0
/** Stores what happened with ids in that order. */
async function store(happenings: readonly Happening[], read: number | null, change: 'edited' | 'revoked') {
  people += 1
  const { office, channelId } = desk
  const id = await desk.citizenWrites({ from: `491713930${100 + people}` })
  await office.pool.query('delete from message where conversation_id = $1', [id])
  const ids = happenings.map(() => newId(noon))
  for (const [n, { who, at, of, seen, state, failed, delivered }] of happenings.entries()) {
    if (of !== undefined) {
      const changed = change === 'edited' ? { editedAt: when(at) } : { revokedAt: when(at) }
      await office.prisma.message.update({
        where: { id: ids[of] ?? '' },
        data: { ...changed, statementId: ids[n] ?? '' },
      })
      continue
    }
    const ours = who === 'office' || who === 'app'
    await office.prisma.message.create({
      data: {
        id: ids[n] ?? '',
        conversationId: id,
        channelId,
        direction: ours ? 'outbound' : 'inbound',
        kind: who === 'system' ? 'system' : 'text',
        sentAt: minutesAfter(noon, at),
        receivedAt: noon,
        fromApp: who === 'app',
        sendState: ours ? (state ?? 'accepted') : null,
        answersUpTo: seen === undefined ? null : (ids[seen] ?? ''),
        failedAt: when(failed),
        deliveredAt: when(delivered),
      },
    })
  }
  // As wrong as can be: it does not depend on what stood there.
  await office.pool.query(
    'update conversation set waiting_since = $2, unread_count = 77, read_up_to = $3 where id = $1',
    [id, minutesAfter(noon, 99), read === null ? null : ids[read]],
  )
  return id
}

async function found(conversationId: string) {
  await desk.office.pool.query(waitingSql, [[conversationId]])
  const { waitingSince, unreadCount } = await desk.office.prisma.conversation.findUniqueOrThrow({
    where: { id: conversationId },
  })
  const since = waitingSince === null ? null : (waitingSince.getTime() - noon.getTime()) / 60_000
  return { since, unread: unreadCount }
}

test.each(table)('%s', async (_, happenings, read, since, unread) => {
  const changes = happenings.some(({ of }) => of !== undefined)
  for (const change of changes ? (['edited', 'revoked'] as const) : (['edited'] as const)) {
    const id = await store(happenings, read, change)
    expect(await found(id)).toEqual({ since, unread })
    await desk.office.pool.query(
      `update conversation set state = 'closed', closed_at = now() where id = $1`,
      [id],
    )
    expect((await found(id)).since).toBeNull()
  }
})

test('whoever tries to call waits, unread and announced, in a matter of their own where there is none', async () => {
  const from = '491713931999'
  const call = { id: 'wacid.1', from, timestamp: wireTime(minutesAfter(noon, 1)), event: 'connect' }
  await desk.test.deliver(
    desk.channelId,
    payload([{ ...change({ contacts: [{ wa_id: from }], calls: [call] }), field: 'calls' }]),
  )
  const { items } = await listConversations(desk.office, desk.yilmaz, {
    status: 'open',
    order: 'waiting',
    limit: 100,
  })
  const called = items.find(({ lastMessage }) => lastMessage?.kind === 'system')
  expect(called).toMatchObject({
    waitingSince: minutesAfter(noon, 1).toISOString(),
    unreadCount: 1,
    lastMessage: { event: 'call-attempted', sentAt: minutesAfter(noon, 1).toISOString() },
  })
  expect(await found(called?.id ?? '')).toEqual({ since: 1, unread: 1 })
  const heard = await desk.office.prisma.liveEvent.findMany({
    where: { conversationId: called?.id ?? '', inbound: true },
  })
  expect(heard.map(({ type }) => type)).toEqual(['message.stored'])
})

test('what changes nothing writes nothing', async () => {
  const id = await store([says(1), says(2)], 0, 'edited')
  const first = await desk.office.pool.query(waitingSql, [[id]])
  const second = await desk.office.pool.query(waitingSql, [[id]])
  expect([first.rowCount, second.rowCount]).toEqual([1, 0])
})
