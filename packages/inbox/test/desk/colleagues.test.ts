import { randomUUID } from 'node:crypto'
import { maxPresenceSilenceMs } from '@buergerdraht/contract'
import type { Viewer } from '@buergerdraht/office'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  decideMessage,
  leadHearsAfterMs,
  listLostAnswers,
  listMessages,
  listPresences,
  readConversation,
  readNumber,
  sendQueuedReplies,
  sendReply,
  showPresence,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noon, openDesk, refusalOf } from './desk.ts'

let desk: Desk
let lead: Viewer
const now = minutesAfter(noon, 1)
beforeAll(async () => {
  desk = await openDesk()
  lead = await desk.viewer('team-lead', [desk.test.teamId])
})
afterAll(() => desk.close())
beforeEach(async () => {
  desk.test.setNow(now)
  // Whose pages are open says nothing about the next story.
  await desk.office.pool.query('delete from presence')
})

let citizens = 0
function someone(): string {
  citizens += 1
  return `491713950${100 + citizens}`
}
function says(text: string, more: object = {}) {
  return { clientId: randomUUID(), text, ...more }
}
async function present(viewer: Viewer) {
  const { items } = await listPresences(desk.office, viewer)
  return items.map(({ account, writing }) => `${account.displayName}${writing ? ' writes' : ''}`)
}
function told(conversationId: string) {
  return desk.office.prisma.liveEvent.count({ where: { conversationId, type: 'presence.changed' } })
}

test('colleagues see who has a conversation open and who writes; ten pages of one person are one', async () => {
  const { office, yilmaz, brandt, okafor } = desk
  const conversationId = await desk.citizenWrites({ from: someone() })
  const tabs = Array.from({ length: 10 }, () => randomUUID())
  await Promise.all(
    tabs.map((tabId) => showPresence(office, yilmaz, { tabId, conversationId, writing: false })),
  )
  expect(await told(conversationId)).toBe(1)
  expect(await present(brandt)).toEqual(['Frau Yılmaz'])
  expect(await present(yilmaz)).toEqual([])
  expect(await present(okafor)).toEqual([])
  await showPresence(office, yilmaz, { tabId: tabs[3] ?? '', conversationId, writing: true })
  expect(await present(brandt)).toEqual(['Frau Yılmaz writes'])
  for (const tabId of tabs) await showPresence(office, yilmaz, { tabId, conversationId, writing: false })
  expect(await present(brandt)).toEqual(['Frau Yılmaz'])
  expect(await told(conversationId)).toBe(3)
  for (const tabId of tabs)
    await showPresence(office, yilmaz, { tabId, conversationId: null, writing: false })
  expect(await present(brandt)).toEqual([])
  expect(await told(conversationId)).toBe(4)
})

test('whose browser has died is gone after a while, and who moves on is in one place', async () => {
  const { office, yilmaz, brandt, test: world } = desk
  const [first, second] = [
    await desk.citizenWrites({ from: someone() }),
    await desk.citizenWrites({ from: someone() }),
  ]
  const tabId = randomUUID()
  await showPresence(office, yilmaz, { tabId, conversationId: first, writing: true })
  await showPresence(office, yilmaz, { tabId, conversationId: second, writing: false })
  const { items } = await listPresences(office, brandt)
  expect(items).toEqual([
    {
      conversationId: second,
      account: { id: yilmaz.accountId, displayName: 'Frau Yılmaz' },
      writing: false,
      until: new Date(now.getTime() + maxPresenceSilenceMs).toISOString(),
    },
  ])
  world.setNow(new Date(now.getTime() + maxPresenceSilenceMs))
  expect(await present(brandt)).toEqual([])
  await showPresence(office, yilmaz, { tabId: randomUUID(), conversationId: first, writing: false })
  expect(await office.prisma.presence.count({ where: { accountId: yilmaz.accountId } })).toBe(1)
})

