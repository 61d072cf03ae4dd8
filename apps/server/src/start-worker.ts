import type { AddressInfo } from 'node:net'
import { type Log, runIngest } from '@buergerdraht/inbox'
import { baseApp } from './base-app.ts'
import { closeGently } from './close-gently.ts'
import type { Config } from './config.ts'
import { allSweeps, jobHandlers } from './duties.ts'
import { createWorkerMetrics } from './metrics.ts'
import { openOffice } from './open-office.ts'
import { databaseReadiness } from './readiness.ts'
import { healthRoutes, metricsReadersOf, type NotReadyReason } from './routes/health.ts'
import { runSweeps } from './sweeps.ts'

/** Of the twenty seconds that a shutdown may take, what running jobs get. */
const jobPatienceMs = 12_000

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
    /** One more reason not to be ready. */
    readonly alsoNotReady?: () => NotReadyReason
  },
): Promise<RunningWorker> {
  const opened = await openOffice(config, { process: 'worker', ...options })
  const { office, queue } = opened
  const metrics = createWorkerMetrics(office, queue.depths)
  const stopping = new AbortController()
  let ingesting = true
  const app = baseApp(office, config.trustedProxies)
  async function readiness(): Promise<NotReadyReason> {
    if (stopping.signal.aborted) return 'stopping'
    if (!ingesting) return 'ingest-stopped'
    return options.alsoNotReady?.() ?? databaseReadiness(office.pool)
  }
  healthRoutes(app, { readiness, metrics, metricsReaders: metricsReadersOf(config) })
  const close = closeGently(app)
  try {
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
  const working = queue.work(jobHandlers(office), metrics.jobEnded)
  const sweeping = runSweeps(office, allSweeps(config.sessionRules), stopping.signal)
  const { port } = app.server.address() as AddressInfo
  return {
    port,
    stop: async () => {
      stopping.abort()
      await Promise.all([ingest, sweeping, working.stop(jobPatienceMs)])
      await close()
      await opened.close()
    },
  }
}
