import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  changeChannel,
  closeConversation,
  listMessages,
  listTemplates,
  readConversation,
  searchConversations,
  sendQueuedReplies,
  sendReply,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk, refusalOf } from './desk.ts'
import { uploadedFile } from './files.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

let citizens = 100
function someone() {
  citizens += 1
  return `491713920${citizens}`
}
function text(words: string) {
  return { clientId: randomUUID(), text: words }
}
function dayLater(minutes: number) {
  return minutesAfter(noon, 24 * 60 + minutes)
}

test('the same client id ten times in parallel is one message; with other words it is refused', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const reply = text('Donnerstags bis 18 Uhr.')
  const answers = await Promise.all(Array.from({ length: 10 }, () => sendReply(office, yilmaz, id, reply)))
  expect(new Set(answers.map((message) => message.id)).size).toBe(1)
  const stored = await office.prisma.message.count({
    where: { conversationId: id, direction: 'outbound' },
  })
  expect(stored).toBe(1)
  const other = sendReply(office, yilmaz, id, { ...reply, text: 'Freitags.' })
  expect(await refusalOf(other)).toBe('client-id-reused')
})

test('an answer ends the waiting, is what the list shows, and reaches the citizen by number', async () => {
  const { office, yilmaz, provider } = desk
  const from = someone()
  const id = await desk.citizenWrites({ from })
  const asked = provider.asked.length
  const message = await sendReply(office, yilmaz, id, text('Bis 18 Uhr.'))
  expect(message).toMatchObject({
    status: 'queued',
    author: { displayName: 'Frau Yılmaz' },
    text: 'Bis 18 Uhr.',
  })
  expect(await readConversation(office, yilmaz, id)).toMatchObject({
    waitingSince: noon.toISOString(),
    unreadCount: 0,
    lastMessage: { id: message.id, direction: 'outbound', status: 'queued' },
  })
  expect(desk.test.reminders.at(-1)).toEqual({ job: 'send-replies', conversationId: id })
  await sendQueuedReplies(office, id)
  expect((await readConversation(office, yilmaz, id)).waitingSince).toBeNull()
  const [sent, ...more] = provider.asked.slice(asked)
  expect(more).toEqual([])
  expect(sent).toMatchObject({
    to: from,
    text: { body: 'Bis 18 Uhr.' },
    biz_opaque_callback_data: message.id,
  })
  const [latest] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  expect(latest).toMatchObject({ id: message.id, status: 'accepted', failure: null })
})

test('somebody without a known number is answered by user id, never in the place of a number', async () => {
  const { office, yilmaz, provider } = desk
  const userId = 'DE.7001000000000000022'
  const id = await desk.citizenWrites({ from: undefined, userId, name: '' })
  await sendReply(office, yilmaz, id, text('Guten Tag.'))
  await sendQueuedReplies(office, id)
  const sent = provider.asked.at(-1)
  expect(sent).toMatchObject({ recipient: userId })
  expect(sent).not.toHaveProperty('to')
})

test.each([
  [-6, 'no refusal'],
  [-5, 'window-closed'],
  [0, 'window-closed'],
  [60, 'window-closed'],
])('%i minutes from 24 hours after the citizen’s message: %s', async (minutes, expected) => {
  const {
    office,
    yilmaz,
    test: { setNow },
  } = desk
  const id = await desk.citizenWrites({ from: someone(), at: noon })
  setNow(dayLater(minutes))
  expect(await refusalOf(sendReply(office, yilmaz, id, text('Spät.')))).toBe(expected)
  setNow(minutesAfter(noon, 1))
})

test('window and waiting follow WhatsApp’s clock, not the arrival', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: someone(), at: minutesAfter(noon, -23 * 60 - 58) })
  expect(await refusalOf(sendReply(office, yilmaz, id, text('Guten Tag.')))).toBe('window-closed')
  const { windowClosesAt, waitingSince } = await readConversation(office, yilmaz, id)
  expect(windowClosesAt).toBe('2026-11-16T11:57:00.000Z')
  expect(waitingSince).toBe('2026-11-15T12:02:00.000Z')
})

