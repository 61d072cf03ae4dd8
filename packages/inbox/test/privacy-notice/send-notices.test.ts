import { randomUUID } from 'node:crypto'
import { change } from '@buergerdraht/office'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { webhook, wireTime } from '../../../../testing/webhook-payload.ts'
import {
  changeChannel,
  changingOfPrivacyNotice,
  closeConversation,
  decideMessage,
  listConversations,
  listLostAnswers,
  listMessages,
  readConversation,
  readPrivacyNotice,
  searchConversations,
  sendNotices,
  sendQueuedReplies,
  sendReply,
  sweepReplies,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk, refusalOf } from '../desk/desk.ts'
import { type Behaviour, refusedWith } from '../desk/provider.ts'
import { approveNotice } from './notice.ts'

const never = new AbortController().signal
const now = minutesAfter(noon, 1)
let desk: Desk
let version: number
/** What the version in force says; each test has one of its own. */
let text: string

beforeAll(async () => {
  desk = await openDesk()
  return () => desk.close()
})
beforeEach(async () => {
  desk.test.setNow(now)
  await changeChannel(desk.office, desk.admin, desk.channelId, { state: 'enabled' })
  // What an earlier test has left is sent, so that this one finds its own.
  await sendNotices(desk.office, never)
  text = `Zum Datenschutz ${randomUUID()}`
  version = await approveNotice(desk.office, { text, easyText: `Leicht: ${text}` })
})

let citizens = 100
function somebody(): string {
  citizens += 1
  return `491713921${citizens}`
}

/** The worker sends the notices and then what is queued, as it does all day. */
async function work(conversationId: string): Promise<void> {
  await sendNotices(desk.office, never)
  await sendQueuedReplies(desk.office, conversationId)
}
function onPhone(): (string | undefined)[] {
  return desk.provider.asked.flatMap((one) => (one.text?.body.includes(text) === true ? [one.text.body] : []))
}
type Evidence = {
  readonly version: number
  readonly variant: string
  readonly send_state: string | null
  readonly delivered_at: Date | null
  readonly failed_at: Date | null
  readonly message_id: string | null
  readonly next_try_at: Date | null
}
async function evidenceOf(conversationId: string): Promise<Evidence[]> {
  const { rows } = await desk.office.pool.query<Evidence>(
    `select e.version, e.variant, e.send_state, e.delivered_at, e.failed_at, e.message_id, e.next_try_at from privacy_notice_evidence e
     join conversation c on c.contact_id = e.contact_id where c.id = $1 order by e.version, e.variant desc`,
    [conversationId],
  )
  return rows
}
async function noticeIn(conversationId: string) {
  const { items } = await listMessages(desk.office, desk.yilmaz, conversationId, { limit: 50 })
  const notice = items.find(({ details }) => details?.kind === 'system' && details.event === 'privacy-notice')
  if (notice === undefined) expect.fail('no notice in the thread')
  return notice
}

