import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  changeChannel,
  decideMessage,
  deleteMedia,
  dismissNotice,
  listChannels,
  listMessages,
  react,
  readConversation,
  readMessage,
  sendQueuedReplies,
  sendReply,
  sweepReplies,
} from '../../src/index.ts'
import { leaseMessage } from '../../src/replies/lease-message.ts'
import { type Desk, minutesAfter, noon, openDesk, refusalOf } from './desk.ts'
import { uploadedFile } from './files.ts'
import { refusedWith } from './provider.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const now = minutesAfter(noon, 1)
beforeEach(async () => {
  desk.test.setNow(now)
  await changeChannel(desk.office, desk.admin, desk.channelId, { state: 'enabled' })
})

let citizens = 100
function conversation() {
  citizens += 1
  return desk.citizenWrites({ from: `491713920${citizens}` })
}
async function reply(words = 'Guten Tag.') {
  const id = await conversation()
  const message = await sendReply(desk.office, desk.yilmaz, id, { clientId: randomUUID(), text: words })
  return { id, message }
}
function shown(id: string, messageId: string) {
  return readMessage(desk.office, desk.yilmaz, id, messageId)
}
function sentTimes(messageId: string) {
  return desk.provider.asked.filter((one) => one.biz_opaque_callback_data === messageId).length
}

test.each([
  [131047, 'window-closed', false],
  [131026, 'undeliverable', true],
  [131049, 'marketing-refused', false],
  [131009, 'content-refused', false],
  [131062, 'needs-phone-number', false],
  [132001, 'template-refused', false],
  [137000, 'identity-changed', true],
  [131042, 'payment', true],
  [190, 'number-stopped', true],
  [131048, 'number-stopped', true],
  [777777, 'other', true],
] as const)('refused with %i: failed at once as %s, sent once', async (code, reason, retryable) => {
  const { office, provider } = desk
  const { id, message } = await reply()
  provider.next(refusedWith(code))
  await sendQueuedReplies(office, id)
  await sendQueuedReplies(office, id)
  expect(sentTimes(message.id)).toBe(1)
  expect(await shown(id, message.id)).toMatchObject({
    status: 'failed',
    failure: { reason, code: String(code), retryable },
    statusAt: { failed: now.toISOString() },
  })
})

test.each([
  [131000, [5, 30, 120], 'provider-down'],
  [131053, [5, 30], 'media-refused'],
  [131056, [4, 16, 64, 256], 'rate-limited'],
  [130429, [10, 30, 90, 270, 600], 'rate-limited'],
] as const)(
  'refused with %i: tried again after %j seconds, then failed as %s',
  async (code, delays, reason) => {
    const { office, provider, test } = desk
    const { id, message } = await reply()
    let at = now
    for (const seconds of delays) {
      provider.next(refusedWith(code))
      await sendQueuedReplies(office, id)
      expect((await shown(id, message.id)).status).toBe('queued')
      const tries = sentTimes(message.id)
      test.setNow(new Date(at.getTime() + seconds * 1000 - 1))
      await sendQueuedReplies(office, id)
      expect(sentTimes(message.id)).toBe(tries)
      at = new Date(at.getTime() + seconds * 1000)
      test.setNow(at)
    }
    provider.next(refusedWith(code))
    await sendQueuedReplies(office, id)
    expect(await shown(id, message.id)).toMatchObject({ status: 'failed', failure: { reason } })
    expect(sentTimes(message.id)).toBe(delays.length + 1)
  },
)

test('a limit of the whole number makes all its queued messages wait; one of a single chat does not', async () => {
  const { office, provider, test } = desk
  const slow = await reply()
  const other = await reply()
  provider.next(refusedWith(131056))
  await sendQueuedReplies(office, slow.id)
  await sendQueuedReplies(office, other.id)
  expect((await shown(other.id, other.message.id)).status).toBe('accepted')
  const third = await reply()
  test.setNow(minutesAfter(now, 1))
  provider.next(refusedWith(130429))
  await sendQueuedReplies(office, slow.id)
  await sendQueuedReplies(office, third.id)
  expect(sentTimes(third.message.id)).toBe(0)
  test.setNow(minutesAfter(now, 5))
  await sendQueuedReplies(office, third.id)
  expect(sentTimes(third.message.id)).toBe(1)
})

