import { randomUUID } from 'node:crypto'
import type { Viewer } from '@buergerdraht/office'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { webhook, wireTime } from '../../../../testing/webhook-payload.ts'
import {
  closeConversation,
  decideMessage,
  listConversations,
  listMessages,
  readConversation,
  reopenConversation,
  sendQueuedReplies,
  sendReply,
  sweepReplies,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk } from './desk.ts'
import { refusedWith } from './provider.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
beforeEach(() => desk.test.setNow(minutesAfter(noon, 5)))

let citizens = 0
type Matter = {
  readonly id: string
  readonly from: string
  readonly asked: string
  readonly answers: string[]
}

/** Somebody asks at noon, is answered, and the matter is closed; `accepted`: the provider has taken the answers by then. */
async function closedMatter({ answers = 1, accepted = true } = {}): Promise<Matter> {
  const { office, yilmaz } = desk
  citizens += 1
  const from = `491713940${100 + citizens}`
  const asked = `wamid.${randomUUID()}`
  const id = await desk.citizenWrites({ from, id: asked })
  const sent: string[] = []
  for (let n = 0; n < answers; n += 1) {
    const { id: answer } = await sendReply(office, yilmaz, id, {
      clientId: randomUUID(),
      text: `Antwort ${n}`,
    })
    sent.push(answer)
  }
  if (accepted) await sendQueuedReplies(office, id)
  await closeConversation(office, yilmaz, id, noFile)
  return { id, from, asked, answers: sent }
}
function read(id: string, viewer: Viewer = desk.yilmaz) {
  return readConversation(desk.office, viewer, id)
}
async function lines(id: string) {
  const { items } = await listMessages(desk.office, desk.yilmaz, id, { limit: 100 })
  return items.flatMap(({ details }) => (details?.kind === 'system' ? [details] : []))
}
async function waitingIds() {
  const { items } = await listConversations(desk.office, desk.yilmaz, {
    status: 'open',
    order: 'waiting',
    limit: 100,
  })
  return items.filter(({ waitingSince }) => waitingSince !== null).map(({ id }) => id)
}
function status(what: string, answer: string | undefined, minutes: number, more: object = {}) {
  const id = desk.provider.idOf(answer ?? '') ?? ''
  return desk.status(what, id, minutesAfter(noon, minutes), more)
}
function fails(answer: string | undefined, minutes = 10, code = 131026) {
  return status('failed', answer, minutes, { errors: [{ code, title: 'refused' }] })
}
function saidAbout(
  { from, asked }: Matter,
  what: 'edit' | 'revoke',
  minutes = 10,
  words = 'STOPP, bitte nicht',
) {
  const message = {
    id: `wamid.${randomUUID()}`,
    from,
    timestamp: wireTime(minutesAfter(noon, minutes)),
    type: what,
  }
  const changed =
    what === 'revoke'
      ? { revoke: { original_message_id: asked } }
      : { edit: { original_message_id: asked, message: { type: 'text', text: { body: words } } } }
  return { contacts: [{ wa_id: from, profile: { name: 'Erika' } }], messages: [{ ...message, ...changed }] }
}
async function attention(conversationId: string) {
  const rows = await desk.office.prisma.liveEvent.findMany({ where: { conversationId, inbound: true } })
  return rows.map(({ type }) => type)
}

test('an answer that fails after its matter was closed brings it back: open, waiting since the question, with the reason', async () => {
  const { id, answers } = await closedMatter()
  await fails(answers[0])
  expect(await read(id)).toMatchObject({
    status: 'open',
    closedAt: null,
    waitingSince: noon.toISOString(),
    unreadCount: 0,
    assignee: { displayName: 'Frau Yılmaz' },
  })
  expect((await lines(id))[0]).toMatchObject({ event: 'reopened', by: null, cause: 'not-delivered' })
  expect(await waitingIds()).toContain(id)
})

test('so does one that the provider refuses, and one of which nobody knows what became', async () => {
  const { office, provider } = desk
  const refused = await closedMatter({ accepted: false })
  provider.next(refusedWith(131047))
  await sendQueuedReplies(office, refused.id)
  expect(await read(refused.id)).toMatchObject({ status: 'open', waitingSince: noon.toISOString() })
  expect((await lines(refused.id))[0]).toMatchObject({ event: 'reopened', cause: 'not-delivered' })

  const uncertain = await closedMatter({ accepted: false })
  provider.next({ does: 'hang-up' })
  await sendQueuedReplies(office, uncertain.id)
  expect(await read(uncertain.id)).toMatchObject({ status: 'open', waitingSince: noon.toISOString() })
  expect((await lines(uncertain.id))[0]).toMatchObject({ event: 'reopened', cause: 'outcome-unknown' })

  const orphaned = await closedMatter({ accepted: false })
  await office.prisma.message.updateMany({
    where: { conversationId: orphaned.id, sendState: 'queued' },
    data: { sendState: 'sending', leasedAt: noon },
  })
  await sweepReplies(office)
  expect((await read(orphaned.id)).status).toBe('open')
  expect((await lines(orphaned.id))[0]).toMatchObject({ event: 'reopened', cause: 'outcome-unknown' })
})

