import { createHash, hash, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { LedgerEntry } from './entry.ts'

/** 256 bits of randomness: without the salt nobody can find an entry by trying all likely ones. */
export const saltBytes = 32

/**
 * What the log holds of an entry: SHA-256("bc-ledger-v1" || salt || JCS(entry)), 32 bytes. Text and salt are kept beside
 * the log; when both are destroyed the commitment tells nothing, and every proof over the log stays valid.
 *
 * The salt is handed in, for every entry its own: fresh from a cryptographic generator, and from `tombstoneSalt` for an
 * entry with tombstones.
 */
export function entryCommitment(entry: LedgerEntry, salt: Uint8Array): Uint8Array {
  return commitment('bc-ledger-v1', entry, salt)
}

/** The same for an entry whose JCS is at hand, as that of a line that was read is. */
export function writtenCommitment(jcs: string, salt: Uint8Array): Uint8Array {
  if (salt.length !== saltBytes) throw new RangeError('A commitment takes a salt of 32 bytes')
  const bytes = Buffer.from(`bc-ledger-v1${' '.repeat(saltBytes)}${jcs}`, 'utf8')
  bytes.set(salt, 'bc-ledger-v1'.length)
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1')
}

/** SHA-256(domain || salt || JCS(entry)), 32 bytes. Each log has a domain of its own: no entry of one passes for one of another. */
export function commitment(domain: string, entry: unknown, salt: Uint8Array): Uint8Array {
  if (salt.length !== saltBytes) throw new RangeError('A commitment takes a salt of 32 bytes')
  return createHash('sha256')
    .update(domain, 'ascii')
    .update(salt)
    .update(canonicalJson(entry), 'utf8')
    .digest()
}

/** Whether a commitment in the log is the one of this entry under this salt. */
export function commitsTo(commitment: Uint8Array, entry: LedgerEntry, salt: Uint8Array): boolean {
  if (salt.length !== saltBytes || commitment.length !== 32) return false
  return timingSafeEqual(commitment, entryCommitment(entry, salt))
}
