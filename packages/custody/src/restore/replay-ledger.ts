import { asInstant, newId, transactionOn } from '@buergerdraht/office'
import { addDays, europeBerlin, type LedgerEntry, parseLocalDate } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { type ObjectKind, objectsOf } from '../destroy/objects.ts'
import { type ActEntry, isAct } from '../ledger/acts.ts'
import { LedgerUnusable, readApplied } from '../ledger/judge-ledger.ts'
import { ledgerRoleOf } from '../ledger/ledger-role.ts'
import { readEntries } from '../ledger/read-entries.ts'
import { type EntryRange, readSegments, type SegmentKind, tombstoneOf } from '../ledger/segments.ts'
import { applyEntry, applyKnown, partsOf } from '../runs/apply.ts'
import type { Custody } from '../runs/custody.ts'
import { openRestore, type RestoreRow } from './restore.ts'

type Found = { readonly kind: ObjectKind; readonly id: string }
/** What of this database has a hash at a place of a month. */
type Hits = ReadonlyMap<string, ReadonlyMap<number, Found>>

const objectsSql = `select 'conversation' as kind, id from conversation union all select 'contact', id from contact union all select 'message', id from message
  union all select 'attachment', id from attachment union all select 'request', id from data_subject_request`

/** What is sealed in the archive goes with what it is of, and must be gone in the end too. */
const withArchiveSql = `${objectsSql} union all select 'archived', i.id from archive_item i
  where not exists (select from archive_erasure e where e.package_id = i.package_id and i.id = any(e.items))`

/** One pass over every object for all segments: a restored database may hold a million, and a ledger thousands of entries. */
async function hitsOf({ client, ledger }: Custody, kind: SegmentKind, sql = objectsSql): Promise<Hits> {
  const segments = [...(await readSegments(ledger.folder, kind)).values()].map((segment) => ({
    segment,
    places: new Map(segment.tombstones.map((hash, at) => [Buffer.from(hash).toString('latin1'), at])),
    hits: new Map<number, Found>(),
  }))
  const { rows } = await client.query<Found>(sql)
  for (const one of rows)
    for (const { segment, places, hits } of segments) {
      const at = places.get(Buffer.from(tombstoneOf(one.id, segment)).toString('latin1'))
      if (at !== undefined) hits.set(at, one)
    }
  return new Map(segments.map(({ segment, hits }) => [segment.month, hits]))
}

/** Null: its segment is destroyed, so nobody can say. */
function foundIn(hits: Hits, { segment, from, to }: EntryRange): Found[] | null {
  const month = hits.get(segment)
  if (month === undefined) return null
  return [...month].flatMap(([at, one]) => (at >= from && at <= to ? [one] : []))
}

async function begin({ client, inbox, ledger }: Custody, fromSeq: number): Promise<RestoreRow> {
  const id = newId(inbox.now())
  await transactionOn(client, async () => {
    const now = inbox.now()
    await client.query(
      `insert into restore (id, from_seq, to_seq, backup_on, begun_at)
       select $1, $2, $3, (coalesce(max(at), $4::timestamptz) at time zone 'Europe/Berlin')::date, $4 from audit_entry`,
      [id, fromSeq, ledger.size, now],
    )
    await client.query(
      `insert into deletion_run (id, kind, state, planned_at, begun_at) values ($1, 'restore', 'running', $2, $2)`,
      [id, now],
    )
    // They may have been ended since.
    await client.query('delete from session')
  })
  const begun = await openRestore(client)
  if (begun === null) throw new Error('What has just begun is there')
  return begun
}

/** Counted and carried out so far, with one commit. */
async function pass(
  { client, ledger }: Custody,
  seq: number,
  restoreId: string,
  what: 'holds' | 'restrictions' | 'anew' | null,
  work: () => Promise<void> = async () => {},
): Promise<void> {
  const root = await ledger.rootAt(seq + 1)
  await transactionOn(client, async () => {
    const applied = await readApplied(client, 'for update')
    if (applied === null || applied.size > seq) return
    await work()
    if (what !== null)
      await client.query(`update restore set ${what} = ${what} + 1 where id = $1`, [restoreId])
    await client.query('update ledger_state set applied_size = $1, applied_root = $2', [seq + 1, root])
  })
}

/** Nobody whom this database knows: who has set it stands in what the backup did not have. */
const nobody = '00000000-0000-0000-0000-000000000000'
const rolesOfLedger = ['clerk', 'team-lead', 'records', 'dpo', 'admin']

type Protecting = Extract<LedgerEntry, { type: 'HOLD_SET' | 'RESTRICT' }>