test('a refusal that is tried again brings nothing back', async () => {
  const { id } = await closedMatter({ accepted: false })
  desk.provider.next(refusedWith(131000))
  await sendQueuedReplies(desk.office, id)
  expect((await read(id)).status).toBe('closed')
})

test.each([
  ['edit', 'edited'],
  ['revoke', 'revoked'],
] as const)(
  'a citizen’s %s after closing is unread, waiting since its own time, and published',
  async (what, cause) => {
    const matter = await closedMatter()
    const { id } = matter
    const before = await attention(id)
    await desk.test.deliver(desk.channelId, webhook(saidAbout(matter, what, 4)))
    expect(await read(id)).toMatchObject({
      status: 'open',
      waitingSince: minutesAfter(noon, 4).toISOString(),
      unreadCount: 1,
    })
    expect((await lines(id))[0]).toMatchObject({ event: 'reopened', cause })
    expect(await attention(id)).toEqual([...before, 'message.changed'])
  },
)

test('what is written after an edit, in the same webhook or later, goes on in the matter that it brought back', async () => {
  desk.test.setNow(minutesAfter(noon, 20))
  const matter = await closedMatter()
  const { contacts, messages } = saidAbout(matter, 'edit')
  const more = {
    id: `wamid.${randomUUID()}`,
    from: matter.from,
    timestamp: wireTime(minutesAfter(noon, 11)),
    type: 'text',
    text: { body: 'Haben Sie das gesehen?' },
  }
  await desk.test.deliver(desk.channelId, webhook({ contacts, messages: [...messages, more] }))
  expect(await desk.citizenWrites({ from: matter.from, text: 'Hallo?' })).toBe(matter.id)
  expect(await read(matter.id)).toMatchObject({ status: 'open', unreadCount: 3 })
})

test('where the person has another matter open, it is said there, and the closed one stays closed', async () => {
  desk.test.setNow(minutesAfter(noon, 30))
  const { office, yilmaz } = desk
  const matter = await closedMatter()
  const other = await desk.citizenWrites({
    from: matter.from,
    text: 'Noch etwas anderes',
    at: minutesAfter(noon, 6),
  })
  expect(other).not.toBe(matter.id)
  const answer = await sendReply(office, yilmaz, other, { clientId: randomUUID(), text: 'Gern.' })
  await sendQueuedReplies(office, other)
  expect(await read(other)).toMatchObject({ waitingSince: null, unreadCount: 0 })
  await desk.test.deliver(desk.channelId, webhook(saidAbout(matter, 'edit')))
  expect((await read(matter.id)).status).toBe('closed')
  expect(await read(other)).toMatchObject({
    waitingSince: minutesAfter(noon, 10).toISOString(),
    unreadCount: 1,
    lastMessage: { id: answer.id },
  })
  expect((await lines(other)).find(({ event }) => event === 'earlier-matter')).toMatchObject({
    event: 'earlier-matter',
    cause: 'edited',
    earlier: { conversationId: matter.id },
  })
  await sendReply(office, yilmaz, other, { clientId: randomUUID(), text: 'Gesehen.' })
  await sendQueuedReplies(office, other)
  expect(await read(other)).toMatchObject({ waitingSince: null, unreadCount: 0 })

  await fails(matter.answers[0], 25)
  expect((await read(matter.id)).status).toBe('closed')
  expect(await read(other)).toMatchObject({
    // Since the question that the lost answer was to, though something else has been answered here meanwhile.
    waitingSince: noon.toISOString(),
    unreadCount: 1,
  })
  expect((await lines(other)).find(({ cause }) => cause === 'not-delivered')).toMatchObject({
    event: 'earlier-matter',
    earlier: { conversationId: matter.id, messageId: matter.answers[0] },
  })
})

test('so is what is found out while sending', async () => {
  const { office, provider } = desk
  const { id, from, answers } = await closedMatter({ accepted: false })
  const other = await desk.citizenWrites({ from })
  provider.next(refusedWith(131026))
  await sendQueuedReplies(office, id)
  expect((await read(id)).status).toBe('closed')
  expect((await lines(other))[0]).toMatchObject({
    event: 'earlier-matter',
    cause: 'not-delivered',
    earlier: { conversationId: id, messageId: answers[0] },
  })
  expect((await read(other)).unreadCount).toBe(2)
})

