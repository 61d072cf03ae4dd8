import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openLogins } from '../prisma/src/make-roles.ts'
import { freePort } from './free-port.ts'

const patienceMs = 120_000

export type Production = {
  baseUrl: string
  workerUrl: string
  /** What the API printed so far: the first administrator's token is there. */
  apiOutput(): string
  /** Asks both to end, and answers with their exit statuses. */
  stop(): Promise<{ api: number | null; worker: number | null }>
}

/**
 * Runs the production output as the containers do: migrated first, then two commands, secrets as files, nothing else from the environment.
 * @param folder what scripts/build-production.mjs wrote
 * @param databaseUrl a database of its own, empty or of an earlier release, as a superuser who makes the roles
 * @param caFile an authority to believe besides the public ones, as an operator names their own
 * @throws when one of the processes is not ready within two minutes, with what it printed
 */
export async function startProduction(
  folder: string,
  { databaseUrl, redisUrl, caFile }: { databaseUrl: string; redisUrl?: string; caFile?: string },
): Promise<Production> {
  const directory = mkdtempSync(join(tmpdir(), 'buergerdraht-production-'))
  function secret(name: string, value: string) {
    const file = join(directory, name)
    writeFileSync(file, value, { mode: 0o600 })
    return file
  }
  const [port, workerPort] = [await freePort(), await freePort()]
  const baseUrl = `http://127.0.0.1:${port}`
  const workerUrl = `http://127.0.0.1:${workerPort}`
  const environment = {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    PUBLIC_URL: baseUrl,
    // The simulated provider of the story.
    BSP_HOSTS: '127.0.0.1',
    DATA_DIR: join(directory, 'data'),
    KEY_FILE: secret('keys', `${randomBytes(32).toString('base64')}\n`),
    ...(redisUrl && { REDIS_URL_FILE: secret('redis-url', redisUrl) }),
    ...(caFile && { NODE_EXTRA_CA_CERTS: caFile }),
  }
  function loggedIn(name: string, url: string) {
    return { ...environment, DATABASE_URL_FILE: secret(`database-url-${name}`, url) }
  }
  await promisify(execFile)(process.execPath, ['apps/server/dist/cli.js', 'migrate'], {
    cwd: folder,
    env: loggedIn('owner', databaseUrl),
  })
  const logins = await openLogins(databaseUrl)
  const processes = {
    api: run(folder, 'api', loggedIn('api', logins.api)),
    worker: run(folder, 'worker', loggedIn('worker', logins.worker)),
  }
  async function stop() {
    const [api, worker] = await Promise.all([processes.api.end(), processes.worker.end()])
    rmSync(directory, { recursive: true, force: true })
    return { api, worker }
  }
  try {
    await Promise.all([
      processes.api.ready(`${baseUrl}/health/ready`),
      processes.worker.ready(`${workerUrl}/health/ready`),
    ])
  } catch (error) {
    await stop()
    throw error
  }
  return { baseUrl, workerUrl, apiOutput: processes.api.output, stop }
}

function run(folder: string, name: 'api' | 'worker', env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [`apps/server/dist/${name}.js`], { cwd: folder, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const ended = once(child, 'close')
  function hasEnded() {
    return child.exitCode !== null || child.signalCode !== null
  }
  return {
    output: () => output,
    async ready(url: string) {
      for (const deadline = Date.now() + patienceMs; ; await sleep(50)) {
        if (
          await fetch(url).then(
            ({ ok }) => ok,
            () => false,
          )
        )
          return
        if (hasEnded() || Date.now() > deadline) throw new Error(`${name} is not ready:\n${output}`)
      }
    },
    async end() {
      if (!hasEnded()) child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}
