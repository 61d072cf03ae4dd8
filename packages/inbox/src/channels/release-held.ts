import type { Inbox } from '../inbox.ts'

/**
 * Hands over events that were stored as held although their channel is not disabled (any more): another process knew of the
 * change a second later. Returns how many.
 */
export async function releaseHeld(inbox: Pick<Inbox, 'pool'>): Promise<number> {
  const { rowCount } = await inbox.pool.query(
    `update webhook_event e set held = false from channel c
     where c.id = e.channel_id and e.held and c.state <> 'disabled'`,
  )
  return rowCount ?? 0
}
