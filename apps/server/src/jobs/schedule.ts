import {
  answerBoxes,
  askProcessors,
  checkNightly,
  deliverCatalogueRequests,
  deliverHandOvers,
  type HandOverPlace,
  preparePackage,
  prepareRuns,
  type SealingArchive,
  settleHandOvers,
  sweepArchive,
  sweepCoverage,
  sweepSignals,
  sweepTidyingDays,
  watchAnswers,
  watchHolds,
  watchOffers,
  watchRequests,
} from '@buergerdraht/custody'
import {
  acknowledgeRequests,
  applyFilingPlan,
  buildIndex,
  countUnknownFiles,
  dropUnfinishedFiles,
  dropUnusedUploads,
  expireIntake,
  giveBackAbandoned,
  type Inbox,
  mediaFetcher,
  moveToOwnKeys,
  proveAccounts,
  releaseHeld,
  removeNamedMedia,
  sendNotices,
  sendQueuedReplies,
  sweepEarlyArrivals,
  sweepMedia,
  sweepNotices,
  sweepReplies,
  sweepTemplates,
} from '@buergerdraht/inbox'
import {
  expireAudit,
  expireCeremonies,
  expireDestroyedKeys,
  expireDpoNotices,
  expireEmergencyAccess,
  expireProposals,
  expireSessions,
  expireSignInFailures,
  type Pace,
  type ProvenLog,
  type Provers,
  proveCheckpoints,
  type SessionRules,
} from '@buergerdraht/office'
import { expireLiveEvents } from '../live/live-log.ts'
import type { JobHandlers } from './queue.ts'
import type { Sweep } from './sweeps.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** What the worker does when it is reminded. */
export function jobHandlers(office: Inbox, archive: SealingArchive): JobHandlers {
  return {
    'send-replies': (conversationId, signal) => sendQueuedReplies(office, conversationId, signal),
    'fetch-media': mediaFetcher(office),
    'seal-package': async (packageId) => {
      await preparePackage(archive, packageId)
    },
  }
}

async function countSwept(office: Inbox): Promise<number> {
  const { uncertain, reminded } = await sweepReplies(office)
  return uncertain + reminded
}

/** What the worker looks after by itself. */
export function allSweeps(
  rules: SessionRules,
  logs: readonly ProvenLog[],
  provers: Provers,
  place: HandOverPlace,
  archive: SealingArchive,
  pace: Pace,
): readonly Sweep[] {
  return [
    { name: 'replies', everyMs: 15 * second, run: countSwept },
    { name: 'abandoned', everyMs: 3 * second, run: giveBackAbandoned },
    { name: 'early-arrivals', everyMs: 10 * second, run: sweepEarlyArrivals },
    { name: 'accounts', everyMs: 15 * second, run: proveAccounts },
    { name: 'held-events', everyMs: 30 * second, run: releaseHeld },
    { name: 'intake', everyMs: 10 * minute, run: expireIntake },
    { name: 'sessions', everyMs: 5 * minute, run: (office) => expireSessions(office, rules) },
    { name: 'sign-in-ceremonies', everyMs: 5 * minute, run: expireCeremonies },
    { name: 'sign-in-failures', everyMs: 5 * minute, run: expireSignInFailures },
    { name: 'proposals', everyMs: 10 * minute, run: expireProposals },
    { name: 'emergency-access', everyMs: minute, run: expireEmergencyAccess },
    { name: 'dpo-notices', everyMs: hour, run: expireDpoNotices },
    { name: 'legal-holds', everyMs: minute, run: watchHolds },
    { name: 'archive-offers', everyMs: minute, run: watchOffers },
    {
      name: 'hand-overs',
      everyMs: 5 * second,
      run: (office, signal) => deliverHandOvers(office, place, signal),
    },
    {
      name: 'catalogue-requests',
      everyMs: 5 * second,
      run: (office, signal) => deliverCatalogueRequests(office, place, signal),
    },
    ...answerBoxes(place).map((box) => ({
      name: `hand-over-answers-${box.way}` as const,
      everyMs: box.way === 'folder' ? 5 * second : minute,
      run: (office: Inbox, signal: AbortSignal) => watchAnswers(office, box, signal),
    })),
    { name: 'handed-over-matters', everyMs: 5 * second, run: settleHandOvers },
    { name: 'archive', everyMs: 2 * second, run: sweepArchive },
    { name: 'archive-check', everyMs: hour, run: (office) => checkNightly(office, archive) },
    { name: 'privacy-notices', everyMs: 2 * second, run: sendNotices },
    { name: 'acknowledgements', everyMs: 5 * second, run: acknowledgeRequests },
    { name: 'data-subject-requests', everyMs: 10 * second, run: watchRequests },
    { name: 'weekly-runs', everyMs: minute, run: prepareRuns },
    { name: 'processors', everyMs: 15 * second, run: askProcessors },
    { name: 'audit', everyMs: hour, run: expireAudit },
    { name: 'checkpoints', everyMs: 30 * second, run: (office) => proveCheckpoints(office, logs, provers) },
    { name: 'destroyed-keys', everyMs: 10 * minute, run: expireDestroyedKeys },
    { name: 'search-index', everyMs: 5 * second, run: buildIndex },
    { name: 'media', everyMs: 30 * second, run: sweepMedia },
    { name: 'unused-uploads', everyMs: 10 * minute, run: dropUnusedUploads },
    { name: 'removed-media', everyMs: minute, run: removeNamedMedia },
    { name: 'media-keys', everyMs: 10 * minute, run: moveToOwnKeys },
    { name: 'unfinished-files', everyMs: 6 * hour, run: dropUnfinishedFiles },
    { name: 'unknown-files', everyMs: 6 * hour, run: countUnknownFiles },
    { name: 'notices', everyMs: 10 * minute, run: sweepNotices },
    { name: 'templates', everyMs: 30 * second, run: sweepTemplates },
    { name: 'filing-plan', everyMs: 5 * second, run: applyFilingPlan },
    { name: 'coverage', everyMs: 5 * second, run: sweepCoverage },
    { name: 'signals', everyMs: 10 * second, run: (office, signal) => sweepSignals(office, pace, signal) },
    { name: 'tidying-days', everyMs: 10 * minute, run: sweepTidyingDays },
    { name: 'live-events', everyMs: 10 * minute, run: expireLiveEvents },
  ]
}