test('an approved template passes the closed window with its text filled in; others do not', async () => {
  const { office, yilmaz, provider, channelId } = desk
  const id = await desk.citizenWrites({ from: someone(), at: minutesAfter(noon, -48 * 60) })
  function template(name: string, state: string) {
    return {
      channelId,
      name,
      language: 'de',
      state,
      category: 'UTILITY',
      words: { header: null, body: 'Ihr Termin ist am {{1}}.', footer: 'Ihr Amt', buttons: [] },
      changedAt: noon,
    }
  }
  await office.prisma.messageTemplate.createMany({
    data: [template('termin', 'approved'), template('alt', 'paused')],
  })
  expect((await listTemplates(office, yilmaz, id)).items.map(({ name }) => name)).toEqual(['termin'])
  function ask(name: string, parameters: string[] | Record<string, string>) {
    return sendReply(office, yilmaz, id, {
      clientId: randomUUID(),
      template: { name, language: 'de', parameters },
    })
  }
  expect(await refusalOf(ask('alt', ['Montag']))).toBe('template-not-usable')
  expect(await refusalOf(ask('fremd', ['Montag']))).toBe('template-not-usable')
  for (const parameters of [[], [' '], ['a', 'b'], { 2: 'x' }, { 1: 'Montag\n12 Uhr' }, ['x'.repeat(1024)]]) {
    expect(await refusalOf(ask('termin', parameters)), JSON.stringify(parameters)).toBe('invalid-input')
  }
  expect(await ask('termin', { 1: 'Dienstag' })).toMatchObject({
    text: 'Ihr Termin ist am Dienstag.\n\nIhr Amt',
  })
  const message = await ask('termin', ['Montag'])
  expect(message).toMatchObject({ kind: 'template', text: 'Ihr Termin ist am Montag.\n\nIhr Amt' })
  await sendQueuedReplies(office, id)
  expect(provider.asked.at(-1)).toMatchObject({
    type: 'template',
    template: {
      name: 'termin',
      language: { code: 'de' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Montag' }] }],
    },
  })
})

test('a quoted message goes along; what the provider does not know cannot be quoted', async () => {
  const { office, yilmaz, provider } = desk
  const id = await desk.citizenWrites({ from: someone(), id: 'wamid.asked' })
  const [question] = (await listMessages(office, yilmaz, id, { limit: 1 })).items
  const answer = await sendReply(office, yilmaz, id, { ...text('Ja.'), replyTo: question?.id })
  expect(answer.replyTo).toMatchObject({ id: question?.id, direction: 'inbound', kind: 'text' })
  expect(await refusalOf(sendReply(office, yilmaz, id, { ...text('Nein.'), replyTo: answer.id }))).toBe(
    'not-quotable',
  )
  const elsewhere = await desk.citizenWrites({ from: someone() })
  expect(
    await refusalOf(sendReply(office, yilmaz, elsewhere, { ...text('Ja.'), replyTo: question?.id })),
  ).toBe('not-quotable')
  await sendQueuedReplies(office, id)
  expect(provider.asked.at(-1)?.context).toEqual({ message_id: 'wamid.asked' })
})

test('files become messages of their own, in order, the text as the caption of the first', async () => {
  const { office, yilmaz, brandt, provider } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const files = [await uploadedFile(desk, id, 'image'), await uploadedFile(desk, id, 'document')]
  const reply = { ...text('Anbei der Plan.'), attachments: files }
  expect(await refusalOf(sendReply(office, brandt, id, reply))).toBe('attachment-not-ready')
  const first = await sendReply(office, yilmaz, id, reply)
  expect(first).toMatchObject({ kind: 'image', text: 'Anbei der Plan.' })
  expect(first.attachments.map((one) => one.id)).toEqual(files.slice(0, 1))
  expect((await sendReply(office, yilmaz, id, reply)).id).toBe(first.id)
  const twice = { ...text('Noch einmal.'), attachments: files }
  expect(await refusalOf(sendReply(office, yilmaz, id, twice))).toBe('attachment-not-ready')
  const uploads = provider.uploads.length
  await sendQueuedReplies(office, id)
  const sent = provider.asked.slice(-2)
  expect(sent).toMatchObject([
    { type: 'image', image: { caption: 'Anbei der Plan.' } },
    { type: 'document', document: { filename: 'Dokument.pdf' } },
  ])
  expect(provider.uploads.slice(uploads).map((body) => body.includes('bytes of'))).toEqual([true, true])
})

test('nothing is sent in a closed conversation or through a stopped number, but what was stored waits for its resumption', async () => {
  const { office, yilmaz, admin, provider, channelId } = desk
  const id = await desk.citizenWrites({ from: someone() })
  const stored = await sendReply(office, yilmaz, id, text('Vorher.'))
  await office.prisma.channel.update({ where: { id: channelId }, data: { state: 'stopped' } })
  const asked = provider.asked.length
  await sendQueuedReplies(office, id)
  expect(provider.asked).toHaveLength(asked)
  expect(await refusalOf(sendReply(office, yilmaz, id, text('Nachher.')))).toBe('channel-stopped')
  expect((await readConversation(office, yilmaz, id)).channel.canSend).toBe(false)
  const before = desk.test.reminders.length
  await changeChannel(office, admin, channelId, { state: 'enabled' })
  expect(desk.test.reminders.slice(before)).toContainEqual({ job: 'send-replies', conversationId: id })
  await closeConversation(office, yilmaz, id, noFile)
  await sendQueuedReplies(office, id)
  expect(provider.asked.at(-1)).toMatchObject({ biz_opaque_callback_data: stored.id })
  expect(await refusalOf(sendReply(office, yilmaz, id, text('Zu spät.')))).toBe('conversation-closed')
})

test('a reply is found by its words', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: someone() })
  await sendReply(office, yilmaz, id, text('Die Heckenscheren liegen im Bauhof bereit.'))
  const asked = { q: 'heckenschere', status: 'open', limit: 30 } as const
  const { items } = await searchConversations(office, yilmaz, asked)
  expect(items.map((one) => one.id)).toEqual([id])
  expect(items[0]?.hit).toMatchObject({
    text: 'Die Heckenscheren liegen im Bauhof bereit.',
    matches: [[4, 17]],
  })
})