test('of two questions the lost answer was to the second: the person waits since that one', async () => {
  desk.test.setNow(minutesAfter(noon, 30))
  const { office, yilmaz, provider } = desk
  const { id, from } = await closedMatter()
  await reopenConversation(office, yilmaz, id)
  await desk.citizenWrites({ from, text: 'Und am Freitag?', at: minutesAfter(noon, 8) })
  await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Freitag auch.' })
  await closeConversation(office, yilmaz, id, noFile)
  const other = await desk.citizenWrites({ from, text: 'Noch etwas anderes', at: minutesAfter(noon, 12) })
  provider.next(refusedWith(131026))
  await sendQueuedReplies(office, id)
  expect(await read(id)).toMatchObject({ status: 'closed' })
  expect(await read(other)).toMatchObject({ waitingSince: minutesAfter(noon, 8).toISOString() })
})

test('of several answers one failed: it comes back, though nobody waits, because another stands', async () => {
  const { id, answers } = await closedMatter({ answers: 2 })
  await fails(answers[0])
  expect(await read(id)).toMatchObject({ status: 'open', waitingSince: null })
  expect((await lines(id))[0]).toMatchObject({ event: 'reopened', cause: 'not-delivered' })
})

test('a failure after "read" counts, one that "read" disproves does not, and none counts twice', async () => {
  desk.test.setNow(minutesAfter(noon, 60))
  const after = await closedMatter()
  await status('read', after.answers[0], 10)
  await fails(after.answers[0], 11)
  expect(await read(after.id)).toMatchObject({ status: 'open', waitingSince: noon.toISOString() })

  const disproved = await closedMatter()
  await status('read', disproved.answers[0], 12)
  await fails(disproved.answers[0], 11)
  expect((await read(disproved.id)).status).toBe('closed')

  await closeConversation(desk.office, desk.yilmaz, after.id, noFile)
  await fails(after.answers[0], 11)
  await fails(after.answers[0], 12, 131047)
  expect((await read(after.id)).status).toBe('closed')

  // Delivered earlier than was believed, and so before the failure.
  await status('delivered', disproved.answers[0], 10)
  await status('read', disproved.answers[0], 10)
  expect((await read(disproved.id)).status).toBe('open')
})

test('twice in one webhook is once', async () => {
  const { id, answers } = await closedMatter({ answers: 2 })
  const failed = answers.map((answer) => ({
    id: desk.provider.idOf(answer),
    status: 'failed',
    timestamp: wireTime(minutesAfter(noon, 3)),
    errors: [{ code: 131026, title: 'refused' }],
  }))
  await desk.test.deliver(desk.channelId, webhook({ statuses: [...failed, ...failed] }))
  expect(await read(id)).toMatchObject({ status: 'open', waitingSince: noon.toISOString() })
  expect((await lines(id)).filter(({ event }) => event === 'reopened')).toHaveLength(1)
})

test('what a clerk has decided about, and what is destroyed, brings nothing back', async () => {
  const { office, yilmaz } = desk
  const settled = await closedMatter()
  await office.prisma.message.updateMany({
    where: { id: { in: settled.answers } },
    data: { sendState: 'unknown' },
  })
  await decideMessage(office, yilmaz, settled.id, settled.answers[0] ?? '', {
    decision: 'leave',
    clientId: randomUUID(),
  })
  await fails(settled.answers[0])
  expect((await read(settled.id)).status).toBe('closed')

  const destroyed = await closedMatter()
  const { keyId } = await office.prisma.conversation.findUniqueOrThrow({ where: { id: destroyed.id } })
  await office.prisma.dataKey.delete({ where: { id: keyId } })
  office.keys.forget(keyId)
  await fails(destroyed.answers[0])
  await desk.test.deliver(desk.channelId, webhook(saidAbout(destroyed, 'revoke')))
  expect((await read(destroyed.id)).status).toBe('closed')
  expect(desk.test.logged).toEqual([])
})

test('of two that bring matters of one person back at once, one opens its own and one says it there', async () => {
  const { office, provider, yilmaz } = desk
  const first = await closedMatter({ accepted: false })
  const second = await desk.citizenWrites({ from: first.from })
  await closeConversation(office, yilmaz, second, noFile)
  provider.next(refusedWith(131026))
  await Promise.all([
    sendQueuedReplies(office, first.id),
    reopenConversation(office, yilmaz, second).catch(() => undefined),
    desk.citizenWrites({ from: first.from, text: 'Und noch etwas' }),
  ])
  const { count } = await office.prisma.conversation
    .aggregate({ where: { state: 'open', id: { in: [first.id, second] } }, _count: true })
    .then(({ _count }) => ({ count: _count }))
  expect(count).toBeLessThanOrEqual(1)
  const message = await office.prisma.message.findUniqueOrThrow({ where: { id: first.answers[0] ?? '' } })
  expect(message.sendState).toBe('failed')
  const open = await office.prisma.conversation.findMany({
    where: {
      state: 'open',
      contactId: (await office.prisma.conversation.findUniqueOrThrow({ where: { id: first.id } })).contactId,
    },
  })
  expect(open).toHaveLength(1)
  expect((await lines(open[0]?.id ?? '')).map(({ cause }) => cause)).toContain('not-delivered')
})
