import { type Candidate, maxBatch, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import { asViewer, type Change, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'
import { type ReasonCode, silentAfterDays } from '@buergerdraht/records'
import type { StayCode } from '../runs/condemn.ts'
import { decideByLaw } from '../runs/decide-by-law.ts'
import { finderInUse } from './finder-in-use.ts'
import { type MetadataRow, metadataSql, presentMetadata } from './metadata.ts'
import { currentSince, currentSql } from './sweep-signals.ts'

const dayMs = 24 * 60 * 60 * 1000

type Row = MetadataRow & {
  readonly team_id: string
  readonly basis: string | null
  readonly refusal: Candidate['refusal']
}

/**
 * Closed without a decision, or silent and never closed; seen as it is now and not open; and nobody has decided, or not for now. `$4`: of these
 * matters only; null: of all. `$5`: of these teams. `$6`: by this moment. `$8`: who asks; what is checked again is put before
 * another person. `$9`: behind this one; null: from the beginning.
 */
const candidatesSql = `select ${metadataSql}, c.team_id, c.last_message_id as basis, d.refusal
  from conversation c join conversation_signal s on s.conversation_id = c.id
    left join workbench_decision d on d.conversation_id = c.id
  where c.team_id = any($5::uuid[]) and c.condemned_by is null and s.open_detail is null and ${currentSql}
    and c.restricted_at is null and not is_held(c.id, c.id, c.contact_id, c.cluster)
    and ($4::uuid[] is null or c.id = any($4::uuid[]))
    and (c.state = 'closed' and c.filing = 'UNDECIDED' and c.closed_at <= $6 or c.state = 'open' and c.last_message_at < $3)
    and (d.conversation_id is null or d.refusal is not null or d.decision <> 'keep' or d.keep_until <= $6 or d.decided_at < c.last_message_at
      or d.recheck = 'due' and not same_person(d.decided_by, $8) and d.decided_at < $6)
    and ($9::uuid is null or (-s.weight, c.last_message_at, c.id) > (select -p.weight, o.last_message_at, o.id
      from conversation o join conversation_signal p on p.conversation_id = o.id where o.id = $9))
  order by -s.weight, c.last_message_at, c.id limit $7`

/** What the law keeps whatever anybody decides at the workbench: nobody is even asked. */
const outOfReach: ReadonlySet<StayCode> = new Set<ReasonCode | StayCode>([
  'LEGAL_HOLD',
  'RESTRICTED',
  'ACCESS_REQUEST_PENDING',
  'PERMANENT',
  'GONE',
  'BEING_SENT',
  'BEING_SEALED',
  // Without a rule that two persons have signed the law is not asked about holds; nothing could be deleted either.
  'NO_RULE_IN_FORCE',
]) as ReadonlySet<StayCode>

/** The matters that may be proposed. THE place where what is held, restricted or asked for falls out: by the law's own word. */
async function withinReach(client: Change['client'], rows: readonly Row[], now: Date): Promise<Row[]> {
  const items = rows.map(({ id }) => ({ kind: 'conversation' as const, id }))
  const fates = await decideByLaw(client, items, now, 'as-planned-now')
  const kept = new Set(
    fates.flatMap((fate) => ('fallenOut' in fate && outOfReach.has(fate.fallenOut) ? [fate.item.id] : [])),
  )
  return rows.filter(({ id }) => !kept.has(id))
}

/** So many pages are asked of the law; where all of them are kept, nothing of the office may go. */
const maxPages = 20

/** In a transaction of the viewer's. @param among of these only; null: of all of their teams @param team of this one of their teams alone @param after behind this one */
export async function candidates(
  office: Pick<Inbox, 'now' | 'ownPostalCodes'>,
  changing: Change,
  viewer: Viewer,
  among: readonly string[] | null,
  { team, cursor }: { readonly team?: string | undefined; readonly cursor?: string | undefined } = {},
): Promise<{ readonly items: Candidate[]; readonly nextCursor: string | null }> {
  const now = office.now()
  const found: Row[] = []
  const pageSize = maxBatch + 1
  let after = cursor ?? null
  for (let page = 0; found.length <= maxBatch && page < maxPages; page += 1) {
    const { rows } = await changing.client.query<Row>(candidatesSql, [
      finderInUse(office),
      currentSince(now),
      new Date(now.getTime() - silentAfterDays * dayMs),
      among,
      viewer.teamIds.filter((id) => team === undefined || id === team),
      now,
      pageSize,
      viewer.accountId,
      after,
    ])
    found.push(...(await withOwnRights(changing, () => withinReach(changing.client, rows, now))))
    if (rows.length < pageSize) break
    after = rows.at(-1)?.id ?? null
  }
  const shown = found.slice(0, maxBatch)
  const items = shown
    .map((row) => ({
      ...presentMetadata(row, now),
      teamId: row.team_id,
      basis: row.basis,
      refusal: row.refusal,
    }))
    .toSorted((one, other) => other.weight - one.weight)
  return { items, nextCursor: found.length > maxBatch ? (shown.at(-1)?.id ?? null) : null }
}

/** Where a page begins has to be there: otherwise it would look as if nothing came behind it. */
async function requirePlace({ client }: Change, cursor: string | undefined): Promise<void> {
  if (cursor === undefined) return
  const { rowCount } = await client.query(
    'select from conversation c join conversation_signal s on s.conversation_id = c.id where c.id = $1',
    [cursor],
  )
  if (rowCount === 0) throw new Refusal('invalid-input', [{ path: 'cursor', fault: 'cursor-unknown' }])
}

/** Old matters of one's teams that could go, strongest reasons first. @throws Refusal `not-allowed`, `invalid-input` (cursor) */
export async function listCandidates(
  office: Inbox,
  viewer: Viewer,
  where: { readonly team?: string | undefined; readonly cursor?: string | undefined } = {},
): Promise<{ items: Candidate[]; nextCursor: string | null }> {
  requireMay(viewer, 'tidy-up')
  return asViewer(office, viewer, async (changing) => {
    await requirePlace(changing, where.cursor)
    return candidates(office, changing, viewer, null, where)
  })
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** Whether a team has anything to decide that could go at a moment. For the worker, which sees every row. `finder`: `finderInUse`. */
export async function anythingWaits(
  client: Change['client'],
  finder: number,
  teamId: string,
  now: Date,
  by: Date,
): Promise<boolean> {
  const limit = maxBatch
  let after: string | null = null
  for (let page = 0; page < maxPages; page += 1) {
    const silentSince = new Date(by.getTime() - silentAfterDays * dayMs)
    const asked: readonly unknown[] = [
      finder,
      currentSince(now),
      silentSince,
      null,
      [teamId],
      by,
      limit,
      nobody,
      after,
    ]
    const { rows }: { rows: Row[] } = await client.query<Row>(candidatesSql, [...asked])
    if ((await withinReach(client, rows, now)).length > 0) return true
    if (rows.length < limit) return false
    after = rows.at(-1)?.id ?? null
  }
  return false
}
