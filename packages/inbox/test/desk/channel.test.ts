import { randomUUID } from 'node:crypto'
import type { ChannelNoticeCode } from '@buergerdraht/contract'
import { change, seal } from '@buergerdraht/office'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  additionalData,
  changeChannel,
  changingOfChannelAccount,
  channelCredentialsOf,
  createChannel,
  dismissNotice,
  listChannels,
  listDeadLetters,
  type NewChannel,
  type NewSecrets,
  raiseNotice,
  readIntake,
  replayDeadLetter,
  sendQueuedReplies,
  sendReply,
  sweepNotices,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noon, openDesk, refusalOf } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
// A minute past noon, and nothing waits.
beforeEach(async () => {
  desk.test.setNow(minutesAfter(noon, 1))
  await desk.test.ingest()
})

function wanted(): NewChannel {
  return {
    name: 'Bürgertelefon Nord',
    vendor: '360dialog',
    team: desk.test.teamId,
    phoneNumberId: '300000000000777',
    wabaId: null,
    displayPhoneNumber: '+49 30 23125077',
    baseUrl: 'https://waba-v2.360dialog.io',
    credentials: {
      apiKey: 'key-of-the-north',
      verifyToken: 'verify-north',
      webhookHeaders: { 'X-Key': 'header-north' },
    },
  }
}

/** As two persons have decided. */
async function changeAccount(channelId: string, secret: NewSecrets): Promise<void> {
  const credentials = Object.keys(secret) as (keyof NewSecrets)[]
  await change(desk.office, (changing) =>
    changingOfChannelAccount(desk.office).apply(changing, {
      payload: { channelId, baseUrl: null, credentials },
      secret,
      at: noon,
      proposedBy: randomUUID(),
      approvedBy: randomUUID(),
      approverRole: 'dpo',
    }),
  )
}

test('a channel is set up once; its secrets go in and never out', async () => {
  const { office, admin } = desk
  const made = await createChannel(office, admin, wanted())
  expect(made).toMatchObject({ state: 'enabled', webhookPath: `/webhooks/whatsapp/${made.id}`, notices: [] })
  const told = JSON.stringify([made, await listChannels(office, admin)])
  for (const secret of ['key-of-the-north', 'verify-north', 'header-north'])
    expect(told).not.toContain(secret)
  const row = await office.prisma.channel.findUniqueOrThrow({ where: { id: made.id } })
  expect(Buffer.from(row.credentialsSealed).includes('key-of-the-north')).toBe(false)
  expect(await refusalOf(createChannel(office, admin, wanted()))).toBe('invalid-input')
  const foreign = createChannel(office, admin, { ...wanted(), phoneNumberId: '1', team: randomUUID() })
  expect(await refusalOf(foreign)).toBe('invalid-input')
})

test('credentials that are left away stay; every change has a new revision', async () => {
  const { office, admin } = desk
  const { id } = await createChannel(office, admin, { ...wanted(), phoneNumberId: '300000000000778' })
  const before = await channelCredentialsOf(office, id)
  await changeAccount(id, { verifyToken: 'rotated-word' })
  const after = await channelCredentialsOf(office, id)
  expect(after?.credentials).toEqual({ ...before?.credentials, verifyToken: 'rotated-word' })
  expect(after?.revision).toBe((before?.revision ?? 0) + 1)
  expect(await refusalOf(changeChannel(office, admin, randomUUID(), { name: 'x' }))).toBe('not-found')
  expect(await channelCredentialsOf(office, randomUUID())).toBeNull()
})

test('what came while a channel was disabled is read once it is enabled', async () => {
  const { office, admin, channelId } = desk
  await changeChannel(office, admin, channelId, { state: 'disabled' })
  function payload(text: string) {
    return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [], text }] })
  }
  for (const text of ['a', 'b']) {
    await office.intake.accept(channelId, Buffer.from(payload(text)), noon, true)
  }
  await desk.test.ingest()
  expect(await readIntake(office, admin)).toMatchObject({
    waiting: 0,
    heldForDisabledChannels: 2,
    alarm: false,
  })
  await changeChannel(office, admin, channelId, { state: 'enabled' })
  expect(await readIntake(office, admin)).toMatchObject({ waiting: 2, heldForDisabledChannels: 0 })
  await desk.test.ingest()
  expect(await readIntake(office, admin)).toMatchObject({ waiting: 0, oldestWaitingSeconds: null })
})

test('an event that waits longer than a minute raises the alarm', async () => {
  const {
    office,
    admin,
    channelId,
    test: { setNow },
  } = desk
  await office.intake.accept(channelId, Buffer.from('{"waits":true}'), noon, false)
  setNow(minutesAfter(noon, 1))
  expect(await readIntake(office, admin)).toMatchObject({
    waiting: 1,
    oldestWaitingSeconds: 60,
    alarm: false,
  })
  setNow(minutesAfter(noon, 2))
  expect(await readIntake(office, admin)).toMatchObject({ oldestWaitingSeconds: 120, alarm: true })
  await desk.test.ingest()
  expect(await readIntake(office, admin)).toMatchObject({ waiting: 0, alarm: false })
})

test('a notice is one as long as it is open, counts, and opens anew after it was dismissed', async () => {
  const { office, admin, channelId } = desk
  function raise() {
    return change(office, (changing) =>
      raiseNotice(changing, channelId, 'token-refused', '190', office.now()),
    )
  }
  async function open() {
    const { items } = await listChannels(office, admin)
    return items.find((one) => one.id === channelId)?.notices ?? []
  }
  for (const { id } of await open()) await dismissNotice(office, admin, channelId, id)
  await raise()
  await raise()
  const [notice] = await open()
  expect(notice).toMatchObject({ code: 'token-refused', detail: '190', severity: 'error', count: 2 })
  await dismissNotice(office, admin, channelId, notice?.id ?? '')
  await dismissNotice(office, admin, channelId, notice?.id ?? '')
  expect(await open()).toEqual([])
  await raise()
  expect(await open()).toMatchObject([{ count: 1 }])
  expect(await refusalOf(dismissNotice(office, admin, channelId, randomUUID()))).toBe('not-found')
})

