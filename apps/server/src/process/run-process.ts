import type { Log } from '@buergerdraht/office'
import { requireRights } from '@buergerdraht/prisma'
import { type Config, readConfig } from '../config.ts'
import { createLog } from '../monitoring/log.ts'
import { operatorFault } from './operator-fault.ts'
import { waitForDatabase } from './readiness.ts'
import { aborted, shutdownSignal } from './shutdown.ts'

/** Whoever asked us to stop kills us then. */
const patienceMs = 20_000

type Running = {
  readonly port: number
  stop(): Promise<void>
}

async function main(
  name: 'api' | 'worker',
  portOf: (config: Config) => number,
  start: (config: Config, options: { readonly log: Log; readonly shutdown: AbortSignal }) => Promise<Running>,
): Promise<void> {
  const config = readConfig()
  const log = createLog({ level: config.logLevel, process: name })
  const shutdown = shutdownSignal()
  const { databaseUrl, host } = config
  if (!(await waitForDatabase({ databaseUrl, host, port: portOf(config) }, shutdown))) return
  await requireRights(databaseUrl, name, config)
  const running = await start(config, { log, shutdown })
  log.info({ port: running.port }, 'process ready')
  // For whoever started us and waits for it; nobody does in production.
  process.send?.('ready')
  await aborted(shutdown)
  log.info({}, 'process stopping')
  setTimeout(() => process.exit(1), patienceMs).unref()
  await running.stop()
  log.info({}, 'process stopped')
}

/** From settings to exit status: waits for the database, runs until SIGTERM or SIGINT, stops in order. */
export async function runProcess(...program: Parameters<typeof main>): Promise<void> {
  try {
    await main(...program)
  } catch (error) {
    const sentence = operatorFault(error) ?? (error instanceof Error ? error.stack : String(error))
    process.stderr.write(`${sentence}\n`)
    process.exitCode = 1
  }
}
