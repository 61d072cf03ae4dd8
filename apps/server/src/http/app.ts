import type { OperationWarning } from '@buergerdraht/contract'
import type { HandOverPlace, Installation } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import type {
  IdentityProvider,
  InspectedLogs,
  SessionRules,
  SignInPlace,
  VerifierKey,
} from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import './app-context.ts'
import type { LiveStream } from '../live/live-stream.ts'
import type { ApiMetrics } from '../monitoring/metrics.ts'
import { archiveOfferRoutes } from '../routes/archive-offers.ts'
import { archivePackageRoutes } from '../routes/archive-packages.ts'
import { attachmentRoutes } from '../routes/attachments.ts'
import { auditRoutes } from '../routes/audit.ts'
import { channelRoutes } from '../routes/channels.ts'
import { conversationRoutes } from '../routes/conversations.ts'
import { dataSubjectRequestRoutes } from '../routes/data-subject-requests.ts'
import { deletionRunRoutes } from '../routes/deletion-runs.ts'
import { documentRoutes } from '../routes/documents.ts'
import { emergencyAccessRoutes } from '../routes/emergency-access.ts'
import { eventRoutes } from '../routes/events.ts'
import { handOverRoutes } from '../routes/hand-overs.ts'
import { healthRoutes, type MetricsReaders, type Readiness } from '../routes/health.ts'
import { inspectionRoutes } from '../routes/inspection.ts'
import { legalHoldRoutes } from '../routes/legal-holds.ts'
import { messageRoutes } from '../routes/messages.ts'
import { openApiRoutes } from '../routes/openapi.ts'
import { operationRoutes } from '../routes/operation.ts'
import { peopleRoutes } from '../routes/people.ts'
import { privacyNoticeRoutes } from '../routes/privacy-notice.ts'
import { proposalRoutes } from '../routes/proposals.ts'
import { backChannelLogoutRoutes, providerRoutes } from '../routes/provider.ts'
import { restoreRoutes } from '../routes/restore.ts'
import { retentionRoutes } from '../routes/retention.ts'
import { secondFactorRoutes } from '../routes/second-factors.ts'
import { sessionRoutes } from '../routes/session.ts'
import { signInSettingRoutes } from '../routes/sign-in-settings.ts'
import { answerWithPage, webRoutes } from '../routes/web.ts'
import { webhookRoutes } from '../routes/webhook.ts'
import { witnessRoutes } from '../routes/witness.ts'
import { workbenchRoutes } from '../routes/workbench.ts'
import { baseApp } from './base-app.ts'
import { ChannelDirectory } from './channel-directory.ts'
import { proposalKinds } from './proposal-kinds.ts'
import { answerInQuarantineOnly } from './quarantine.ts'
import { RequestAllowance } from './request-allowance.ts'
import { watchForUnnamedProxy } from './unnamed-proxy.ts'

export type AppContext = {
  readonly office: Inbox
  readonly sessionRules: SessionRules
  readonly signInPlace: SignInPlace
  /** The identity provider; null: none. */
  readonly provider: IdentityProvider | null
  /** The office's, by its IANA name. */
  readonly timeZone: string
  readonly ownOrigins: ReadonlySet<string>
  readonly trustedProxies: readonly string[]
  /** Header in which they hand on the certificate of a device, in lower case; null: they do not. */
  readonly certificateHeader: string | null
  readonly live: LiveStream
  readonly metrics: ApiMetrics
  readonly metricsReaders: MetricsReaders
  readonly readiness: Readiness
  /** Whether reminders reach the queue now. */
  readonly queueReachable: () => Promise<boolean>
  readonly production: boolean
  /** Whether that folder may be built anew meanwhile. */
  readonly rebuilt: boolean
  /** Folder of the deletion ledger. */
  readonly ledgerFolder: string
  /** Keys of the logs of others that this office is a witness of. */
  readonly witnessedLogs: readonly VerifierKey[]
  /** Folder of the sealed packages. */
  readonly archiveDir: string
  readonly authorityNamed: boolean
  readonly inspectedLogs: InspectedLogs
  /** What the installation is set to, as the office's documents tell it. */
  readonly installation: Installation
  /** Where and how sealed packages are handed over. */
  readonly handOverPlace: HandOverPlace
  /** Nothing but signing in and the release is answered. */
  readonly inQuarantine: boolean
  /** Folder of the built web app; null serves the API alone. */
  readonly webDir: string | null
}

/** Everything the API process answers, not listening yet. */
export function buildApp(context: AppContext): FastifyInstance {
  const { office, trustedProxies, webDir, timeZone, inQuarantine } = context
  const place = { timeZone, inQuarantine }
  const app = baseApp(
    office,
    trustedProxies,
    webDir === null ? undefined : answerWithPage(webDir, context.rebuilt),
  )
  if (context.inQuarantine) answerInQuarantineOnly(app)
  app.decorate('sessionRules', context.sessionRules)
  app.decorate('signInPlace', context.signInPlace)
  app.decorate('ownOrigins', context.ownOrigins)
  app.decorate('certificateHeader', context.certificateHeader)
  app.decorate('ledgerFolder', context.ledgerFolder)
  app.decorate('archiveDir', context.archiveDir)
  app.decorate('authorityNamed', context.authorityNamed)
  app.decorate('inspectedLogs', context.inspectedLogs)
  app.decorate('installation', context.installation)
  app.decorate('handOverPlace', context.handOverPlace)
  app.decorate('proposalKinds', proposalKinds(office))
  app.decorate('allowance', new RequestAllowance())
  const channels = new ChannelDirectory(office)
  // In the demo there may be anything in front, and it does not matter.
  const unnamedProxySeen =
    context.production && trustedProxies.length === 0 ? watchForUnnamedProxy(app, office.log) : () => false
  async function warnings(): Promise<readonly OperationWarning[]> {
    const waiting: OperationWarning[] = (await context.queueReachable()) ? [] : ['replies-wait']
    if (unnamedProxySeen()) waiting.push('proxy-not-named')
    return context.authorityNamed ? waiting : [...waiting, 'authority-not-named']
  }
  app.register(async (api) => {
    sessionRoutes(api, place)
    secondFactorRoutes(api)
    signInSettingRoutes(api, context.provider)
    providerRoutes(api, context.provider, place)
    peopleRoutes(api, place)
    proposalRoutes(api)
    auditRoutes(api)
    retentionRoutes(api)
    documentRoutes(api)
    privacyNoticeRoutes(api)
    deletionRunRoutes(api)
    workbenchRoutes(api)
    dataSubjectRequestRoutes(api)
    archiveOfferRoutes(api)
    inspectionRoutes(api)
    handOverRoutes(api)
    legalHoldRoutes(api)
    restoreRoutes(api)
    emergencyAccessRoutes(api)
    conversationRoutes(api)
    messageRoutes(api)
    channelRoutes(api, channels)
    eventRoutes(api, context.live)
    operationRoutes(api, warnings)
    openApiRoutes(api)
  })
  app.register(attachmentRoutes)
  app.register(archivePackageRoutes)
  const { provider } = context
  if (provider !== null) app.register(async (logout) => backChannelLogoutRoutes(logout, provider))
  app.register(async (webhooks) => webhookRoutes(webhooks, context.metrics, channels, inQuarantine))
  app.register(async (witness) => witnessRoutes(witness, context.witnessedLogs))
  app.register(async (probes) => healthRoutes(probes, context))
  if (webDir !== null) webRoutes(app, webDir, context.rebuilt)
  return app
}