test('of two who send at the same moment one is asked first, and may send once the other’s answer was read', async () => {
  const { office, yilmaz, brandt } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const [asked] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  const seen = { seenUpTo: asked?.statementId ?? '' }
  const replies = await Promise.allSettled([
    sendReply(office, yilmaz, id, says('Um acht.', seen)),
    sendReply(office, brandt, id, says('Um neun.', seen)),
  ])
  expect(replies.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const winner = replies.findIndex(({ status }) => status === 'fulfilled')
  const [quick, slow] = winner === 0 ? [yilmaz, brandt] : [brandt, yilmaz]
  expect(await refusalOf(sendReply(office, slow, id, says('Doch.', seen)))).toBe('answered-meanwhile')
  // Whoever answered goes on writing, and nobody is asked twice.
  await sendReply(office, quick, id, says('Noch etwas.', seen))
  const [newest] = (await listMessages(office, slow, id, { limit: 1 })).items
  await sendReply(office, slow, id, says('Doch um neun.', { seenUpTo: newest?.id ?? '' }))
  const sent = await office.prisma.message.count({ where: { conversationId: id, direction: 'outbound' } })
  expect(sent).toBe(3)
})

test('into the matter of a colleague goes only what its author sends knowing whose it is', async () => {
  const { office, yilmaz, brandt } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const lead2 = await desk.viewer('team-lead', [desk.test.teamId])
  // Nobody's: whoever answers takes it, and goes on writing, whatever their page knows by then.
  await sendReply(office, yilmaz, id, says('Um acht.', { seenAssignee: null }))
  await sendReply(office, yilmaz, id, says('Am Montag.', { seenAssignee: null }))
  const unaware = says('Um neun.', { seenAssignee: null })
  expect(await refusalOf(sendReply(office, brandt, id, unaware))).toBe('assigned-meanwhile')
  const other = says('Um neun.', { seenAssignee: lead2.accountId })
  expect(await refusalOf(sendReply(office, brandt, id, other))).toBe('assigned-meanwhile')
  const aware = { ...unaware, seenAssignee: yilmaz.accountId }
  const sent = await sendReply(office, brandt, id, aware)
  expect((await sendReply(office, brandt, id, unaware)).id).toBe(sent.id)
  // Who does not say what they saw is not asked: programs of others know nothing of it.
  await sendReply(office, brandt, id, says('Bis dann.'))
  const { assignee } = await readConversation(office, brandt, id)
  expect(assignee?.id).toBe(yilmaz.accountId)
})

test('asking again with the same client id is the same message, whoever has answered meanwhile', async () => {
  const { office, yilmaz, brandt } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const [asked] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  const reply = says('Um acht.', { seenUpTo: asked?.statementId ?? '' })
  const first = await sendReply(office, yilmaz, id, reply)
  const [newest] = (await listMessages(office, brandt, id, { limit: 1 })).items
  await sendReply(office, brandt, id, says('Genau.', { seenUpTo: newest?.id ?? '' }))
  expect((await sendReply(office, yilmaz, id, reply)).id).toBe(first.id)
})

test('an answer of a colleague that failed does not stand in the way', async () => {
  const { office, yilmaz, brandt, provider } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const [asked] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  const { id: lost } = await sendReply(office, yilmaz, id, says('Um acht.'))
  await sendQueuedReplies(office, id)
  await desk.status('failed', provider.idOf(lost) ?? '', now, { errors: [{ code: 131026 }] })
  const again = await sendReply(office, brandt, id, says('Um acht.', { seenUpTo: asked?.statementId ?? '' }))
  await sendQueuedReplies(office, id)
  const { items } = await listMessages(office, yilmaz, id, { limit: 10 })
  const outcomes = new Map(items.map((message) => [message.id, message.status]))
  expect([lost, again.id].map((message) => outcomes.get(message))).toEqual(['failed', 'accepted'])
})

/** Two answers of one person, of which the first has failed a minute later. */
async function halfLost() {
  const { office, yilmaz, provider } = desk
  desk.test.setNow(now)
  const id = await desk.citizenWrites({ from: someone() })
  const [lost, good] = [
    await sendReply(office, yilmaz, id, says('Das Formular:')),
    await sendReply(office, yilmaz, id, says('Bitte ausfüllen.')),
  ]
  await sendQueuedReplies(office, id)
  desk.test.setNow(minutesAfter(now, 2))
  await desk.status('failed', provider.idOf(lost.id) ?? '', minutesAfter(now, 1), {
    errors: [{ code: 131026 }],
  })
  return { id, lost: lost.id, good: good.id }
}
async function lostOf(viewer: Viewer) {
  return (await listLostAnswers(desk.office, viewer)).items.map(({ messageId }) => messageId)
}

test('an answer that did not arrive is told its author, with the person’s name, and to the lead after an hour', async () => {
  const { office, yilmaz, brandt, test: world } = desk
  const { id, lost, good } = await halfLost()
  expect((await listLostAnswers(office, yilmaz)).items).toEqual([
    {
      conversationId: id,
      messageId: lost,
      citizen: 'Erika Mustermann',
      author: { id: yilmaz.accountId, displayName: 'Frau Yılmaz' },
      status: 'failed',
      at: minutesAfter(now, 1).toISOString(),
    },
  ])
  expect(await readConversation(office, yilmaz, id)).toMatchObject({ waitingSince: null, lostAnswers: 1 })
  expect([await lostOf(brandt), await lostOf(lead)]).toEqual([[], []])
  world.setNow(new Date(minutesAfter(now, 1).getTime() + leadHearsAfterMs - 1))
  expect(await lostOf(lead)).toEqual([])
  world.setNow(new Date(minutesAfter(now, 1).getTime() + leadHearsAfterMs))
  expect(await lostOf(lead)).toEqual([lost])
  expect(await lostOf(brandt)).toEqual([])
  // The other one arrives: that says nothing about this one.
  await desk.status('read', desk.provider.idOf(good) ?? '', minutesAfter(now, 3))
  expect(await lostOf(yilmaz)).toEqual([lost])
  await decideMessage(office, yilmaz, id, lost, { decision: 'leave', clientId: randomUUID() })
  expect([await lostOf(yilmaz), await lostOf(lead)]).toEqual([[], []])
  expect((await readConversation(office, yilmaz, id)).lostAnswers).toBe(0)
})

test('it ends with a later answer that is accepted, and with a delivery that proves the failure wrong', async () => {
  const { office, yilmaz, brandt } = desk
  const answered = await halfLost()
  await sendReply(office, brandt, answered.id, says('Noch einmal: das Formular.'))
  expect(await lostOf(yilmaz)).toEqual([answered.lost])
  await sendQueuedReplies(office, answered.id)
  expect(await lostOf(yilmaz)).toEqual([])
  const arrived = await halfLost()
  await desk.status('delivered', desk.provider.idOf(arrived.lost) ?? '', minutesAfter(now, 1))
  expect(await lostOf(yilmaz)).toEqual([])
})

test('the full number is shown for one person, and that is recorded by ids', async () => {
  const { office, yilmaz } = desk
  const from = someone()
  const id = await desk.citizenWrites({ from })
  expect(await readNumber(office, yilmaz, id)).toEqual({ number: `+${from}` })
  const { rows } = await office.pool.query<object>(
    'select actor_id, object_id, facts from audit_entry where act = $1 and object_id = $2',
    ['number-shown', id],
  )
  expect(rows).toEqual([{ actor_id: yilmaz.accountId, object_id: id, facts: {} }])
  const nameless = await desk.citizenWrites({ from: undefined, userId: 'DE.9001' })
  expect(await readNumber(office, yilmaz, nameless)).toEqual({ number: null })
})
