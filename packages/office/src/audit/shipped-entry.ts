import type { AuditEntry } from '@buergerdraht/records'

/** A leaf of the log with its entry; without one the entry had expired, or is not what this program writes. */
export type ShippedEntry = {
  readonly index: number
  /** Base64; with `salt` and `entry` it can be computed again. */
  readonly leaf: string
  readonly salt?: string
  readonly entry?: AuditEntry
  /** It was sent before, and nobody knows whether it arrived. */
  readonly again?: true
}
