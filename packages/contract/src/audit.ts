import { z } from 'zod'
import { CheckpointProof, WitnessConflict } from './checkpoint-proof.ts'
import { endpoint } from './endpoint.ts'
import { maxNameHours, nameReasons } from './name-limits.ts'
import { roles } from './policy.ts'
import { Proposal } from './proposal.ts'

/**
 * Every act that leaves a trace, by the class of its entry: DA12 is the security log, DA13 the log of who has read or changed what of
 * citizens' matters. An act without a line here cannot be recorded.
 */
export const auditActs = {
  'signed-in': 'DA12',
  'sign-in-failed': 'DA12',
  'signed-out': 'DA12',
  'stepped-up': 'DA12',
  'step-up-failed': 'DA12',
  'second-factor-changed': 'DA12',
  'sessions-ended': 'DA12',
  refused: 'DA12',
  'account-created': 'DA12',
  'account-changed': 'DA12',
  'account-invited': 'DA12',
  'invitation-revoked': 'DA12',
  'team-created': 'DA12',
  'team-renamed': 'DA12',
  'team-closed': 'DA12',
  proposed: 'DA12',
  'proposal-approved': 'DA12',
  'proposal-refused': 'DA12',
  'proposal-withdrawn': 'DA12',
  'emergency-access-granted': 'DA12',
  'emergency-access-taken-up': 'DA12',
  'emergency-access-ended': 'DA12',
  'dpo-notice-acknowledged': 'DA12',
  'channel-created': 'DA12',
  'channel-changed': 'DA12',
  'template-submitted': 'DA12',
  'settings-changed': 'DA12',
  'keys-rotated': 'DA12',
  'dead-letter-replayed': 'DA12',
  'audit-exported': 'DA12',
  'protocol-exported': 'DA12',
  'name-shown': 'DA12',
  'run-paused': 'DA12',
  'run-prepared': 'DA12',
  'processor-asked-again': 'DA12',
  'standing-approval-revoked': 'DA12',
  'run-resumed': 'DA12',
  'archive-offered': 'DA12',
  'archive-decided': 'DA12',
  'archive-list-written': 'DA12',
  'archive-catalogue-asked': 'DA12',
  'document-issued': 'DA12',
  'package-taken': 'DA13',
  'package-opened': 'DA13',
  'hand-over-prepared': 'DA12',
  'hand-over-downloaded': 'DA12',
  'hand-over-confirmed': 'DA12',
  'hand-over-withdrawn': 'DA12',
  'hand-over-answered': 'DA12',
  'restore-task-taken': 'DA12',
  'restore-task-done': 'DA12',
  'ledger-found-broken': 'DA12',
  'ledger-followed': 'DA12',
  'hold-set': 'DA12',
  'hold-reviewed': 'DA12',
  'hold-expired': 'DA12',
  'request-opened': 'DA13',
  'request-identified': 'DA13',
  'request-part-chosen': 'DA13',
  'request-extended': 'DA13',
  'request-decided': 'DA13',
  'request-answered': 'DA13',
  'redactions-decided': 'DA13',
  'copy-made': 'DA13',
  'correction-marked': 'DA13',
  'correction-withdrawn': 'DA13',
  'conversation-read': 'DA13',
  'conversation-claimed': 'DA13',
  'conversation-handed-over': 'DA13',
  'conversation-given-back': 'DA13',
  'conversation-closed': 'DA13',
  'conversation-reopened': 'DA13',
  'filing-decided': 'DA13',
  'workbench-decided': 'DA13',
  'sample-opened': 'DA13',
  'conversations-searched': 'DA13',
  'identity-acknowledged': 'DA13',
  'number-shown': 'DA13',
  'file-opened': 'DA13',
  'file-downloaded': 'DA13',
  answered: 'DA13',
} as const satisfies Readonly<Record<string, 'DA12' | 'DA13'>>

export type AuditAct = keyof typeof auditActs

const acts = Object.keys(auditActs) as [AuditAct, ...AuditAct[]]