test('a refusal of the business account stops the number and tells the admin once; nothing else is sent until it is resumed', async () => {
  const { office, provider, yilmaz, admin, channelId } = desk
  const refused = await reply()
  const waiting = await reply()
  provider.next(refusedWith(131042))
  await sendQueuedReplies(office, refused.id)
  await sendQueuedReplies(office, waiting.id)
  expect(sentTimes(waiting.message.id)).toBe(0)
  const [channel] = (await listChannels(office, admin)).items
  expect(channel).toMatchObject({ state: 'stopped' })
  expect(channel?.notices).toContainEqual(
    expect.objectContaining({ code: 'payment-problem', detail: '131042', severity: 'error' }),
  )
  expect((await readConversation(office, yilmaz, waiting.id)).channel.canSend).toBe(false)
  await changeChannel(office, admin, channelId, { state: 'enabled' })
  await sendQueuedReplies(office, waiting.id)
  expect((await shown(waiting.id, waiting.message.id)).status).toBe('accepted')
})

test('when the provider says that the window is closed, it is, until the citizen writes again', async () => {
  const { office, provider, yilmaz, test } = desk
  const from = '491713920900'
  const id = await desk.citizenWrites({ from, at: noon })
  await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Guten Tag.' })
  provider.next(refusedWith(131047))
  await sendQueuedReplies(office, id)
  expect((await readConversation(office, yilmaz, id)).windowClosesAt).toBe(now.toISOString())
  const again = { clientId: randomUUID(), text: 'Noch einmal.' }
  expect(await refusalOf(sendReply(office, yilmaz, id, again))).toBe('window-closed')
  test.setNow(minutesAfter(now, 10))
  await desk.citizenWrites({ from, at: minutesAfter(now, 9) })
  expect(await refusalOf(sendReply(office, yilmaz, id, again))).toBe('no refusal')
})

test('a changed identity asks the clerk to look before answering', async () => {
  const { office, provider, yilmaz } = desk
  const { id } = await reply()
  provider.next(refusedWith(137000))
  await sendQueuedReplies(office, id)
  expect((await readConversation(office, yilmaz, id)).identityNotice).toBe('identity-key-changed')
})

test('an uncertain outcome is never sent again by itself; a status with our id settles it', async () => {
  const { office, provider } = desk
  const { id, message } = await reply()
  provider.next({ does: 'hang-up' })
  await sendQueuedReplies(office, id)
  expect((await shown(id, message.id)).status).toBe('unknown')
  await sendQueuedReplies(office, id)
  await sweepReplies(office)
  await sendQueuedReplies(office, id)
  expect(sentTimes(message.id)).toBe(1)
  await desk.status('delivered', 'wamid.settled', now, { biz_opaque_callback_data: message.id })
  expect(await shown(id, message.id)).toMatchObject({ status: 'delivered', failure: null })
})

test('a clerk has an uncertain message sent again, once, as a new message at the end', async () => {
  const { office, provider, yilmaz, brandt } = desk
  const { id, message } = await reply('Bitte bringen Sie den Ausweis mit.')
  provider.next({ does: 'hang-up' })
  await sendQueuedReplies(office, id)
  const decision = { decision: 'send-again', clientId: randomUUID() } as const
  function decide() {
    return decideMessage(office, yilmaz, id, message.id, decision)
  }
  const [again, same] = await Promise.all([decide(), decide()])
  expect(again.id).not.toBe(message.id)
  expect(same.id).toBe(again.id)
  expect(again).toMatchObject({ status: 'queued', text: 'Bitte bringen Sie den Ausweis mit.' })
  const other = decideMessage(office, brandt, id, message.id, { ...decision, clientId: randomUUID() })
  expect(await refusalOf(other)).toBe('not-decidable')
  await sendQueuedReplies(office, id)
  expect([sentTimes(message.id), sentTimes(again.id)]).toEqual([1, 1])
  expect(await shown(id, message.id)).toMatchObject({ status: 'unknown', settledAt: now.toISOString() })
})

test('a file that is sent again is a copy: both messages keep theirs', async () => {
  const { office, provider, yilmaz } = desk
  const id = await conversation()
  const file = await uploadedFile(desk, id, 'document')
  const message = await sendReply(office, yilmaz, id, { clientId: randomUUID(), attachments: [file] })
  provider.next({ does: 'accept' }, { does: 'hang-up' })
  await sendQueuedReplies(office, id)
  expect((await shown(id, message.id)).status).toBe('unknown')
  const decision = { decision: 'send-again', clientId: randomUUID() } as const
  const again = await decideMessage(office, yilmaz, id, message.id, decision)
  expect(again.attachments).toMatchObject([{ kind: 'document', state: 'ready', fileName: 'Dokument.pdf' }])
  expect((await shown(id, message.id)).attachments.map((one) => one.id)).toEqual([file])
  expect(again.attachments[0]?.id).not.toBe(file)
  await sendQueuedReplies(office, id)
  expect((await shown(id, again.id)).status).toBe('accepted')
  expect(provider.uploads.at(-1)?.includes('bytes of document')).toBe(true)
})

