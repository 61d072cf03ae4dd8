import { transaction } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { providerIdMac } from '../stored/provider-id.ts'
import { type EarlyItem, takeEarlyItems } from './early-arrivals.ts'
import { ingestItems } from './ingest-items.ts'

const day = '24 hours'

async function ingestInTransaction(
  inbox: Inbox,
  take: (client: PoolClient) => Promise<EarlyItem[]>,
): Promise<number> {
  const { applied, published } = await transaction(inbox.pool, async (tx) => {
    const items = await take(tx.client)
    return { applied: items.length, ...(await ingestItems(tx, inbox, items, inbox.now())) }
  })
  if (published) await inbox.notify()
  return applied
}

/** Applies what came before its message did. Call it after the commit that made the provider's id known. */
export function applyEarlyArrivals(
  inbox: Inbox,
  channelId: string,
  providerMessageId: string,
): Promise<number> {
  return ingestInTransaction(inbox, (client) =>
    takeEarlyItems(client, inbox, [
      { channelId, mac: providerIdMac(inbox.keys, channelId, providerMessageId) },
    ]),
  )
}

/**
 * Applies early arrivals whose message is there by now (it was committed at the same moment), and drops those that have waited for
 * a day. Returns how many were applied.
 */
export async function sweepEarlyArrivals(inbox: Inbox): Promise<number> {
  await inbox.pool.query(
    `delete from early_arrival where arrived_at < $1::timestamptz - interval '${day}' and not is_held(null, null, null, 'DA08')`,
    [inbox.now()],
  )
  const { rows } = await inbox.pool.query<{ channel_id: string; target_mac: Buffer }>(
    `select distinct e.channel_id, e.target_mac from early_arrival e
     join message m on m.channel_id = e.channel_id and m.provider_id_mac = e.target_mac limit 500`,
  )
  if (rows.length === 0) return 0
  return ingestInTransaction(inbox, (client) =>
    takeEarlyItems(
      client,
      inbox,
      rows.map((row) => ({ channelId: row.channel_id, mac: row.target_mac })),
    ),
  )
}
