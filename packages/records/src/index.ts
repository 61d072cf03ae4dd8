export { CanonicalJsonError, type CanonicalJsonFault, canonicalJson } from './canonical-json.ts'
export { type Checkpoint, checkpointText, parseCheckpoint } from './log/checkpoint.ts'
export { type OpenedLog, openLog } from './log/file-log.ts'
export { formatProofFile, type InclusionProofFile, parseProofFile } from './log/inclusion-proof-file.ts'
export type { LogRecord } from './log/log-line.ts'
export { LogUnusable, type LogUnusableCode } from './log/log-unusable.ts'
export { Malformed, type MalformedCode } from './log/malformed.ts'
export { type KeepLeaves, MerkleLog } from './log/merkle-log.ts'
export { type ReadNode, verifyConsistency, verifyInclusion } from './log/merkle-proof.ts'
export { leafHash } from './log/merkle-tree.ts'
export {
  cosignedAt,
  formatNoteKey,
  logSigner,
  type NoteKey,
  noteKey,
  parseNoteKey,
  rawPublicKey,
  witnessSigner,
} from './log/note-key.ts'
export {
  formatNote,
  type NoteSignature,
  type NoteSigner,
  parseNote,
  type SignedNote,
  signNote,
  verifyNote,
} from './log/signed-note.ts'
export { type Certificate, parseCertificate, parseCertificatesPem } from './time/certificate.ts'
export { checkTimeStamp, type TimeStampExpectation, type TimeStampVerdict } from './time/check-time-stamp.ts'
export { type DigestAlgorithm, digest } from './time/digest-algorithm.ts'
export { requestTimeStamp, type TimeStampAnswer, type TimeStampTransport } from './time/request-time-stamp.ts'
export type { TimeStampCode } from './time/time-stamp-fault.ts'
export { encodeTimeStampRequest, type TimeStampRequest } from './time/time-stamp-request.ts'
export { tokenInResponse } from './time/time-stamp-token.ts'