test('a file that is gone fails its message and holds nothing up', async () => {
  const { office, yilmaz } = desk
  const id = await conversation()
  const file = await uploadedFile(desk, id, 'image')
  const message = await sendReply(office, yilmaz, id, { clientId: randomUUID(), attachments: [file] })
  const next = await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Ohne Bild.' })
  await deleteMedia(office, [file])
  await sendQueuedReplies(office, id)
  expect(await shown(id, message.id)).toMatchObject({
    status: 'failed',
    failure: { reason: 'media-refused' },
  })
  expect((await shown(id, next.id)).status).toBe('accepted')
})

test('a file is handed over before the claim: a refused upload is tried again, and nothing is uncertain', async () => {
  const { office, provider, yilmaz, test } = desk
  const id = await conversation()
  const file = await uploadedFile(desk, id, 'image')
  const message = await sendReply(office, yilmaz, id, { clientId: randomUUID(), attachments: [file] })
  provider.next({ does: 'hang-up' })
  await sendQueuedReplies(office, id)
  expect((await shown(id, message.id)).status).toBe('queued')
  test.setNow(minutesAfter(now, 1))
  await sendQueuedReplies(office, id)
  expect((await shown(id, message.id)).status).toBe('accepted')
  expect(sentTimes(message.id)).toBe(1)
})

test('templates that the provider has stopped stay stopped until an admin has looked', async () => {
  const { office, provider, yilmaz, admin, channelId } = desk
  const id = await conversation()
  const about = { name: 'termin', language: 'de' }
  const words = { header: null, body: 'Bis dann.', footer: null, buttons: [] }
  await office.prisma.messageTemplate.create({
    data: { channelId, ...about, state: 'approved', words, changedAt: now },
  })
  function ask() {
    return sendReply(office, yilmaz, id, { clientId: randomUUID(), template: { ...about, parameters: [] } })
  }
  await ask()
  provider.next(refusedWith(131064))
  await sendQueuedReplies(office, id)
  expect(await refusalOf(ask())).toBe('template-not-usable')
  const [channel] = (await listChannels(office, admin)).items
  const notice = channel?.notices.find(({ detail }) => detail === '131064')
  await dismissNotice(office, admin, channelId, notice?.id ?? '')
  await ask()
  provider.next(refusedWith(132015))
  await sendQueuedReplies(office, id)
  expect(await refusalOf(ask())).toBe('template-not-usable')
  const paused = await office.prisma.messageTemplate.findFirstOrThrow({ where: { channelId, ...about } })
  expect(paused.state).toBe('paused')
})

test('a clerk leaves a failed message as it is; what was delivered, or cannot work, is not to be decided', async () => {
  const { office, provider, yilmaz } = desk
  const { id, message } = await reply()
  function decide(decision: 'send-again' | 'leave', messageId = message.id) {
    return decideMessage(office, yilmaz, id, messageId, { decision, clientId: randomUUID() })
  }
  expect(await refusalOf(decide('leave'))).toBe('not-decidable')
  provider.next(refusedWith(131009))
  await sendQueuedReplies(office, id)
  expect(await refusalOf(decide('send-again'))).toBe('not-decidable')
  const left = await decide('leave')
  expect(left).toMatchObject({
    status: 'failed',
    failure: { retryable: false },
    settledAt: now.toISOString(),
  })
  expect(await refusalOf(decide('leave'))).toBe('not-decidable')
})

test('a process that dies between claim and answer leaves an unknown outcome, and nobody sends it again', async () => {
  const { office, provider, test } = desk
  // What other tests have claimed is counted before.
  test.setNow(new Date(now.getTime() + 3_600_000))
  await sweepReplies(office)
  test.setNow(now)
  const { id, message } = await reply()
  const row = await office.prisma.message.findUniqueOrThrow({ where: { id: message.id } })
  expect(await leaseMessage(office, row)).toBe(true)
  await sendQueuedReplies(office, id)
  test.setNow(new Date(now.getTime() + 119_000))
  await sweepReplies(office)
  expect((await shown(id, message.id)).status).toBe('sending')
  test.setNow(new Date(now.getTime() + 121_000))
  expect((await sweepReplies(office)).uncertain).toBe(1)
  expect(await shown(id, message.id)).toMatchObject({ status: 'unknown' })
  await sendQueuedReplies(office, id)
  expect(sentTimes(message.id)).toBe(0)
  // What was written behind it is not held up.
  const next = await sendReply(office, desk.yilmaz, id, { clientId: randomUUID(), text: 'Und noch etwas.' })
  await sendQueuedReplies(office, id)
  expect((await shown(id, next.id)).status).toBe('accepted')
  expect(provider.asked.at(-1)?.text?.body).toBe('Und noch etwas.')
})

