import { randomUUID } from 'node:crypto'
import { open } from '@buergerdraht/office'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webhook } from '../../../../testing/webhook-payload.ts'
import { additionalData } from '../../src/index.ts'
import { openTestOffice, type TestOffice } from '../test-office.ts'

let world: TestOffice
let channelId: string
beforeEach(async () => {
  world = await openTestOffice()
  channelId = await world.addChannel()
})
afterEach(() => world.close())

type Who = {
  readonly phone?: string
  readonly bsuid?: string
  readonly parent?: string
}

/** WhatsApp's time of what is written and of changes, unless another is named. */
const changeTime = 1794830400

function writes({ phone, bsuid, parent }: Who, channel = channelId, timestamp = changeTime) {
  return world.deliver(
    channel,
    webhook({
      contacts: [{ profile: { name: 'Erika' }, wa_id: phone, user_id: bsuid, parent_user_id: parent }],
      messages: [
        {
          id: `wamid.${randomUUID()}`,
          from: phone,
          from_user_id: bsuid,
          from_parent_user_id: parent,
          timestamp: String(timestamp),
          type: 'text',
          text: { body: 'Hallo' },
        },
      ],
    }),
  )
}

function becomes(from: Who, system: object) {
  return world.deliver(
    channelId,
    webhook({
      messages: [
        {
          id: `wamid.${randomUUID()}`,
          from: from.phone,
          from_user_id: from.bsuid,
          timestamp: String(changeTime),
          type: 'system',
          system,
        },
      ],
    }),
  )
}

function closeAll() {
  return world.office.pool.query(
    `update conversation set state = 'closed', closed_at = now(), waiting_since = null`,
  )
}

/** Contacts by age, with the identities that lead to them, those that did (in brackets), and how many messages each has. */
async function people() {
  const { rows: contacts } = await world.office.pool.query<{
    id: string
    key_id: string
    notice: string
    n: number
  }>(
    `select c.id, c.key_id, c.identity_notice as notice, (select count(*) from message m join conversation v
       on v.id = m.conversation_id where v.contact_id = c.id and m.kind <> 'system')::int as n from contact c order by c.id`,
  )
  const { rows: identities } = await world.office.pool.query<{
    id: string
    contact_id: string
    value_sealed: Buffer
    ended: boolean
  }>(
    'select id, contact_id, value_sealed, ended_at is not null as ended from contact_identity order by kind, since_at, id',
  )
  return Promise.all(
    contacts.map(async ({ id, key_id, notice, n }) => {
      const key = await world.office.keys.get(key_id)
      const own = identities.filter((identity) => identity.contact_id === id)
      const values = own.map(({ id: identityId, value_sealed, ended }) => {
        const text = open(key, additionalData.identity(identityId), value_sealed).toString()
        return ended ? `(${text})` : text
      })
      return { identities: values.sort(), notice, messages: n }
    }),
  )
}

const [p1, p2, u1, u2] = ['491713920011', '491713920022', 'DE.7001', 'DE.7002']

test('a number that is hidden later, and shown again, stays one person', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await writes({ bsuid: u1 })
  await writes({ phone: p1, bsuid: u1 })
  expect(await people()).toEqual([{ identities: [p1, u1], notice: null, messages: 3 }])
})

test('two who hide their numbers never become one person', async () => {
  await writes({ bsuid: u1 })
  await writes({ bsuid: u2 })
  expect(await people()).toEqual([
    { identities: [u1], notice: null, messages: 1 },
    { identities: [u2], notice: null, messages: 1 },
  ])
})

test('a person known by a number alone is recognised when the id comes with it, and the other way round', async () => {
  await writes({ phone: p1 })
  await writes({ phone: p1, bsuid: u1 })
  await writes({ bsuid: u2 })
  await writes({ phone: p2, bsuid: u2 })
  expect(await people()).toEqual([
    { identities: [p1, u1], notice: null, messages: 2 },
    { identities: [p2, u2], notice: null, messages: 2 },
  ])
})

test('two contacts that one message shows to be one person become one, when at most one has an open case', async () => {
  await writes({ phone: p1 })
  await closeAll()
  await writes({ bsuid: u1 })
  await writes({ phone: p1, bsuid: u1 })
  expect(await people()).toEqual([{ identities: [p1, u1], notice: null, messages: 3 }])
  // The merged contact's key is gone, and what was sealed with it can still be read: people() has just read it.
  const { rows } = await world.office.pool.query(
    `select count(*)::int as n from data_key where purpose = 'contact'`,
  )
  expect(rows).toEqual([{ n: 1 }])
})

test('two contacts with open cases stay two, the id wins, and a clerk is warned', async () => {
  await writes({ phone: p1 })
  await writes({ bsuid: u1 })
  await writes({ phone: p1, bsuid: u1 })
  expect(await people()).toEqual([
    { identities: [p1], notice: null, messages: 1 },
    { identities: [u1], notice: 'identity-conflict', messages: 2 },
  ])
})

