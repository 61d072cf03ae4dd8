import { type LegalHold, Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type OfficeContext,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { holdInForce, restrictionInForce } from '@buergerdraht/records'
import { type HoldRow, holdColumns, holdOf, restrictionOf, scopeOf } from './read-holds.ts'

type Row = HoldRow & {
  readonly reference: string | null
  readonly reviewed_at: Date | null
  readonly ended_at: Date | null
  readonly lift_proposed: boolean
}

/** Those in force are few; of those that have ended the newest. */
const maxListed = 500

function presented(row: Row, now: Date): LegalHold {
  const at = asInstant(now)
  const inForce =
    row.ended_at === null &&
    (row.kind === 'hold' ? holdInForce(holdOf(row), at) : restrictionInForce(restrictionOf(row), at))
  return {
    id: row.id,
    kind: row.kind,
    scope: scopeOf(row),
    reason: row.reason as LegalHold['reason'],
    basis: row.basis as LegalHold['basis'],
    reference: row.reference,
    setAt: row.set_at.toISOString(),
    reviewAt: row.review_at.toISOString(),
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    endedAt: (row.ended_at ?? (inForce ? null : row.expires_at))?.toISOString() ?? null,
    inForce,
    reviewDue: inForce && row.review_at <= now,
    liftProposed: row.lift_proposed,
  }
}

/** What suspends deletion, the oldest first; then what has ended, the newest first. By ids: no content, no names. @throws Refusal `not-allowed` */
export async function listHolds(
  office: OfficeContext,
  viewer: Viewer,
  { id, kind }: { readonly id?: string; readonly kind?: LegalHold['kind'] },
): Promise<LegalHold[]> {
  requireMay(viewer, 'see-holds')
  const now = office.now()
  const { rows } = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, () =>
      changing.client.query<Row>(
        `select ${holdColumns}, reference, reviewed_at, ended_at, exists (select from proposal p
           where p.kind = 'lift-hold' and p.object_id = legal_hold.id and p.state = 'open' and p.expires_at > $2) as lift_proposed
         from legal_hold where ($1::uuid is null or id = $1) and ($3::text is null or kind::text = $3)
         order by ended_at is not null or expires_at <= $2 nulls first, case when ended_at is null then set_at end, ended_at desc, id limit ${maxListed}`,
        [id ?? null, now, kind ?? null],
      ),
    ),
  )
  return rows.map((row) => presented(row, now))
}

/** @param kind of which it has to be; left out: either. @throws Refusal `not-allowed`, `not-found` */
export async function readHold(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  kind?: LegalHold['kind'],
): Promise<LegalHold> {
  const [hold] = await listHolds(office, viewer, { id, ...(kind && { kind }) })
  if (hold === undefined) throw new Refusal('not-found')
  return hold
}
