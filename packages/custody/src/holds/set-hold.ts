import { type HoldScope, may, type Protection, Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  change,
  conversationFor,
  newId,
  type OfficeContext,
  recordActOn,
  requireMay,
  tellDpo,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import {
  type ClusterCode,
  europeBerlin,
  type HoldBasis,
  type HoldReason,
  type LocalDate,
  type RestrictionGround,
} from '@buergerdraht/records'
import { auditWord } from '../audit-word.ts'
import { type LedgerAct, placeAct } from '../ledger/acts.ts'
import { ledgerRoleOf } from '../ledger/ledger-role.ts'
import { endOfDay, startOfDay } from '../rules/days.ts'
import { patiently } from '../runs/patiently.ts'
import { type HoldRow, holdFault } from './read-holds.ts'

type Client = Change['client']
type Matter = { readonly id: string; readonly team_id: string }

const findSql: Readonly<Record<'OBJECT' | 'CONVERSATION' | 'CONTACT', string>> = {
  CONVERSATION: 'select 1 from conversation where id = $1 and condemned_by is null',
  CONTACT: 'select 1 from contact where id = $1 and condemned_by is null',
  OBJECT: `select 1 from conversation c where condemned_by is null and (c.id = $1 or c.id in (select conversation_id from message where id = $1
      union all select conversation_id from attachment where id = $1))
      and not exists (select from deletion_run_item i where i.state = 'condemned'
        and i.object_id in (select $1::uuid union all select message_id from attachment where id = $1))
    union all select 1 from contact where id = $1 and condemned_by is null`,
}

/** What is there, and not condemned. Asked with the lock `holding`: what is not condemned by now is held when it is asked about next. */
async function requireThere(client: Client, scope: HoldScope): Promise<void> {
  if (scope.kind === 'EVERYTHING' || scope.kind === 'CLUSTER') return
  const { rowCount } = await client.query(findSql[scope.kind], [scope.id])
  if (rowCount === 0) throw new Refusal('not-found')
}

/** Matters that are hidden from now on, or shown again. */
export async function publishMatters(changing: Change, scope: HoldScope): Promise<void> {
  if (scope.kind !== 'CONVERSATION' && scope.kind !== 'CONTACT') return
  const column = scope.kind === 'CONVERSATION' ? 'id' : 'contact_id'
  const { rows } = await changing.client.query<Matter>(
    `select id, team_id from conversation where ${column} = $1 and condemned_by is null`,
    [scope.id],
  )
  for (const { id, team_id } of rows)
    changing.publish({ type: 'conversation.changed', teamId: team_id, conversationId: id, messageId: null })
}

/** What it holds, as the ledger counts it; of a kind of data, or of everything, none by one. */
export function idsOf({ object_id }: Pick<HoldRow, 'object_id'>): string[] {
  return object_id === null ? [] : [object_id]
}

const kindSql = `select case when exists (select from conversation where id = $1) then 'conversations' when exists (select from contact where id = $1) then 'contacts'
  when exists (select from attachment where id = $1) then 'attachments' else 'messages' end as kind`

/** The same in figures: one of a kind; or what is covered, whatever comes later. */
export async function heldOf(
  client: Pick<Client, 'query'>,
  { scope, cluster, object_id }: Pick<HoldRow, 'scope' | 'cluster' | 'object_id'>,
) {
  if (scope === 'CLUSTER' && cluster !== null) return { covers: cluster }
  if (scope === 'EVERYTHING' || scope === 'CLUSTER') return { covers: 'EVERYTHING' } as const
  const { rows } = await client.query<{ kind: 'conversations' | 'contacts' | 'attachments' | 'messages' }>(
    kindSql,
    [object_id],
  )
  return { objects: { [rows[0]?.kind ?? 'messages']: 1 } }
}

/** The day in the town hall before this moment, with which something ends; or on which it is. */
function lastDayOf(end: Date): LocalDate {
  return europeBerlin.localDate(asInstant(new Date(end.getTime() - 1)))
}

async function actOf(client: Client, row: HoldRow, role: string): Promise<LedgerAct> {
  const approvals = [ledgerRoleOf(role)]
  if (row.kind === 'restriction')
    return {
      type: 'RESTRICT',
      objects: row.scope === 'CONTACT' ? { contacts: 1 } : { conversations: 1 },
      approvals,
      ground: row.reason as RestrictionGround,
      reviewOn: europeBerlin.localDate(asInstant(row.review_at)),
    }
  if (row.basis === null || row.expires_at === null) throw new Error('A hold has a basis and an end')
  return {
    type: 'HOLD_SET',
    ...(await heldOf(client, row)),
    approvals,
    reason: row.reason as HoldReason,
    basis: row.basis as HoldBasis,
    expiresOn: lastDayOf(row.expires_at),
  }
}

/** With the program's own rights: other teams of the same person hear of it too. The caller has made sure that it may be. @returns its id */
export async function storeHold(
  changing: Change,
  viewer: Viewer,
  scope: HoldScope,
  protection: Protection,
  now: Date,
): Promise<string> {
  const { client } = changing
  if (protection.kind === 'restriction' && scope.kind !== 'CONVERSATION' && scope.kind !== 'CONTACT')
    throw new Refusal('invalid-input', [{ path: 'scope', fault: 'not-possible' }])
  await waitForLock(client, 'holding')
  await requireThere(client, scope)
  const id = newId(now)
  const row: HoldRow = {
    id,
    kind: protection.kind,
    scope: scope.kind,
    object_id: 'id' in scope ? scope.id : null,
    cluster: scope.kind === 'CLUSTER' ? (scope.code as ClusterCode) : null,
    reason: protection.reason,
    basis: protection.kind === 'hold' ? protection.basis : null,
    set_by: viewer.accountId,
    set_at: now,
    review_at: new Date(startOfDay(protection.reviewOn, 'protection.reviewOn')),
    expires_at:
      protection.kind === 'hold' ? new Date(endOfDay(protection.expiresOn, 'protection.expiresOn')) : null,
  }
  const path = holdFault(row)
  if (path !== null)
    throw new Refusal('invalid-input', [{ path: `protection.${path}`, fault: 'not-possible' }])
  const columns = { ...row, reference: protection.reference ?? null, set_role: viewer.role }
  await client.query(
    `insert into legal_hold (${Object.keys(columns).join()}) values (${Object.keys(columns).map((_, at) => `$${at + 1}`)})`,
    Object.values(columns),
  )
  await placeAct(client, await actOf(client, row, viewer.role), idsOf(row), now)
  if (row.kind === 'restriction') await publishMatters(changing, scope)
  // It hides what is other teams' too; whoever may set any restriction knows that.
  if (row.kind === 'restriction' && row.scope === 'CONTACT' && !may(viewer.role, 'set-holds'))
    await tellDpo(client, {
      kind: 'legal-hold',
      objectId: id,
      facts: { kind: row.kind, due: 'set-by-team' },
      proposedBy: null,
      decidedBy: viewer.accountId,
      at: now,
    })
  await recordActOn(client, now, viewer, {
    act: 'hold-set',
    object: { kind: 'legal-hold', id },
    facts: { kind: row.kind, scope: auditWord(row.scope), reason: auditWord(row.reason) },
  })
  return id
}

/**
 * Suspends deletion, or restricts processing: from the commit on nothing that it covers is condemned, whoever asks, and what is restricted is hidden.
 * One person sets it, because what protects must not wait. @returns its id
 * @throws Refusal `not-allowed`, `not-found` also for what is condemned already, `invalid-input`
 */
export async function setHold(
  office: OfficeContext,
  viewer: Viewer,
  scope: HoldScope,
  protection: Protection,
): Promise<string> {
  requireMay(viewer, 'set-holds')
  return patiently(() =>
    change(office, (changing) => storeHold(changing, viewer, scope, protection, office.now())),
  )
}

/**
 * The same by whoever answers: a matter of their teams, or everything of its person. Whoever restricts it may not be shown it any more.
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`
 */
export async function holdConversation(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  { of, protection }: { readonly of: 'conversation' | 'contact'; readonly protection: Protection },
): Promise<void> {
  requireMay(viewer, 'hold-own-matters')
  const { contactId } = await asViewer(office, viewer, ({ tx }) => conversationFor(tx, viewer, id))
  const scope: HoldScope =
    of === 'conversation' ? { kind: 'CONVERSATION', id } : { kind: 'CONTACT', id: contactId }
  await patiently(() =>
    change(office, (changing) => storeHold(changing, viewer, scope, protection, office.now())),
  )
}

/** Writes down that it is still needed, and when somebody looks again. @throws Refusal `not-allowed`, `not-found`, `hold-ended`, `invalid-input` */
export async function reviewHold(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  reviewOn: string,
): Promise<void> {
  requireMay(viewer, 'set-holds')
  const now = office.now()
  const reviewAt = new Date(startOfDay(reviewOn, 'reviewOn'))
  await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ expires_at: Date | null; ended_at: Date | null }>(
        'select expires_at, ended_at from legal_hold where id = $1 for update',
        [id],
      )
      const [row] = rows
      if (row === undefined) throw new Refusal('not-found')
      const end = row.ended_at ?? row.expires_at
      if (row.ended_at !== null || (end !== null && end <= now)) throw new Refusal('hold-ended')
      if (reviewAt <= now || (end !== null && reviewAt > end))
        throw new Refusal('invalid-input', [{ path: 'reviewOn', fault: 'not-possible' }])
      await client.query(
        'update legal_hold set review_at = $2, reviewed_at = $3, reviewed_by = $4, reminded_of = null where id = $1',
        [id, reviewAt, now, viewer.accountId],
      )
      await recordActOn(client, now, viewer, { act: 'hold-reviewed', object: { kind: 'legal-hold', id } })
    }),
  )
}
