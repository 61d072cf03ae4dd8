import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { transaction } from '@buergerdraht/office'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhook, wireTime } from '../../../../testing/webhook-payload.ts'
import {
  beginGeneration,
  buildIndex,
  onClient,
  providerIdMac,
  SearchIndex,
  searchConversations,
  sendReply,
  storeEntries,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noon, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

async function found(q: string): Promise<string[]> {
  const page = await searchConversations(desk.office, desk.yilmaz, { q, status: 'all', limit: 30 })
  return page.items.map(({ id }) => id)
}

async function indexedSince(): Promise<string | null> {
  const page = await searchConversations(desk.office, desk.yilmaz, { q: 'x', status: 'all', limit: 1 })
  return page.indexedSince
}

const never = new AbortController().signal

async function entries(): Promise<unknown[]> {
  const { rows } = await desk.office.pool.query('select id, tokens from search_entry order by id')
  return rows
}

/** Whether somebody waits for another's lock. Other tests have databases of their own on the same server, and wait there. */
async function isWaiting(): Promise<boolean> {
  const { rowCount } = await desk.office.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rowCount === 1
}

/** How many entries say anything. What was taken back keeps an entry without words until the index is built anew. */
async function entriesWithWords(): Promise<number> {
  const { rows } = await desk.office.pool.query<{ count: number }>(
    'select count(*)::int as count from search_entry where cardinality(tokens) > 0',
  )
  return rows[0]?.count ?? 0
}

/** The citizen takes a message back. */
function revoke(from: string, providerId: string): Promise<void> {
  const message = { id: `wamid.${randomUUID()}`, from, timestamp: wireTime(minutesAfter(noon, 1)) }
  const taken = { ...message, type: 'revoke', revoke: { original_message_id: providerId } }
  return desk.test.deliver(desk.channelId, webhook({ messages: [taken] }))
}

/** As PostgreSQL does to tables that are in no log, when it has crashed. */
async function crash(): Promise<void> {
  await desk.office.pool.query('truncate search_entry, search_prefix, search_leftover, search_generation')
}

test('after a crash everything is found again, and what was written meanwhile', async () => {
  const before = await desk.citizenWrites({
    from: '491713920101',
    name: 'Sören Vogt',
    text: 'Die Birke ist morsch.',
  })
  await desk.citizenWrites({ from: '491713920101', name: 'Sören Vogt', text: 'Noch eine Birke!' })
  await crash()
  expect(await found('birke')).toEqual([])
  expect(await indexedSince()).toBe(desk.office.now().toISOString())
  // Nothing is lost of what comes while there is no index: a message, a reply, a name.
  const meanwhile = await desk.citizenWrites({
    from: '491713920102',
    name: 'Björk Ahorn',
    text: 'Eine Ulme.',
  })
  await sendReply(desk.office, desk.yilmaz, meanwhile, { clientId: randomUUID(), text: 'Auch die Birke?' })
  // All messages, with the line that says who has taken it.
  expect(await buildIndex(desk.office, never)).toBe(await desk.office.prisma.message.count())
  expect(await indexedSince()).toBeNull()
  expect(await found('birken')).toEqual([meanwhile, before])
  expect(await found('ulme')).toEqual([meanwhile])
  expect(await found('bjork')).toEqual([meanwhile])
  expect(await found('sor')).toEqual([before])
  expect(await found('20101')).toEqual([before])
  expect(await buildIndex(desk.office, never)).toBe(0)
})

test('the index that is built is the one that was written message by message', async () => {
  const from = '491713920103'
  const id = `wamid.${randomUUID()}`
  const conversation = await desk.citizenWrites({ from, id, text: 'Ein Tippfehlre.' })
  const edit = { original_message_id: id, message: { type: 'text', text: { body: 'Ein Tippfehler.' } } }
  await desk.test.deliver(
    desk.channelId,
    webhook({
      messages: [
        { id: `wamid.${randomUUID()}`, from, timestamp: wireTime(minutesAfter(noon, 1)), type: 'edit', edit },
      ],
    }),
  )
  async function words(): Promise<Record<string, number>> {
    const { rows } = await desk.office.pool.query<{ id: string; count: number }>(
      'select id, cardinality(tokens) as count from search_entry where conversation_id = $1',
      [conversation],
    )
    return Object.fromEntries(rows.map((row) => [row.id, row.count]))
  }
  const written = await words()
  // The message and the contact.
  expect(Object.keys(written)).toHaveLength(2)
  await beginGeneration(desk.office)
  await buildIndex(desk.office, never)
  expect(await words()).toEqual(written)
  expect(await found('tippfehler')).toHaveLength(1)
  expect(await found('tippfehlre')).toHaveLength(0)
})

test('each generation has a key of its own: no token of the last one is in it', async () => {
  await desk.citizenWrites({ from: '491713920104', name: 'Kim Grün', text: 'Ein Wort, das bleibt.' })
  function tokens() {
    return desk.office.pool.query<{ token: string }>(
      `select unnest(tokens)::text as token from search_entry
       union select prefix::text from search_prefix union select token::text from search_prefix`,
    )
  }
  // What was taken back leaves the beginnings of its words until the index is built anew.
  await beginGeneration(desk.office)
  await buildIndex(desk.office, never)
  const before = new Set((await tokens()).rows.map(({ token }) => token))
  expect(before.size).toBeGreaterThan(20)
  await beginGeneration(desk.office)
  await buildIndex(desk.office, never)
  const after = (await tokens()).rows.map(({ token }) => token)
  expect(after).toHaveLength(before.size)
  expect(after.filter((token) => before.has(token))).toEqual([])
})

test('it is built newest first, can be cut off after any page, and goes on where it was', async () => {
  const { office } = desk
  await desk.citizenWrites({ from: '491713920105', text: 'Das Älteste von allen: ein Brunnen.' })
  for (let n = 0; n < 320; n += 1) {
    await office.intake.accept(
      desk.channelId,
      Buffer.from(
        JSON.stringify(
          webhook({
            messages: [
              {
                id: `wamid.${randomUUID()}`,
                from: `49171393${1000 + n}`,
                timestamp: wireTime(noon),
                type: 'text',
                text: { body: `Laterne ${n}` },
              },
            ],
          }),
        ),
      ),
      office.now(),
      false,
    )
  }
  desk.test.setNow(minutesAfter(noon, 30))
  await desk.test.ingest()
  const whole = await entriesWithWords()
  await beginGeneration(office)
  const stopping = new AbortController()
  function stopAndTell(): Date {
    // While the first page is written.
    if (office.search.known?.since !== null) stopping.abort()
    return office.now()
  }
  const cutOff = buildIndex({ ...office, now: stopAndTell }, stopping.signal)
  expect(await cutOff).toBe(300)
  expect(await indexedSince()).not.toBeNull()
  expect((await found('laterne')).length).toBe(30)
  expect(await found('brunnen')).toEqual([])
  await buildIndex(office, never)
  expect(await found('brunnen')).toHaveLength(1)
  expect(await entriesWithWords()).toBe(whole)
})

test('a generation waits for whoever is writing, so that it finds what they store', async () => {
  const { pool, search } = desk.office
  let done = false
  const begun = await transaction(pool, async ({ client, afterCommit }) => {
    await storeEntries(search, { run: onClient(client), afterCommit }, [
      { id: randomUUID(), conversationId: randomUUID(), teamId: randomUUID(), at: noon, text: 'Linde' },
    ])
    const beginning = beginGeneration(desk.office).then(() => {
      done = true
    })
    await expect.poll(isWaiting).toBe(true)
    expect(done).toBe(false)
    return { beginning }
  })
  await begun.beginning
  expect(await entries()).toEqual([])
  await buildIndex(desk.office, never)
})

test('the beginning of a word is found, although whoever wrote the word first failed meanwhile', async () => {
  const { pool, search } = desk.office
  const turn = new EventEmitter()
  const failing = transaction(pool, async ({ client, afterCommit }) => {
    const of = { id: randomUUID(), conversationId: randomUUID(), teamId: randomUUID(), at: noon }
    await storeEntries(search, { run: onClient(client), afterCommit }, [{ ...of, text: 'Haselnuss' }])
    turn.emit('written')
    await once(turn, 'end')
    throw new Error('taken back')
  })
  await once(turn, 'written')
  let done = false
  const written = desk.citizenWrites({ from: '491713920107', text: 'Eine Haselnuss.' }).finally(() => {
    done = true
  })
  await expect.poll(async () => done || (await isWaiting())).toBe(true)
  turn.emit('end')
  await expect(failing).rejects.toThrow('taken back')
  const id = await written
  expect(await found('haseln')).toEqual([id])
})

test('a process that does not know of the new generation yet writes with its key all the same', async () => {
  const { office } = desk
  const from = '491713920106'
  const id = await desk.citizenWrites({ from, text: 'Eine Kastanie.' })
  const elsewhere = { ...office, search: new SearchIndex(office.keys) }
  await beginGeneration(elsewhere)
  expect(office.search.known?.id).not.toBe(elsewhere.search.known?.id)
  await sendReply(office, desk.yilmaz, id, { clientId: randomUUID(), text: 'Eine Eiche?' })
  await desk.citizenWrites({ from, text: 'Eine Robinie.' })
  expect(await found('robinie')).toEqual([id])
  expect(await found('eiche')).toEqual([id])
  expect(await found('robi')).toEqual([id])
  expect(await found('kastanie')).toEqual([])
  await buildIndex(elsewhere, never)
  expect(await found('kastanie')).toEqual([id])
})

test('what is taken back while the index is built is not in it', async () => {
  const { office } = desk
  const from = '491713920107'
  const providerId = `wamid.${randomUUID()}`
  await desk.citizenWrites({ from, id: providerId, text: 'Eine Zypresse.' })
  await beginGeneration(office)
  // The builder has read the message; before it stores its words, the citizen takes them back.
  const keys = Object.create(office.keys, {
    getMany: {
      value: async (ids: Iterable<string>) => {
        const got = await office.keys.getMany(ids)
        await revoke(from, providerId)
        return got
      },
    },
    isNewest: { value: () => true },
  }) as typeof office.keys
  await buildIndex({ ...office, keys }, never)
  const { rows } = await office.pool.query(
    `select cardinality(e.tokens) as words from search_entry e join message m on m.id = e.id
     where m.provider_id_mac = $1`,
    [providerIdMac(office.keys, desk.channelId, providerId)],
  )
  expect(rows).toEqual([{ words: 0 }])
})

test('when the key-encryption key is replaced, the index begins anew under a key that it wraps', async () => {
  const { office } = desk
  const id = await desk.citizenWrites({ from: '491713920108', text: 'Eine Platane.' })
  const before = await office.search.load(onClient(office.pool))
  await desk.test.replaceKeyEncryptionKey()
  expect(await buildIndex(office, never)).toBe(await office.prisma.message.count())
  const after = await new SearchIndex(office.keys).load(onClient(office.pool))
  expect(after).toMatchObject({ since: null, outdated: false })
  expect(after?.id).not.toBe(before?.id)
  expect(await found('platane')).toEqual([id])
})
