import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { refusalReasons } from './proposal.ts'

/** A second person can look through no more. */
export const maxBatch = 50
/** Nothing is kept longer without being looked at again. */
export const maxKeepMonths = 12

/** Why something is kept that could go. */
const keepReasons = ['still-open', 'follow-up', 'needed-for-case', 'dispute'] as const

const Sentence = z.object({ de: z.string(), en: z.string() })

/** A matter by what is known of it without reading it. */
const Metadata = z.object({
  id: z.uuid(),
  openedAt: z.iso.datetime(),
  /** Null: nobody has closed it. */
  closedAt: z.iso.datetime().nullable(),
  lastMessageAt: z.iso.datetime(),
  messages: z.int(),
  files: z.int(),
  /** Why it could go, strongest first; orders the list and decides nothing. */
  reasons: z.array(z.object({ code: z.string(), weight: z.int(), sentence: Sentence })),
  weight: z.int(),
})

export const Candidate = Metadata.extend({
  /** Whose matter it is: one of one's own teams. */
  teamId: z.uuid(),
  /** What is decided is decided about the matter as it was shown: its newest message; null: it has none. */
  basis: z.uuid().nullable(),
  /** Why a second person did not let it go; null: none has refused. */
  refusal: z.enum([...refusalReasons, 'refused', 'withdrawn', 'expired']).nullable(),
})
export type Candidate = z.infer<typeof Candidate>

/** A team's monthly day for tidying up that is not done yet. */
const TidyingDay = z.object({
  team: z.string(),
  /** YYYY-MM */
  month: z.string(),
  /** Fourteen days after it was opened: then the lead is told. */
  decideBy: z.iso.datetime(),
  /** Who has been told that it is late; null: nobody. */
  escalated: z.enum(['lead', 'dpo']).nullable(),
})
export type TidyingDay = z.infer<typeof TidyingDay>

export const listCandidates = endpoint({
  method: 'GET',
  path: '/workbench/candidates',
  summary:
    'Up to fifty old matters of one’s teams that could go, with the reasons; never one that is open or held.',
  access: 'tidy-up',
  query: z.object({
    /** Of one of one's teams; left out: of all of them. */
    team: z.uuid().optional(),
    /** The `nextCursor` of the page before: what one has looked at and not decided is passed over. */
    cursor: z.uuid().optional(),
  }),
  status: 200,
  reply: z.object({
    items: z.array(Candidate),
    nextCursor: z.string().nullable(),
  }),
  refusals: [],
})

export const listTidyingDays = endpoint({
  method: 'GET',
  path: '/workbench/tidying-days',
  summary: 'The monthly days for tidying up of one’s teams that are not done yet, the oldest first.',
  access: 'tidy-up',
  status: 200,
  reply: z.object({ items: z.array(TidyingDay) }),
  refusals: [],
})

const about = {
  conversationId: z.uuid(),
  /** As the candidate says it: what has changed since then is passed over. Left out: as it is now. */
  basis: z.uuid().nullable().optional(),
}

export const WorkbenchDecision = z.discriminatedUnion('decision', [
  z.object({ ...about, decision: z.literal('delete') }),
  z.object({ ...about, decision: z.literal('to-file'), fileReference: z.string().trim().min(1).max(100) }),
  z.object({ ...about, decision: z.literal('keep'), reason: z.enum(keepReasons), until: z.iso.date() }),
])
export type WorkbenchDecision = z.infer<typeof WorkbenchDecision>

const Outcome = z.object({
  /** The run that a second person has to approve; null: there is nothing that may go now. */
  runId: z.uuid().nullable(),
  /** Matters in it, and those of them that the second person may look into. */
  proposed: z.int(),
  sampled: z.int(),
  filed: z.int(),
  kept: z.int(),
  /** Decided, and not in the run: they go later, for these reasons. */
  later: z.array(z.object({ reason: z.string(), sentence: Sentence, count: z.int() })),
  /** Changed since they were shown, or not theirs to decide: nothing was decided. */
  passedOver: z.array(z.uuid()),
})
export type WorkbenchOutcome = z.infer<typeof Outcome>

export const submitDecisions = endpoint({
  method: 'POST',
  path: '/workbench/decisions',
  summary:
    'Decide about up to fifty old matters; what is to be deleted is put before a second person as one batch.',
  access: 'tidy-up',
  body: z.array(WorkbenchDecision).min(1).max(maxBatch),
  status: 201,
  reply: Outcome,
  refusals: [],
})

export const readBatch = endpoint({
  method: 'GET',
  path: '/workbench/batches/:id',
  summary:
    'The matters of a batch that waits for a second person, by metadata, with those drawn as a sample.',
  access: 'review-batches',
  params: z.object({ id: z.uuid() }),
  status: 200,
  reply: z.object({
    items: z.array(Metadata.extend({ sampled: z.boolean() })),
    /** Whether whoever asks may look into the sample. */
    mayOpenSample: z.boolean(),
  }),
  refusals: [],
})
export type Batch = z.output<typeof readBatch.reply>

export const openSample = endpoint({
  method: 'GET',
  path: '/workbench/batches/:id/sample/:conversationId',
  summary:
    'Look into a matter that was drawn as a sample, while the batch waits for one’s decision. That is recorded.',
  access: 'open-samples',
  params: z.object({ id: z.uuid(), conversationId: z.uuid() }),
  status: 200,
  reply: z.object({
    /** The newest, oldest of them first. */
    messages: z.array(
      z.object({
        at: z.iso.datetime(),
        from: z.enum(['citizen', 'office']),
        text: z.string(),
        kind: z.string(),
      }),
    ),
  }),
  refusals: ['second-person-required'],
})
export type Sample = z.output<typeof openSample.reply>
