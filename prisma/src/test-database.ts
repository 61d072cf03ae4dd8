import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { migrate } from './migrate.ts'

/** Where the test processes find the server that `startTestServer` started before them. */
const SERVER_VARIABLE = 'BUERGERDRAHT_TEST_SERVER'
const TEMPLATE = 'buergerdraht_template'

export type TestDatabase = {
  url: string
  drop(): Promise<void>
}

/**
 * One PostgreSQL for a whole test run, with a migrated template database. Commits do not wait for the disk, unless
 * TEST_DATABASE_FSYNC is `on`. TEST_DATABASE_URL names an existing server to use instead.
 * @returns what ends it
 */
export async function startTestServer(): Promise<() => Promise<void>> {
  const existing = process.env['TEST_DATABASE_URL']
  const directory = await mkdtemp(join(tmpdir(), 'buergerdraht-test-'))
  const durable = process.env['TEST_DATABASE_FSYNC'] === 'on'
  const server = existing ? undefined : await startEmbeddedDatabase(directory, { durable })
  const url = existing ?? server?.urlOf('postgres') ?? ''
  const template = existing ? `${TEMPLATE}_${randomUUID().slice(0, 8)}` : TEMPLATE
  await statement(url, `create database ${template}`)
  await migrate(databaseUrl(url, template))
  process.env[SERVER_VARIABLE] = JSON.stringify({ url, template })
  return async () => {
    if (existing) await statement(url, `drop database if exists ${template}`)
    await server?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** A migrated, empty database of its own for one test file or one test. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = testServer()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await statement(url, `create database ${name} template ${template}`)
  return {
    url: databaseUrl(url, name),
    drop: () => statement(url, `drop database if exists ${name} with (force)`),
  }
}

function testServer(): { url: string; template: string } {
  const described = process.env[SERVER_VARIABLE]
  if (!described)
    throw new Error('No test server: run the tests from the root of the repository with vitest.')
  return JSON.parse(described)
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function statement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
