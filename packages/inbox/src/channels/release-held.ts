import type { PoolClient } from 'pg'

/**
 * Hands over events that were stored as held although their channel is not disabled (any more): another process knew of the
 * change a second later, or nobody was let in when they came. Only where people are let in. Returns how many.
 */
export async function releaseHeld({ pool }: { readonly pool: Pick<PoolClient, 'query'> }): Promise<number> {
  const { rowCount } = await pool.query(
    `update webhook_event e set held = false from channel c
     where c.id = e.channel_id and e.held and c.state <> 'disabled'`,
  )
  return rowCount ?? 0
}
