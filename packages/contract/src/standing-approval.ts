import { z } from 'zod'
import { RuleReference } from './deletion-rule.ts'
import { endpoint } from './endpoint.ts'
import { roles } from './policy.ts'

/** Kinds of data that runs delete: matters, people, answered requests. For each there is one standing approval at a time. */
export const clustersOfRuns = ['DA01', 'DA02', 'DA03', 'DA06', 'DA18'] as const

const standingStates = ['in-force', 'rule-changed', 'ended', 'revoked'] as const

/** What two persons have said of one rule: what falls due under it goes each week without asking again. */
export const StandingApproval = z.object({
  id: z.uuid(),
  rule: RuleReference,
  proposedRole: z.enum(roles),
  approvedRole: z.enum(roles),
  approvedAt: z.iso.datetime(),
  /** The first moment at which it does not hold any more. */
  endsAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  /** It says nothing of a version that came later. */
  state: z.enum(standingStates),
})
export type StandingApproval = z.infer<typeof StandingApproval>

export const listStandingApprovals = endpoint({
  method: 'GET',
  path: '/standing-approvals',
  summary: 'Rules under which runs begin by themselves because two persons have approved it, newest first.',
  access: 'see-deletion-runs',
  status: 200,
  reply: z.object({
    items: z.array(StandingApproval),
    /** What such an approval could be given for now. */
    rules: z.array(RuleReference),
  }),
  refusals: [],
})

export const proposeStandingApproval = endpoint({
  method: 'POST',
  path: '/standing-approvals',
  summary:
    'Propose that what falls due under a rule goes each week by itself, for twelve months at most; it holds when a second person agrees.',
  access: 'give-standing-approvals',
  body: z.object({ rule: RuleReference, /** Inclusive. */ endsOn: z.iso.date() }),
  status: 202,
  reply: z.object({}),
  refusals: ['proposal-open', 'changed-meanwhile'],
})

/** One is enough: what is not deleted can still be. */
export const revokeStandingApproval = endpoint({
  method: 'POST',
  path: '/standing-approvals/:id/revocation',
  summary: 'End it now; what of a run under it is not condemned yet stays.',
  access: 'give-standing-approvals',
  params: z.object({ id: z.uuid() }),
  status: 204,
  reply: null,
  refusals: ['changed-meanwhile'],
})
