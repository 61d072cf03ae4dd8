import { ConfigUnusable, readConfig } from './config.ts'
import { createLog } from './log.ts'
import { waitForDatabase } from './readiness.ts'
import { aborted, endAfter, shutdownSignal } from './shutdown.ts'
import { startApi } from './start-api.ts'

const patienceMs = 20_000

const main = async (): Promise<void> => {
  const config = readConfig()
  const log = createLog({ level: config.logLevel, process: 'api' })
  const shutdown = shutdownSignal()
  if (!(await waitForDatabase(config, shutdown))) return
  const api = await startApi(config, { log })
  log.info({ port: api.port }, 'api ready')
  // Not through the log: this line is for a person, and nothing there may be a secret.
  if (api.adminToken !== null) {
    process.stdout.write(
      `There is no administrator yet. Within 24 hours, once: cli admin create --token ${api.adminToken}\n`,
    )
  }
  await aborted(shutdown)
  endAfter(patienceMs)
  log.info({}, 'api stopping')
  await api.stop()
  log.info({}, 'api stopped')
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigUnusable || (error as { code?: string }).code === 'EADDRINUSE'
  process.stderr.write(`${error instanceof Error ? (known ? error.message : error.stack) : String(error)}\n`)
  process.exitCode = 1
})
