import { asInstant } from '@buergerdraht/office'
import {
  type Checked,
  type ClusterCode,
  europeBerlin,
  type HoldBasis,
  type HoldFault,
  type HoldReason,
  type LegalHold,
  personId,
  placeHold,
  type Restriction,
  type RestrictionFault,
  type RestrictionGround,
  restrict,
  type Scope,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>

export type HoldRow = {
  readonly id: string
  readonly kind: 'hold' | 'restriction'
  readonly scope: Scope['kind']
  readonly object_id: string | null
  readonly cluster: ClusterCode | null
  readonly reason: string
  readonly basis: string | null
  readonly set_by: string
  readonly set_at: Date
  readonly review_at: Date
  readonly expires_at: Date | null
}

export const holdColumns =
  'id, kind, scope, object_id, cluster, reason, basis, set_by, set_at, review_at, expires_at'

/** What a row is about. The table holds what its checks have let in. */
export function scopeOf({ scope, object_id, cluster }: HoldRow): Scope {
  if (scope === 'EVERYTHING') return { kind: scope }
  if (scope === 'CLUSTER' && cluster !== null) return { kind: scope, code: cluster }
  if (scope !== 'CLUSTER' && object_id !== null) return { kind: scope, id: object_id }
  throw new Error('A hold names what it is about')
}

function checkedHold(row: HoldRow): Checked<LegalHold, HoldFault> {
  if (row.expires_at === null) throw new Error('A hold has an end')
  return placeHold(
    {
      scope: scopeOf(row),
      reason: row.reason as HoldReason,
      basis: row.basis as HoldBasis,
      setBy: personId(row.set_by),
      setAt: asInstant(row.set_at),
      reviewAt: asInstant(row.review_at),
      expiresAt: asInstant(row.expires_at),
    },
    europeBerlin,
  )
}

function checkedRestriction(row: HoldRow): Checked<Restriction, RestrictionFault> {
  return restrict({
    scope: scopeOf(row),
    ground: row.reason as RestrictionGround,
    setBy: personId(row.set_by),
    setAt: asInstant(row.set_at),
    reviewAt: asInstant(row.review_at),
  })
}

/** Which day the law does not take; null: it can be set. */
export function holdFault(row: HoldRow): 'reviewOn' | 'expiresOn' | null {
  const checked = row.kind === 'hold' ? checkedHold(row) : checkedRestriction(row)
  if (!('refused' in checked)) return null
  const inReview =
    checked.refused === 'REVIEW_OUTSIDE_THE_HOLD' || checked.refused === 'REVIEW_BEFORE_IT_BEGINS'
  return inReview ? 'reviewOn' : 'expiresOn'
}

/** @throws Error where a row is none that the law lets be set: nothing is destroyed past it */
function accepted<T>(checked: Checked<T, string>): T {
  if ('refused' in checked) throw new Error(`What is stored suspends nothing: ${checked.refused}`)
  return checked.accepted
}

export function holdOf(row: HoldRow): LegalHold {
  return accepted(checkedHold(row))
}

export function restrictionOf(row: HoldRow): Restriction {
  return accepted(checkedRestriction(row))
}

const endless = asInstant(new Date('2199-12-31T00:00:00Z'))

/**
 * What belongs to matters and messages and is destroyed with them: single objects that are held, and clusters of which they have something. A message besides
 * does not go while its matter is held as an object, and a file not while its message or matter is.
 */
const partsSql = `select distinct conversation_id as whole, 'DA09' as part from message
    where 'DA09' = any($2::text[]) and conversation_id = any($3::uuid[]) and received_at > now() - interval '9 days'
  union all select conversation_id as whole, id::text as part from message
    where id = any($1::uuid[]) and conversation_id = any($3::uuid[])
  union all select conversation_id, id::text from attachment where id = any($1::uuid[]) and conversation_id = any($3::uuid[])
  union all select distinct conversation_id, cluster from attachment where cluster = any($2::text[]) and conversation_id = any($3::uuid[])
  union all select distinct id, 'DA09' from message where 'DA09' = any($2::text[]) and id = any($3::uuid[]) and received_at > now() - interval '9 days'
  union all select id, conversation_id::text from message where conversation_id = any($1::uuid[]) and id = any($3::uuid[])
  union all select message_id, id::text from attachment where id = any($1::uuid[]) and message_id = any($3::uuid[])
  union all select distinct message_id, cluster from attachment where cluster = any($2::text[]) and message_id = any($3::uuid[])
  union all select id, unnest(array[conversation_id, message_id])::text from attachment
    where (conversation_id = any($1::uuid[]) or message_id = any($1::uuid[])) and id = any($3::uuid[])
  union all select id, cluster from attachment where cluster = any($2::text[]) and id = any($3::uuid[])
  union all select distinct conversation_id, 'DA07' from draft where 'DA07' = any($2::text[]) and conversation_id = any($3::uuid[])`

async function partsOf(
  client: Client,
  scopes: readonly Scope[],
  wholes: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const objects = scopes.flatMap((scope) => (scope.kind === 'OBJECT' ? scope.id : []))
  const clusters = scopes.flatMap((scope) => (scope.kind === 'CLUSTER' ? scope.code : []))
  const parts = new Map<string, Set<string>>()
  if (objects.length === 0 && clusters.length === 0) return parts
  const { rows } = await client.query<{ whole: string; part: string }>(partsSql, [objects, clusters, wholes])
  for (const { whole, part } of rows) parts.set(whole, (parts.get(whole) ?? new Set()).add(part))
  return parts
}

/**
 * Holds and restrictions that nobody has ended, as they bear on whole matters, messages with their files, files alone, and people: what is held of a part is
 * held of the whole, which cannot go without it. Whether one is in force, and covers, the law says. Where it decides about destroying, the caller shares
 * the lock `holding` before.
 */
export async function readHolds(
  client: Client,
  wholes: readonly string[],
): Promise<(id: string) => { holds: readonly LegalHold[]; restrictions: readonly Restriction[] }> {
  const { rows } = await client.query<HoldRow & { still: boolean }>(
    `select ${holdColumns}, expires_at > now() as still from legal_hold where ended_at is null`,
  )
  // Our clock may run ahead: what holds by the database's holds.
  const holds = rows
    .filter(({ kind }) => kind === 'hold')
    .map((row) => (row.still ? { ...holdOf(row), expiresAt: endless } : holdOf(row)))
  const restrictions = rows.filter(({ kind }) => kind === 'restriction').map(restrictionOf)
  const parts = await partsOf(client, rows.map(scopeOf), wholes)
  return (id) => {
    const own = parts.get(id)
    if (own === undefined) return { holds, restrictions }
    function whole<T extends { readonly scope: Scope }>(one: T): T {
      const { scope } = one
      const named = scope.kind === 'OBJECT' ? scope.id : scope.kind === 'CLUSTER' ? scope.code : null
      return named !== null && own?.has(named) ? { ...one, scope: { kind: 'OBJECT', id } } : one
    }
    return { holds: holds.map(whole), restrictions: restrictions.map(whole) }
  }
}
