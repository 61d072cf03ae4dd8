import type { EvidenceCode } from '../evidence/verify-evidence.ts'

/** What a verification can find. Closed: a new code needs a sentence in both languages, or nothing compiles. */
export type FindingCode =
  // The zip file as such
  | 'ZIP_UNREADABLE'
  | 'ZIP_NOT_CANONICAL'
  | 'ZIP_BAD_NAME'
  | 'ZIP_DUPLICATE_NAME'
  | 'ZIP_CHECKSUM'
  | 'FILE_MISSING'
  | 'FILE_UNLISTED'
  | 'FILE_TOO_LARGE'
  // What the files say
  | 'UNKNOWN_VERSION'
  | 'MANIFEST_MALFORMED'
  | 'MANIFEST_FUTURE'
  | 'ITEMS_UNCHANGED'
  | 'ITEM_MISSING'
  | 'ITEM_CHANGED'
  | 'ITEM_ERASED'
  | 'ITEM_NOT_ERASED'
  | 'ITEM_KEY_WRONG'
  | 'ITEM_COMMITMENT_WRONG'
  | 'ITEM_CONTENT_CHECKED'
  | 'ITEM_HASHES_ENDED'
  | 'ITEM_METADATA_MALFORMED'
  | 'ERASURE_MALFORMED'
  | 'ERASURE_UNPROVEN'
  // Log, checkpoints, witnesses
  | 'PROOF_GOOD'
  | 'PROOF_MALFORMED'
  | 'PROOF_WRONG'
  | 'CHECKPOINT_MALFORMED'
  | 'CHECKPOINT_SIGNATURE'
  | 'CHECKPOINT_UNKNOWN_KEY'
  | 'CHECKPOINT_DIFFERS'
  | 'CHECKPOINT_COSIGNED'
  | 'CHECKPOINT_COSIGNED_FUTURE'
  | 'CHECKPOINT_SIGNATURE_UNREAD'
  | 'WITNESSES_MISSING'
  | TimeCode
  // Ledgers
  | 'LEDGER_AGREES'
  | 'LEDGER_DAMAGED'
  | 'LEDGER_TORN'
  | 'LEDGER_ENTRY_REFUSED'
  | 'LEDGER_ENTRY_CHANGED'
  | 'LEDGER_ENTRY_PRUNED'
  | 'LEDGER_SHORT'
  | 'LEDGER_ROOT_DIFFERS'
  | 'LEDGER_WITHOUT_CHECKPOINT'
  | 'LEDGER_BEYOND_CHECKPOINT'
  | 'LEDGER_FOLLOWS_BROKEN'
  | 'TOMBSTONES_MALFORMED'
  | 'TOMBSTONES_SHORT'
  | 'TOMBSTONES_CHANGED'
  | 'TOMBSTONES_UNEXPLAINED'

/** What a verification can find about time. */
export type TimeCode =
  | 'TIME_STAMP_GOOD'
  | 'TIME_STAMP_ABSENT'
  | 'TIME_STAMP_NOT_CHECKED'
  | 'TIME_STAMP_NOT_HERE'
  | 'TIME_STAMP_MISSING'
  | 'TIME_STAMP_CERTIFICATES_ENDED'
  | 'TIME_STAMP_ALGORITHM_ENDED'
  | 'TIME_STAMP_RENEWED'
  | 'TIME_STAMP_FUTURE'
  | 'TIME_STAMP_REVOCATION_UNKNOWN'
  | 'TIME_STAMP_SURPLUS'
  | 'EVIDENCE_GOOD'
  | 'EVIDENCE_NOT_CHECKED'
  | 'EVIDENCE_NOT_HERE'
  | 'EVIDENCE_CERTIFICATES_ENDED'
  | 'EVIDENCE_ALGORITHM_OVERDUE'
  | 'EVIDENCE_SURPLUS'
  | EvidenceCode

/**
 * `error`: it is not what it claims to be. `indeterminate`: nothing speaks against it, and something that is needed to say
 * so is missing or has lapsed. `notice`: it is, and this is worth knowing. `unusable`: not judged.
 */
export type Severity = 'error' | 'indeterminate' | 'notice' | 'unusable'
