import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const lastDay = z.iso.date()

/** Last days on which algorithms are thought suitable, and where that was taken from. */
const editable = {
  source: z.string().trim().min(1).max(500),
  hash: z.strictObject({
    sha1: lastDay,
    sha224: lastDay,
    sha256: lastDay,
    sha384: lastDay,
    sha512: lastDay,
    'sha3-256': lastDay,
    'sha3-384': lastDay,
    'sha3-512': lastDay,
  }),
  /** For keys of at least so many bits; a key below all entries of its scheme never was. */
  signature: z
    .array(
      z.strictObject({
        scheme: z.enum(['rsa-pkcs1', 'rsa-pss', 'ecdsa', 'ed25519']),
        bits: z.int().min(1).max(65_536),
        until: lastDay,
      }),
    )
    .min(1)
    .max(100),
}

/** As `buergerdraht verify --calendar` reads it. */
export const AlgorithmCalendar = z.object({
  /** The day on which somebody last looked at it. */
  asOf: z.iso.date(),
  ...editable,
})
export type CalendarOfAlgorithms = z.infer<typeof AlgorithmCalendar>

export const readAlgorithmCalendar = endpoint({
  method: 'GET',
  path: '/archive/algorithm-calendar',
  summary: 'Until when hash functions and signatures are relied on, and what is proposed in its place.',
  access: 'see-algorithm-calendar',
  status: 200,
  reply: z.object({
    current: AlgorithmCalendar,
    /** Null: it is the one that the program brings along. */
    decided: z
      .object({ at: z.iso.datetime(), proposedBy: z.string().nullable(), approvedBy: z.string().nullable() })
      .nullable(),
    proposed: AlgorithmCalendar.nullable(),
    /** What ends within so many days, or has ended while it is still in use here, is to be shown. */
    leadDays: z.int(),
  }),
  refusals: [],
})

export type StandingOfCalendar = z.output<typeof readAlgorithmCalendar.reply>

export const proposeAlgorithmCalendar = endpoint({
  method: 'POST',
  path: '/archive/algorithm-calendar',
  summary: 'Propose another calendar, whole; it holds when a second person agrees.',
  access: 'change-algorithm-calendar',
  body: z.object(editable),
  status: 202,
  reply: z.object({}),
  refusals: ['proposal-open'],
})
export type CalendarDraft = z.output<typeof proposeAlgorithmCalendar.body>
