import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { type Closable, closeProposals } from './close-proposals.ts'

/** As long as the entries of the log that tell of them. */
const keptMs = 90 * 24 * 60 * 60 * 1000

/** Closes what nobody has decided in time, with its secret, and deletes what was closed long ago. Returns how many. */
export async function expireProposals({
  pool,
  keys,
  now,
}: Pick<OfficeContext, 'pool' | 'keys' | 'now'>): Promise<number> {
  return transaction(pool, async ({ client }) => {
    const at = now()
    const { rows } = await client.query<Closable>(
      `select id, key_id from proposal where state = 'open' and expires_at <= $1 for update skip locked`,
      [at],
    )
    await closeProposals(keys, client, rows, 'expired', null)
    const { rowCount } = await client.query(
      `delete from proposal where state <> 'open' and coalesce(decided_at, expires_at) <= $1`,
      [new Date(at.getTime() - keptMs)],
    )
    return rows.length + (rowCount ?? 0)
  })
}