/** Sets anew what an entry says was set, unless it is there. */
async function protect(client: PoolClient, entry: Protecting, found: Found | null): Promise<void> {
  const covers = entry.type === 'HOLD_SET' ? entry.covers : undefined
  const cluster = covers === undefined || covers === 'EVERYTHING' ? null : covers
  const scopes = { conversation: 'CONVERSATION', contact: 'CONTACT' } as const
  const scope =
    covers === 'EVERYTHING'
      ? covers
      : covers !== undefined
        ? 'CLUSTER'
        : found?.kind === 'conversation' || found?.kind === 'contact'
          ? scopes[found.kind]
          : 'OBJECT'
  const day = entry.type === 'HOLD_SET' ? entry.expiresOn : null
  const last = day === null ? undefined : parseLocalDate(day)
  const expiresAt = last === undefined ? null : new Date(europeBerlin.startOfDay(addDays(last, 1)))
  const setAt = new Date(`${entry.at.slice(0, 16)}:00Z`)
  const review = entry.type === 'RESTRICT' ? parseLocalDate(entry.reviewOn) : undefined
  // When a hold was to be looked at again the ledger does not say: soon.
  const reviewAt =
    review === undefined ? new Date(setAt.getTime() + 1) : new Date(europeBerlin.startOfDay(review))
  const role = rolesOfLedger.find((one) => ledgerRoleOf(one) === entry.approvals[0]) ?? 'records'
  await client.query(
    `insert into legal_hold (id, kind, scope, object_id, cluster, reason, basis, set_by, set_role, set_at, review_at, expires_at)
     select gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 where not exists (select from legal_hold h where h.kind = $1 and h.scope = $2
       and h.object_id is not distinct from $3::uuid and h.cluster is not distinct from $4 and h.reason = $5 and h.ended_at is null
       and h.expires_at is not distinct from $11::timestamptz)`,
    [
      entry.type === 'HOLD_SET' ? 'hold' : 'restriction',
      scope,
      found?.id ?? null,
      cluster,
      entry.type === 'HOLD_SET' ? entry.reason : entry.ground,
      entry.type === 'HOLD_SET' ? entry.basis : null,
      nobody,
      role,
      setAt,
      reviewAt > setAt ? reviewAt : new Date(setAt.getTime() + 1),
      expiresAt,
    ],
  )
}

/** Whether a later entry has ended what this one set. */
function isEndedLater(
  entry: Protecting,
  later: readonly ActEntry[],
  marks: Hits,
  found: Found | null,
): boolean {
  return later.some((end) => {
    if (end.seq <= entry.seq) return false
    if (entry.type === 'HOLD_SET' ? end.type !== 'HOLD_RELEASE' : end.type !== 'UNRESTRICT') return false
    if (end.type === 'HOLD_RELEASE' && (entry.type !== 'HOLD_SET' || end.reason !== entry.reason))
      return false
    if (end.type === 'UNRESTRICT' && (entry.type !== 'RESTRICT' || end.ground !== entry.ground)) return false
    if ('covers' in end && end.covers !== undefined)
      return entry.type === 'HOLD_SET' && end.covers === entry.covers
    if (!('marks' in end) || end.marks === undefined || found === null) return false
    return foundIn(marks, end.marks)?.some(({ id }) => id === found.id) === true
  })
}

/** @throws LedgerUnusable `too-old` where nobody can say any more what an entry destroyed */
async function replayOne(
  custody: Custody,
  { seq, entry }: { readonly seq: number; readonly entry: LedgerEntry | undefined },
  restore: RestoreRow,
  { dead, marks, acts }: { readonly dead: Hits; readonly marks: Hits; readonly acts: readonly ActEntry[] },
): Promise<void> {
  const { client, ledger } = custody
  if (entry?.type === 'DELETE') {
    const all = foundIn(dead, entry.tombstones)
    if (all === null) throw new LedgerUnusable(ledger.folder, 'too-old', [])
    // What belongs to a matter goes with it.
    const parts = new Set(await partsOf(client, objectsOf(all).conversations))
    const found = all.filter(({ id }) => !parts.has(id))
    // Approved when it was entered: no hold of the backup stops it.
    await client.query(
      `insert into deletion_run_item (run_id, kind, object_id, state, facts)
       select $1, n.kind, n.id, 'condemned', '{}' from unnest($2::text[], $3::uuid[]) as n(kind, id) on conflict do nothing`,
      [restore.id, found.map(({ kind }) => kind), found.map(({ id }) => id)],
    )
    await applyEntry(custody, entry, objectsOf(found), restore.id)
    return
  }
  if (entry?.type === 'HOLD_SET' || entry?.type === 'RESTRICT') {
    const covers = entry.type === 'HOLD_SET' && entry.covers !== undefined
    const found = entry.marks === undefined ? null : (foundIn(marks, entry.marks)?.[0] ?? null)
    const over =
      entry.type === 'HOLD_SET' && entry.expiresOn < europeBerlin.localDate(asInstant(custody.inbox.now()))
    if (over || (!covers && found === null) || isEndedLater(entry, acts, marks, found))
      return pass(custody, seq, restore.id, null)
    return pass(custody, seq, restore.id, entry.type === 'HOLD_SET' ? 'holds' : 'restrictions', () =>
      protect(client, entry, found),
    )
  }
  // What processors have done is asked for again with what is destroyed again; what is released stays held until somebody releases it here.
  const isTold = entry?.type === 'PROCESSOR_DONE' || entry?.type === 'RESTORE_REPLAY'
  await pass(custody, seq, restore.id, isTold ? null : 'anew')
}

