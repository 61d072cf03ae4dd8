import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { IdentityProvider, inviteFirstAdmin, type Log } from '@buergerdraht/office'
import type { HTTPMethods } from 'fastify'
import type { Config } from '../config.ts'
import { buildApp } from '../http/app.ts'
import { gracefulClose } from '../http/graceful-close.ts'
import { LiveStream } from '../live/live-stream.ts'
import { createApiMetrics } from '../monitoring/metrics.ts'
import { metricsReadersOf } from '../routes/health.ts'
import { inspectedLogsOf } from './archive-of.ts'
import { handOverPlaceOf } from './hand-over-place.ts'
import { installationOf } from './installation.ts'
import { openOffice } from './open-office.ts'
import { databaseReadiness } from './readiness.ts'
import { deletionLedgerOf, waitForLedger } from './wait-for-ledger.ts'

const builtWeb = fileURLToPath(new URL('../../../web/dist', import.meta.url))

export type RunningApi = {
  readonly port: number
  /** As `Inbox.notify`. */
  readonly notify: () => Promise<void>
  readonly serves: (method: string, pattern: string) => boolean
  /** One-time token for the first administrator; null in the demo and where there is one. */
  readonly adminToken: string | null
  /** Takes no new requests, sends the browsers away, makes everything accepted durable, disconnects. */
  stop(): Promise<void>
}

/** Starts the API on a migrated database. */
export async function startApi(
  config: Config,
  options: {
    readonly log: Log
    readonly now?: () => Date
    /** Whoever waits to be let in ends then. */
    readonly shutdown?: AbortSignal
  },
): Promise<RunningApi> {
  const opened = await openOffice(config, { process: 'api', ...options })
  const { office } = opened
  const live = new LiveStream(office, config.sessionRules, opened.changes)
  let stopping = false
  const context = {
    office,
    sessionRules: config.sessionRules,
    signInPlace: config.signInPlace,
    provider: config.provider === null ? null : new IdentityProvider(config.provider),
    timeZone: config.timeZone,
    ownOrigins: config.ownOrigins,
    trustedProxies: config.trustedProxies,
    certificateHeader: config.certificateHeader,
    live,
    metrics: createApiMetrics(office, live, opened.queue.isReachable),
    metricsReaders: metricsReadersOf(config),
    readiness: async () => (stopping ? ('stopping' as const) : databaseReadiness(office.pool)),
    queueReachable: opened.queue.isReachable,
    production: config.production,
    rebuilt: config.development,
    ledgerFolder: deletionLedgerOf(config),
    witnessedLogs: config.witnessedLogs,
    archiveDir: config.archiveDir,
    authorityNamed: config.authorityNamed,
    inspectedLogs: inspectedLogsOf(config),
    installation: installationOf(config),
    handOverPlace: handOverPlaceOf(config),
    inQuarantine: false,
    webDir: existsSync(builtWeb) ? builtWeb : null,
  }
  const app = buildApp(context)
  const close = gracefulClose(app)
  async function answerClosed(): Promise<{ close: () => Promise<void> }> {
    const console = buildApp({
      ...context,
      inQuarantine: true,
      readiness: async () => (await databaseReadiness(office.pool)) ?? 'quarantine',
    })
    const end = gracefulClose(console)
    await console.listen({ port: config.port, host: config.host })
    return { close: end }
  }
  try {
    const where = { config, as: 'api', port: config.port } as const
    // Told to end before it may begin: nobody is let in.
    if (!(await waitForLedger(office, where, options.shutdown, answerClosed)))
      return {
        port: config.port,
        notify: office.notify,
        serves: () => false,
        adminToken: null,
        stop: async () => {
          await live.close()
          await opened.close()
        },
      }
    await live.start()
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await live.close()
    await opened.close()
    throw error
  }
  const { port } = app.server.address() as AddressInfo
  return {
    port,
    notify: office.notify,
    serves: (method, url) => app.hasRoute({ method: method as HTTPMethods, url }),
    adminToken: config.production ? await inviteFirstAdmin(office) : null,
    stop: async () => {
      stopping = true
      await live.close()
      await close()
      await opened.close()
    },
  }
}
