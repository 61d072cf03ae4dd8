import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Simulator, startSimulator } from '@buergerdraht/bsp-simulator'
import type { Role } from '@buergerdraht/contract'
import { providerIdMac } from '@buergerdraht/inbox'
import { Keys } from '@buergerdraht/office'
import { createDatabase, type Database } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { freePort } from '../../../testing/free-port.ts'
import { startRedis } from '../../../testing/start-redis.ts'
import { type Config, readConfig } from '../src/config.ts'
import type { Demo } from '../src/demo/demo-file.ts'
import { ensureDemoOffice } from '../src/demo/demo-office.ts'
import { migrateQueue } from '../src/jobs/queue.ts'
import { createLog } from '../src/monitoring/log.ts'
import { keyReader } from '../src/process/open-office.ts'
import { type RunningApi, startApi } from '../src/process/start-api.ts'
import { type RunningWorker, startWorker } from '../src/process/start-worker.ts'
import { Visitor } from './visitor.ts'

export type OfficeOptions = {
  /** The clock of api and worker. */
  readonly now?: () => Date
  /** Queue and live fan-out through this Redis. */
  readonly redisUrl?: string
  /** Its logs and packages get time stamps from the simulator's authority. */
  readonly timeStamps?: boolean
  /** More settings, as in the environment. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * A whole office on a fresh database: api and worker in this process, the simulated provider on real HTTP, the demo's accounts
 * and channel.
 */
export class StoryOffice {
  readonly demo: Demo
  config: Config
  readonly environment: Readonly<Record<string, string>>
  /** For looking at rows, with every right. */
  readonly database: Database
  readonly simulator: Simulator
  /** For looking into what is sealed. */
  readonly keys: Keys
  /** Everything that api and worker have logged. */
  readonly logLines: string[] = []
  api: RunningApi | null = null
  worker: RunningWorker | null = null
  readonly #now: (() => Date) | undefined
  readonly #drop: () => Promise<void>
  readonly #afterClose: (() => Promise<void>)[] = []

  private constructor(parts: {
    demo: Demo
    config: Config
    environment: Record<string, string>
    database: Database
    simulator: Simulator
    keys: Keys
    now: (() => Date) | undefined
    drop: () => Promise<void>
  }) {
    this.demo = parts.demo
    this.config = parts.config
    this.environment = parts.environment
    this.database = parts.database
    this.simulator = parts.simulator
    this.keys = parts.keys
    this.#now = parts.now
    this.#drop = parts.drop
  }

  /** Everything but api and worker. */
  static async prepare(options: OfficeOptions = {}): Promise<StoryOffice> {
    const testDatabase = await createTestDatabase()
    await migrateQueue(testDatabase.url)
    const dataDir = await mkdtemp(join(tmpdir(), 'buergerdraht-story-'))
    const recordsFolder = join(dataDir, 'hand-over')
    const simulator = await startSimulator({ stepMs: 5, retryFactor: 0.05, recordsFolder })
    const environment = {
      NODE_ENV: 'test',
      DATABASE_URL: testDatabase.url,
      DATABASE_CONNECTIONS: '8',
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      WORKER_PORT: String(await freePort()),
      SIMULATOR_URL: simulator.url,
      XDOMEA_FOLDER: recordsFolder,
      LOG_LEVEL: 'info',
      ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
      ...options.environment,
    }
    const config = readConfig(environment)
    const database = createDatabase(testDatabase.url, { maxConnections: 4 })
    const keys = await Keys.open(database.pool, keyReader(config))
    const urls = { baseUrl: config.publicUrl, simulatorUrl: simulator.url }
    const demo = await ensureDemoOffice({ prisma: database.prisma, keys, now: () => new Date() }, urls, null)
    await fetch(`${simulator.url}/v1/configs/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'd360-api-key': simulator.office.apiKey },
      body: JSON.stringify({ url: demo.channel.webhookUrl, headers: demo.channel.webhookHeaders }),
    })
    async function drop() {
      await testDatabase.drop()
      await rm(dataDir, { recursive: true, force: true })
    }
    const office = new StoryOffice({
      demo,
      config,
      environment,
      database,
      simulator,
      keys,
      now: options.now,
      drop,
    })
    if (options.timeStamps === true) await office.#askSimulatorForStamps()
    return office
  }

  /** More settings, from the next start on. */
  configure(environment: Readonly<Record<string, string>>): void {
    this.config = readConfig({ ...this.environment, ...environment })
  }

  /** From the next start on. */
  async #askSimulatorForStamps(): Promise<void> {
    const authority = `${this.simulator.url}/tsa`
    const rootsFile = join(this.config.dataDir, 'tsa-root.pem')
    await writeFile(rootsFile, await (await fetch(`${authority}/root.pem`)).text())
    this.configure({ TSA_URLS: authority, TSA_ROOTS: rootsFile })
  }

  get baseUrl(): string {
    return this.config.publicUrl
  }

  get workerUrl(): string {
    return `http://127.0.0.1:${this.config.workerPort}`
  }

  async startApi(): Promise<void> {
    this.api = await startApi(this.config, { log: this.#log('api'), ...this.#clock })
  }

  async startWorker(): Promise<void> {
    this.worker = await startWorker(this.config, { log: this.#log('worker'), ...this.#clock })
  }

  async stopApi(): Promise<void> {
    await this.api?.stop()
    this.api = null
  }

  async stopWorker(): Promise<void> {
    await this.worker?.stop()
    this.worker = null
  }

  /** Somebody signed in: the first account of that role, or the one at `index`. */
  async signIn(role: Role, index = 0): Promise<Visitor> {
    const login = this.demo.logins.filter((one) => one.role === role)[index]
    if (login === undefined) throw new Error(`There is no account ${index} of role ${role}.`)
    const visitor = new Visitor(this.baseUrl)
    const { status } = await visitor.signIn(login.email, login.password)
    if (status !== 200) throw new Error(`Signing in as ${role} was answered with ${status}.`)
    return visitor
  }

  /** A citizen writes; the simulated provider delivers it. Resolves with the message's id at the provider. */
  async citizenWrites(identity: string, text: string): Promise<string> {
    const response = await fetch(`${this.simulator.url}/citizens/${identity}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    })
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${await response.text()}`)
    const { id } = (await response.json()) as { id: string }
    return id
  }

  /** The conversation of a message by its id at the provider, once it is stored. */
  async conversationOf(providerId: string): Promise<string> {
    const { rows } = await this.database.pool.query<{ id: string }>(
      'select conversation_id as id from message where provider_id_mac = $1',
      [this.macOf(providerId)],
    )
    if (rows[0] === undefined) throw new Error(`${providerId} is in no conversation.`)
    return rows[0].id
  }

  /** Delivers a payload as the provider does, with the channel's headers. */
  deliver(payload: string | Uint8Array | object, headers: Record<string, string> = {}): Promise<Response> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    return fetch(this.demo.channel.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.demo.channel.webhookHeaders, ...headers },
      body: payload instanceof Uint8Array ? new Uint8Array(payload) : text,
    })
  }

  /** What a provider's message id is stored as, on the demo's channel. */
  macOf(providerId: string): Buffer {
    return providerIdMac(this.keys, this.demo.channel.id, providerId)
  }

  /** Waits until nothing is left to do: what citizens sent was taken, nothing waits to be ingested, sent or fetched. */
  async settled(withinMs = 60_000): Promise<void> {
    const deadline = Date.now() + withinMs
    for (let quiet = 0; quiet < 2; ) {
      // Asked for before the rows: what was taken is stored, and may be erased again since.
      const underway = this.simulator.untaken().length
      const { rows } = await this.database.pool.query<{ open: Record<string, number>; busy: boolean }>(
        `with open as (select
           (select count(*) from webhook_event where ingested_at is null and not held)::int as events,
           (select count(*) from message where send_state in ('queued', 'sending')
              and (not_before_at is null or not_before_at <= $1))::int as replies,
           (select count(*) from attachment where state = 'pending' and message_id is not null
              and (next_try_at is null or next_try_at <= $1))::int as media,
           $2::int as underway)
         select row_to_json(open) as open, events + replies + media + underway > 0 as busy from open`,
        [this.#now?.() ?? new Date(), underway],
      )
      const row = rows[0]
      quiet = row?.busy === false ? quiet + 1 : 0
      if (Date.now() > deadline) throw new Error(`Not settled: ${JSON.stringify(row?.open)}`)
      await sleep(20)
    }
  }

  /** What is to be ended when api and worker have ended. */
  afterClose(action: () => Promise<void>): void {
    this.#afterClose.push(action)
  }

  async close(): Promise<void> {
    await this.stopApi()
    await this.stopWorker()
    await this.simulator.close()
    await this.database.close()
    await this.#drop()
    for (const action of this.#afterClose) await action()
    // 42501: neither api nor worker asks the database for what its role may not.
    const denied = this.logLines.filter((line) => line.includes('"42501"'))
    if (denied.length > 0) throw new Error(`The database has denied a right: ${denied.join()}`)
  }

  get #clock(): { now?: () => Date } {
    return this.#now === undefined ? {} : { now: this.#now }
  }

  #log(process: 'api' | 'worker') {
    return createLog({ level: 'info', process, write: (line) => void this.logLines.push(line) })
  }
}

/**
 * Prepares an office and starts api and worker. With STORY_QUEUE=redis in the environment its queue and live fan-out are in a Redis of
 * its own, so that the same stories are told on both backends.
 */
export async function startOffice(options: OfficeOptions = {}): Promise<StoryOffice> {
  const wantsRedis = process.env['STORY_QUEUE'] === 'redis' && options.redisUrl === undefined
  const redis = wantsRedis ? await startRedis() : null
  const office = await StoryOffice.prepare(redis === null ? options : { ...options, redisUrl: redis.url })
  if (redis !== null) office.afterClose(() => redis.stop())
  await office.startApi()
  await office.startWorker()
  return office
}
