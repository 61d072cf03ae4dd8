import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const params = z.object({ id: z.uuid() })

const deletionRunStates = [
  'prepared',
  'planned',
  'approved',
  'running',
  'completed',
  'failed',
  'expired',
  'withdrawn',
] as const

/** A run by its figures: what it deletes is named nowhere. */
export const DeletionRun = z.object({
  id: z.uuid(),
  kind: z.enum(['planned', 'manual', 'erasure', 'emergency', 'restore']),
  state: z.enum(deletionRunStates),
  paused: z.boolean(),
  /** Under an approval that two persons have given for a rule, not for this run. */
  standing: z.boolean(),
  plannedAt: z.iso.datetime(),
  approvedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Objects that wait, and that are destroyed. */
  waiting: z.int(),
  destroyed: z.int(),
  /** Why objects that were meant have stayed: codes of the law, what they mean, and of how many. */
  fallenOut: z.array(
    z.object({
      reason: z.string(),
      sentence: z.object({ de: z.string(), en: z.string() }),
      count: z.int(),
    }),
  ),
})
export type DeletionRun = z.infer<typeof DeletionRun>

export const listDeletionRuns = endpoint({
  method: 'GET',
  path: '/deletion-runs',
  summary: 'The newest hundred deletion runs.',
  access: 'see-deletion-runs',
  status: 200,
  reply: z.object({ items: z.array(DeletionRun) }),
  refusals: [],
})

/** Objects that are named one by one: a second person can look through no more. */
export const maxLookedThrough = 50

export const planDeletionRun = endpoint({
  method: 'POST',
  path: '/deletion-runs',
  summary:
    'Plan a run over what is due, over matters that are named, or, as an emergency, over named matters and single messages that were unlawfully processed and go before their time; a second person approves it within seven days.',
  access: 'plan-deletion',
  body: z
    .object({
      kind: z.enum(['planned', 'manual', 'emergency']),
      /** Of a manual run, and of an emergency. */
      conversationIds: z.array(z.uuid()).max(maxLookedThrough).default([]),
      /** Of an emergency alone: messages of matters that stay. Their files go with them. */
      messageIds: z.array(z.uuid()).max(maxLookedThrough).default([]),
    })
    .refine(({ kind, messageIds }) => kind === 'emergency' || messageIds.length === 0, {
      path: ['messageIds'],
    })
    .refine(
      ({ conversationIds, messageIds }) => conversationIds.length + messageIds.length <= maxLookedThrough,
      {
        path: ['messageIds'],
      },
    ),
  status: 201,
  reply: DeletionRun,
  refusals: ['nothing-to-delete', 'proposal-open', 'changed-meanwhile'],
})

export const readDeletionRun = endpoint({
  method: 'GET',
  path: '/deletion-runs/:id',
  summary: 'One deletion run.',
  access: 'see-deletion-runs',
  params,
  status: 200,
  reply: DeletionRun,
  refusals: [],
})

export const putForwardDeletionRun = endpoint({
  method: 'POST',
  path: '/deletion-runs/:id/proposal',
  summary:
    'Put a run that the office has prepared by itself before a second person; whoever does so is the first.',
  access: 'give-standing-approvals',
  params,
  status: 200,
  reply: DeletionRun,
  refusals: ['nothing-to-delete', 'proposal-open', 'changed-meanwhile'],
})

export const approveDeletionRun = endpoint({
  method: 'POST',
  path: '/deletion-runs/:id/approval',
  summary: 'Approve a run that somebody else has planned; the same as approving that proposal.',
  access: 'approve-deletion',
  params,
  status: 200,
  reply: DeletionRun,
  refusals: ['step-up-required', 'second-person-required', 'proposal-closed', 'changed-meanwhile'],
})

export const pauseDeletionRun = endpoint({
  method: 'POST',
  path: '/deletion-runs/:id/pause',
  summary: 'Let a run stand still; what is condemned by then is still destroyed.',
  access: 'plan-deletion',
  params,
  status: 200,
  reply: DeletionRun,
  refusals: ['changed-meanwhile'],
})

export const resumeDeletionRun = endpoint({
  method: 'POST',
  path: '/deletion-runs/:id/resume',
  summary: 'Let a run go on.',
  access: 'plan-deletion',
  params,
  status: 200,
  reply: DeletionRun,
  refusals: ['changed-meanwhile'],
})

/** As `Accept` says, where it is left away. */
const format = z.enum(['pdf', 'csv']).optional()

export const readRunProtocol = endpoint({
  method: 'GET',
  path: '/deletion-runs/:id/protocol',
  summary: 'What a run has deleted, from the deletion ledger alone, as PDF or CSV.',
  access: 'see-deletion-runs',
  params,
  query: z.object({ format }),
  status: 200,
  reply: 'stream',
  refusals: ['protocol-too-long'],
})

export const readDeletionProtocol = endpoint({
  method: 'GET',
  path: '/deletion-protocol',
  summary: 'What was deleted in a period, from the deletion ledger alone, as PDF or CSV.',
  access: 'see-deletion-runs',
  query: z.object({ from: z.iso.date(), /** Inclusive. */ to: z.iso.date(), format }),
  status: 200,
  reply: 'stream',
  refusals: ['protocol-too-long'],
})