/** @throws Error where something is left that has a tombstone: nobody must be let in */
async function requireNothingLeft(custody: Custody): Promise<void> {
  const left = await hitsOf(custody, 'tombstones', withArchiveSql)
  if ([...left.values()].some((hits) => hits.size > 0))
    throw new Error('After the replay an object with a tombstone is still there')
}

/**
 * Carries out everything that the ledger holds and this database, restored from a backup, does not know: what was destroyed is destroyed again, what was held or
 * restricted is so again where the ledger can tell of what, and the rest is counted for people to decide anew. Killed anywhere, the next call goes on.
 * When it resolves, nothing is left in the database that has a tombstone.
 * @throws LedgerUnusable `too-old` for a backup that is older than the tombstones are kept
 */
export async function replayLedger(custody: Custody): Promise<void> {
  const { client, ledger, inbox } = custody
  const applied = await readApplied(client)
  if (applied === null) throw new Error('The database does not know its ledger')
  const restore = (await openRestore(client)) ?? (await begin(custody, applied.size))
  const [dead, marks] = [await hitsOf(custody, 'tombstones'), await hitsOf(custody, 'marks')]
  const acts: ActEntry[] = []
  for await (const { entry } of readEntries(ledger.folder, restore.from_seq))
    if (entry !== undefined && isAct(entry)) acts.push(entry)
  for await (const placed of readEntries(ledger.folder, applied.size)) {
    if (!(await applyKnown(custody, placed))) await replayOne(custody, placed, restore, { dead, marks, acts })
  }
  await requireNothingLeft(custody)
  await transactionOn(client, async () => {
    const now = inbox.now()
    await client.query('update restore set replayed_at = $2 where id = $1', [restore.id, now])
    await client.query(`update deletion_run set state = 'completed', ended_at = $2 where id = $1`, [
      restore.id,
      now,
    ])
  })
}

/** Says in the ledger who has let people in, and that it has; killed in between, the next call does the rest. @returns false: nobody has yet */
export async function enterRelease(custody: Custody): Promise<boolean> {
  const { client, ledger, inbox } = custody
  const restore = await openRestore(client)
  if (restore === null || restore.released_at === null || restore.replayed_at === null) return false
  const applied = await readApplied(client)
  if (applied?.size === ledger.size) {
    const { rows } = await client.query<{ destroyed: number }>(
      'select destroyed from deletion_run where id = $1',
      [restore.id],
    )
    const minutes = Math.ceil((restore.replayed_at.getTime() - restore.begun_at.getTime()) / 60_000)
    await ledger.appendActs(
      [
        {
          fields: {
            type: 'RESTORE_REPLAY',
            backupOn: restore.backup_on,
            fromSeq: restore.from_seq,
            toSeq: restore.to_seq - 1,
            replayed: {
              deletions: Math.min(rows[0]?.destroyed ?? 0, 999_999),
              keys: 0,
              holds: restore.holds,
              restrictions: restore.restrictions,
              rectifications: 0,
            },
            leftOver: 0,
            minutes: Math.min(minutes, 9999),
            approvals: [ledgerRoleOf(restore.proposed_role), ledgerRoleOf(restore.approved_role)],
          },
          ids: [],
        },
      ],
      inbox.now(),
    )
    await custody.reached?.('act-entered')
  }
  const seq = ledger.size - 1
  await pass(custody, seq, restore.id, null, async () => {
    await client.query('update restore set entered_in = $2 where id = $1', [restore.id, seq])
  })
  return true
}
