import {
  type Act,
  type AuditAct,
  type DataSubjectRequest,
  Refusal,
  type RequestDecision,
} from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import { answerDue } from '@buergerdraht/records'
import { auditWord } from '../audit-word.ts'
import { patiently } from '../runs/patiently.ts'
import { readRequest } from './list-requests.ts'
import { type RequestRow, requestColumns } from './read-requests.ts'

type Handled = {
  readonly act: AuditAct
  readonly facts?: Readonly<Record<string, string | number | boolean>>
  /** Columns that are set. */
  readonly set: Readonly<Record<string, unknown>>
}

/**
 * Changes a request that is not answered yet, for whoever is shown it, and records that.
 * @param look asked as the viewer, for `decide`; the row as it was before it was locked
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, and what `decide` throws
 */
export async function handle<Looked>(
  office: OfficeContext,
  viewer: Viewer,
  act: Act,
  id: string,
  look: (changing: Change, row: RequestRow) => Promise<Looked>,
  decide: (row: RequestRow, now: Date, looked: Looked) => Handled,
): Promise<DataSubjectRequest> {
  requireMay(viewer, act)
  await patiently(() =>
    asViewer(office, viewer, async (changing) => {
      const { client } = changing
      const now = office.now()
      const { rows: shown } = await client.query<RequestRow>(
        `select ${requestColumns} from data_subject_request where id = $1`,
        [id],
      )
      if (shown[0] === undefined) throw new Refusal('not-found')
      const looked = await look(changing, shown[0])
      await withOwnRights(changing, async () => {
        // What is answered or granted bears on what is condemned.
        await waitForLock(client, 'holding')
        const { rows } = await client.query<RequestRow>(
          `select ${requestColumns} from data_subject_request where id = $1 for update`,
          [id],
        )
        const [row] = rows
        if (row === undefined) throw new Refusal('not-found')
        if (row.closed_at !== null) throw new Refusal('request-closed')
        const { act: done, facts, set } = decide(row, now, looked)
        const columns = Object.keys(set)
        await client.query(
          `update data_subject_request set ${columns.map((name, at) => `${name} = $${at + 2}`).join()} where id = $1`,
          [id, ...Object.values(set)],
        )
        await recordActOn(client, now, viewer, {
          act: done,
          object: { kind: 'data-subject-request', id },
          facts: { kind: auditWord(row.kind), ...facts },
        })
      })
    }),
  )
  return readRequest(office, viewer, id)
}

/** The row says everything. */
async function nothing(): Promise<void> {}

/** Whether the person has written in a matter that the viewer is shown since the request: then whoever has their account has been asked, and has answered. */
async function hasAnswered({ client }: Change, { id }: RequestRow): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from data_subject_request r join conversation c on c.contact_id = r.contact_id join message m on m.conversation_id = c.id
     where r.id = $1 and m.direction = 'inbound' and m.kind <> 'system' and m.received_at >= r.received_at and m.id is distinct from r.message_id limit 1`,
    [id],
  )
  return rowCount !== 0
}

/** @throws Refusal `not-allowed`, `not-found`, `request-closed`, `person-has-not-answered` */
export function confirmIdentity(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  way: NonNullable<DataSubjectRequest['identity']>['way'],
): Promise<DataSubjectRequest> {
  return handle(office, viewer, 'open-requests', id, hasAnswered, (_row, now, answered) => {
    if (way === 'SAME_CHAT' && !answered) throw new Refusal('person-has-not-answered')
    return {
      act: 'request-identified',
      facts: { way: auditWord(way) },
      set: { identity: way, identified_at: now, identified_by: viewer.accountId },
    }
  })
}

/**
 * Extends the period by two months (Art. 12 (3) GDPR), of which the person has been told in the first.
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `request-extended`, `extension-too-late`, `person-not-told`
 */
export function extendRequest(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  {
    reason,
    personInformed,
  }: {
    readonly reason: NonNullable<DataSubjectRequest['extended']>['reason']
    readonly personInformed: boolean
  },
): Promise<DataSubjectRequest> {
  return handle(office, viewer, 'decide-requests', id, nothing, (row, now) => {
    if (row.extended_at !== null) throw new Refusal('request-extended')
    if (row.due_at <= now) throw new Refusal('extension-too-late')
    if (!personInformed) throw new Refusal('person-not-told')
    return {
      act: 'request-extended',
      facts: { reason: auditWord(reason) },
      set: {
        extended_at: now,
        extended_by: viewer.accountId,
        extension_reason: reason,
        due_at: answerDue(asInstant(row.received_at), 'extended'),
      },
    }
  })
}

/**
 * Decides, and neither deletes nor hands out anything: what a granted erasure lets go goes by a run, which a second person approves.
 * What an erasure is about must be what whoever grants it has seen.
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `request-decided`, `identity-unconfirmed`, `changed-meanwhile`, `invalid-input`
 */
export function decideRequest(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  decision: RequestDecision,
): Promise<DataSubjectRequest> {
  return handle(office, viewer, 'decide-requests', id, nothing, (row, now) => {
    const { outcome } = decision
    if (row.outcome !== null) throw new Refusal('request-decided')
    if (outcome === 'GRANTED' && row.identity === null) throw new Refusal('identity-unconfirmed')
    if (outcome === 'GRANTED' && (decision.chosenAt ?? null) !== (row.chosen_at?.toISOString() ?? null))
      throw new Refusal('changed-meanwhile')
    const ground = outcome === 'GRANTED' ? (decision.ground ?? null) : null
    if (outcome === 'GRANTED' && (ground === null) === (row.kind === 'ERASURE'))
      throw new Refusal('invalid-input', [{ path: 'ground', fault: 'not-possible' }])
    const decided = { outcome, decided_at: now, decided_by: viewer.accountId }
    return {
      act: 'request-decided',
      facts: { outcome: auditWord(outcome) },
      set: {
        ...decided,
        ground,
        exception: outcome === 'REFUSED' ? decision.exception : null,
        ...(outcome === 'NOT_MEANT' ? { closed_at: now, closed_by: viewer.accountId } : {}),
      },
    }
  })
}

/** @throws Refusal `not-allowed`, `not-found`, `request-closed`, `request-undecided`, `person-not-told` */
export function closeRequest(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  personInformed: boolean,
): Promise<DataSubjectRequest> {
  return handle(office, viewer, 'see-requests', id, nothing, (row, now) => {
    if (row.outcome === null) throw new Refusal('request-undecided')
    if (!personInformed) throw new Refusal('person-not-told')
    return { act: 'request-answered', set: { closed_at: now, closed_by: viewer.accountId } }
  })
}
