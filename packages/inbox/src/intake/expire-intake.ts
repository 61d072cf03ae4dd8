import { destroyKeys } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

const dayMs = 24 * 60 * 60 * 1000
/**
 * Data cluster DA09. A provider may repeat for a week what it thinks was not taken; what comes after this is recognised by the
 * ids of its messages.
 */
const eventLifeMs = dayMs
/** A key takes new events for a day; the last of them has gone after that. */
const keyLifeMs = eventLifeMs + 2 * dayMs
const maxRows = 20_000

/**
 * Deletes raw events a day after they were ingested, dead letters whose time is over, and intake keys that no
 * row needs any more, unless they are held, so that backups of such rows cannot be read either. Returns how many rows.
 */
export async function expireIntake(inbox: Pick<Inbox, 'pool' | 'now' | 'keys'>): Promise<number> {
  const now = inbox.now()
  const events = await inbox.pool.query(
    `delete from webhook_event where id in (
       select id from webhook_event where ingested_at < $1 and not is_held(null, null, null, 'DA09') order by id limit ${maxRows})`,
    [new Date(now.getTime() - eventLifeMs)],
  )
  const letters = await inbox.pool.query(
    `delete from dead_letter where expires_at <= $1 and not is_held(null, null, null, 'DA09')`,
    [now],
  )
  // What waits unread, because its channel is disabled or nobody was let in, may be a repetition of it.
  await inbox.pool.query(
    `delete from erased_message where expires_at <= $1
       and not exists (select from webhook_event e where e.ingested_at is null and e.received_at < expires_at)`,
    [now],
  )
  // Nothing is sealed with a key of that age any more: what needs none now will need none. The newest may be in use, whatever this clock says.
  const keys = await inbox.pool.query<{ id: string }>(
    `select k.id from data_key k where k.purpose = 'intake' and k.created_at < $1
       and exists (select 1 from data_key newer where newer.purpose = 'intake' and newer.created_at > k.created_at)
       and not exists (select 1 from webhook_event e where e.key_id = k.id)
       and not exists (select 1 from dead_letter d where d.key_id = k.id)
       and not exists (select 1 from early_arrival a where a.key_id = k.id)`,
    [new Date(now.getTime() - keyLifeMs)],
  )
  await destroyKeys(
    inbox.pool,
    inbox.keys,
    'intake',
    keys.rows.map(({ id }) => id),
  )
  return (events.rowCount ?? 0) + (letters.rowCount ?? 0) + (keys.rowCount ?? 0)
}
