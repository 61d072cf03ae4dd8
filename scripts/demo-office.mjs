import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrateQueue } from '../apps/server/dist/jobs/queue.js'
import { createDatabaseIfMissing } from '../prisma/dist/create-database.js'
import { processIdentity } from '../prisma/dist/data-directory-owner.js'
import { DatabaseUnusable } from '../prisma/dist/database-unusable.js'
import { startEmbeddedDatabase } from '../prisma/dist/embedded-database.js'
import { openLogins, RolesMissing } from '../prisma/dist/make-roles.js'
import { MigrationMismatch, migrate } from '../prisma/dist/migrate.js'
import { CannotStart } from './cannot-start.mjs'
import { DataDirectory, leftBehindPatienceMs } from './data-directory.mjs'
import { requireFreePorts, requireRedis } from './demo-settings.mjs'
import { runToEnd, SupervisedProcess } from './supervised-process.mjs'
import { root, stateOf } from './workspace.mjs'

const databaseName = 'buergerdraht'
/** PostgreSQL's SQLSTATE for a wrong password (appendix A of its manual). */
const invalidPassword = '28P01'

/**
 * Starts everything and resolves when citizens can write and clerks can answer.
 *
 * A directory left by a killed start needs no cleaning: what still runs is ended first, the database recovers by itself.
 * @param {ReturnType<typeof import('./demo-settings.mjs').demoSettings>} settings
 * @param {(sentence: string) => void} report
 * @param {() => boolean} [isStopped] somebody wants it to end: a closed office is waited for no longer
 * @throws {CannotStart}
 * @throws {StepFailed} when it is stopped while it is closed
 */
export async function startDemoOffice(settings, report, isStopped = () => false) {
  const office = new DemoOffice(settings, report, isStopped)
  try {
    await office.start()
    return office
  } catch (error) {
    await office.stop()
    if ([DatabaseUnusable, MigrationMismatch, RolesMissing].some((kind) => error instanceof kind))
      throw new CannotStart(error.message)
    throw error
  }
}

class DemoOffice {
  #settings
  #report
  #isStopped
  #isStopping = false
  /** @type {DataDirectory | undefined} */
  #directory
  /** @type {import('../prisma/dist/embedded-database.js').EmbeddedDatabase | undefined} */
  #database
  /** @type {SupervisedProcess[]} in the order in which they are started */
  #processes = []

  constructor(settings, report, isStopped) {
    this.#settings = settings
    this.#report = report
    this.#isStopped = isStopped
  }

  /** What the seed noted for whoever wants to sign in. */
  get logins() {
    return this.#readDemo()?.logins ?? []
  }