describe('whoever writes for the first time', () => {
  test('is told once, on the one way on which replies are sent, and it is noted what became of it', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from, text: 'Guten Tag' })
    expect(await evidenceOf(id)).toMatchObject([{ version, variant: 'plain', message_id: null }])
    await work(id)
    await desk.citizenWrites({ from, text: 'Noch etwas', at: minutesAfter(noon, 1) })
    await work(id)
    expect(onPhone()).toEqual([text])

    const { id: messageId } = await noticeIn(id)
    const own = desk.provider.idOf(messageId) ?? ''
    await desk.status('delivered', own, now)
    expect(await evidenceOf(id)).toEqual([
      {
        version,
        variant: 'plain',
        send_state: 'accepted',
        delivered_at: now,
        failed_at: null,
        message_id: messageId,
        next_try_at: null,
      },
    ])
  })

  test('sees it as a message, and the clerk as a line of the system that answers nothing', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from, text: 'Wann haben Sie offen?' })
    const before = await readConversation(desk.office, desk.yilmaz, id)
    await work(id)
    expect(await noticeIn(id)).toMatchObject({
      kind: 'system',
      direction: 'outbound',
      text,
      author: null,
      status: 'accepted',
      details: { event: 'privacy-notice', by: null, notice: version },
    })
    const conversation = await readConversation(desk.office, desk.yilmaz, id)
    expect(conversation).toEqual(before)
    expect(conversation).toMatchObject({
      waitingSince: noon.toISOString(),
      unreadCount: 1,
      lastMessage: { direction: 'inbound', text: 'Wann haben Sie offen?' },
      assignee: null,
    })
    const list = await listConversations(desk.office, desk.yilmaz, {
      order: 'waiting',
      status: 'open',
      limit: 200,
    })
    expect(list.items.map((one) => one.id)).toContain(id)
  })

  test('is found by nothing that it says', async () => {
    const word = `Quittenmus${citizens}`
    version = await approveNotice(desk.office, { text: `${word} ${text}` })
    const id = await desk.citizenWrites({ from: somebody(), text: 'Hallo' })
    await work(id)
    expect(onPhone()).toHaveLength(1)
    const found = await searchConversations(desk.office, desk.yilmaz, { q: word, status: 'all', limit: 20 })
    expect(found.items).toEqual([])
  })

  test('is told once, however many work and however often the provider repeats', async () => {
    const people = Array.from({ length: 6 }, () => ({ from: somebody(), id: `wamid.${randomUUID()}` }))
    const ids = await Promise.all(people.map((one) => desk.citizenWrites(one)))
    for (const one of people) await desk.citizenWrites({ ...one, text: 'wiederholt' })
    await Promise.all([1, 2, 3, 4].map(() => sendNotices(desk.office, never)))
    await Promise.all([...ids, ...ids].map((id) => sendQueuedReplies(desk.office, id)))
    expect(onPhone()).toHaveLength(people.length)
    for (const id of ids) expect(await evidenceOf(id)).toMatchObject([{ send_state: 'accepted' }])
  })

  test('is still owed it after the worker was killed in the act', async () => {
    const id = await desk.citizenWrites({ from: somebody() })
    const { rows } = await desk.office.pool.query<{ key_id: string }>(
      'select key_id from conversation where id = $1',
      [id],
    )
    const keys = Object.create(desk.office.keys, {
      get: {
        value: (keyId: string) => {
          if (keyId === rows[0]?.key_id) throw new Error('killed')
          return desk.office.keys.get(keyId)
        },
      },
    }) as typeof desk.office.keys
    await expect(sendNotices({ ...desk.office, keys }, never)).rejects.toThrow('killed')
    expect(await evidenceOf(id)).toMatchObject([{ message_id: null, next_try_at: now }])
    await work(id)
    expect(onPhone()).toHaveLength(1)
  })

  test('is told in German first; in easy language besides when they ask for it', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from, text: 'Guten Tag' })
    await work(id)
    await desk.citizenWrites({ from, text: 'LEICHT', at: now })
    await desk.citizenWrites({ from, text: 'Leicht!', at: now })
    await work(id)
    expect(onPhone()).toEqual([text, `Leicht: ${text}`])
    expect((await evidenceOf(id)).map(({ variant }) => variant)).toEqual(['plain', 'easy'])
  })

  test('hears nothing where the notice has no easy language', async () => {
    version = await approveNotice(desk.office, { text })
    const id = await desk.citizenWrites({ from: somebody(), text: 'LEICHT' })
    await work(id)
    expect(onPhone()).toEqual([text])
    expect(await evidenceOf(id)).toHaveLength(1)
  })
})

describe('a new version', () => {
  test('is sent with the next message of a person, not before', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from })
    await work(id)
    const later = `neu ${text}`
    const next = await approveNotice(desk.office, { text: later })
    await work(id)
    expect(onPhone()).toEqual([text])
    await desk.citizenWrites({ from, at: now })
    await work(id)
    expect(onPhone()).toEqual([text, later])
    expect(await evidenceOf(id)).toMatchObject([{ version }, { version: next }])
  })
})

