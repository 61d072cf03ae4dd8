import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LedgerFact } from './ledger.ts'
import { ledgerFaults } from './ledger-place.ts'
import { roles } from './policy.ts'
import { restoreTaskLists } from './restore-task-lists.ts'

const sentence = z.object({ de: z.string(), en: z.string() })

/** A decision of which the ledger cannot tell enough to make it again: somebody takes it over before people are let in, and says when it is done. */
const RestoreTask = z.object({
  /** The place of its entry in the ledger. */
  entry: z.int(),
  /** Null: the text of the entry has been removed. */
  title: sentence.nullable(),
  facts: z.array(LedgerFact),
  /** What is to be done, where, and by whom. */
  todo: sentence,
  /** Whose it is: nobody else may take it over. */
  roles: z.array(z.enum(roles)),
  /** When the restore began from which it comes. */
  aroseAt: z.iso.datetime(),
  takenAt: z.iso.datetime().nullable(),
  /** Who has it now; null: nobody, or operators at the command line. */
  takenBy: z.string().nullable(),
  /** Whoever asks may take it over; has it. */
  isForMe: z.boolean(),
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

/** A deletion ledger that was lost or damaged, which the office was told at the command line. */
export const BrokenLedgerFound = z.object({
  /** Its name, as witnesses know it. */
  origin: z.string(),
  /** How much of it this database has carried out, and its root then (RFC 6962 §2.1), base64. */
  size: z.int(),
  root: z.string(),
  fault: z.enum(ledgerFaults),
  /** Codes of the verifier. */
  findings: z.array(z.string()),
  /** The largest checkpoint that somebody elsewhere has said something of; null: nobody has. */
  provenSize: z.int().nullable(),
  provenAt: z.iso.datetime().nullable(),
  foundAt: z.iso.datetime(),
  /** One person has proposed to give it up. */
  proposed: z.boolean(),
  /** Two have decided: the worker begins the one that follows within seconds. */
  decided: z.boolean(),
})
export type BrokenLedgerFound = z.infer<typeof BrokenLedgerFound>

export const readRestore = endpoint({
  method: 'GET',
  path: '/restore',
  summary:
    'Whether the office is closed because its database was restored from a backup or its deletion ledger is broken, and how far it is.',
  access: 'watch-retention',
  status: 200,
  /** Null: it is not closed for that, or the worker has not looked yet. */
  reply: z.object({ restore: Restore.nullable(), brokenLedger: BrokenLedgerFound.nullable() }),
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
  refusals: ['not-found', 'restore-task-done', 'restore-task-for-others'],
})

export const completeRestoreTask = endpoint({
  method: 'POST',
  path: '/restore/tasks/:entry/completion',
  summary: 'Say that what one has taken over after a restore is done.',
  access: 'release-restore',
  params,
  status: 200,
  reply: z.object({}),
  refusals: ['not-found', 'changed-meanwhile', 'restore-task-of-another', 'restore-task-for-others'],
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

/** Another person decides about it. */
export const proposeGivingUp = endpoint({
  method: 'POST',
  path: '/restore/ledger/giving-up',
  summary: 'Propose to give up the deletion ledger that was lost or damaged.',
  access: 'release-restore',
  status: 202,
  reply: z.object({}),
  refusals: ['not-found', 'proposal-open', 'changed-meanwhile'],
})

export const approveGivingUp = endpoint({
  method: 'POST',
  path: '/restore/ledger/approval',
  summary:
    'Give up the deletion ledger that was lost or damaged, as somebody else has proposed: another one follows it.',
  access: 'release-restore',
  status: 200,
  reply: z.object({}),
  refusals: [
    'not-found',
    'step-up-required',
    'second-person-required',
    'proposal-closed',
    'changed-meanwhile',
  ],
})