test('a claim is given once, however many ask at the same instant', async () => {
  const { office } = desk
  const { message } = await reply()
  const row = await office.prisma.message.findUniqueOrThrow({ where: { id: message.id } })
  const claims = await Promise.all(Array.from({ length: 12 }, () => leaseMessage(office, row)))
  expect(claims.filter(Boolean)).toHaveLength(1)
})

test('twenty fast replies arrive in order, one at a time, though eight workers are at it', async () => {
  const { office, provider, yilmaz } = desk
  const id = await conversation()
  const asked = provider.asked.length
  const words = Array.from({ length: 20 }, (_, n) => `Antwort ${n + 1}`)
  provider.next(...words.slice(0, 5).map(() => ({ does: 'wait' as const, until: sleep(5) })))
  const workers: Promise<void>[] = []
  for (const body of words) {
    await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: body })
    workers.push(sendQueuedReplies(office, id))
  }
  for (let n = 0; n < 8; n += 1) workers.push(sendQueuedReplies(office, id))
  await Promise.all(workers)
  await sendQueuedReplies(office, id)
  expect(provider.asked.slice(asked).map((one) => one.text?.body)).toEqual(words)
  expect(provider.busiest()).toBe(1)
  const { items } = await listMessages(office, yilmaz, id, { limit: 50 })
  const order = items.filter(({ direction }) => direction === 'outbound').map((one) => one.text)
  expect(order.toReversed()).toEqual(words)
})

test('a failed try holds the later ones back until it is settled', async () => {
  const { office, provider, yilmaz, test } = desk
  const { id, message } = await reply('Erstens.')
  const second = await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Zweitens.' })
  provider.next(refusedWith(131016))
  await sendQueuedReplies(office, id)
  expect(sentTimes(second.id)).toBe(0)
  test.setNow(minutesAfter(now, 1))
  expect((await sweepReplies(office)).reminded).toBeGreaterThan(0)
  await sendQueuedReplies(office, id)
  const bodies = provider.asked.slice(-3).map((one) => one.text?.body)
  expect(bodies).toEqual(['Erstens.', 'Erstens.', 'Zweitens.'])
  expect((await shown(id, message.id)).status).toBe('accepted')
})

test('a status that overtakes the provider’s answer is not lost', async () => {
  const { office, provider } = desk
  const { id, message } = await reply()
  let answer: () => void = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  provider.next({ does: 'wait', until: answered })
  const sending = sendQueuedReplies(office, id)
  while (sentTimes(message.id) === 0) await sleep(5)
  await desk.status('delivered', `wamid.${provider.asked.length}`, now)
  answer()
  await sending
  expect((await shown(id, message.id)).status).toBe('delivered')
})

test('one reaction of the office is current, is sent once, and is taken back with an empty one', async () => {
  const { office, provider, yilmaz } = desk
  const id = await desk.citizenWrites({ from: '491713920950', id: 'wamid.dank' })
  const [thanks] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  const target = thanks?.id ?? ''
  const asked = provider.asked.length
  await react(office, yilmaz, id, target, '🙏')
  const current = await react(office, yilmaz, id, target, '👍')
  expect(current.reactions).toEqual([{ from: 'office', emoji: '👍' }])
  await sendQueuedReplies(office, id)
  await sendQueuedReplies(office, id)
  await react(office, yilmaz, id, target, '👍')
  const without = await react(office, yilmaz, id, target, null)
  expect(without.reactions).toEqual([])
  await sendQueuedReplies(office, id)
  expect(provider.asked.slice(asked).map((one) => one.reaction)).toEqual([
    { message_id: 'wamid.dank', emoji: '👍' },
    { message_id: 'wamid.dank', emoji: '' },
  ])
})

test('a reaction that the provider refuses is not shown as if the citizen had it; an uncertain one is sent again', async () => {
  const { office, provider, yilmaz, test } = desk
  const id = await desk.citizenWrites({ from: '491713920951', id: 'wamid.frage' })
  const [question] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  const target = question?.id ?? ''
  await react(office, yilmaz, id, target, '👍')
  await sendQueuedReplies(office, id)
  await react(office, yilmaz, id, target, '😀')
  provider.next(refusedWith(131009))
  await sendQueuedReplies(office, id)
  expect((await shown(id, target)).reactions).toEqual([{ from: 'office', emoji: '👍' }])
  await react(office, yilmaz, id, target, '🎉')
  provider.next({ does: 'hang-up' })
  await sendQueuedReplies(office, id)
  test.setNow(minutesAfter(now, 1))
  const asked = provider.asked.length
  await sendQueuedReplies(office, id)
  expect(provider.asked.slice(asked).map((one) => one.reaction?.emoji)).toEqual(['🎉'])
  expect(await refusalOf(react(office, yilmaz, id, target, '🎉'))).toBe('no refusal')
})
