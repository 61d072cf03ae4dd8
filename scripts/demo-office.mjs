import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabaseIfMissing } from '../prisma/dist/create-database.js'
import {
  claimDirectory,
  livingOwner,
  processIdentity,
  releaseDirectory,
} from '../prisma/dist/data-directory-owner.js'
import { DatabaseUnusable, inDataDirectory, makeDirectory } from '../prisma/dist/database-unusable.js'
import { startEmbeddedDatabase } from '../prisma/dist/embedded-database.js'
import { MigrationMismatch, migrate } from '../prisma/dist/migrate.js'
import { runToEnd, SupervisedProcess } from './supervised-process.mjs'
import { ROOT, stateOf } from './workspace.mjs'

const DATABASE_NAME = 'buergerdraht'
const FREE_SPACE_NEEDED_BYTES = 300_000_000
/** What a killed start left behind notices that, and ends in order, within this time. */
const LEFT_BEHIND_PATIENCE_MS = 6_000

/** The demo office cannot start for a reason its user can mend; the message is a sentence for them. */
export class CannotStart extends Error {
  name = 'CannotStart'
}

/** @param {Record<string, string | undefined>} environment */
export function demoSettings(environment) {
  const port = portNumber(environment.PORT, 8080, 'PORT')
  return {
    host: environment.HOST || '127.0.0.1',
    port,
    simulatorPort: portNumber(environment.SIMULATOR_PORT, port + 1, 'SIMULATOR_PORT'),
    workerPort: portNumber(environment.WORKER_PORT, port + 2, 'WORKER_PORT'),
    dataDirectory: resolve(ROOT, environment.DATA_DIR || '.data'),
    databaseUrl: environment.DATABASE_URL || undefined,
  }
}

function portNumber(text, fallback, name) {
  const port = Number(text || fallback)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new CannotStart(`${name} must be a number between 1 and 65535, not "${text}".`)
}

/**
 * Starts everything and resolves when citizens can write and clerks can answer.
 *
 * A directory left by a killed start needs no cleaning: what still runs is ended first, the database recovers by itself.
 * @param {ReturnType<typeof demoSettings>} settings
 * @param {(sentence: string) => void} announce
 * @throws {CannotStart}
 */
export async function startDemoOffice(settings, announce) {
  const office = new DemoOffice(settings, announce)
  try {
    await office.start()
    return office
  } catch (error) {
    await office.stop()
    if (error instanceof DatabaseUnusable || error instanceof MigrationMismatch)
      throw new CannotStart(error.message)
    throw error
  }
}

class DemoOffice {
  #settings
  #announce
  #ownerFile
  #isOwner = false
  #isStopping = false
  /** @type {import('../prisma/dist/embedded-database.js').EmbeddedDatabase | undefined} */
  #database
  /** @type {SupervisedProcess[]} in the order in which they are stopped */
  #processes = []

  constructor(settings, announce) {
    this.#settings = settings
    this.#announce = announce
    this.#ownerFile = join(settings.dataDirectory, 'owner')
  }

  get baseUrl() {
    return `http://${this.#settings.host}:${this.#settings.port}`
  }

  get simulatorUrl() {
    return `http://127.0.0.1:${this.#settings.simulatorPort}`
  }

