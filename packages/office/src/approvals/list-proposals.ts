import {
  type Proposal,
  type ProposalKindName,
  proposalKindNames,
  Refusal,
  secondsFor,
} from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import type { OfficeContext } from '../office-context.ts'
import { kindOf, type ProposalKinds } from './proposal-kind.ts'

const recentMs = 30 * 24 * 60 * 60 * 1000
/** Of decided ones; open ones are few. */
const maxListed = 200

type Row = {
  readonly id: string
  readonly kind: ProposalKindName
  readonly payload: unknown
  readonly state: Proposal['state']
  readonly proposed_at: Date
  readonly expires_at: Date
  readonly decided_at: Date | null
  readonly refusal: Proposal['refusal']
  readonly by_id: string
  readonly by_name: string
  readonly concerns_id: string | null
  readonly concerns_name: string | null
  readonly second_id: string | null
  readonly second_name: string | null
  /** Whoever asks proposed it, or it is about them, be it with another account. */
  readonly involved: boolean
}

/** Whoever decides has to know about whom: names stand here in every role that may propose or decide. */
const select = `select p.id, p.kind, p.payload, p.proposed_at, p.expires_at, p.decided_at, p.refusal,
    case when p.state = 'open' and p.expires_at <= $1 then 'expired' else p.state end as state,
    a.id as by_id, a.display_name as by_name, c.id as concerns_id, c.display_name as concerns_name,
    s.id as second_id, s.display_name as second_name,
    own.person_id = a.person_id or own.person_id is not distinct from c.person_id as involved
  from proposal p join account a on a.id = p.proposed_by left join account c on c.id = p.concerns_id
    left join account s on s.id = p.decided_by join account own on own.id = $2`

function somebody(id: string | null, displayName: string | null) {
  return id === null ? null : { id, displayName: displayName ?? '' }
}

function presented(kinds: ProposalKinds, viewer: Viewer, row: Row): Proposal {
  const isOpen = row.state === 'open'
  const { kind, payload } = kindOf(kinds, row.kind, row.payload)
  return {
    id: row.id,
    kind: row.kind,
    payload,
    state: row.state,
    proposedBy: { id: row.by_id, displayName: row.by_name },
    proposedAt: row.proposed_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    concerns: somebody(row.concerns_id, kind.concernedByMark === true ? '' : row.concerns_name),
    decidedBy: somebody(row.second_id, row.second_name),
    decidedAt: row.decided_at?.toISOString() ?? null,
    refusal: row.refusal,
    own: row.by_id === viewer.accountId,
    mayDecide: isOpen && !row.involved && secondsFor(row.kind).includes(viewer.role),
  }
}

/** One's own proposals, and those of the kinds that one may decide: what is open first, then what was decided in the last 30 days. */
export async function listProposals(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<{ items: Proposal[] }> {
  const decides = proposalKindNames.filter((kind) => secondsFor(kind).includes(viewer.role))
  const { rows } = await pool.query<Row>(
    `${select} where (p.proposed_by = $2 or p.kind = any($3)) and (p.state = 'open' or p.proposed_at > $4)
     order by p.state <> 'open' or p.expires_at <= $1, p.proposed_at desc limit $5`,
    [now(), viewer.accountId, decides, new Date(now().getTime() - recentMs), maxListed],
  )
  return { items: rows.map((row) => presented(kinds, viewer, row)) }
}

/** @throws Refusal `not-found`, also for one that is none of this person's business */
export async function readProposal(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
): Promise<Proposal> {
  const { rows } = await pool.query<Row>(`${select} where p.id = $3`, [now(), viewer.accountId, id])
  const [row] = rows
  if (row === undefined) throw new Refusal('not-found')
  const isTheirs = row.by_id === viewer.accountId || secondsFor(row.kind).includes(viewer.role)
  if (!isTheirs) throw new Refusal('not-found')
  return presented(kinds, viewer, row)
}
