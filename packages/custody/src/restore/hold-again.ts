import { addDays, europeBerlin, type LedgerEntry, parseLocalDate } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { ActEntry } from '../ledger/acts.ts'
import { ledgerRoleOf } from '../ledger/ledger-role.ts'
import { type Found, foundAt, type Hits } from './found-by-marks.ts'
import { momentOf, type Outcome, persons } from './outcome.ts'

type Client = Pick<PoolClient, 'query'>
type Setting = Extract<LedgerEntry, { type: 'HOLD_SET' | 'RESTRICT' }>
type Ending = Extract<LedgerEntry, { type: 'HOLD_RELEASE' | 'UNRESTRICT' }>

const rolesOfLedger = ['clerk', 'team-lead', 'records', 'dpo', 'admin']

function whatOf(entry: Setting | Ending) {
  return entry.type === 'HOLD_SET' || entry.type === 'HOLD_RELEASE'
    ? { kind: 'hold', reason: entry.reason, covers: entry.covers ?? null, marks: entry.marks }
    : { kind: 'restriction', reason: entry.ground, covers: null, marks: entry.marks }
}

/** What one of them is about; null: everything of a kind, or something that this database does not have. */
function objectOf(entry: Setting | Ending, marks: Hits): Found | null {
  const { marks: range } = whatOf(entry)
  return range === undefined ? null : (foundAt(marks, range)?.[0] ?? null)
}

function isAboutTheSame(one: Setting | Ending, other: Setting | Ending, marks: Hits): boolean {
  const [a, b] = [whatOf(one), whatOf(other)]
  if (a.kind !== b.kind || a.reason !== b.reason || a.covers !== b.covers) return false
  if (a.covers !== null) return true
  const object = objectOf(one, marks)
  return object !== null && object.id === objectOf(other, marks)?.id
}

function isSetting(entry: ActEntry): entry is Extract<ActEntry, Setting> {
  return entry.type === 'HOLD_SET' || entry.type === 'RESTRICT'
}

function isEnding(entry: ActEntry): entry is Extract<ActEntry, Ending> {
  return entry.type === 'HOLD_RELEASE' || entry.type === 'UNRESTRICT'
}

async function protect(client: Client, entry: Setting, found: Found | null): Promise<void> {
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
  const setAt = momentOf(entry)
  const review = entry.type === 'RESTRICT' ? parseLocalDate(entry.reviewOn) : undefined
  // When a hold was to be looked at again the ledger does not say: soon.
  const reviewAt =
    review === undefined ? new Date(setAt.getTime() + 1) : new Date(europeBerlin.startOfDay(review))
  const role = rolesOfLedger.find((one) => ledgerRoleOf(one) === entry.approvals[0]) ?? 'records'
  await client.query(
    `insert into legal_hold (id, kind, scope, object_id, cluster, reason, basis, reference, set_by, set_role, set_at, review_at, expires_at)
     select gen_random_uuid(), $1, $2, $3, $4, $5, $6, $12, $7, $8, $9, $10, $11 where not exists (select from legal_hold h where h.kind = $1 and h.scope = $2
       and h.object_id is not distinct from $3::uuid and h.cluster is not distinct from $4 and h.reason = $5 and h.ended_at is null
       and h.expires_at is not distinct from $11::timestamptz)`,
    [
      entry.type === 'HOLD_SET' ? 'hold' : 'restriction',
      scope,
      found?.id ?? null,
      cluster,
      entry.type === 'HOLD_SET' ? entry.reason : entry.ground,
      entry.type === 'HOLD_SET' ? entry.basis : null,
      persons[0],
      role,
      setAt,
      reviewAt > setAt ? reviewAt : new Date(setAt.getTime() + 1),
      expiresAt,
      // What it was called is no more; where it can be looked up is.
      `Löschregister Nr. ${entry.seq}`,
    ],
  )
}

/** Sets anew what an entry says was set, unless it is there, a later entry has ended it, its day is over, or what it held is not here. */
export async function holdAgain(
  client: Client,
  entry: Setting,
  {
    marks,
    acts,
    today,
  }: { readonly marks: Hits; readonly acts: readonly ActEntry[]; readonly today: string },
): Promise<Outcome> {
  const found = objectOf(entry, marks)
  const over = entry.type === 'HOLD_SET' && entry.expiresOn < today
  if (over || (found === null && whatOf(entry).covers === null)) return null
  const isEnded = acts.some(
    (end) => isEnding(end) && end.seq > entry.seq && isAboutTheSame(end, entry, marks),
  )
  if (isEnded) return null
  await protect(client, entry, found)
  return entry.type === 'HOLD_SET' ? 'holds' : 'restrictions'
}

/**
 * Ends what two persons have ended, of what the backup still has in force. Where more than one could be meant nobody guesses: it stays, because too much
 * protection is put right by people, and too little by nobody.
 */
export async function endAgain(
  client: Client,
  entry: Ending,
  { marks, acts, now }: { readonly marks: Hits; readonly acts: readonly ActEntry[]; readonly now: Date },
): Promise<Outcome> {
  const { kind, reason, covers } = whatOf(entry)
  const found = objectOf(entry, marks)
  if (covers === null && found === null) return null
  const { rows } = await client.query<{ id: string }>(
    `select id from legal_hold where kind = $1 and reason = $2 and ended_at is null and (expires_at is null or expires_at > $3)
       and object_id is not distinct from $4::uuid and cluster is not distinct from $5 and (scope = 'EVERYTHING') = ($6::text is not distinct from 'EVERYTHING')`,
    [kind, reason, now, found?.id ?? null, covers === 'EVERYTHING' ? null : covers, covers],
  )
  const [one, ...others] = rows
  if (one === undefined) return null
  const maybeOfAnother = acts.some(
    (set) => isSetting(set) && set.seq < entry.seq && isAboutTheSame(set, entry, marks),
  )
  if (others.length > 0 || maybeOfAnother) return 'anew'
  const at = momentOf(entry)
  await client.query(
    `update legal_hold set ended_at = greatest($2, set_at), release_proposed_by = $3, released_by = $4,
       informed_at = case when kind = 'restriction' then $2::timestamptz end where id = $1`,
    [one.id, at, ...persons],
  )
  return 'decisions'
}
