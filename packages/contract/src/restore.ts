import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LedgerFact } from './ledger.ts'

const sentence = z.object({ de: z.string(), en: z.string() })

/** Still to be done after the release, or done. */
export const restoreTaskLists = ['open', 'done'] as const
export type RestoreTaskList = (typeof restoreTaskLists)[number]

/** A decision of which the ledger cannot tell enough to make it again: somebody takes it over before people are let in, and says when it is done. */
const RestoreTask = z.object({
  /** The place of its entry in the ledger. */
  entry: z.int(),
  /** Null: the text of the entry has been removed. */
  title: sentence.nullable(),
  facts: z.array(LedgerFact),
  /** What is to be done, where, and by whom. */
  todo: sentence,
  /** When the restore began from which it comes. */
  aroseAt: z.iso.datetime(),
  takenAt: z.iso.datetime().nullable(),
  /** Who has it now; null: nobody, or operators at the command line. */
  takenBy: z.string().nullable(),
  /** Whoever asks has it. */
  isMine: z.boolean(),
  doneAt: z.iso.datetime().nullable(),
})
export type RestoreTask = z.infer<typeof RestoreTask>

/** A restored database against the ledger, by figures. */
export const Restore = z.object({
  id: z.uuid(),
  /** replaying: what the ledger knows is carried out; replayed: nothing is left that has a tombstone, and it waits for two persons; released: let in within seconds. */
  state: z.enum(['replaying', 'replayed', 'released']),
  /** The day of the newest thing that the backup knew. */
  backupOn: z.iso.date(),
  begunAt: z.iso.datetime(),
  replayedAt: z.iso.datetime().nullable(),
  /** How many entries the ledger was ahead. */
  entries: z.int(),
  /** Objects destroyed again, holds and restrictions set anew, and entries that say what people have to decide anew. */
  destroyed: z.int(),
  holds: z.int(),
  restrictions: z.int(),
  anew: z.int(),
  /** Rules, signatures, offers and answers of the archive, and ends of holds and restrictions that are as they were decided. */
  decisions: z.int(),
  /** What `anew` counts. */
  tasks: z.array(RestoreTask),
  /** One person has proposed to let people in. */
  proposed: z.boolean(),
})
export type Restore = z.infer<typeof Restore>

export const readRestore = endpoint({
  method: 'GET',
  path: '/restore',
  summary: 'Whether the office is closed because its database was restored from a backup, and how far it is.',
  access: 'watch-retention',
  status: 200,
  /** Null: it is not closed for that, or the worker has not looked yet. */
  reply: z.object({ restore: Restore.nullable() }),
  refusals: [],
})

export const listRestoreTasks = endpoint({
  method: 'GET',
  path: '/restore/tasks',
  summary:
    'What is to be done again after a restore, and what of that is done. It names nobody that it is about.',
  access: 'watch-retention',
  query: z.object({ of: z.enum(restoreTaskLists).default('open') }),
  status: 200,
  reply: z.object({
    counts: z.object({ open: z.int(), done: z.int() }),
    items: z.array(RestoreTask),
  }),
  refusals: [],
})

const params = z.object({ entry: z.coerce.number().int().min(0).max(9_999_999) })

export const takeRestoreTask = endpoint({
  method: 'POST',
  path: '/restore/tasks/:entry/taking',
  summary:
    'Take over what the ledger could not make again, after the release also from somebody else; the audit log says who has.',
  access: 'release-restore',
  params,
  status: 200,
  reply: z.object({}),
  refusals: ['not-found', 'restore-task-done'],
})

export const completeRestoreTask = endpoint({
  method: 'POST',
  path: '/restore/tasks/:entry/completion',
  summary: 'Say that what one has taken over after a restore is done.',
  access: 'release-restore',
  params,
  status: 200,
  reply: z.object({}),
  refusals: ['not-found', 'changed-meanwhile', 'restore-task-of-another'],
})

/** Another person decides about it: `POST /proposals/:id/approval`, or `POST /restore/approval`. */
export const proposeRelease = endpoint({
  method: 'POST',
  path: '/restore/release',
  summary: 'Propose that people are let in again.',
  access: 'release-restore',
  status: 202,
  reply: z.object({}),
  refusals: ['proposal-open', 'changed-meanwhile', 'restore-tasks-open'],
})

export const approveRelease = endpoint({
  method: 'POST',
  path: '/restore/approval',
  summary: 'Let people in again, as somebody else has proposed.',
  access: 'release-restore',
  status: 200,
  reply: z.object({}),
  refusals: [
    'step-up-required',
    'second-person-required',
    'proposal-closed',
    'changed-meanwhile',
    'restore-tasks-open',
  ],
})
