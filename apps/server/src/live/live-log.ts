import type { LiveEvent } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import { prepared } from '@buergerdraht/office'

/** A row of `live_event`. Ids grow in the order of commits, so whoever has seen one has seen all before it. */
export type LiveRow = {
  readonly id: bigint
  readonly teamId: string | null
  readonly event: LiveEvent
}

type Row = {
  readonly id: string
  readonly type: LiveEvent['type']
  readonly team_id: string | null
  readonly conversation_id: string | null
  readonly message_id: string | null
  readonly inbound: boolean
  readonly at: Date
}

function toLiveRow(row: Row): LiveRow {
  return {
    id: BigInt(row.id),
    teamId: row.team_id,
    event: {
      id: row.id,
      type: row.type,
      conversationId: row.conversation_id,
      messageId: row.message_id,
      inbound: row.inbound,
      at: row.at.toISOString(),
    },
  }
}

type Asking = Pick<Inbox, 'pool'>

/** The next rows after a position, oldest first. */
export async function liveRowsAfter(office: Asking, after: bigint, limit: number): Promise<LiveRow[]> {
  const { rows } = await office.pool.query<Row>(
    prepared(
      `select id, type, team_id, conversation_id, message_id, inbound, at
      from live_event where id > $1 order by id limit $2`,
      [after, limit],
    ),
  )
  return rows.map(toLiveRow)
}

/** The newest position. */
export async function livePosition(office: Asking): Promise<bigint> {
  const { rows } = await office.pool.query<{ id: string }>(
    'select coalesce(max(id), 0) as id from live_event',
  )
  return BigInt(rows[0]?.id ?? 0)
}

/**
 * Whether everything after a position is still there. Not so when it was deleted by age, or when the position was never handed
 * out (another database, a restored one).
 */
export async function canResumeAfter(office: Asking, position: bigint): Promise<boolean> {
  const { rows } = await office.pool.query<{ last: string; complete: boolean }>(
    `select case when is_called then last_value else 0 end as last,
       exists (select 1 from live_event where id <= $1::bigint) or (select min(id) - 1 from live_event) = $1 as complete
     from live_event_id_seq`,
    [position],
  )
  const row = rows[0]
  if (row === undefined) return false
  const last = BigInt(row.last)
  return position === last || (position < last && row.complete)
}

const keptMs = 24 * 60 * 60 * 1000

/**
 * Deletes what is older than a day; returns how many. Always everything up to a position, so that whoever asks for what came
 * after a position gets all of it or is told to load anew.
 */
export async function expireLiveEvents(office: Pick<Inbox, 'pool' | 'now'>): Promise<number> {
  const { rowCount } = await office.pool.query(
    'delete from live_event where id <= (select max(id) from live_event where at < $1)',
    [new Date(office.now().getTime() - keptMs)],
  )
  return rowCount ?? 0
}
