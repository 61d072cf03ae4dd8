export { chatDocument } from './archive/chat-document.ts'
export { decideOffer } from './archive/decide-offer.ts'
export { listArchiveOffers, offerToArchive, readArchiveOffer } from './archive/offer.ts'
export { offerList } from './archive/offer-list.ts'
export { offerMessage } from './archive/offer-message.ts'
export { readAnswerFile } from './archive/read-answer.ts'
export { watchOffers } from './archive/watch-offers.ts'
export { proposeWithdrawal, withdrawalList, withdrawingOfOffers } from './archive/withdraw-offer.ts'
export type { Archive as SealingArchive, SealingStep } from './archive-packages/archive.ts'
export { checkArchive } from './archive-packages/check-archive.ts'
export { checkNightly } from './archive-packages/check-nightly.ts'
export {
  gathersSql,
  leadArchive,
  leadOnce,
  sweepArchive,
  withArchiveLog,
} from './archive-packages/lead-archive.ts'
export { preparePackage } from './archive-packages/prepare-package.ts'
export { listSelfChecks, readRenewals } from './archive-packages/show-checks.ts'
export { listPackages, readArchiveState, readPackage } from './archive-packages/show-packages.ts'
export { openingReason, packageKeys, takePackage } from './archive-packages/take-package.ts'
export { verifyUpload } from './archive-packages/verify-upload.ts'
export { checkGivenUp, givenUpLedgers, openBrokenLedger } from './broken-ledger/broken-ledger.ts'
export { findBroken, type NotBroken } from './broken-ledger/find-broken.ts'
export {
  givingUpOfLedgers,
  ledgerGivingUp,
  readBrokenLedger,
} from './broken-ledger/give-up-ledger.ts'
export {
  askForCatalogue,
  catalogueRequestMessage,
  listCatalogueRequests,
} from './catalogue-requests/catalogue-request.ts'
export { decideRedactions, listCopyParts } from './copies/decide-redactions.ts'
export { type CopyFormat, makeCopy } from './copies/make-copy.ts'
export * from './coverage/coverage.ts'
export { readDue } from './coverage/due-ahead.ts'
export { listDueObjects } from './coverage/due-objects.ts'
export type { Installation, Wire } from './documents/configuration.ts'
export { documentFile, issueDocument, listDocuments } from './documents/issue-documents.ts'
export * from './filing-plan/change-plan.ts'
export { filingPlanFile } from './filing-plan/read-csv.ts'
export * from './filing-plan/read-plan.ts'
export { answerBoxes } from './hand-overs/answer-box.ts'
export { deliverCatalogueRequests, deliverHandOvers } from './hand-overs/deliver-hand-overs.ts'
export { downloadHandOver } from './hand-overs/download-hand-over.ts'
export { listHandOvers, readHandOver } from './hand-overs/list-hand-overs.ts'
export { type HandOverPlace, listFormatsOf } from './hand-overs/place.ts'
export { confirmHandOver, prepareHandOver, withdrawHandOver } from './hand-overs/prepare-hand-over.ts'
export { settleHandOvers } from './hand-overs/settle-hand-overs.ts'
export type { SftpFolder } from './hand-overs/sftp.ts'
export { takeHandOverAnswer } from './hand-overs/take-answer.ts'
export { watchAnswers } from './hand-overs/watch-answers.ts'
export { liftingOfHolds, proposeLifting } from './holds/lift-hold.ts'
export { listHolds, readHold } from './holds/list-holds.ts'
export { holdConversation, reviewHold, setHold } from './holds/set-hold.ts'
export { watchHolds } from './holds/watch-holds.ts'
export * from './ledger/judge-ledger.ts'
export * from './ledger/ledger.ts'
export { recognisedBy } from './ledger/segments.ts'
export { listLedgerEntries, readLedgerState } from './ledger/show-ledger.ts'
export { askProcessorAgain, askProcessors } from './processors/ask-processors.ts'
export { listAtProcessors } from './processors/list-at-processors.ts'
export * from './protocol/deletion-protocol.ts'
export { choosePart } from './requests/choose-part.ts'
export { planErasure, previewErasure } from './requests/erase-on-request.ts'
export { erasureLetter, sendErasureLetter } from './requests/erasure-letter.ts'
export {
  closeRequest,
  confirmIdentity,
  decideRequest,
  extendRequest,
} from './requests/handle-request.ts'
export { listErasable } from './requests/list-erasable.ts'
export { listRequests } from './requests/list-requests.ts'
export { openRequest } from './requests/open-request.ts'
export { restrictOnRequest } from './requests/restrict-on-request.ts'
export { watchRequests } from './requests/watch-requests.ts'
export {
  completeRestoreTask,
  listRestoreTasks,
  openRestore,
  openTaskEntries,
  readRestore,
  releaseByOperators,
  releasingOfRestores,
  restoreRelease,
  takeRestoreTask,
} from './restore/restore.ts'
export {
  agreeingWithArchive,
  proposeArchiveAgreement,
  readArchiveAgreement,
} from './rules/agree-with-archive.ts'
export * from './rules/change-rule.ts'
export * from './rules/preview-rule.ts'
export * from './rules/read-catalogue.ts'
export * from './rules/sign-catalogue.ts'
export type { Decide, Item } from './runs/condemn.ts'
export type { Step } from './runs/custody.ts'
export { executeDeletionRun } from './runs/execute-run.ts'
export { leadCustody, mayLetIn } from './runs/lead-custody.ts'
export { approvingOfRuns, planDeletionRun, previewRun, putForwardDeletionRun } from './runs/plan-run.ts'
export { prepareRuns } from './runs/prepare-runs.ts'
export { listDeletionRuns, pauseDeletionRun, readDeletionRun } from './runs/read-runs.ts'
export {
  givingOfStandingApprovals,
  listStandingApprovals,
  proposeStandingApproval,
  revokeStandingApproval,
} from './runs/standing-approval.ts'
export { listCandidates } from './workbench/list-candidates.ts'
export { listTidyingDays } from './workbench/list-tidying-days.ts'
export { notingRefusals, openSample, readBatch } from './workbench/read-batch.ts'
export { seenMatters } from './workbench/seen-matters.ts'
export { submitDecisions } from './workbench/submit-decisions.ts'
export { sweepSignals } from './workbench/sweep-signals.ts'
export { sweepTidyingDays } from './workbench/tidying-days.ts'
