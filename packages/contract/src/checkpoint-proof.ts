import { z } from 'zod'

/**
 * What somebody elsewhere has proven about the checkpoints of a log: a time-stamping authority when one was there (RFC 3161), a witness that the
 * log has only grown (c2sp.org/tlog-witness); a folder or a bucket of others what was signed, and a mailbox that it was sent there.
 */
export const CheckpointProof = z.object({
  kind: z.enum(['time-stamp', 'witness', 'mailbox', 'folder', 'bucket']),
  /** Which of several; empty for time stamps, which any of the authorities may have given. */
  prover: z.string(),
  /** Of the newest checkpoint that is proven, and the time that its proof says; null: none is. */
  size: z.int().nullable(),
  provenAt: z.iso.datetime().nullable(),
  /** Null: the last attempt worked. */
  failingSince: z.iso.datetime().nullable(),
  /** Why it does not work, as a code. */
  fault: z.string().nullable(),
})
/** Evidence that this office has as a witness: two checkpoints that a log has signed, and that nobody has shown to go together. */
export const WitnessConflict = z.object({
  /** Of the log. */
  origin: z.string(),
  at: z.iso.datetime(),
  /** `forked`: two roots for one size, which is certain; `not-consistent`: without a proof that one goes on from the other. */
  kind: z.enum(['forked', 'not-consistent']),
  /** What was cosigned last, and what was refused: texts as they were signed (c2sp.org/tlog-checkpoint). */
  cosigned: z.string(),
  submitted: z.string(),
})
export type WitnessConflict = z.infer<typeof WitnessConflict>

export type CheckpointProof = z.infer<typeof CheckpointProof>
