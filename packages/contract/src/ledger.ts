import { z } from 'zod'
import { CheckpointProof } from './checkpoint-proof.ts'
import { endpoint } from './endpoint.ts'
import { ledgerFaults } from './ledger-place.ts'

const sentence = z.object({ de: z.string(), en: z.string() })

export const LedgerFact = z.object({ name: sentence, value: sentence })
export type LedgerFact = z.infer<typeof LedgerFact>

/** An entry of the deletion ledger in words. It has no names and no ids of objects, because the ledger has none. */
const LedgerEntry = z.object({
  /** Its place, from 0. */
  seq: z.int(),
  /** To the minute; null, like what follows: the text of the entry has been removed, its place is still proven. */
  at: z.iso.datetime().nullable(),
  type: z.string().nullable(),
  title: sentence.nullable(),
  facts: z.array(LedgerFact),
})

export const listLedgerEntries = endpoint({
  method: 'GET',
  path: '/ledger/entries',
  summary: 'The deletion ledger, newest first.',
  access: 'see-ledger',
  query: z.object({
    cursor: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    /** Of one that was given up: its number, from 1. Left out: the one in use. */
    broken: z.coerce.number().int().min(1).max(100).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(LedgerEntry), nextCursor: z.string().nullable() }),
  refusals: [],
})
export type PageOfLedger = z.output<typeof listLedgerEntries.reply>

const Checkpoint = z.object({
  /** So many entries it is of. */
  size: z.int(),
  /** Of the tree (RFC 6962 §2.1), base64. */
  root: z.string(),
  /** As it is written (c2sp.org/tlog-checkpoint), for whoever wants to keep it elsewhere. */
  note: z.string(),
  /** By this office's key. */
  signed: z.boolean(),
  /** Whether the database knows the same root; null: it does not know one of this size. */
  agrees: z.boolean().nullable(),
})

export const readLedgerState = endpoint({
  method: 'GET',
  path: '/ledger/checkpoints',
  summary: 'The newest hundred signed checkpoints of the deletion ledger, and by what they are verified.',
  access: 'see-ledger',
  status: 200,
  reply: z.object({
    items: z.array(Checkpoint),
    /** c2sp.org/signed-note */
    verifierKey: z.string(),
    /** What others say of them; empty where nobody is asked. */
    proofs: z.array(CheckpointProof),
    /** Its number among the ledgers of this office, from 1. */
    number: z.int(),
    /** Those that were lost or damaged and that others have followed, the first one first. */
    broken: z.array(
      z.object({
        number: z.int(),
        origin: z.string(),
        verifierKey: z.string(),
        fault: z.enum(ledgerFaults),
        /** What of it was carried out. */
        size: z.int(),
        root: z.string(),
        provenSize: z.int().nullable(),
        provenAt: z.iso.datetime().nullable(),
        followedAt: z.iso.datetime(),
        /** Something of it can be read: what stands there, the signatures of its time prove and nothing else. */
        isReadable: z.boolean(),
      }),
    ),
    /** Entries that the database has carried out. */
    appliedSize: z.int(),
  }),
  refusals: [],
})
export type LedgerState = z.output<typeof readLedgerState.reply>
