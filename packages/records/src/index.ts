export { digest } from '#cryptography'
export {
  type ItemName,
  ItemOpener,
  type ItemSeal,
  type ItemSecrets,
  sealItem,
  sealingOverhead,
} from './archive/item.ts'
export {
  type ErasureStatement,
  encodeErasure,
  encodeManifest,
  type Manifest,
  type ManifestItem,
  mediaTypes,
  parseErasure,
  parseManifest,
} from './archive/manifest.ts'
export { encodeMetadata, type PackageMetadata, parseMetadata } from './archive/metadata.ts'
export {
  evidenceName,
  fixedNames,
  manifestName,
  proofName,
  timeStampName,
} from './archive/package-layout.ts'
export {
  type ErasureEvidence,
  erasureContents,
  type PackageParts,
  writePackage,
} from './archive/write-package.ts'
export { type ZipFile, zipStream } from './archive/zip-stream.ts'
export { type AuditEntry, auditCommitment, checkAuditEntry } from './audit/audit-entry.ts'
export { auditExportHeader, auditExportLine, readAuditExport } from './audit/audit-export.ts'
export { CanonicalJsonError, type CanonicalJsonFault, canonicalJson } from './canonical-json.ts'
export { type EvidenceRecord, encodeEvidenceRecord, parseEvidenceRecord } from './evidence/evidence-record.ts'
export { hashTree, type ReducedHashTree } from './evidence/hash-tree.ts'
export {
  evidenceRecord,
  hashTreeRenewalHash,
  renewHashTree,
  renewTimeStamp,
  type StampedHash,
  timeStampRenewalHash,
} from './evidence/renew-evidence.ts'
export {
  type RecordToRenew,
  type RenewalAnswer,
  type RenewalAuthority,
  renewRecords,
} from './evidence/renew-records.ts'
export { hashForRecords, type Renewal, renewalDue } from './evidence/renewal-due.ts'
export {
  type EvidenceCode,
  type EvidenceQuestion,
  type NewestStamp,
  verifyEvidence,
} from './evidence/verify-evidence.ts'
export type { Conversation, SeenMessage } from './finder/conversation.ts'
export { doesNotBelongHere } from './finder/does-not-belong-here.ts'
export {
  closedUndecided,
  contactWithoutConversation,
  conversationSignals,
  examine,
  finderVersion,
  holdNeedsAttention,
  lastMessageIsThanks,
  mediaWithoutReference,
  neitherFileNorNote,
  neverAccepted,
  personalDataDensity,
  ruleWasShortened,
  silentAfterDays,
  silentAndOpen,
} from './finder/find-signals.ts'
export { openMatter } from './finder/open-matter.ts'
export { personalDataIn } from './finder/personal-data.ts'
export { type PiiKind, type PiiMatch, piiKinds } from './finder/pii-match.ts'
export { type AskedRight, requestIn } from './finder/request-in.ts'
export { type Signal, type SignalCode, type SignalDetail, signalCodes } from './finder/signal.ts'
export { signalSentences } from './finder/signal-sentences.ts'
export { type SpecialCategory, specialCategories } from './finder/special-categories.ts'
export type { SpecialCategoryMatch } from './finder/special-category.ts'
export { wordingOf } from './finder/wording.ts'
export { answerDue } from './law/answer-due.ts'
export {
  type AgreementDraft,
  type AgreementFault,
  type ArchiveAgreement,
  type ArchiveBasis,
  type ArchiveStanding,
  agreeWithArchive,
  archiveStanding,
  type CategoryDecision,
  type Land,
  lands,
  type Offering,
  parseArchiveBasis,
  type Valuation,
} from './law/archive-agreement.ts'
export { type Calendar, europeBerlin } from './law/calendar.ts'
export { catalogue } from './law/catalogue.ts'
export {
  type ClusterCode,
  clusterCodes,
  type DataCluster,
  type OfferingDuty,
  type PersonalDataRetention,
  type Retention,
  type Variant,
  variants,
} from './law/data-cluster.ts'
export {
  accessPending,
  type DataSubjectRequest,
  type DeletionGround,
  deletionGrounds,
  type ErasureException,
  type ErasureGround,
  erasureGrounds,
  grantedErasure,
} from './law/data-subject-request.ts'
export { type ArchiveClearance, type Decision, decide } from './law/decide.ts'
export {
  type ClassCode,
  classCode,
  type DeletionClass,
  endOfPeriod,
  isShorter,
  type StandardPeriod,
  type StartEvent,
  standardPeriods,
  startEvents,
  type YearPeriod,
} from './law/deletion-class.ts'
export {
  approveRule,
  classOfVariant,
  type DeletionRule,
  type HistoryFault,
  maxRuleVersion,
  type RuleDraft,
  type RuleFault,
  type RuleHistory,
  type RuleReference,
  ruleHistory,
  ruleInForce,
  ruleReference,
} from './law/deletion-rule.ts'
export {
  type Due,
  dueOn,
  type KeepUntil,
  keepUntil,
  type MissingStart,
  type SubjectEvents,
} from './law/due-on.ts'
export {
  addDays,
  addMonths,
  addYears,
  type Instant,
  instantAt,
  type LocalDate,
  nextNewYear,
  parseInstant,
  parseLocalDate,
} from './law/instant.ts'
export {
  type HoldBasis,
  type HoldDraft,
  type HoldFault,
  type HoldReason,
  holdBases,
  holdInForce,
  holdReasons,
  type LegalHold,
  placeHold,
  releaseHold,
} from './law/legal-hold.ts'
export { type Facts, judge, obstacles, type Verdict } from './law/may-delete.ts'
export { type Checked, type PersonId, personId, type Sentence, type TwoPersons } from './law/person.ts'
export { type KeepCode, keepCodes, type Reason, type ReasonCode, reason } from './law/reason.ts'
export {
  liftRestriction,
  type Restriction,
  type RestrictionDraft,
  type RestrictionFault,
  type RestrictionGround,
  restrict,
  restrictionGrounds,
  restrictionInForce,
} from './law/restriction.ts'
export { coveredBy, type Filing, type Scope, type Subject } from './law/subject.ts'
export type { Question } from './law/weigh.ts'
export { clockAgrees } from './ledger/clock-agrees.ts'
export { commitsTo, entryCommitment, saltBytes } from './ledger/commitment.ts'
export { checkEntry, type EntryCheck, type EntryFault, type LedgerEntry } from './ledger/entry.ts'
export { roles } from './ledger/entry-fields.ts'
export {
  mayDestroySegment,
  readSegment,
  type SegmentFault,
  type SegmentVersion,
  segmentHeadBytes,
  stillThere,
  type TombstoneSegment,
  tombstone,
  tombstoneAlgorithms,
  tombstoneBytes,
  tombstoneSalt,
  writeSegment,
} from './ledger/tombstone.ts'
export { type Checkpoint, checkpointText, parseCheckpoint } from './log/checkpoint.ts'
export { type OpenedLog, openLog } from './log/file-log.ts'
export { flushFolder } from './log/flush-folder.ts'
export { formatProofFile, type InclusionProofFile, parseProofFile } from './log/inclusion-proof-file.ts'
export { keepCheckpoint, keepCheckpointStamp } from './log/keep-checkpoint.ts'
export type { LogRecord } from './log/log-line.ts'
export { maxLineBytes, parseLogLine } from './log/log-line.ts'
export { openLogToRead } from './log/log-to-read.ts'
export { LogUnusable, type LogUnusableCode } from './log/log-unusable.ts'
export { Malformed, type MalformedCode } from './log/malformed.ts'
export { type KeepLeaves, MerkleLog } from './log/merkle-log.ts'
export { type ReadNode, verifyConsistency, verifyInclusion } from './log/merkle-proof.ts'
export { emptyRoot, leafHash, RightEdge } from './log/merkle-tree.ts'
export {
  cosignedAt,
  formatNoteKey,
  logSigner,
  type NoteKey,
  type NoteSigner,
  noteKey,
  parseNoteKey,
  rawPublicKey,
  witnessSigner,
} from './log/note-key.ts'
export { proveGrowth } from './log/prove-growth.ts'
export { type LogPiece, readLog } from './log/read-log.ts'
export {
  formatNote,
  type NoteSignature,
  parseNote,
  type SignedNote,
  signNote,
  verifyNote,
} from './log/signed-note.ts'
export {
  formatWitnessRequest,
  judgeWitnessRequest,
  parseWitnessRequest,
  type Witnessed,
  type WitnessRequest,
  type WitnessVerdict,
} from './log/witness-request.ts'
export { type AlgorithmCalendar, algorithmEnds, plannedAlgorithmCalendar } from './time/algorithm-calendar.ts'
export { type Certificate, parseCertificate, parseCertificatesPem } from './time/certificate.ts'
export {
  checkTimeStamp,
  type GoodTimeStamp,
  type TimeStampExpectation,
  type TimeStampVerdict,
} from './time/check-time-stamp.ts'
export type { DigestAlgorithm } from './time/digest-algorithm.ts'
export { fetchRevocation, type RevocationTransport } from './time/fetch-revocation.ts'
export { nameForPeople } from './time/name.ts'
export { requestTimeStamp, type TimeStampAnswer, type TimeStampTransport } from './time/request-time-stamp.ts'
export { type TimeStampCode, TimeStampFault } from './time/time-stamp-fault.ts'
export { encodeTimeStampRequest, type TimeStampRequest } from './time/time-stamp-request.ts'
export { plainResponse, tokenInResponse } from './time/time-stamp-response.ts'
export { type ByteSource, bytesInFile, bytesInMemory } from './verify/byte-source.ts'
export type { Erasure } from './verify/check-erasure.ts'
export { checkTimes } from './verify/check-times.ts'
export { type Finding, verdictOf } from './verify/finding.ts'
export type { FindingCode, Severity } from './verify/finding-code.ts'
export { openLedgerFolder } from './verify/open-ledger-folder.ts'
export { type EvidencedGroup, type OpenedPackage, openPackage } from './verify/open-package.ts'
export { reportOf } from './verify/report.ts'
export type { Trust } from './verify/trust.ts'
export { type LedgerAnswer, type LedgerFolder, verifyLedger } from './verify/verify-ledger.ts'
export { type PackageAnswer, type PackageQuestion, verifyPackage } from './verify/verify-package.ts'
