import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhook } from '../../../../testing/webhook-payload.ts'
import { type Inbox, ingestWaiting, SearchIndex } from '../../src/index.ts'
import { openTestOffice, type TestOffice } from '../test-office.ts'

let world: TestOffice
let channelId: string
beforeAll(async () => {
  world = await openTestOffice()
  channelId = await world.addChannel()
})
afterAll(() => world.close())

function payload(...texts: readonly string[]): Buffer {
  return Buffer.from(
    JSON.stringify(
      webhook({
        messages: texts.map((text) => ({
          id: `wamid.${text}`,
          from: '491713920011',
          timestamp: '1794830400',
          type: 'text',
          text: { body: text },
        })),
      }),
    ),
  )
}

type Numbers = { messages: number; letters: number; waiting: number }

async function numbers(): Promise<Numbers> {
  const { rows } = await world.office.pool.query<Numbers>(
    `select (select count(*) from message)::int as messages, (select count(*) from dead_letter)::int as letters,
       (select count(*) from webhook_event where ingested_at is null)::int as waiting`,
  )
  return rows[0] ?? { messages: 0, letters: 0, waiting: 0 }
}

/** What there is more of than before. */
async function since(before: Numbers): Promise<Numbers> {
  const after = await numbers()
  return {
    messages: after.messages - before.messages,
    letters: after.letters - before.letters,
    waiting: after.waiting - before.waiting,
  }
}

/** An office in which our own code breaks at one word, as a defect of ours would. */
function brokenAt(word: string): Inbox {
  const search = new SearchIndex(world.office.keys)
  const tokensOf = search.tokensOf.bind(search)
  search.tokensOf = (generation, items) => {
    if (items.some((one) => 'text' in one && one.text.includes(word)))
      throw new TypeError('Something is undefined.')
    return tokensOf(generation, items)
  }
  return { ...world.office, search }
}

test('a defect of ours at one message holds up nobody: it becomes a dead letter, the others come in', async () => {
  const before = await numbers()
  const office = brokenAt('gift')
  await office.intake.accept(channelId, payload('davor', 'gift', 'danach'), world.office.now(), false)
  await office.intake.accept(channelId, payload('andere'), world.office.now(), false)
  const client = await office.pool.connect()
  try {
    await ingestWaiting(client, office)
  } finally {
    client.release()
  }
  expect(await since(before)).toEqual({ messages: 3, letters: 1, waiting: 0 })
  // What was logged names the place and nothing of the content.
  expect(JSON.stringify(world.logged)).toContain('entry[0].changes[0].value.messages[1]')
  expect(JSON.stringify(world.logged)).not.toContain('gift')
})

test('an event whose row is damaged holds up nobody', async () => {
  const before = await numbers()
  await world.office.intake.accept(channelId, payload('kaputt'), world.office.now(), false)
  await world.office.pool.query(
    `update webhook_event set body_sealed = set_byte(body_sealed, 40, get_byte(body_sealed, 40) # 1) where ingested_at is null`,
  )
  await world.office.intake.accept(channelId, payload('heil'), world.office.now(), false)
  await world.ingest()
  expect(await since(before)).toEqual({ messages: 1, letters: 0, waiting: 0 })
})

test('a database that has lost a table is an outage: everything waits and nothing is thrown away', async () => {
  const { pool } = world.office
  const before = await numbers()
  await world.office.intake.accept(channelId, payload('wartet'), world.office.now(), false)
  await pool.query('alter table search_entry rename to search_entry_away')
  try {
    await expect(world.ingest()).rejects.toThrow('relation "search_entry" does not exist')
    expect(await since(before)).toEqual({ messages: 0, letters: 0, waiting: 1 })
  } finally {
    await pool.query('alter table search_entry_away rename to search_entry')
  }
  await world.ingest()
  expect(await since(before)).toEqual({ messages: 1, letters: 0, waiting: 0 })
})