test('a number that comes back with a foreign id is another person: nothing of the old one is shown to them', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await closeAll()
  await writes({ phone: p1, bsuid: u2 })
  expect(await people()).toEqual([
    { identities: [`(${p1})`, u1], notice: null, messages: 1 },
    { identities: [p1, u2], notice: 'identity-conflict', messages: 1 },
  ])
})

test('a changed number moves with its person, and the old one is history', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await becomes({ phone: p1 }, { type: 'user_changed_number', wa_id: p2, user_id: u2, previous_user_id: u1 })
  await writes({ phone: p2, bsuid: u2 })
  expect(await people()).toEqual([
    { identities: [`(${p1})`, `(${u1})`, p2, u2], notice: 'number-changed', messages: 2 },
  ])
  // Whoever gets the old number is a stranger.
  await writes({ phone: p1 })
  expect(await people()).toHaveLength(2)
})

test('a new number ends the id that came with the old one, and the other way round', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await becomes({ phone: p1 }, { type: 'user_changed_number', wa_id: p2 })
  // The next message brings the new id: the same person, not a stranger with a recycled number.
  await writes({ phone: p2, bsuid: u2 })
  expect(await people()).toEqual([
    { identities: [`(${p1})`, `(${u1})`, p2, u2], notice: 'number-changed', messages: 2 },
  ])
  // No answer may go to a number that is somebody else's by now.
  await becomes({}, { type: 'user_changed_user_id', previous_user_id: u2, user_id: 'DE.7003' })
  expect(await people()).toMatchObject([
    { identities: [`(${p1})`, `(${p2})`, `(${u1})`, `(${u2})`, 'DE.7003'] },
  ])
})

test('what was written under an id before the provider replaced it still belongs to the person', async () => {
  await writes({ bsuid: u1 })
  await becomes({}, { type: 'user_changed_user_id', previous_user_id: u1, user_id: u2 })
  await writes({ bsuid: u2 })
  await writes({ bsuid: u1 }, channelId, changeTime - 30)
  // With the number that was theirs then: it teaches nothing about now.
  await writes({ phone: p1, bsuid: u1 }, channelId, changeTime - 20)
  expect(await people()).toEqual([{ identities: [`(${u1})`, u2], notice: 'user-id-changed', messages: 4 }])
})

test('an old number leads to its person for what is older than the change, and to its new owner afterwards', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await becomes({ phone: p1 }, { type: 'user_changed_number', wa_id: p2, user_id: u2, previous_user_id: u1 })
  await writes({ phone: p1, bsuid: 'DE.7003' })
  await writes({ phone: p1 }, channelId, changeTime - 30)
  await writes({ phone: p1 }, channelId, changeTime + 5)
  expect(await people()).toEqual([
    { identities: [`(${p1})`, `(${u1})`, p2, u2], notice: 'number-changed', messages: 2 },
    { identities: [p1, 'DE.7003'], notice: null, messages: 2 },
  ])
})

test('a number that was recycled without a word leads nobody back', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await closeAll()
  await writes({ phone: p1, bsuid: u2 })
  await writes({ phone: p1 }, channelId, changeTime - 30)
  expect(await people()).toMatchObject([{ messages: 1 }, { messages: 2 }])
})

test('a changed number that already belongs to somebody is not taken from them', async () => {
  await writes({ phone: p1, bsuid: u1 })
  await writes({ phone: p2 })
  await becomes({ phone: p1 }, { type: 'user_changed_number', wa_id: p2, previous_user_id: u1 })
  const [first, second] = await people()
  expect(first?.notice).toBe('identity-conflict')
  expect(second).toEqual({ identities: [p2], notice: null, messages: 1 })
})

test('a parent id recognises a person across portfolios', async () => {
  await writes({ bsuid: u1, parent: 'DE.ENT.9001' })
  await writes({ bsuid: u2, parent: 'DE.ENT.9001' })
  expect(await people()).toEqual([
    { identities: [`(${u1})`, u2, 'DE.ENT.9001'], notice: 'user-id-changed', messages: 2 },
  ])
})

test('the same person on two channels is two contacts: nothing crosses between numbers', async () => {
  const other = await world.addChannel({ vendor: '360dialog' })
  await writes({ phone: p1, bsuid: u1 })
  await writes({ phone: p1, bsuid: u1 }, other)
  const person = { identities: [p1, u1], notice: null, messages: 1 }
  expect(await people()).toEqual([person, person])
  const channels = await world.office.prisma.contact.findMany({ select: { channelId: true } })
  expect(new Set(channels.map(({ channelId }) => channelId))).toEqual(new Set([channelId, other]))
})
