import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { additionalData, type StoredCredentials } from '@buergerdraht/inbox'
import { hashPassword, Keys, paceBesidePeople, readOrCreateKeyFile, sealJson } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { startEmbeddedDatabase } from '@buergerdraht/prisma/embedded-database'
import { benchSettings } from './bench-settings.ts'
import { benchPhoneNumberId, benchSecret } from './citizen-message.ts'

function entry(name: string): string {
  return fileURLToPath(new URL(`../${name}.js`, import.meta.url))
}

export const apiPort = 18080
export const workerPort = 18082
export const clerk = { email: 'clerk@bench.example', password: randomUUID() }

/** BENCH_PROFILE names a folder for a CPU profile of each process. */
function profiling(name: string): string[] {
  const folder = benchSettings.profileFolder
  return folder === undefined
    ? []
    : ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`]
}

/** A real office on a durable database (fsync on) in a folder of its own; api and worker are processes as in production. */
export async function openBenchOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'buergerdraht-bench-'))
  mkdirSync(join(folder, 'log'))
  const server = await startEmbeddedDatabase(join(folder, 'database'), { durable: true })
  const url = server.urlOf('postgres')
  execFileSync(process.execPath, [entry('cli'), 'migrate'], { env: { ...process.env, DATABASE_URL: url } })
  const keyFile = join(folder, 'keys')
  await readOrCreateKeyFile(keyFile)
  const database = createDatabase(url)
  const keys = await Keys.open(database.pool, () => readOrCreateKeyFile(keyFile))
  const channelId = await seed(database, keys)
  const log = openSync(join(folder, 'log', 'bench.log'), 'a')
  const children = new Map<string, ChildProcess>()
  const environment = {
    ...process.env,
    PORT: String(apiPort),
    WORKER_PORT: String(workerPort),
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    DATABASE_URL: url,
    KEY_FILE: keyFile,
    LOG_LEVEL: 'warn',
  }

  async function answers(address: string): Promise<boolean> {
    try {
      return (await fetch(address)).ok
    } catch {
      return false
    }
  }

  return {
    url,
    folder,
    database,
    keys,
    channelId,
    pidOf: (name: string) => children.get(name)?.pid,
    /** @param flags of Node for this process */
    async start(name: 'api' | 'worker', flags: readonly string[] = []): Promise<void> {
      const probe =
        name === 'api'
          ? `http://127.0.0.1:${apiPort}/health/live`
          : `http://127.0.0.1:${workerPort}/health/live`
      // What an earlier bench left behind would be measured instead.
      if (await answers(probe)) throw new Error(`Something answers at ${probe} already.`)
      children.set(
        name,
        spawn(process.execPath, [...flags, ...profiling(name), entry(name)], {
          env: environment,
          stdio: ['ignore', log, log],
        }),
      )
      const child = children.get(name)
      while (!(await answers(probe))) {
        if (child?.exitCode !== null) throw new Error(`${name} did not start: see ${folder}/log/bench.log`)
        await sleep(20)
      }
    },
    async stop(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      const child = children.get(name)
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await ended
      children.delete(name)
    },
    async close(): Promise<void> {
      for (const name of [...children.keys()]) await this.stop(name)
      await database.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type BenchOffice = Awaited<ReturnType<typeof openBenchOffice>>

async function seed({ prisma, pool }: ReturnType<typeof createDatabase>, keys: Keys): Promise<string> {
  const team = await prisma.team.create({ data: { name: 'Bürgeramt' } })
  await prisma.account.create({
    data: {
      email: clerk.email,
      displayName: 'Frau Yılmaz',
      role: 'clerk',
      passwordHash: await hashPassword(clerk.password),
      teams: { create: { teamId: team.id } },
    },
  })
  const key = keys.make('channel')
  await pool.query('insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)', [
    key.row.id,
    key.row.purpose,
    key.row.wrapped,
    key.row.kekId,
  ])
  const id = randomUUID()
  const credentials: StoredCredentials = {
    apiKey: 'bench',
    webhookSecrets: [benchSecret],
    webhookHeaders: {},
    verifyToken: 'bench-verify-token',
  }
  await pool.query(
    `insert into channel (id, vendor, name, team_id, phone_number_id, display_phone_number, base_url, key_id, credentials_sealed)
     values ($1, 'meta', 'Bürgertelefon', $2, $3, '493023125010', 'http://127.0.0.1:9', $4, $5)`,
    [
      id,
      team.id,
      benchPhoneNumberId,
      key.id,
      sealJson(key.bytes, additionalData.credentials(id), credentials),
    ],
  )
  return id
}

/** What the worker does by itself with matters that it has not seen yet would be measured too. */
export async function finderIsThrough(pool: BenchOffice['database']['pool']): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ through: boolean }>(
      `select (select count(*) from conversation_signal) >= (select count(*) from conversation where state = 'closed') as through`,
    )
    if (rows[0]?.through) return
    await sleep(200)
  }
}

/**
 * Waits until the worker has not seen anybody at work for so long that it goes at full speed: it looks for the same signs, and has begun to before
 * ({@link finderIsThrough}).
 */
export async function nobodyIsAtWork(pool: BenchOffice['database']['pool']): Promise<void> {
  const pace = paceBesidePeople(pool)
  while (await pace.isGentle()) await sleep(1000)
}

/** What a process holds in memory now (`VmRSS`), or the most that it has had so far (`VmHWM`), in MB. */
export function memoryOf(pid: number | undefined, what: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

/** Waits until an HTTP server listens on a port of this machine. */
export async function listening(port: number): Promise<void> {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`)
      return
    } catch {
      await sleep(20)
    }
  }
}
