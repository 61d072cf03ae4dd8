import { z } from 'zod'
import { AlgorithmCalendar } from './algorithm-calendar.ts'
import { ArchiveAgreement } from './archive-agreement.ts'
import { RulePeriod, RuleReference } from './deletion-rule.ts'
import { emergencyReasons, maxEmergencyMinutes, minEmergencyMinutes } from './emergency-limits.ts'
import { endpoint } from './endpoint.ts'
import { maxNameHours, nameReasons } from './name-limits.ts'
import { type ProposalKindName, proposalKindNames, roles } from './policy.ts'
import { ProviderRule } from './sign-in-setting.ts'
import { withdrawalReasons } from './withdrawal-reasons.ts'

/** What each kind of proposal says. Codes, ids and settings; what is secret lies beside it, sealed, and is never shown. */
export const proposalPayloads = {
  'grant-role': z.object({ accountId: z.uuid(), role: z.enum(roles) }),
  /** What changes of the account; the new secrets lie sealed. */
  'change-channel-account': z.object({
    channelId: z.uuid(),
    /** The new address; null: as it was. */
    baseUrl: z.string().nullable(),
    credentials: z.array(z.enum(['apiKey', 'webhookSecrets', 'webhookHeaders', 'verifyToken'])),
  }),
  /** How many matters, single messages and files, people and answered requests it is to delete. Proposals of earlier releases name no requests, messages and files. */
  'deletion-run': z.object({
    runId: z.uuid(),
    conversations: z.int(),
    /** Of matters that stay; their files go with them. */
    messages: z.int().default(0),
    /** Alone, of messages that stay. */
    files: z.int().default(0),
    contacts: z.int(),
    requests: z.int().default(0),
    /** Evidence that somebody was told about their data. Proposals of earlier releases name none. */
    notices: z.int().default(0),
    /** What was unlawfully processed, and goes before its time (Art. 17 (1) (d) GDPR). */
    emergency: z.boolean().default(false),
  }),
  /** The office lets people in again: everything that the ledger holds is carried out. */
  'release-restore': z.object({ restoreId: z.uuid() }),
  /** A deletion ledger that was lost or damaged is given up, and another one follows it. */
  'give-up-ledger': z.object({ brokenId: z.uuid() }),
  /** What falls due under one version of a rule goes by itself until the end of that day. */
  'standing-approval': z.object({ rule: RuleReference, endsOn: z.iso.date() }),
  /** The rules that the office is to work by, by their references (`LR-DA01@1`). */
  'sign-catalogue': z.object({ signed: z.array(RuleReference) }),
  /** The next version of a rule. */
  'change-rule': z.object({
    cluster: z.string().regex(/^DA\d\d$/),
    version: z.int(),
    periods: z.array(RulePeriod),
  }),
  /** A version of the filing plan, by its figures against the one in force. */
  'change-filing-plan': z.object({
    plan: z.int(),
    entries: z.int(),
    added: z.int(),
    removed: z.int(),
    shorter: z.int(),
    longer: z.int(),
  }),
  /** A version of the privacy notice; its text stands with it. */
  'change-privacy-notice': z.object({ notice: z.int() }),
  /** What the archive has agreed to. */
  'agree-with-archive': ArchiveAgreement,
  /** What the archive has not decided about is offered no longer; so many matters when it was proposed. */
  'withdraw-offer': z.object({ offerId: z.uuid(), reason: z.enum(withdrawalReasons), matters: z.int() }),
  /** Until when algorithms are relied on, whole. */
  'change-algorithm-calendar': AlgorithmCalendar,
  /** For whoever proposes it. */
  'emergency-access': z.object({
    accountId: z.uuid(),
    teamId: z.uuid(),
    reason: z.enum(emergencyReasons),
    minutes: z.int().min(minEmergencyMinutes).max(maxEmergencyMinutes),
  }),
  /** What is to end before its time; of a restriction, since when the person knows of it (Art. 18 (3) GDPR). */
  'lift-hold': z.object({
    holdId: z.uuid(),
    kind: z.enum(['hold', 'restriction']),
    informedAt: z.iso.datetime().nullable(),
  }),
  /** For whoever proposes it. */
  'lift-pseudonym': z.object({
    accountId: z.uuid(),
    reason: z.enum(nameReasons),
    hours: z.int().min(1).max(maxNameHours),
  }),
  'change-provider-rules': z.object({ providerClaim: z.string(), providerRules: z.array(ProviderRule) }),
} as const satisfies Readonly<Record<ProposalKindName, z.ZodObject>>

