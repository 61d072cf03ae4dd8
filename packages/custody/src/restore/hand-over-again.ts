import { newId } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { ActEntry } from '../ledger/acts.ts'
import { foundAt, type Hits } from './found-by-marks.ts'
import { momentOf, type Outcome, persons } from './outcome.ts'

type Client = Pick<PoolClient, 'query'>
type HandOverEntry = Extract<ActEntry, { type: 'HAND_OVER' }>

/** The hand-over that is meant: of the backup, or the one that was made again and has not ended. */
async function readMeant(
  client: Client,
  { message }: HandOverEntry,
  handOver: string | null,
  packageId: string | null,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from hand_over where case when $1::uuid is null then package_id = $2 and message = $3 and ledger_entry is not null and ended_at is null
       else id = $1 end`,
    [handOver, packageId, message],
  )
  return rows[0]?.id ?? null
}

const columnsSql = `case when $2 <> 'withdrawn' then $3::timestamptz end as sent_at, case when $2 = 'received' then $3::timestamptz end as received_at,
  case when $2 in ('confirmed', 'rejected', 'withdrawn') then $3::timestamptz end as ended_at`

/** Under another process id than the other side knows, because that id is no more; what it answers is known by the package. */
async function makeAgain(
  client: Client,
  { message, version, way, state, at }: HandOverEntry,
  packageId: string,
  place: number,
): Promise<boolean> {
  const moment = momentOf({ at })
  const { rowCount } = await client.query(
    `insert into hand_over (id, package_id, message, version, way, state, prepared_at, prepared_by, prepared_role, sent_at, received_at, ended_at, ledger_entry)
     select $1::uuid, $4::uuid, $5::text, $6::text, $7::text, $2::text, $3::timestamptz, $8::uuid, 'records', n.sent_at, n.received_at, n.ended_at, $9::int
     from (select ${columnsSql}) n on conflict do nothing`,
    [newId(moment), state.toLowerCase(), moment, packageId, message, version, way, persons[0], place],
  )
  return rowCount === 1
}

/**
 * How a hand-over stood, so that nothing is sent a second time and what the other side has said counts. Somebody is told where the backup does not have what
 * was handed over, and where an answer is still to come to an id that it does not know.
 * @param isLast no later entry says more of this hand-over
 */
export async function handOverAgain(
  client: Client,
  entry: HandOverEntry,
  { marks, place, isLast }: { readonly marks: Hits; readonly place: number; readonly isLast: boolean },
): Promise<Outcome> {
  const found = foundAt(marks, entry.marks) ?? []
  const handOver = found.find(({ kind }) => kind === 'hand-over')?.id ?? null
  const packageId = found.find(({ kind }) => kind === 'package')?.id ?? null
  const isOver = entry.state === 'REJECTED' || entry.state === 'WITHDRAWN'
  const meant = await readMeant(client, entry, handOver, packageId)
  if (meant !== null) {
    const { rowCount } = await client.query(
      `update hand_over h set state = $2, sent_at = coalesce(h.sent_at, n.sent_at), received_at = coalesce(h.received_at, n.received_at), ended_at = n.ended_at,
         failure = null, next_try_at = null from (select ${columnsSql}) n where h.id = $1 and h.ended_at is null and h.state <> $2`,
      [meant, entry.state.toLowerCase(), momentOf(entry)],
    )
    return rowCount === 1 ? 'decisions' : null
  }
  if (packageId === null) return isLast && !isOver ? 'anew' : null
  const isMade = await makeAgain(client, entry, packageId, place)
  if (!isMade) return isLast ? 'anew' : null
  return entry.state === 'CONFIRMED' || isOver || !isLast ? 'decisions' : 'anew'
}
