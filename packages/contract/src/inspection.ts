import { z } from 'zod'
import { AlgorithmCalendar } from './algorithm-calendar.ts'
import { endpoint } from './endpoint.ts'
import { logNames } from './log-names.ts'

const LogName = z.enum(logNames)

const base64 = z.string()
const params = z.object({ log: LogName })

/** What the time stamp over a checkpoint says (RFC 3161), checked now. */
const Stamp = z.object({
  /** The authority's answer as it is kept, for whoever checks it for themselves. */
  response: base64,
  /** Null, like the certificates: it does not hold, and `fault` says why, as a code. */
  at: z.iso.datetime().nullable(),
  fault: z.string().nullable(),
  /** From the authority's own to the root. */
  certificates: z.array(
    z.object({ name: z.string(), validFrom: z.iso.datetime(), validUntil: z.iso.datetime() }),
  ),
})

const SignedCheckpoint = z.object({
  /** So many leaves it is of. */
  size: z.int(),
  /** Of the tree (RFC 6962 §2.1). */
  root: base64,
  /** As it is written (c2sp.org/tlog-checkpoint), with all signatures. */
  note: z.string(),
  /** When this office signed it, by its own clock; null: it has not written that down. */
  at: z.iso.datetime().nullable(),
  /** By this office's key. */
  signed: z.boolean(),
  /** Null: none. */
  stamp: Stamp.nullable(),
  /** Who else has signed it; `at` null: the office does not know that witness, so nothing is said of its signature. */
  witnesses: z.array(z.object({ name: z.string(), at: z.iso.datetime().nullable() })),
})
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>

export const listCheckpoints = endpoint({
  method: 'GET',
  path: '/logs/:log/checkpoints',
  summary: 'The signed checkpoints of a log, newest first, with their time stamps and witnesses.',
  access: 'see-archive',
  params,
  query: z.object({
    /** A size: those of fewer leaves. */
    cursor: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  status: 200,
  reply: z.object({
    items: z.array(SignedCheckpoint),
    nextCursor: z.string().nullable(),
    /** c2sp.org/signed-note */
    verifierKey: z.string(),
  }),
  refusals: [],
})
export type PageOfCheckpoints = z.output<typeof listCheckpoints.reply>

export const proveGrowth = endpoint({
  method: 'GET',
  path: '/logs/:log/growth',
  summary:
    'With what one reckons that a log had so many leaves on its way to a checkpoint (RFC 6962 §2.1.2).',
  access: 'see-archive',
  params,
  query: z.object({
    from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    /** The size of one of the checkpoints. */
    to: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
  status: 200,
  reply: z.object({
    /** Null: what is stored does not give the root of that checkpoint. */
    proof: z.array(base64).nullable(),
  }),
  refusals: [],
})

const SelfCheck = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  leaves: z.int(),
  packages: z.int(),
  /** Packages that were decrypted and compared. */
  contents: z.int(),
  findings: z.array(z.object({ code: z.string(), place: z.string() })),
})

export const listSelfChecks = endpoint({
  method: 'GET',
  path: '/archive/checks',
  summary: 'The self-checks of the archive, newest first, with what they found.',
  access: 'see-archive',
  query: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(31),
  }),
  status: 200,
  reply: z.object({ items: z.array(SelfCheck), nextCursor: z.string().nullable() }),
  refusals: [],
})
export type SelfCheckQuery = z.output<typeof listSelfChecks.query>
export type PageOfSelfChecks = z.output<typeof listSelfChecks.reply>

/** Something that proofs rest on, with its last day. */
const Ending = z.object({
  kind: z.enum(['certificate', 'hash', 'signature']),
  /** Of a certificate, whose it is; of the others the algorithm, with its bits. */
  name: z.string(),
  until: z.iso.date(),
  /** Packages whose evidence record rests on it. */
  packages: z.int(),
  /** Logs whose newest time stamp does. */
  logs: z.array(LogName),
})
export type Ending = z.infer<typeof Ending>

export const readRenewals = endpoint({
  method: 'GET',
  path: '/archive/renewals',
  summary: 'What the proofs of the archive rest on, until when, and what is due for renewal.',
  access: 'see-archive',
  status: 200,
  reply: z.object({
    /** Soonest first. */
    endings: z.array(Ending),
    /** So long before something ends the office renews what rests on it. */
    leadDays: z.int(),
    /** Packages with an evidence record (RFC 4998); of those, whose end lies within these days; and packages that have no record yet. */
    packages: z.object({ covered: z.int(), due: z.int(), bare: z.int() }),
  }),
  refusals: [],
})
export type Renewals = z.output<typeof readRenewals.reply>

export const readTimeStampRoots = endpoint({
  method: 'GET',
  path: '/archive/time-stamp-roots',
  summary:
    'By what this office judges time stamps: the certificates that it trusts authorities by, and until when it relies on algorithms. Whoever verifies compares the fingerprint with what the authority or the EU trusted list publishes.',
  access: 'see-archive',
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        validUntil: z.iso.datetime(),
        /** SHA-256 of the certificate, hexadecimal. */
        fingerprint: z.string(),
        pem: z.string(),
      }),
    ),
    calendar: AlgorithmCalendar,
  }),
  refusals: [],
})
export type TimeStampRoots = z.output<typeof readTimeStampRoots.reply>
