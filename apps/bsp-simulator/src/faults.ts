import { z } from 'zod'

/**
 * How the records system answers, after a receipt. `twice`: the same word again · `contradict`: first yes, then no · `foreign`: of a process that nobody
 * has begun · `bomb`: entities within entities · `broken`: cut off.
 */
export const recordsAnswers = [
  'accept',
  'reject',
  'silence',
  'twice',
  'contradict',
  'foreign',
  'bomb',
  'broken',
] as const
export type RecordsAnswer = (typeof recordsAnswers)[number]

/** What shall go wrong, for tests. Everything left out works. */
const faultsSchema = z
  .object({
    /** `POST /messages` and `POST /media`. */
    api: z
      .object({
        delayMs: z.int().min(0).max(600_000).default(0),
        /**
         * `server-error`: 502 without a code, nothing was sent. `refuse`: the given status and Meta code.
         * `time-out-after-accept`: accepted, but never answered. `hang-up-after-accept`: accepted, connection cut.
         */
        answer: z
          .enum(['normal', 'server-error', 'refuse', 'time-out-after-accept', 'hang-up-after-accept'])
          .default('normal'),
        httpStatus: z.int().min(400).max(599).default(400),
        code: z.int().nullable().default(null),
        /** For how many requests; null: until the faults are changed. */
        times: z.int().min(1).nullable().default(null),
      })
      .strict()
      .prefault({}),
    /** `DELETE` of files and of contact-book entries. */
    erasures: z
      .object({
        delayMs: z.int().min(0).max(600_000).default(0),
        /** `gone`: 404, as of something that has been deleted already. `refuse`: the given status and Meta code. `server-error`: 502 without a code. */
        answer: z.enum(['normal', 'server-error', 'refuse', 'gone']).default('normal'),
        httpStatus: z.int().min(400).max(599).default(403),
        code: z.int().nullable().default(null),
        /** For how many requests; null: until the faults are changed. */
        times: z.int().min(1).nullable().default(null),
      })
      .strict()
      .prefault({}),
    /** What the time-stamping authority does with a request. */
    stamps: z
      .object({
        delayMs: z.int().min(0).max(600_000).default(0),
        /**
         * `refuse`: an answer that grants nothing. `other-hash`: a good time stamp, of something else. `html`: a page, with status 200.
         * `server-error`: 502. `never`: the connection stays open, and nothing comes.
         */
        answer: z.enum(['normal', 'refuse', 'other-hash', 'html', 'server-error', 'never']).default('normal'),
      })
      .strict()
      .prefault({}),
    webhooks: z
      .object({
        delayMs: z.int().min(0).max(600_000).default(0),
        /** How often each webhook is delivered, at the same moment. */
        copies: z.int().min(1).max(20).default(1),
        /** Collects webhooks until none has come for so long, then delivers the last one first, each after the other; 0: in order. */
        reorderMs: z.int().min(0).max(60_000).default(0),
        /** Waits no longer once so many have been collected. */
        reorderCount: z.int().min(1).max(1_000).default(1_000),
      })
      .strict()
      .prefault({}),
    statuses: z
      .object({
        drop: z.array(z.enum(['sent', 'delivered', 'read', 'played', 'failed'])).default([]),
        /** `sent` reaches the office before the answer to its request does. */
        beforeAnswer: z.boolean().default(false),
        /** Every message fails with this code. */
        fail: z.int().nullable().default(null),
      })
      .strict()
      .prefault({}),
    records: z
      .object({ answer: z.enum(recordsAnswers).default('accept') })
      .strict()
      .prefault({}),
    media: z
      .object({
        delayMs: z.int().min(0).max(600_000).default(0),
        /** Ids are no longer known. */
        expired: z.boolean().default(false),
        /** Addresses end at once, ids do not. */
        addressExpired: z.boolean().default(false),
        /** Other bytes than announced. */
        corrupt: z.boolean().default(false),
        /** Announced as 101 MB. */
        huge: z.boolean().default(false),
        /** Neither ids nor addresses are answered. */
        serverError: z.boolean().default(false),
      })
      .strict()
      .prefault({}),
  })
  .strict()

export type Faults = z.infer<typeof faultsSchema>
type Counted = 'api' | 'erasures'

export class FaultBoard {
  current: Faults = faultsSchema.parse({})
  readonly #requestsLeft = new Map<Counted, number | null>()

  /** Replaces all faults; throws a ZodError naming what is wrong. */
  set(input: unknown): Faults {
    this.current = faultsSchema.parse(input)
    for (const of of ['api', 'erasures'] as const) this.#requestsLeft.set(of, this.current[of].times)
    return this.current
  }

  /** The fault for one request to send, or to erase; counts it. */
  take<K extends Counted>(of: K): Faults[K] | null {
    const left = this.#requestsLeft.get(of) ?? null
    if (left === 0) return null
    if (left !== null) this.#requestsLeft.set(of, left - 1)
    return this.current[of]
  }
}
