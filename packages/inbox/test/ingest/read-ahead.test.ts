import { afterEach, beforeEach, expect, test } from 'vitest'
import { messagesChange, payload, phoneNumberId } from '../../../../testing/webhook-payload.ts'
import { ingestWaiting, providerIdMac } from '../../src/index.ts'
import { ReadAhead } from '../../src/ingest/waiting-events.ts'
import { openTestOffice, type TestOffice } from '../test-office.ts'

let world: TestOffice
let channelId: string
beforeEach(async () => {
  world = await openTestOffice()
  channelId = await world.addChannel()
})
afterEach(() => world.close())

/** As many as two and a half batches, written by three people in turn. */
const howMany = 1000

async function arrive(): Promise<void> {
  await Promise.all(
    Array.from({ length: howMany }, (_, n) => {
      const message = {
        id: String(n),
        from: `4917139200${10 + (n % 3)}`,
        text: String(n),
        timestamp: 1794830400,
      }
      const body = Buffer.from(JSON.stringify(payload([messagesChange(phoneNumberId, [message])])))
      return world.office.intake.accept(channelId, body, world.office.now(), false)
    }),
  )
}

async function count(sql: string): Promise<number> {
  const { rows } = await world.office.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)
  return rows[0]?.n ?? -1
}

test('what is read ahead is ingested once and in its order, without what was held meanwhile', async () => {
  await arrive()
  const client = await world.office.pool.connect()
  const ahead = new ReadAhead(world.office)
  try {
    const first = await ingestWaiting(client, world.office, ahead)
    expect(first.events).toBe(400)
    // The next batch has been read by now, or is being read: somebody takes some of it back, and somebody else was faster with others.
    const next = await ahead.take()
    expect(next).toHaveLength(400)
    const [held, done] = [next[0]?.id ?? '', next[1]?.id ?? '']
    await world.office.pool.query('update webhook_event set held = true where id = $1', [held])
    await world.office.pool.query('update webhook_event set ingested_at = now() where id = $1', [done])
    const again = { take: async () => next, begin: () => {} } as unknown as ReadAhead
    expect((await ingestWaiting(client, world.office, again)).events).toBe(398)
    while ((await ingestWaiting(client, world.office, ahead)).events > 0);
    expect(await count('message')).toBe(howMany - 2)
    expect(await count('webhook_event where ingested_at is null')).toBe(1)
    await world.office.pool.query('update webhook_event set held = false where id = $1', [held])
    await world.ingest()
    expect(await count('message')).toBe(howMany - 1)
    // In the order in which they were stored: what a person wrote first has the smaller id.
    const { rows } = await world.office.pool.query<{ id: string; mac: string }>(
      "select id, encode(provider_id_mac, 'hex') as mac from message order by id",
    )
    const written = new Map(
      Array.from({ length: howMany }, (_, n) => [
        providerIdMac(world.office.keys, channelId, `wamid.${n}`).toString('hex'),
        n,
      ]),
    )
    // But for the one that was held and came last.
    const order = rows.slice(0, -1).map(({ mac }) => written.get(mac) ?? -1)
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  } finally {
    client.release()
  }
})
