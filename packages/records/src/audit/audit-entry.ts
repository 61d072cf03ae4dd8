import { z } from 'zod'
import { parseInstant } from '../law/instant.ts'
import { commitment } from '../ledger/commitment.ts'

/**
 * An entry of the audit log (who did what). It is about members of staff, so it has a class and goes with it; of citizens it holds ids
 * only. There is no free text: each value is a word of a closed list, a bounded count, an id, a network or an instant.
 */

/** A word in lower case with hyphens, as a code. */
const wordField = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)
const idField = z.uuid()

const entrySchema = z.strictObject({
  v: z.literal(1),
  log: z.literal('audit'),
  /** To the millisecond: `2026-11-28T09:15:30.250Z`. */
  at: z.string().refine((text) => /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && isInstant(text)),
  /** DA12: security log; DA13: read-access log. */
  cluster: z.enum(['DA12', 'DA13']),
  act: wordField,
  /** The account and its role at that moment; null: nobody who is signed in, or the program itself. */
  actor: z.strictObject({ id: idField, role: wordField }).nullable(),
  /** IPv4 address or the first 64 bits of an IPv6 address. */
  network: z
    .string()
    .regex(/^[0-9a-f:.]{2,39}$/)
    .nullable(),
  object: z.strictObject({ kind: wordField, id: idField }).nullable(),
  facts: z.record(
    z.string().regex(/^[a-z][A-Za-z]{0,39}$/),
    z.union([wordField, idField, z.number().int().min(0).max(999_999), z.boolean()]),
  ),
})

/** Made only by `checkAuditEntry`. */
export type AuditEntry = z.infer<typeof entrySchema> & z.core.$brand<'AuditEntry'>

function isInstant(text: string): boolean {
  return parseInstant(`${text.slice(0, 19)}Z`) !== undefined
}

/** What a log may not hold is refused, not shortened. The refusal names a field of the schema at most. */
export function checkAuditEntry(
  value: unknown,
): { readonly accepted: AuditEntry } | { readonly refused: 'NOT_AN_ENTRY'; readonly field: string | null } {
  const parsed = entrySchema.safeParse(value)
  if (parsed.success) return { accepted: parsed.data as AuditEntry }
  const path = parsed.error.issues[0]?.path[0]
  return { refused: 'NOT_AN_ENTRY', field: typeof path === 'string' ? path : null }
}

/**
 * What the audit log holds of an entry: SHA-256("bc-audit-v1" || salt || JCS(entry)), 32 bytes. When entry and salt are deleted with
 * their class, the commitment tells nothing and every proof over the log stays valid. @param salt 32 fresh random bytes
 */
export function auditCommitment(entry: AuditEntry, salt: Uint8Array): Uint8Array {
  return commitment('bc-audit-v1', entry, salt)
}