export const AuditEntry = z.object({
  /** Grows in the order of writing. */
  id: z.string(),
  at: z.iso.datetime(),
  cluster: z.enum(['DA12', 'DA13']),
  act: z.enum(acts),
  /** By the account's id, which is the pseudonym: no page of those who read the log has a name to it. */
  actor: z.object({ id: z.uuid(), role: z.enum(roles) }).nullable(),
  network: z.string().nullable(),
  object: z.object({ kind: z.string(), id: z.uuid() }).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Its place in the log; null: not sealed yet. */
  leaf: z.number().int().nullable(),
})
export type AuditEntry = z.output<typeof AuditEntry>

const filter = {
  act: z.enum(acts).optional(),
  actor: z.uuid().optional(),
  object: z.uuid().optional(),
  /** What was done under it. */
  emergencyAccess: z.uuid().optional(),
  /** Inclusive. */
  from: z.iso.datetime().optional(),
  /** Exclusive. */
  to: z.iso.datetime().optional(),
}

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/audit/events',
  summary: 'Who did what, newest first.',
  access: 'read-audit-log',
  query: z.object({
    ...filter,
    cursor: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() }),
  refusals: [],
})

export const readAuditState = endpoint({
  method: 'GET',
  path: '/audit',
  summary: 'Whether the audit log is sealed, and by what it can be checked.',
  access: 'read-audit-log',
  status: 200,
  reply: z.object({
    /** Entries that are kept, by class. */
    kept: z.object({ DA12: z.number().int(), DA13: z.number().int() }),
    /** Leaves of the log, those of expired entries among them. */
    sealed: z.number().int(),
    /** Entries that wait to be sealed, and since when the oldest does. */
    waiting: z.object({ count: z.number().int(), since: z.iso.datetime().nullable() }),
    /** Where the log is kept besides: how many sealed entries are not there yet, and since when it has not worked. Null: nowhere. */
    shipping: z.object({ waiting: z.number().int(), failingSince: z.iso.datetime().nullable() }).nullable(),
    /** The newest signed checkpoint, as it is written; null: there is none yet. */
    checkpoint: z.object({ size: z.number().int(), at: z.iso.datetime(), note: z.string() }).nullable(),
    /** With which checkpoints are verified (c2sp.org/signed-note). */
    verifierKey: z.string().nullable(),
    /** What others say of its checkpoints; empty where nobody is asked. */
    proofs: z.array(CheckpointProof),
    /** This office as a witness of other offices' logs: by which key it cosigns, and what did not go together. */
    witness: z.object({ verifierKey: z.string(), conflicts: z.array(WitnessConflict) }),
  }),
  refusals: [],
})

export type AuditState = z.output<typeof readAuditState.reply>
/** What a page of the log is asked for. */
export type AuditQuery = z.output<typeof listAuditEntries.query>

export const exportAuditLog = endpoint({
  method: 'GET',
  path: '/audit/export',
  summary: 'The entries as CSV, or as JSON lines that buergerdraht-verify checks.',
  access: 'read-audit-log',
  query: z.object({ ...filter, format: z.enum(['csv', 'jsonl']) }),
  status: 200,
  reply: 'stream',
  refusals: [],
})

const LiftedName = z.object({ accountId: z.uuid(), displayName: z.string(), until: z.iso.datetime() })
export type LiftedName = z.infer<typeof LiftedName>

export const listLiftedNames = endpoint({
  method: 'GET',
  path: '/audit/names',
  summary: 'The names behind pseudonyms that one may see now. That they were shown is recorded.',
  access: 'read-audit-log',
  status: 200,
  reply: z.object({ items: z.array(LiftedName) }),
  refusals: [],
})

export const askForName = endpoint({
  method: 'POST',
  path: '/audit/names',
  summary: 'Ask for the name behind a pseudonym, for a day at most; a second person decides.',
  access: 'ask-for-names',
  body: z.object({
    accountId: z.uuid(),
    reason: z.enum(nameReasons),
    hours: z.int().min(1).max(maxNameHours).default(maxNameHours),
  }),
  status: 201,
  reply: Proposal,
  refusals: ['step-up-required', 'proposal-open'],
})
export type NameRequest = z.output<typeof askForName.body>
