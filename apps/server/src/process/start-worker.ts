import type { AddressInfo } from 'node:net'
import { leadArchive, leadCustody } from '@buergerdraht/custody'
import { runIngest } from '@buergerdraht/inbox'
import { type Log, paceBesidePeople, sealAuditLog, shipAuditLog } from '@buergerdraht/office'
import type { Config } from '../config.ts'
import { baseApp } from '../http/base-app.ts'
import { gracefulClose } from '../http/graceful-close.ts'
import { allSweeps, jobHandlers } from '../jobs/schedule.ts'
import { runSweeps } from '../jobs/sweeps.ts'
import { createWorkerMetrics } from '../monitoring/metrics.ts'
import { healthRoutes, metricsReadersOf, type NotReadyReason } from '../routes/health.ts'
import { archiveLogOf, archiveOf, auditLogOf } from './archive-of.ts'
import { handOverPlaceOf } from './hand-over-place.ts'
import { openOffice } from './open-office.ts'
import { databaseReadiness } from './readiness.ts'
import { deletionLedgerOf, waitForLedger } from './wait-for-ledger.ts'

/** Of the twenty seconds that a shutdown may take, what running jobs get. */
const jobPatienceMs = 12_000

/** Of the audit log and the deletion ledger; one more when the worker stops. */
const checkpointEveryMs = 60 * 60 * 1000

export type RunningWorker = {
  readonly port: number
  /** Ingest finishes its batch, sweeps and jobs finish what they hold, then it disconnects. */
  stop(): Promise<void>
}

/** Starts ingest, jobs and sweeps on a migrated database. */
export async function startWorker(
  config: Config,
  options: {
    readonly log: Log
    readonly now?: () => Date
    /** Whoever waits to be let in ends then. */
    readonly shutdown?: AbortSignal
    /** One more reason not to be ready. */
    readonly alsoNotReady?: () => NotReadyReason
  },
): Promise<RunningWorker> {
  const opened = await openOffice(config, { process: 'worker', ...options })
  const { office, queue } = opened
  const metrics = createWorkerMetrics(office, queue)
  const stopping = new AbortController()
  let ingesting = true
  const app = baseApp(office, config.trustedProxies)
  async function readiness(): Promise<NotReadyReason> {
    if (stopping.signal.aborted) return 'stopping'
    if (!ingesting) return 'ingest-stopped'
    const reason = options.alsoNotReady?.() ?? (await databaseReadiness(office.pool))
    return reason ?? ((await queue.isReachable()) ? null : 'queue-unreachable')
  }
  healthRoutes(app, {
    readiness,
    queueReachable: async () => true,
    metrics,
    metricsReaders: metricsReadersOf(config),
  })
  const close = gracefulClose(app)
  try {
    const where = { config, as: 'worker', port: config.workerPort } as const
    // Told to end before it may begin: it takes in, sends and destroys nothing.
    if (!(await waitForLedger(office, where, options.shutdown)))
      return { port: config.workerPort, stop: opened.close }
    await app.listen({ port: config.workerPort, host: config.host })
  } catch (error) {
    await opened.close()
    throw error
  }
  const ingest = runIngest(office, stopping.signal, metrics.ingested)
    .catch((error: unknown) => office.log.error({ error }, 'ingest.stopped'))
    .finally(() => {
      ingesting = false
    })
  const archive = archiveOf(config, office)
  const pace = paceBesidePeople(office.pool)
  const working = queue.work(jobHandlers(office, archive), metrics.jobEnded)
  const auditFolder = auditLogOf(config)
  const logs = [
    { purpose: 'audit-log', folder: auditFolder, stamped: 'daily' },
    { purpose: 'deletion-ledger', folder: deletionLedgerOf(config), stamped: 'daily' },
    // Packages carry their stamp: each checkpoint that seals some is stamped.
    { purpose: 'archive-log', folder: archiveLogOf(config), stamped: 'each' },
  ] as const
  const sweeping = runSweeps(
    office,
    allSweeps(config.sessionRules, logs, config, handOverPlaceOf(config), archive, pace),
    stopping.signal,
  )
  const sealing = sealAuditLog(office, { folder: auditFolder, checkpointEveryMs }, stopping.signal)
  const destroying = leadCustody(
    office,
    { folder: deletionLedgerOf(config), checkpointEveryMs, pace },
    stopping.signal,
  )
  const archiving = leadArchive(archive, stopping.signal)
  const shipping =
    config.auditReceiver === null
      ? Promise.resolve()
      : shipAuditLog(office, config.auditReceiver, stopping.signal)
  const { port } = app.server.address() as AddressInfo
  return {
    port,
    stop: async () => {
      stopping.abort()
      await Promise.all([
        ingest,
        sweeping,
        sealing,
        destroying,
        archiving,
        shipping,
        working.stop(jobPatienceMs),
      ])
      await close()
      await opened.close()
    },
  }
}
