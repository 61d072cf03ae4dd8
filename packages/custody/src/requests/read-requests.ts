import type { DataSubjectRequest, RequestCode, RequestKind } from '@buergerdraht/contract'
import { asInstant } from '@buergerdraht/office'
import type {
  ErasureException,
  ErasureGround,
  DataSubjectRequest as LawsRequest,
  Scope,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>
type Decision = NonNullable<DataSubjectRequest['decision']>

export type RequestRow = {
  readonly id: string
  readonly kind: RequestCode
  readonly contact_id: string
  readonly conversation_id: string
  readonly message_id: string | null
  readonly received_at: Date
  readonly due_at: Date
  readonly extended_at: Date | null
  readonly extension_reason: NonNullable<DataSubjectRequest['extended']>['reason'] | null
  readonly acknowledged_at: Date | null
  readonly identity: NonNullable<DataSubjectRequest['identity']>['way'] | null
  readonly identified_at: Date | null
  readonly outcome: Decision['outcome'] | null
  readonly decided_at: Date | null
  readonly ground: Decision['ground']
  readonly exception: Decision['exception']
  readonly closed_at: Date | null
  readonly restriction_id: string | null
  readonly run_ids: readonly string[]
  /** Null: it is about everything of the person, and nothing is chosen. */
  readonly chosen_at: Date | null
  readonly chosen_messages: readonly string[]
  /** Alone, of messages that stay. */
  readonly chosen_files: readonly string[]
}

/** What of other tables is shown with a request. */
export type RequestMore = {
  readonly restriction_ended_at: Date | null
  readonly erased: boolean
  readonly teams: readonly { readonly team: string; readonly madeAt: string | null }[]
}

export const requestColumns = `id, kind, contact_id, conversation_id, message_id, received_at, due_at, extended_at, extension_reason, acknowledged_at, identity,
  identified_at, outcome, decided_at, ground, exception, closed_at, restriction_id, run_ids, chosen_at, chosen_messages, chosen_files`

/** How much of the period has to be left for it not to be urgent. */
export const soonMs = 7 * 24 * 60 * 60 * 1000

function clockOf({ closed_at, due_at }: RequestRow, now: Date): DataSubjectRequest['clock'] {
  if (closed_at !== null) return null
  if (due_at <= now) return 'overdue'
  return due_at.getTime() - now.getTime() < soonMs ? 'ends-soon' : 'running'
}

/** As it is called outside. */
export function kindOf({ kind }: Pick<RequestRow, 'kind'>): RequestKind {
  return kind.toLowerCase() as RequestKind
}

/** A request by ids and codes, as it is shown. */
export function presentedRequest(row: RequestRow & RequestMore, now: Date): DataSubjectRequest {
  const { extended_at, extension_reason, identity, identified_at, outcome, decided_at } = row
  return {
    id: row.id,
    kind: kindOf(row),
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    recognised: row.message_id !== null,
    receivedAt: row.received_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    clock: clockOf(row, now),
    extended:
      extended_at === null || extension_reason === null
        ? null
        : { at: extended_at.toISOString(), reason: extension_reason },
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    identity:
      identity === null || identified_at === null ? null : { at: identified_at.toISOString(), way: identity },
    decision:
      outcome === null || decided_at === null
        ? null
        : { at: decided_at.toISOString(), outcome, ground: row.ground, exception: row.exception },
    closedAt: row.closed_at?.toISOString() ?? null,
    restriction:
      row.restriction_id === null
        ? null
        : { id: row.restriction_id, endedAt: row.restriction_ended_at?.toISOString() ?? null },
    erased: row.erased,
    part:
      row.chosen_at === null
        ? null
        : {
            chosenAt: row.chosen_at.toISOString(),
            messages: row.chosen_messages.length,
            files: row.chosen_files.length,
          },
    teams: row.teams.map((one) => ({ ...one })),
  }
}

function outcomeOf(row: RequestRow): Extract<LawsRequest, { kind: 'ERASURE' }>['outcome'] {
  if (row.outcome === null || row.decided_at === null) return { state: 'OPEN' }
  const at = asInstant(row.decided_at)
  if (row.outcome === 'GRANTED') return { state: 'GRANTED', at }
  return { state: 'REFUSED', at, exception: (row.exception ?? 'ART12_2') as ErasureException }
}

/** What a request is about, as the law says it: the person, or each message and file that was chosen. */
export function scopesOf({ contact_id, chosen_at, chosen_messages, chosen_files }: RequestRow): Scope[] {
  if (chosen_at === null) return [{ kind: 'CONTACT', id: contact_id }]
  return [...chosen_messages, ...chosen_files].map((id) => ({ kind: 'OBJECT', id }))
}

/** The request as the law knows it; none: it does not bear on deletion. What is to be handed out (Art. 20) has to be there like what is asked about. */
function lawful(row: RequestRow): LawsRequest[] {
  const receivedAt = asInstant(row.received_at)
  switch (row.kind) {
    case 'ACCESS':
    case 'PORTABILITY':
      return scopesOf(row).map((scope) => ({
        kind: 'ACCESS',
        scope,
        receivedAt,
        answeredAt: row.closed_at === null ? null : asInstant(row.closed_at),
      }))
    case 'ERASURE':
      return scopesOf(row).map((scope) => ({
        kind: 'ERASURE',
        scope,
        receivedAt,
        // Without a ground it has not been granted, and the law does not look at it.
        ground: (row.ground ?? 'ART17_1A') as ErasureGround,
        outcome: outcomeOf(row),
      }))
    default:
      return []
  }
}

/** By person, the requests that the law looks at when something of them is to be deleted. */
export async function readRequests(
  client: Client,
  contactIds: readonly string[],
): Promise<(contactId: string) => readonly LawsRequest[]> {
  const { rows } = await client.query<RequestRow>(
    `select ${requestColumns} from data_subject_request where contact_id = any($1::uuid[]) and kind in ('ACCESS', 'PORTABILITY', 'ERASURE')
       and (closed_at is null or kind = 'ERASURE' and outcome = 'GRANTED')`,
    [[...new Set(contactIds)]],
  )
  const byPerson = new Map<string, LawsRequest[]>()
  for (const row of rows) {
    const requests = lawful(row)
    const others = byPerson.get(row.contact_id)
    if (others === undefined) byPerson.set(row.contact_id, requests)
    else others.push(...requests)
  }
  return (contactId) => byPerson.get(contactId) ?? []
}
