import { z } from 'zod'

/**
 * What somebody elsewhere has proven about the checkpoints of a log: a time-stamping authority when one was there (RFC 3161), a witness that the
 * log has only grown (c2sp.org/tlog-witness), a mailbox or a folder of others what was signed.
 */
export const CheckpointProof = z.object({
  kind: z.enum(['time-stamp', 'witness', 'mailbox', 'folder']),
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
export type CheckpointProof = z.infer<typeof CheckpointProof>
