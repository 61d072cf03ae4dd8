import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tellCitizenRead } from '../../src/conversations/tell-citizen-read.ts'
import {
  acknowledgeRequests,
  changeOfficeSettings,
  decideMessage,
  listMessages,
  react,
  readConversation,
  readMessage,
  sendNotices,
  sendQueuedReplies,
  sendReply,
  sweepReplies,
} from '../../src/index.ts'
import { leaseMessage } from '../../src/replies/lease-message.ts'
import { approveNotice } from '../privacy-notice/notice.ts'
import { type Desk, minutesAfter, noon, openDesk, refusalOf } from './desk.ts'
import { uploadedFile } from './files.ts'
import { refusedWith } from './provider.ts'

let desk: Desk
let asked: number
let uploads: number
beforeAll(async () => {
  desk = await openDesk()
  await desk.office.prisma.channel.updateMany({ data: { readReceipts: true } })
  return () => desk.close()
})
beforeEach(async () => {
  desk.test.setNow(minutesAfter(noon, 1))
  await receiveOnly(false)
  asked = desk.provider.asked.length
  uploads = desk.provider.uploads.length
})

let citizens = 100
function citizen(): string {
  citizens += 1
  return `491713922${citizens}`
}
function text(words: string) {
  return { clientId: randomUUID(), text: words }
}
async function receiveOnly(receivesOnly: boolean): Promise<void> {
  expect(await changeOfficeSettings(desk.office, desk.admin, { receivesOnly })).toMatchObject({
    receivesOnly,
  })
}
async function newestIn(id: string): Promise<string> {
  const [newest] = (await listMessages(desk.office, desk.yilmaz, id, { limit: 1 })).items
  return newest?.id ?? expect.fail('nothing is there')
}
function expectNothingSent(): void {
  expect(desk.provider.asked.length).toBe(asked)
  expect(desk.provider.uploads.length).toBe(uploads)
}

test('an answer, a file, a template and a reaction are refused, and work again once the office sends', async () => {
  const { office, yilmaz } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const said = await newestIn(id)
  const file = await uploadedFile(desk, id, 'document')
  await receiveOnly(true)
  const template = { name: 'termin', language: 'de', parameters: ['Montag'] }
  for (const reply of [
    text('Ja.'),
    { clientId: randomUUID(), attachments: [file] },
    { clientId: randomUUID(), template },
  ])
    expect(await refusalOf(sendReply(office, yilmaz, id, reply))).toBe('receives-only')
  expect(await refusalOf(react(office, yilmaz, id, said, '👍'))).toBe('receives-only')
  expect(await office.prisma.message.count({ where: { conversationId: id, direction: 'outbound' } })).toBe(0)
  expect(await readConversation(office, yilmaz, id)).toMatchObject({
    channel: { canSend: false, receivesOnly: true },
    waitingSince: noon.toISOString(),
  })
  await sendQueuedReplies(office, id)
  expectNothingSent()

  await receiveOnly(false)
  expect(await readConversation(office, yilmaz, id)).toMatchObject({
    channel: { canSend: true, receivesOnly: false },
  })
  await sendReply(office, yilmaz, id, text('Ja.'))
  await react(office, yilmaz, id, said, '👍')
  await sendQueuedReplies(office, id)
  expect(desk.provider.asked.length).toBe(asked + 2)
})

test('what has failed is not sent again', async () => {
  const { office, yilmaz, provider } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const message = await sendReply(office, yilmaz, id, text('Kommt es an?'))
  provider.next(refusedWith(131026))
  await sendQueuedReplies(office, id)
  asked = provider.asked.length
  await receiveOnly(true)
  const again = decideMessage(office, yilmaz, id, message.id, {
    decision: 'send-again',
    clientId: randomUUID(),
  })
  expect(await refusalOf(again)).toBe('receives-only')
  expectNothingSent()
})