/** What is open, as the administrator sees it; what other tests left is dismissed. */
async function onlyThese(raised: readonly (readonly [ChannelNoticeCode, string, Date])[]) {
  const { office, admin, channelId } = desk
  const { items } = await listChannels(office, admin)
  for (const { id } of items.find(({ id }) => id === channelId)?.notices ?? [])
    await dismissNotice(office, admin, channelId, id)
  for (const [code, detail, at] of raised)
    await change(office, (changing) => raiseNotice(changing, channelId, code, detail, at))
}
async function openNotices() {
  const { items } = await listChannels(desk.office, desk.admin)
  const notices = items.find(({ id }) => id === desk.channelId)?.notices ?? []
  return notices.map(({ code, detail }) => `${code} ${detail}`).toSorted()
}

test('what forbade sending is over once an answer is accepted that was sent since; what leaves answers alone is not', async () => {
  const { office, yilmaz } = desk
  const now = minutesAfter(noon, 3)
  desk.test.setNow(now)
  await onlyThese([
    ['token-refused', '190', noon],
    ['payment-problem', '131042', noon],
    ['waba-restricted', '131031', noon],
    ['waba-restricted', '131064', noon],
    ['waba-restricted', 'ACCOUNT_VIOLATION', noon],
    ['spam-limit', '131048', minutesAfter(now, 1)],
  ])
  const id = await desk.citizenWrites({ from: '491713920071' })
  await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Guten Tag.' })
  await sendQueuedReplies(office, id)
  expect(await openNotices()).toEqual([
    'spam-limit 131048',
    'waba-restricted 131064',
    'waba-restricted ACCOUNT_VIOLATION',
  ])
})

test('the notice about a former secret ends when the secrets change, and a day after its last use', async () => {
  const { office, channelId, test: world } = desk
  const used = minutesAfter(noon, 5)
  await onlyThese([['old-secret-used', '', used]])
  await changeAccount(channelId, { webhookSecrets: ['a-new-secret'] })
  expect(await openNotices()).toEqual([])
  await onlyThese([['old-secret-used', '', used]])
  world.setNow(minutesAfter(used, 25 * 60))
  await sweepNotices(office)
  // No delivery since: whether the provider has changed over is not known.
  expect(await openNotices()).toEqual(['old-secret-used null'])
  await desk.citizenWrites({ from: '491713920072' })
  await sweepNotices(office)
  expect(await openNotices()).toEqual([])
})

test('dead letters come in pages, newest first, without their content', async () => {
  const { office, admin, channelId } = desk
  await office.prisma.deadLetter.createMany({
    data: [1, 2, 2, 3].map((minute, n) => ({
      channelId,
      eventId: BigInt(1000 + n),
      code: 'not-json',
      path: '',
      keyId: office.keys.intake.id,
      bodySealed: new Uint8Array([1]),
      sizeBytes: 100 + n,
      receivedAt: minutesAfter(noon, minute),
      expiresAt: minutesAfter(noon, 10_000),
    })),
  })
  const first = await listDeadLetters(office, admin, { limit: 2 })
  const second = await listDeadLetters(office, admin, { limit: 10, cursor: first.nextCursor ?? '' })
  const items = [...first.items, ...second.items].filter(({ code }) => code === 'not-json')
  expect(items.map((one) => one.receivedAt)).toEqual(
    [3, 2, 2, 1].map((minute) => minutesAfter(noon, minute).toISOString()),
  )
  expect(new Set(items.map((one) => one.id)).size).toBe(4)
})

test('a replayed dead letter is read again with its whole event; what is there is not doubled', async () => {
  const { office, admin, channelId } = desk
  const id = await desk.citizenWrites({ from: '491713920060', text: 'Guten Tag.' })
  const event = await office.prisma.webhookEvent.findFirstOrThrow({ orderBy: { id: 'desc' } })
  async function letter(eventId: bigint) {
    return office.prisma.deadLetter.create({
      data: {
        channelId,
        eventId,
        code: 'defect',
        path: 'entry[0]',
        keyId: office.keys.intake.id,
        bodySealed: new Uint8Array(
          seal(
            office.keys.intake.bytes,
            additionalData.deadLetter(channelId, eventId),
            '{"object":"whatsapp_business_account"}',
          ),
        ),
        sizeBytes: 38,
        receivedAt: noon,
        expiresAt: minutesAfter(noon, 10_000),
      },
    })
  }
  const stored = await letter(event.id)
  const replayed = await replayDeadLetter(office, admin, stored.id)
  expect(replayed).toMatchObject({ id: stored.id, replayedAt: office.now().toISOString() })
  expect((await readIntake(office, admin)).waiting).toBe(1)
  await desk.test.ingest()
  expect(await office.prisma.message.count({ where: { conversationId: id } })).toBe(1)
  const orphan = await letter(event.id + 1_000_000n)
  await replayDeadLetter(office, admin, orphan.id)
  expect((await readIntake(office, admin)).waiting).toBe(1)
  expect(await refusalOf(replayDeadLetter(office, admin, randomUUID()))).toBe('not-found')
  expect(await refusalOf(replayDeadLetter(office, desk.yilmaz, stored.id))).toBe('not-allowed')
})