  async start() {
    const { dataDirectory, host, ports, baseUrl, simulatorUrl, workerUrl, redisUrl } = this.#settings
    this.#directory = await DataDirectory.claim(dataDirectory)
    await requireFreePorts(ports, host, this.#directory.wasKilled ? leftBehindPatienceMs : 0)
    await requireRedis(redisUrl)
    if (this.#settings.databaseUrl === undefined) this.#directory.requireDatabase()
    const databaseUrl = this.#settings.databaseUrl ?? (await this.#startDatabase())
    await migrateOrExplain(databaseUrl)
    // On the database that we run nobody works with more rights than they need; on another, one address may serve for everything.
    const logins = this.#database ? await openLogins(databaseUrl) : { api: databaseUrl, worker: databaseUrl }
    const environment = this.#settings.childEnvironment(databaseUrl)
    const environmentOf = (name) => this.#settings.childEnvironment(logins[name])
    // The seed plays a past with it.
    const simulator = this.#supervise(
      'bsp-simulator',
      'apps/bsp-simulator/dist/main.js',
      environmentOf('api'),
    )
    await simulator.ready(`${simulatorUrl}/`)
    await this.#seed(environment)
    const worker = this.#supervise('worker', 'apps/server/dist/worker.js', environmentOf('worker'))
    const api = this.#supervise('api', 'apps/server/dist/api.js', environmentOf('api'))
    const isStopped = this.#isStopped
    const onClosed = () => this.#report(closedSentence(baseUrl, dataDirectory))
    await Promise.all([
      api.ready(`${baseUrl}/health/ready`, { isStopped, onClosed }),
      worker.ready(`${workerUrl}/health/ready`, { isStopped }),
    ])
  }

  /** First nobody may write any more, then what was begun is finished, and the database goes last. */
  async stop() {
    this.#isStopping = true
    for (const supervised of this.#processes.toReversed()) await supervised.stop()
    await this.#database?.stop()
    this.#directory?.release()
  }

  /** Ends one of the programs in order and starts it anew. */
  async restart(name) {
    if (this.#isStopping) return
    this.#report(`${name} is started again.`)
    await this.#processes.find((supervised) => supervised.name === name)?.restart()
  }

  #supervise(name, path, env) {
    const supervised = new SupervisedProcess({
      name,
      script: join(root, path),
      env,
      logFile: this.#logFileOf(name),
      onStart: (pid) => writeFileSync(join(this.#directory.processFolder, name), processIdentity(pid) ?? ''),
      onNews: this.#report,
    })
    this.#processes.push(supervised)
    supervised.start()
    return supervised
  }

  #logFileOf(name) {
    return join(this.#settings.dataDirectory, 'log', `${name}.log`)
  }

  /** Makes the demo office, which never harms an existing one, unless this very program has already made it here. */
  async #seed(env) {
    const { dataDirectory, baseUrl, simulatorUrl } = this.#settings
    const seeded = join(dataDirectory, 'seeded')
    const where = [env.DATABASE_URL.replace(/:\d+\//, '/'), baseUrl, simulatorUrl].join(' ')
    const program = stateOf([
      'apps/server/dist',
      'packages/office/dist',
      'packages/inbox/dist',
      'prisma/migrations',
    ])
    const wanted = createHash('sha256').update(`${where} ${program}`).digest('hex')
    const isMade = existsSync(seeded) && readFileSync(seeded, 'utf8') === wanted
    if (isMade && this.#readDemo() !== undefined) return
    const scriptFile = join(root, 'apps/server/dist/seed-demo.js')
    await runToEnd({ name: 'The demo office', script: scriptFile, env, logFile: this.#logFileOf('seed') })
    writeFileSync(seeded, wanted, { mode: 0o600 })
  }

  /** Undefined: there is none that can be read; the next seed makes it anew. */
  #readDemo() {
    try {
      return JSON.parse(readFileSync(join(this.#settings.dataDirectory, 'demo.json'), 'utf8'))
    } catch {
      return undefined
    }
  }

  async #startDatabase(port) {
    const database = await startEmbeddedDatabase(this.#settings.dataDirectory, { port })
    this.#database = database
    database.ended.then(() => this.#startDatabaseAgain(database.port))
    try {
      await createDatabaseIfMissing(database.urlOf('postgres'), databaseName)
    } catch (error) {
      if (error.code !== invalidPassword) throw error
      throw new CannotStart(
        `The file postgres.password in ${this.#settings.dataDirectory} is not that of its database; restore it from a backup.`,
      )
    }
    return database.urlOf(databaseName)
  }

  /** On the same port: everybody reconnects by themselves. */
  async #startDatabaseAgain(port) {
    for (let pauseMs = 500; !this.#isStopping; pauseMs *= 2) {
      this.#report('The database ended, it is started again.')
      await sleep(pauseMs)
      if (this.#isStopping) return
      const isBack = await this.#startDatabase(port).then(
        () => true,
        () => false,
      )
      if (isBack) return
    }
  }
}

function closedSentence(baseUrl, dataDirectory) {
  return `Bürgerdraht is closed: its database comes from a backup, or its deletion ledger cannot be used. Two people sign in at ${baseUrl} and decide (logins: ${join(dataDirectory, 'demo.json')}).`
}

async function migrateOrExplain(databaseUrl) {
  try {
    await migrate(databaseUrl)
    await migrateQueue(databaseUrl)
  } catch (error) {
    if (typeof error.code !== 'string') throw error
    const { hostname, port } = new URL(databaseUrl)
    throw new CannotStart(
      `The database at ${hostname}:${port || 5432} cannot be used (${error.code}); check DATABASE_URL.`,
    )
  }
}

/** Opens the page in the desktop's browser, where there is one. */
export function openBrowser(url) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref()
}
