import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  acknowledgeIdentity,
  assignConversation,
  changeChannel,
  closeConversation,
  listMessages,
  markRead,
  readConversation,
  showTyping,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk, refusalOf } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

async function linesOf(conversationId: string) {
  const { items } = await listMessages(desk.office, desk.yilmaz, conversationId, { limit: 50 })
  return items.flatMap(({ details }) =>
    details?.kind === 'system' ? [`${details.event} ${details.by}`] : [],
  )
}

test('of two clerks who take a conversation at the same instant exactly one gets it, every time', async () => {
  const { office, yilmaz, brandt } = desk
  for (let round = 0; round < 5; round += 1) {
    const id = await desk.citizenWrites({ from: `4917139200${round + 20}` })
    const tries = await Promise.all(
      [yilmaz, brandt].map((viewer) =>
        refusalOf(assignConversation(office, viewer, id, { assignee: 'me', expected: null })),
      ),
    )
    expect(tries.toSorted()).toEqual(['already-claimed', 'no refusal'])
    const winner = tries[0] === 'no refusal' ? yilmaz : brandt
    const { assignee } = await readConversation(office, yilmaz, id)
    expect(assignee).toEqual({ id: winner.accountId, displayName: winner.displayName, deputy: null })
    expect(await linesOf(id)).toEqual([`claimed ${winner.displayName}`])
  }
})

test('who has it, can be asked again, hand it over and give it back', async () => {
  const { office, yilmaz, brandt } = desk
  const id = await desk.citizenWrites({ from: '491713920041' })
  await assignConversation(office, yilmaz, id, { assignee: 'me', expected: null })
  const again = await assignConversation(office, yilmaz, id, { assignee: 'me', expected: null })
  expect(again.assignee?.id).toBe(yilmaz.accountId)
  await assignConversation(office, yilmaz, id, { assignee: brandt.accountId, expected: yilmaz.accountId })
  const released = await assignConversation(office, brandt, id, {
    assignee: null,
    expected: brandt.accountId,
  })
  expect(released.assignee).toBeNull()
  expect((await linesOf(id)).toReversed()).toEqual([
    'claimed Frau Yılmaz',
    'claimed Herr Brandt',
    'released Herr Brandt',
  ])
})

test('nobody of another team, and nobody without content rights, can be given a conversation', async () => {
  const { office, yilmaz, okafor, admin } = desk
  const id = await desk.citizenWrites({ from: '491713920042' })
  for (const { accountId } of [okafor, admin]) {
    const refusal = assignConversation(office, yilmaz, id, { assignee: accountId, expected: null })
    expect(await refusalOf(refusal)).toBe('invalid-input')
  }
})

test('closing ends the waiting, says so in the thread, and happens once; the next message opens a new conversation', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: '491713920043' })
  expect(await readConversation(office, yilmaz, id)).toMatchObject({ status: 'open', unreadCount: 1 })
  const closed = await closeConversation(office, yilmaz, id, noFile)
  expect(closed).toMatchObject({ status: 'closed', unreadCount: 0, waitingSince: null })
  expect(await linesOf(id)).toEqual(['closed Frau Yılmaz'])
  expect(await refusalOf(closeConversation(office, yilmaz, id, noFile))).toBe('conversation-closed')
  const claim = assignConversation(office, yilmaz, id, { assignee: 'me', expected: null })
  expect(await refusalOf(claim)).toBe('conversation-closed')
  expect(await desk.citizenWrites({ from: '491713920043', at: minutesAfter(noon, 1) })).not.toBe(id)
})

test('reading up to a message leaves unread what arrived after it, even when it was sent before', async () => {
  const { office, yilmaz } = desk
  const from = '491713920044'
  const id = await desk.citizenWrites({ from, at: minutesAfter(noon, -5) })
  await desk.citizenWrites({ from, at: noon })
  const [newest] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  // Late: sent first, arrived last.
  await desk.citizenWrites({ from, at: minutesAfter(noon, -60) })
  await markRead(office, yilmaz, id, newest?.id ?? '')
  expect(await readConversation(office, yilmaz, id)).toMatchObject({ unreadCount: 1 })
  const late = (await listMessages(office, yilmaz, id, { limit: 50 })).items.at(-1)
  expect(late?.late).toBe(true)
  await markRead(office, yilmaz, id, late?.id ?? '')
  expect(await readConversation(office, yilmaz, id)).toMatchObject({ unreadCount: 0 })
})

test('the citizen sees blue ticks and "is writing" only where the channel says so', async () => {
  const { office, yilmaz, admin, provider, channelId } = desk
  const id = await desk.citizenWrites({ from: '491713920045', id: 'wamid.ticks' })
  const [message] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  function receipts() {
    return provider.asked.filter((one) => one.message_id === 'wamid.ticks')
  }
  async function until(count: number) {
    await expect.poll(() => receipts().length).toBeGreaterThanOrEqual(count)
    return receipts()
  }
  // Not yet: were it sent all the same, it would be the first.
  await showTyping(office, yilmaz, id)
  await changeChannel(office, admin, channelId, { readReceipts: true })
  await markRead(office, yilmaz, id, message?.id ?? '')
  expect(await until(1)).toMatchObject([{ status: 'read' }])
  await showTyping(office, yilmaz, id)
  expect((await until(2))[1]).toMatchObject({ status: 'read', typing_indicator: { type: 'text' } })
  await closeConversation(office, yilmaz, id, noFile)
  await showTyping(office, yilmaz, id)
  // Whoever writes to another citizen afterwards is seen, so this would have been too.
  const other = await desk.citizenWrites({ from: '491713920048', id: 'wamid.other' })
  await showTyping(office, yilmaz, other)
  await expect.poll(() => provider.asked.at(-1)).toMatchObject({ message_id: 'wamid.other' })
  expect(receipts()).toHaveLength(2)
})

test('an identity notice goes when a clerk has looked at it', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: '491713920046' })
  const { contactId } = await office.prisma.conversation.findUniqueOrThrow({ where: { id } })
  await office.prisma.contact.update({ where: { id: contactId }, data: { identityNotice: 'number-changed' } })
  expect((await readConversation(office, yilmaz, id)).identityNotice).toBe('number-changed')
  expect((await acknowledgeIdentity(office, yilmaz, id)).identityNotice).toBeNull()
})

test('browsers hear of what changed, in order, only once it is durable and never with content', async () => {
  const { office, yilmaz, brandt } = desk
  const id = await desk.citizenWrites({ from: '491713920047' })
  const since = await office.prisma.liveEvent.findFirstOrThrow({ orderBy: { id: 'desc' } })
  await assignConversation(office, yilmaz, id, { assignee: 'me', expected: null })
  await refusalOf(assignConversation(office, brandt, id, { assignee: 'me', expected: null }))
  await closeConversation(office, yilmaz, id, noFile)
  const events = await office.prisma.liveEvent.findMany({
    where: { id: { gt: since.id } },
    orderBy: { id: 'asc' },
  })
  expect(events.map(({ type, conversationId }) => [type, conversationId])).toEqual([
    ['message.stored', id],
    ['conversation.changed', id],
    ['message.stored', id],
    ['conversation.changed', id],
  ])
  expect(events.every((event) => event.teamId === desk.test.teamId && !event.inbound)).toBe(true)
})
