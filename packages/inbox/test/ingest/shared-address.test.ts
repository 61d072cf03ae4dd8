import { afterEach, beforeEach, expect, test } from 'vitest'
import { messagesChange, payload } from '../../../../testing/webhook-payload.ts'
import { changeChannel, channelCredentialsOf, listDeadLetters, replayDeadLetter } from '../../src/index.ts'
import { openTestOffice, type TestOffice, wireCredentials } from '../test-office.ts'

const first = '300000000000001'
const second = '300000000000002'
const admin = {
  accountId: crypto.randomUUID(),
  email: 'admin@stadt.example',
  displayName: 'Admin',
  role: 'admin' as const,
  teams: [],
  teamIds: [],
}

let world: TestOffice
let channelId: string
beforeEach(async () => {
  world = await openTestOffice()
  channelId = await world.addChannel()
})
afterEach(() => world.close())

/** One POST at the first channel's address, proved with one of its secrets, with a message to each number. */
async function arrives(texts: Readonly<Record<string, string>>, secret = 0): Promise<void> {
  const changes = Object.entries(texts).map(([number, text]) =>
    messagesChange(number, [{ id: text, from: '491713920011', text, timestamp: 1794830400 }]),
  )
  const proof = (await channelCredentialsOf(world.office, channelId))?.proofMacs[secret] ?? null
  const body = Buffer.from(JSON.stringify(payload(changes)))
  await world.office.intake.accept(channelId, body, world.office.now(), false, proof)
  await world.ingest()
}

async function messagesOf(channel: string): Promise<number> {
  return world.office.prisma.message.count({ where: { channelId: channel } })
}
async function deadLetters() {
  const { items } = await listDeadLetters(world.office, admin, { limit: 50 })
  return items.map(({ code, path, replayedAt }) => ({ code, path, replayed: replayedAt !== null }))
}

test('the second number of an app finds its messages, though they come to the first one’s address', async () => {
  const other = await world.addChannel({ phoneNumberId: second })
  await arrives({ [first]: 'eins', [second]: 'zwei' })
  expect([await messagesOf(channelId), await messagesOf(other)]).toEqual([1, 1])
  expect(await deadLetters()).toEqual([])
})

test('a number that no channel has becomes a dead letter, and comes in once the channel exists', async () => {
  await arrives({ [first]: 'eins', [second]: 'zwei' })
  expect(await messagesOf(channelId)).toBe(1)
  expect(await deadLetters()).toEqual([
    { code: 'unknown-number', path: 'entry[0].changes[1].value.messages[0]', replayed: false },
  ])
  const { items } = await listDeadLetters(world.office, admin, { limit: 1 })
  const letter = items[0]?.id ?? ''
  // Too early: it is still nobody's.
  await replayDeadLetter(world.office, admin, letter)
  await world.ingest()
  expect(await deadLetters()).toMatchObject([{ replayed: false }])
  const other = await world.addChannel({ phoneNumberId: second })
  await replayDeadLetter(world.office, admin, letter)
  await world.ingest()
  expect([await messagesOf(channelId), await messagesOf(other)]).toEqual([1, 1])
  expect(await deadLetters()).toMatchObject([{ replayed: true }])
})

test('and also when the raw event has gone before its letter', async () => {
  await arrives({ [second]: 'zwei' })
  const other = await world.addChannel({ phoneNumberId: second })
  await world.office.pool.query('delete from webhook_event')
  const { items } = await listDeadLetters(world.office, admin, { limit: 1 })
  await replayDeadLetter(world.office, admin, items[0]?.id ?? '')
  await world.ingest()
  expect(await messagesOf(other)).toBe(1)
})

test.each([
  ['another secret', { webhookSecrets: ['something else'] }, 0],
  ['the secret that this one was not proved with', { webhookSecrets: ['wire-test-secret-old'] }, 0],
])('nothing is given to a channel with %s', async (_, credentials, secret) => {
  const other = await world.addChannel({
    phoneNumberId: second,
    credentials: { ...wireCredentials, ...credentials },
  })
  await arrives({ [second]: 'zwei' }, secret)
  expect(await messagesOf(other)).toBe(0)
  expect(await deadLetters()).toMatchObject([{ code: 'secret-differs' }])
})

test('a channel in the middle of changing its secret shares the old one', async () => {
  const other = await world.addChannel({
    phoneNumberId: second,
    credentials: { ...wireCredentials, webhookSecrets: ['wire-test-secret-old'] },
  })
  await arrives({ [second]: 'zwei' }, 1)
  expect(await messagesOf(other)).toBe(1)
})

test('the same number at another vendor is somebody else', async () => {
  const other = await world.addChannel({ phoneNumberId: second, vendor: '360dialog' })
  await arrives({ [second]: 'zwei' })
  expect(await messagesOf(other)).toBe(0)
  expect(await deadLetters()).toMatchObject([{ code: 'unknown-number' }])
})

test('what is a disabled channel’s waits until it is enabled', async () => {
  const other = await world.addChannel({ phoneNumberId: second })
  await changeChannel(world.office, admin, other, { state: 'disabled' })
  await arrives({ [first]: 'eins', [second]: 'zwei' })
  expect([await messagesOf(channelId), await messagesOf(other)]).toEqual([1, 0])
  await changeChannel(world.office, admin, other, { state: 'enabled' })
  await world.ingest()
  expect([await messagesOf(channelId), await messagesOf(other)]).toEqual([1, 1])
})
