import type { Inbox } from '@buergerdraht/inbox'
import { alone, type Pace } from '@buergerdraht/office'
import { examine, type Signal, silentAfterDays } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { finderInUse } from './finder-in-use.ts'
import { seenMatters, type Unseen } from './seen-matters.ts'

/** Matters that are decrypted at once. */
const batchSize = 50
const dayMs = 24 * 60 * 60 * 1000
/** A citizen changes or takes back a message within two days; later nobody has to ask again. */
const changesMs = 3 * dayMs

type Stale = {
  readonly id: string
  readonly contact_id: string
  readonly last_message_id: string | null
  readonly state: string
  readonly filing: string
}

/**
 * Whether what is kept of a matter (`s`) says what it (`c`) is now: the same finder, and nothing written, changed, closed, opened or decided since.
 * `$1`: `finderInUse`; `$2`: since when a message can have been changed.
 */
export const currentSql = `s.finder_version = $1 and s.last_message_id is not distinct from c.last_message_id and s.state = c.state and s.filing = c.filing
  and not (s.computed_at > $2 and exists (select from message m where m.conversation_id = c.id
    and (m.edited_at > s.computed_at or m.revoked_at > s.computed_at)))`

const staleSql = `select c.id, c.contact_id, c.last_message_id, c.state, c.filing
  from conversation c left join conversation_signal s on s.conversation_id = c.id
  where c.condemned_by is null and c.restricted_at is null and (c.state = 'closed' or c.last_message_at < $3) and c.id > $4 and (${currentSql}) is not true
  order by c.id limit ${batchSize}`

/** What must differ for it to be looked at again. */
export function currentSince(now: Date): Date {
  return new Date(now.getTime() - changesMs)
}

type Found = { readonly open: string | null; readonly signals: readonly Signal[] }

function lookAt(matter: Parameters<typeof examine>[0] | Unseen): Found {
  // What cannot be seen is open: it is proposed for nothing.
  if (typeof matter === 'string') return { open: matter, signals: [] }
  const { open, signals } = examine(matter)
  return { open: open?.detail ?? null, signals }
}

/** Looks through the next matters behind an id and keeps codes and weights. @returns the last one's id; null: there was none */
async function lookThrough(inbox: Inbox, client: PoolClient, after: string): Promise<string | null> {
  const now = inbox.now()
  const { rows } = await client.query<Stale>(staleSql, [
    finderInUse(inbox),
    currentSince(now),
    new Date(now.getTime() - silentAfterDays * dayMs),
    after,
  ])
  const last = rows.at(-1)
  if (last === undefined) return null
  const matters = await seenMatters(
    inbox,
    client,
    [...new Set(rows.map((row) => row.contact_id))],
    rows.map(({ id }) => id),
  )
  const found = rows.flatMap((row) => {
    const matter = matters.get(row.id)
    return matter === undefined ? [] : [{ ...row, ...lookAt(matter) }]
  })
  // What was destroyed meanwhile is passed over: it takes what is kept of it along.
  await client.query(
    `insert into conversation_signal (conversation_id, finder_version, last_message_id, state, filing, open_detail, signals, weight, computed_at)
     select n.id, $1, n.last_message_id, n.state, n.filing, n.open_detail, n.signals, n.weight, $2
     from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::int[])
       as n(id, last_message_id, state, filing, open_detail, signals, weight)
       join (select id from conversation where id = any($3::uuid[]) order by id for key share) c on c.id = n.id
     on conflict (conversation_id) do update set finder_version = excluded.finder_version, last_message_id = excluded.last_message_id,
       state = excluded.state, filing = excluded.filing, open_detail = excluded.open_detail, signals = excluded.signals,
       weight = excluded.weight, computed_at = excluded.computed_at`,
    [
      finderInUse(inbox),
      now,
      found.map(({ id }) => id),
      found.map((row) => row.last_message_id),
      found.map(({ state }) => state),
      found.map(({ filing }) => filing),
      found.map(({ open }) => open),
      found.map(({ signals }) =>
        JSON.stringify(signals.map(({ code, detail, weight }) => ({ code, detail, weight }))),
      ),
      found.map(({ signals }) => signals.reduce((sum, { weight }) => sum + weight, 0)),
    ],
  )
  return last.id
}

/**
 * Looks through what is not restricted (Art. 18 GDPR) and is closed or has been silent for long and was not looked at as it is now, a batch after the other; of all processes one does
 * it. Killed anywhere, the next call goes on with what is left. Of each matter codes and weights are kept, nothing of its content.
 * @param pace what it gives way to
 * @returns how many batches
 */
export async function sweepSignals(inbox: Inbox, pace: Pace, signal: AbortSignal): Promise<number> {
  const batches = await alone(inbox.pool, 'finding', async (client) => {
    let count = 0
    let after: string | null = '00000000-0000-0000-0000-000000000000'
    while (!signal.aborted) {
      const from: string = after
      after = await pace.turn(() => lookThrough(inbox, client, from), signal)
      if (after === null) break
      count += 1
    }
    return count
  })
  return batches ?? 0
}