export type ProposalPayload<K extends ProposalKindName = ProposalKindName> = z.output<
  (typeof proposalPayloads)[K]
>

export const proposalStates = ['open', 'approved', 'refused', 'withdrawn', 'expired'] as const
export type ProposalState = (typeof proposalStates)[number]

/** As many matters as a batch of the workbench has. */
const maxBatchMatters = 50

/** Why a second person says no, where somebody has to know it to do better. */
export const refusalReasons = ['still-needed', 'belongs-to-file', 'still-open', 'sample-differs'] as const
export type RefusalReason = (typeof refusalReasons)[number]

const Somebody = z.object({ id: z.uuid(), displayName: z.string() })

export const Proposal = z.object({
  id: z.uuid(),
  kind: z.enum(proposalKindNames),
  payload: z.union(Object.values(proposalPayloads)),
  state: z.enum(proposalStates),
  proposedBy: Somebody,
  proposedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Whom it is about, without a name where the name is what it is about; null: nobody in particular. */
  concerns: Somebody.nullable(),
  decidedBy: Somebody.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Why it was refused; null: it was not, or nobody said why. */
  refusal: z.enum(refusalReasons).nullable(),
  own: z.boolean(),
  /** Whoever asks may be its second person. */
  mayDecide: z.boolean(),
})
export type Proposal = z.infer<typeof Proposal>

export const listProposals = endpoint({
  method: 'GET',
  path: '/proposals',
  summary:
    'What waits for a second person, one’s own proposals, and what became of them in the last 30 days.',
  access: 'see-proposals',
  status: 200,
  reply: z.object({ items: z.array(Proposal) }),
  refusals: [],
})

const params = z.object({ id: z.uuid() })

/** Decided anew: it must still fit what it was made for. */
export const approveProposal = endpoint({
  method: 'POST',
  path: '/proposals/:id/approval',
  summary: 'Approve what somebody else has proposed; it is done at once.',
  access: 'approve-proposals',
  params,
  status: 200,
  reply: Proposal,
  refusals: [
    'step-up-required',
    'second-person-required',
    'proposal-closed',
    'changed-meanwhile',
    'invitation-open',
    'account-of-other-number',
    'emergency-access-holds',
    'hold-ended',
    'person-not-informed',
  ],
})

export const refuseProposal = endpoint({
  method: 'POST',
  path: '/proposals/:id/refusal',
  summary: 'Refuse what somebody else has proposed.',
  access: 'approve-proposals',
  params,
  body: z
    .object({
      reason: z.enum(refusalReasons).optional(),
      /** Of a batch from the workbench: why for single matters of it; the others have the reason of all. */
      matters: z
        .array(z.object({ conversationId: z.uuid(), reason: z.enum(refusalReasons) }))
        .max(maxBatchMatters)
        .default([]),
    })
    .default({ matters: [] }),
  status: 200,
  reply: Proposal,
  refusals: ['step-up-required', 'second-person-required', 'proposal-closed'],
})

export const withdrawProposal = endpoint({
  method: 'POST',
  path: '/proposals/:id/withdrawal',
  summary: 'Take back what one has proposed.',
  access: 'see-proposals',
  params,
  status: 200,
  reply: Proposal,
  refusals: ['proposal-closed'],
})
