import type { WithdrawalReason } from '@buergerdraht/contract'
import type { PoolClient } from 'pg'

/**
 * Takes matters of which the archive has said nothing off the lists in which they were offered, and notes there which numbers that were. Who may see them
 * sees them again from the commit on (a trigger). @returns how many were taken off
 */
export async function takeBack(
  client: Pick<PoolClient, 'query'>,
  conversationIds: readonly string[],
  reason: WithdrawalReason,
  at: Date,
): Promise<number> {
  await client.query(
    `update archive_offer o set withdrawn_at = $2, withdrawal_reason = $3,
       withdrawn_numbers = (select array_agg(n order by n) from (select unnest(o.withdrawn_numbers) union select unnest(w.numbers)) as all_of(n))
     from (select offer_id, array_agg(number) as numbers from archive_offer_item where conversation_id = any($1::uuid[]) and valuation is null group by offer_id) w
     where o.id = w.offer_id`,
    [conversationIds, at, reason],
  )
  const { rowCount } = await client.query(
    'delete from archive_offer_item where conversation_id = any($1::uuid[]) and valuation is null',
    [conversationIds],
  )
  return rowCount ?? 0
}