  /** What the seed noted for whoever wants to sign in. */
  get demo() {
    return JSON.parse(readFileSync(join(this.#settings.dataDirectory, 'demo.json'), 'utf8'))
  }

  async start() {
    const { dataDirectory, host, port, simulatorPort, workerPort } = this.#settings
    const wasKilled = await this.#claim()
    await endLeftBehind(this.#processFolder)
    await this.#requirePorts(
      [
        { port, host, setting: 'PORT' },
        { port: simulatorPort, host: '127.0.0.1', setting: 'SIMULATOR_PORT' },
        { port: workerPort, host: '127.0.0.1', setting: 'WORKER_PORT' },
      ],
      wasKilled ? LEFT_BEHIND_PATIENCE_MS : 0,
    )
    const databaseUrl = this.#settings.databaseUrl ?? (await this.#startDatabase())
    const environment = this.#childEnvironment(databaseUrl)
    await migrateOrExplain(databaseUrl)
    const logFileOf = (name) => join(dataDirectory, 'log', `${name}.log`)
    await this.#seed(environment, logFileOf('seed'))

    const supervise = (name, path) => {
      const supervised = new SupervisedProcess({
        name,
        script: script(path),
        env: environment,
        logFile: logFileOf(name),
        onStart: (pid) => writeFileSync(join(this.#processFolder, name), processIdentity(pid) ?? ''),
        onNews: this.#announce,
      })
      this.#processes.push(supervised)
      supervised.start()
      return supervised
    }
    const api = supervise('api', 'apps/server/dist/api.js')
    const worker = supervise('worker', 'apps/server/dist/worker.js')
    const simulator = supervise('bsp-simulator', 'apps/bsp-simulator/dist/main.js')
    await Promise.all([
      api.ready(`${this.baseUrl}/health/ready`),
      worker.ready(`http://127.0.0.1:${workerPort}/health/ready`),
      simulator.ready(`${this.simulatorUrl}/`),
    ])
  }

  /** Makes the demo office, which never harms an existing one, unless this very program has already made it here. */
  async #seed(environment, logFile) {
    const { dataDirectory } = this.#settings
    const seeded = join(dataDirectory, 'seeded')
    const where = [environment.DATABASE_URL.replace(/:\d+\//, '/'), this.baseUrl, this.simulatorUrl].join(' ')
    const program = stateOf(['apps/server/dist', 'packages/inbox/dist', 'prisma/migrations'])
    const wanted = createHash('sha256').update(`${where} ${program}`).digest('hex')
    const isThere = existsSync(seeded) && existsSync(join(dataDirectory, 'demo.json'))
    if (isThere && readFileSync(seeded, 'utf8') === wanted) return
    await runToEnd({
      name: 'The demo office',
      script: script('apps/server/dist/seed-demo.js'),
      env: environment,
      logFile,
    })
    writeFileSync(seeded, wanted, { mode: 0o600 })
  }

  /** First nobody may write any more, then what was begun is finished, and the database goes last. */
  async stop() {
    this.#isStopping = true
    for (const supervised of this.#processes) await supervised.stop()
    await this.#database?.stop()
    if (!this.#isOwner) return
    rmSync(this.#processFolder, { recursive: true, force: true })
    releaseDirectory(this.#ownerFile)
  }

  get #processFolder() {
    return join(this.#settings.dataDirectory, 'processes')
  }

  /** @returns {Promise<boolean>} whether the last start was killed before it could tidy up */
  async #claim() {
    const { dataDirectory } = this.#settings
    const wasKilled = inDataDirectory(dataDirectory, () => {
      makeDirectory(dataDirectory, 0o711)
      const { bavail, bsize } = statfsSync(dataDirectory)
      if (bavail * bsize < FREE_SPACE_NEEDED_BYTES) {
        const free = Math.floor((bavail * bsize) / 1e6)
        throw new CannotStart(
          `The disk of the data directory ${dataDirectory} is full: 300 MB are needed, ${free} MB are free.`,
        )
      }
      return existsSync(this.#ownerFile)
    })
    const claim = () => inDataDirectory(dataDirectory, () => claimDirectory(this.#ownerFile))
    let owner = claim()
    for (const deadline = Date.now() + LEFT_BEHIND_PATIENCE_MS; owner !== undefined; owner = claim()) {
      if (Date.now() > deadline) {
        throw new CannotStart(
          `The data directory ${dataDirectory} is in use by another running Bürgerdraht (process ${owner}).`,
        )
      }
      await sleep(100)
    }
    this.#isOwner = true
    inDataDirectory(dataDirectory, () => {
      makeDirectory(join(dataDirectory, 'log'), 0o700)
      makeDirectory(this.#processFolder, 0o700)
    })
    return wasKilled
  }

  async #requirePorts(wanted, patienceMs) {
    const deadline = Date.now() + patienceMs
    for (const { port, host, setting } of wanted) {
      for (;;) {
        const trouble = await listenTrouble(port, host)
        if (trouble === undefined) break
        if (trouble === 'EADDRINUSE' && Date.now() < deadline) await sleep(100)
        else if (trouble === 'EADDRINUSE')
          throw new CannotStart(
            `Port ${port} is already in use; end the program that uses it, or choose another one with ${setting}=….`,
          )
        else if (trouble === 'EACCES')
          throw new CannotStart(
            `Port ${port} may only be used by root; choose one above 1023 with ${setting}=….`,
          )
        else throw new CannotStart(`This machine cannot listen on ${host}:${port} (${trouble}).`)
      }
    }
  }

  async #startDatabase(port) {
    const database = await startEmbeddedDatabase(this.#settings.dataDirectory, { port })
    this.#database = database
    database.ended.then(async () => {
      for (let pauseMs = 500; !this.#isStopping; pauseMs *= 2) {
        this.#announce('The database ended, it is started again.')
        await sleep(pauseMs)
        // The same port again: everybody reconnects by themselves.
        if (
          !this.#isStopping &&
          (await this.#startDatabase(database.port).then(
            () => true,
            () => false,
          ))
        )
          return
      }
    })
    await createDatabaseIfMissing(database.urlOf('postgres'), DATABASE_NAME)
    return database.urlOf(DATABASE_NAME)
  }

  #childEnvironment(databaseUrl) {
    const { host, port, simulatorPort, workerPort, dataDirectory } = this.#settings
    return {
      ...process.env,
      NODE_ENV: 'development',
      HOST: host,
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_URL: this.simulatorUrl,
      WORKER_PORT: String(workerPort),
      DATA_DIR: dataDirectory,
      DATABASE_URL: databaseUrl,
      // Newer Node keeps what it compiled from one start to the next.
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.compile-cache'),
    }
  }
}

const script = (path) => join(ROOT, path)

async function migrateOrExplain(databaseUrl) {
  try {
    await migrate(databaseUrl)
  } catch (error) {
    if (typeof error.code !== 'string') throw error
    const { hostname, port } = new URL(databaseUrl)
    throw new CannotStart(
      `The database at ${hostname}:${port || 5432} cannot be used (${error.code}); check DATABASE_URL.`,
    )
  }
}

function listenTrouble(port, host) {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', (error) => done(error.code))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(undefined)))
  })
}

/** Programs of a start that was killed end by themselves; those that have not yet are not waited for long. */
async function endLeftBehind(folder) {
  const files = readdirSync(folder).map((name) => join(folder, name))
  const living = () => files.map(livingOwner).filter((pid) => pid !== undefined)
  for (const deadline = Date.now() + LEFT_BEHIND_PATIENCE_MS; living().length > 0; await sleep(50)) {
    if (Date.now() > deadline) for (const pid of living()) process.kill(pid, 'SIGKILL')
  }
  for (const file of files) rmSync(file, { force: true })
}

/** Opens the page in the desktop's browser, where there is one. */
export function openBrowser(url) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref()
}