test('who is still owed a version when another comes into force is sent that one', async () => {
  const { office } = desk
  const id = await desk.citizenWrites({ from: somebody() })
  const next = `neu ${text}`
  await office.pool.query(
    `insert into privacy_notice (version, draft, text, proposed_by, proposed_at) values ($1, '{}', $2, gen_random_uuid(), $3)`,
    [version + 1, next, now],
  )
  await change(office, (changing) =>
    changingOfPrivacyNotice().apply(changing, {
      payload: { notice: version + 1 },
      secret: null,
      at: now,
      proposedBy: desk.admin.accountId,
      approvedBy: desk.yilmaz.accountId,
      approverRole: 'dpo',
    }),
  )
  await work(id)
  expect(onPhone()).toEqual([next])
  expect(await evidenceOf(id)).toMatchObject([{ version: version + 1, send_state: 'accepted' }])
})

describe('who cannot be written to', () => {
  test('is told when the channel may send again, as long as they can be answered', async () => {
    const id = await desk.citizenWrites({ from: somebody() })
    await desk.office.pool.query(`update channel set state = 'stopped' where id = $1`, [desk.channelId])
    await work(id)
    const later = minutesAfter(now, 1)
    expect(await evidenceOf(id)).toMatchObject([{ message_id: null, next_try_at: later }])
    await changeChannel(desk.office, desk.admin, desk.channelId, { state: 'enabled' })
    await work(id)
    expect(onPhone()).toEqual([])
    desk.test.setNow(later)
    await work(id)
    expect(onPhone()).toEqual([text])
  })

  test('waits until they write again when the time for an answer has run out', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from })
    desk.test.setNow(minutesAfter(noon, 24 * 60))
    await work(id)
    expect(await evidenceOf(id)).toMatchObject([{ message_id: null, next_try_at: null }])
    await work(id)
    expect(onPhone()).toEqual([])
    // Data protection sees that somebody was not told.
    const dpo = await desk.viewer('dpo', [])
    expect((await readPrivacyNotice(desk.office, dpo)).told).toMatchObject({ underWay: 0, waiting: 1 })
    await desk.citizenWrites({ from, at: minutesAfter(noon, 24 * 60) })
    await work(id)
    expect(onPhone()).toEqual([text])
    expect(await evidenceOf(id)).toHaveLength(1)
  })

  test('is not written to when their matter was closed and restricted meanwhile', async () => {
    const id = await desk.citizenWrites({ from: somebody() })
    await closeConversation(desk.office, desk.yilmaz, id, noFile)
    await desk.office.pool.query('update conversation set restricted_at = $2 where id = $1', [id, now])
    await work(id)
    expect(onPhone()).toEqual([])
    expect(await evidenceOf(id)).toMatchObject([{ message_id: null, next_try_at: null }])
  })
})

