import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { livingOwner } from './data-directory-owner.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { migrate } from './migrate.ts'
import { loginRoles } from './roles.ts'

/** Where the test processes find the server that `startTestServer` started before them. */
export const serverVariable = 'BUERGERDRAHT_TEST_SERVER'
const directoryPrefix = 'buergerdraht-test-'
/** A cluster with many small databases takes some 500 MB. */
const memoryNeededBytes = 2e9
const templateName = 'buergerdraht_template'

export type TestDatabase = {
  /** Of a superuser: for looking at everything and for putting things where they do not belong. */
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
  const durable = process.env['TEST_DATABASE_FSYNC'] === 'on'
  const directory = testDirectory(durable)
  const server = existing ? undefined : await startEmbeddedDatabase(directory, { durable })
  const url = existing ?? server?.urlOf('postgres') ?? ''
  const template = existing ? `${templateName}_${randomUUID().slice(0, 8)}` : templateName
  await statement(url, `create database ${template}`)
  await migrate(databaseUrl(url, template))
  process.env[serverVariable] = JSON.stringify({ url, template })
  return async () => {
    if (existing) await statement(url, `drop database if exists ${template}`)
    await server?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** In memory where there is room, because a database is cloned ten times faster there; on the disk otherwise. */
function testDirectory(durable: boolean): string {
  const parent = !durable && freeMemoryDisk('/dev/shm') > memoryNeededBytes ? '/dev/shm' : tmpdir()
  removeAbandoned(parent)
  return mkdtempSync(join(parent, directoryPrefix))
}

function freeMemoryDisk(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize
  } catch {
    return 0
  }
}

/** What runs left behind that were killed. A directory younger than a minute may just not have its owner yet; one of a run that ends goes by itself. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(directoryPrefix))) {
    const directory = join(parent, name)
    const found = statSync(directory, { throwIfNoEntry: false })
    if (found === undefined) continue
    const isOld = Date.now() - found.mtimeMs > 60_000
    if (isOld && livingOwner(join(directory, 'postgres.owner')) === undefined) {
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

/**
 * A database of its own, without rows, for one test file or one test.
 * @param options.migrated `false`: without tables too, as an operator creates it
 */
export async function createTestDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const { url, template: migrated } = testServer()
  const template = options.migrated === false ? 'template0' : migrated
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const owner = options.migrated === false ? '' : `owner ${loginRoles.owner}`
  await statement(url, `create database ${name} template ${template} strategy file_copy ${owner}`)
  return {
    url: databaseUrl(url, name),
    drop: () => statement(url, `drop database if exists ${name} with (force)`),
  }
}

function testServer(): { url: string; template: string } {
  const described = process.env[serverVariable]
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
