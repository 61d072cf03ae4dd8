import {
  type ProposalKindName,
  type ProposalPayload,
  proposalPayloads,
  type Role,
} from '@buergerdraht/contract'
import type { AuditEvent, AuditObject } from '../audit/record-act.ts'
import type { Change } from '../database/publish.ts'

/** What is approved, when it is approved. */
type Approved<Payload> = {
  readonly payload: Payload
  /** What lay sealed beside it; null: nothing. */
  readonly secret: unknown
  readonly at: Date
  /** The accounts of both persons. */
  readonly proposedBy: string
  readonly approvedBy: string
  readonly approverRole: Role
}

/**
 * One kind of thing that takes two persons. The mechanism knows who proposes and who approves, when it ends and what is secret; what it is
 * about, the kind alone knows. All but `check` runs in the transaction that proposes or approves, with the program's own rights.
 */
export type ProposalKind<Payload> = {
  /** Of what it is: one proposal of a kind is open for one object. Null: there is one such thing in the office. */
  object(payload: Payload): AuditObject | null
  /** The account that it is about, whose owner cannot be the second person; null: none. */
  concerns(payload: Payload): string | null
  /** Their name is what it is about: nobody is told it who only proposes or decides. */
  readonly concernedByMark?: true
  /** What the log says of it: codes and ids. */
  facts(payload: Payload): NonNullable<AuditEvent['facts']>
  /**
   * A word for the state that the payload is made for; MUST differ when what is decided has changed, and MUST lock what it has read. Up to 200
   * characters, nothing personal. @throws Refusal where it cannot be proposed, or not any more
   */
  basis(changing: Change, payload: Payload): Promise<string>
  /** Asked of the outside world before each of the two transactions. @throws Refusal */
  check?(payload: Payload, secret: unknown): Promise<void>
  /** Does it. Recorded by the mechanism; the kind records beside it what it has changed. @throws Refusal */
  apply(changing: Change, approved: Approved<Payload>): Promise<void>
}

/** Every kind there is. Made once a process by whoever knows all of them. */
export type ProposalKinds = { readonly [K in ProposalKindName]: ProposalKind<ProposalPayload<K>> }

/** A payload as it was stored, with its kind. The table holds what the schema has let in. */
export function kindOf(
  kinds: ProposalKinds,
  name: string,
  stored: unknown,
): { readonly kind: ProposalKind<ProposalPayload>; readonly payload: ProposalPayload } {
  if (!Object.hasOwn(proposalPayloads, name)) throw new Error(`There is no kind of proposal called ${name}`)
  const known = name as ProposalKindName
  // The compiler cannot see that kind and payload are of the same name.
  const kind = kinds[known] as unknown as ProposalKind<ProposalPayload>
  return { kind, payload: proposalPayloads[known].parse(stored) as ProposalPayload }
}