describe('a notice that did not arrive', () => {
  test('is sent again with the next message when that is certain', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from })
    desk.provider.next(refusedWith(131026))
    await work(id)
    expect(await evidenceOf(id)).toMatchObject([{ send_state: 'failed', failed_at: now }])
    await work(id)
    expect(onPhone()).toHaveLength(1)
    await desk.citizenWrites({ from, at: now })
    await work(id)
    expect(onPhone()).toHaveLength(2)
    expect(await evidenceOf(id)).toMatchObject([{ send_state: 'accepted', failed_at: null }])
  })

  test('is never sent again when nobody knows', async () => {
    const from = somebody()
    const id = await desk.citizenWrites({ from })
    desk.provider.next({ does: 'hang-up' } satisfies Behaviour)
    await work(id)
    await desk.citizenWrites({ from, at: now })
    await sweepReplies(desk.office)
    await work(id)
    expect(onPhone()).toHaveLength(1)
    expect(await evidenceOf(id)).toMatchObject([{ send_state: 'unknown' }])
  })

  test('is nothing that a clerk has to decide about, and opens no closed matter', async () => {
    const id = await desk.citizenWrites({ from: somebody() })
    await work(id)
    const { id: messageId } = await noticeIn(id)
    await closeConversation(desk.office, desk.yilmaz, id, noFile)
    const own = desk.provider.idOf(messageId) ?? ''
    await desk.status('failed', own, now, { errors: [{ code: 131026 }] })
    const conversation = await readConversation(desk.office, desk.yilmaz, id)
    expect(conversation).toMatchObject({ status: 'closed', lostAnswers: 0 })
    expect(await evidenceOf(id)).toMatchObject([{ failed_at: now }])
    expect(
      await refusalOf(
        decideMessage(desk.office, desk.yilmaz, id, messageId, {
          decision: 'send-again',
          clientId: randomUUID(),
        }),
      ),
    ).toBe('not-decidable')
  })
})

test('an answer of a clerk is not refused because the notice went out, and a lost one stays lost beside it', async () => {
  const from = somebody()
  const id = await desk.citizenWrites({ from })
  const conversation = await readConversation(desk.office, desk.yilmaz, id)
  await work(id)
  desk.provider.next(refusedWith(131026))
  await sendReply(desk.office, desk.yilmaz, id, {
    clientId: randomUUID(),
    text: 'Gerne.',
    seenUpTo: conversation.lastMessage?.id ?? '',
  })
  await sendQueuedReplies(desk.office, id)
  desk.test.setNow(minutesAfter(now, 1))
  await approveNotice(desk.office, { text: `neu ${text}` })
  await desk.citizenWrites({ from, at: now })
  await work(id)
  expect(onPhone()).toHaveLength(2)
  expect((await listLostAnswers(desk.office, desk.yilmaz)).items.map((one) => one.conversationId)).toContain(
    id,
  )
})

test('two contacts that turn out to be one person have been told once', async () => {
  const { office, test: it } = desk
  const [number, userId] = [somebody(), `DE.${randomUUID().replaceAll('-', '')}`]
  const one = await desk.citizenWrites({ from: number })
  const other = await desk.citizenWrites({ from: undefined, userId } as Parameters<Desk['citizenWrites']>[0])
  await work(one)
  await work(other)
  expect(onPhone()).toHaveLength(2)
  await closeConversation(office, desk.yilmaz, other, noFile)
  const [{ message_id: kept } = { message_id: null }] = await evidenceOf(one)
  await desk.status('delivered', desk.provider.idOf(kept ?? '') ?? '', now)
  // A message with both is what makes them one.
  await it.deliver(
    desk.channelId,
    webhook({
      contacts: [{ wa_id: number, user_id: userId, profile: { name: 'Erika Mustermann' } }],
      messages: [
        {
          from: number,
          from_user_id: userId,
          id: `wamid.${randomUUID()}`,
          timestamp: wireTime(now),
          type: 'text',
          text: { body: 'Ich bin beide.' },
        },
      ],
    }),
  )
  const { rows } = await office.pool.query(
    'select e.message_id from privacy_notice_evidence e join contact c on c.id = e.contact_id join conversation v on v.contact_id = c.id where v.id = any($1::uuid[]) group by e.id',
    [[one, other]],
  )
  expect(rows).toEqual([{ message_id: kept }])
})

test('an office without a notice in force tells nobody anything', async () => {
  const bare = await openDesk()
  try {
    const id = await bare.citizenWrites()
    expect(await sendNotices(bare.office, never)).toBe(0)
    await sendQueuedReplies(bare.office, id)
    expect(bare.provider.asked).toEqual([])
    const { rowCount } = await bare.office.pool.query('select from privacy_notice_evidence')
    expect(rowCount).toBe(0)
  } finally {
    await bare.close()
  }
})