describe('what waits when the office decides to receive only', () => {
  test('is refused with its reason, the file too, and the citizen goes on waiting', async () => {
    const { office, yilmaz, test: town } = desk
    const id = await desk.citizenWrites({ from: citizen() })
    const file = await uploadedFile(desk, id, 'image')
    const first = await sendReply(office, yilmaz, id, { ...text('Im Anhang.'), attachments: [file] })
    const second = await sendReply(office, yilmaz, id, text('Und dies.'))
    town.reminders.length = 0
    await receiveOnly(true)
    expect(town.reminders).toContainEqual({ job: 'send-replies', conversationId: id })
    await sendQueuedReplies(office, id)
    for (const { id: messageId } of [first, second])
      expect(await readMessage(office, yilmaz, id, messageId)).toMatchObject({
        status: 'failed',
        failure: { reason: 'receives-only', retryable: false },
      })
    expect(await readConversation(office, yilmaz, id)).toMatchObject({
      waitingSince: noon.toISOString(),
      lostAnswers: 2,
    })
    expectNothingSent()
  })

  test('is refused at once also where its next try lies ahead', async () => {
    const { office, yilmaz, provider } = desk
    const id = await desk.citizenWrites({ from: citizen() })
    const message = await sendReply(office, yilmaz, id, text('Später noch einmal.'))
    provider.next(refusedWith(131000, 500))
    await sendQueuedReplies(office, id)
    expect((await readMessage(office, yilmaz, id, message.id)).status).toBe('queued')
    asked = provider.asked.length
    await receiveOnly(true)
    await sendQueuedReplies(office, id)
    expect(await readMessage(office, yilmaz, id, message.id)).toMatchObject({
      status: 'failed',
      failure: { reason: 'receives-only' },
    })
    expectNothingSent()
  })

  test('is leased by nobody, even by whoever had looked before', async () => {
    const { office, yilmaz } = desk
    const id = await desk.citizenWrites({ from: citizen() })
    const { id: messageId } = await sendReply(office, yilmaz, id, text('Gerade noch.'))
    const row = await office.prisma.message.findUniqueOrThrow({ where: { id: messageId } })
    await receiveOnly(true)
    expect(await leaseMessage(office, row)).toBe(false)
    await receiveOnly(false)
    expect(await leaseMessage(office, row)).toBe(true)
  })

  test('a reaction does not go out, and what the citizen sees is shown', async () => {
    const { office, yilmaz } = desk
    const id = await desk.citizenWrites({ from: citizen() })
    const said = await newestIn(id)
    await react(office, yilmaz, id, said, '👍')
    await receiveOnly(true)
    await sweepReplies(office)
    await sendQueuedReplies(office, id)
    expect((await readMessage(office, yilmaz, id, said)).reactions).toEqual([])
    expectNothingSent()
  })
})

test('nobody is told that something was read, or that somebody writes', async () => {
  const { office, provider } = desk
  const id = await desk.citizenWrites({ from: citizen() })
  const conversation = await office.prisma.conversation.findUniqueOrThrow({ where: { id } })
  await receiveOnly(true)
  await tellCitizenRead(office, conversation, { typing: false })
  await tellCitizenRead(office, conversation, { typing: true })
  expectNothingSent()
  await receiveOnly(false)
  await tellCitizenRead(office, conversation, { typing: true })
  expect(provider.asked.slice(asked)).toMatchObject([{ status: 'read' }])
})

test('neither the privacy notice nor the acknowledgement of a request goes out, later neither', async () => {
  const { office, test: town } = desk
  await office.pool.query(`update office_setting set request_acknowledgement = 'Wir melden uns.'`)
  const version = await approveNotice(office, { text: 'Zum Datenschutz' })
  await receiveOnly(true)
  const id = await desk.citizenWrites({ from: citizen(), text: 'LÖSCHEN' })
  const { rowCount } = await office.pool.query(
    `select from data_subject_request where conversation_id = $1 and acknowledged_at is null`,
    [id],
  )
  expect(rowCount).toBe(1)
  // Whoever answers puts it beside their first answer.
  expect((await readConversation(office, desk.yilmaz, id)).noticeToGive).toEqual({
    version,
    text: 'Zum Datenschutz',
  })
  await acknowledgeRequests(office)
  await sendNotices(office, new AbortController().signal)
  await sendQueuedReplies(office, id)
  expect(await office.prisma.message.count({ where: { conversationId: id, direction: 'outbound' } })).toBe(0)
  town.setNow(minutesAfter(noon, 3))
  await acknowledgeRequests(office)
  await sendNotices(office, new AbortController().signal)
  await sendQueuedReplies(office, id)
  expect(await office.prisma.message.count({ where: { conversationId: id, direction: 'outbound' } })).toBe(0)
  expectNothingSent()
  await receiveOnly(false)
  expect((await readConversation(office, desk.yilmaz, id)).noticeToGive).toBeNull()
})

test('only an administrator decides it, and it is written down', async () => {
  const { office, yilmaz } = desk
  expect(await refusalOf(changeOfficeSettings(office, yilmaz, { receivesOnly: true }))).toBe('not-allowed')
  await receiveOnly(true)
  const { rows } = await office.pool.query(
    `select actor_id, facts from audit_entry where act = 'settings-changed' order by id desc limit 1`,
  )
  expect(rows).toMatchObject([{ actor_id: desk.admin.accountId, facts: { receivesOnly: true } }])
})
