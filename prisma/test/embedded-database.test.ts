import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DatabaseUnusable, onPort, startEmbeddedDatabase } from '../src/embedded-database.ts'

const starterPath = fileURLToPath(new URL('start-and-hang.mjs', import.meta.url))
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'buergerdraht-embedded-'))
})

afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** These stories kill processes, not the machine: nothing is lost when commits do not wait for the disk. */
function startHere() {
  return startEmbeddedDatabase(directory, { durable: false })
}

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** A process of its own that starts the database and then only waits to be killed. */
async function startElsewhere() {
  const starter = spawn(process.execPath, [starterPath, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(starter.stdout, 'data')
  const { url } = JSON.parse(String(line))
  return {
    url: String(url),
    kill: async () => {
      starter.kill('SIGKILL')
      await once(starter, 'exit')
    },
  }
}

function postmasterPid(): number {
  return Number.parseInt(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

/** Until then it writes into the directory. */
function ended(): Promise<void> {
  return expect.poll(() => existsSync(join(directory, 'postgres', 'postmaster.pid'))).toBe(false)
}

test('what was committed is there after an orderly end', async () => {
  const first = await startHere()
  await query(first.urlOf('postgres'), 'create table kept as select 1 as value')
  await first.stop()
  const second = await startHere()
  expect(await query(second.urlOf('postgres'), 'select value from kept')).toEqual([{ value: 1 }])
  await second.stop()
})

test('it waits for the disk, checks its pages, and asks for a password on every connection', async () => {
  const database = await startEmbeddedDatabase(directory)
  const [settings] = await query(
    database.urlOf('postgres'),
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
            current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses`,
  )
  expect(settings).toEqual({ fsync: 'on', pages: 'on', checksums: 'on', addresses: '127.0.0.1' })
  const guessed = database.urlOf('postgres').replace(/:[^:@]+@/, ':guessed@')
  await expect(query(guessed, 'select 1')).rejects.toThrow('password authentication failed')
  await database.stop()
})

test('it ends by itself when its starter is killed, and the next start finds everything', async () => {
  const starter = await startElsewhere()
  await query(starter.url, 'create table kept as select 1 as value')
  await starter.kill()
  await ended()
  const next = await startHere()
  expect(await query(next.urlOf('postgres'), 'select value from kept')).toEqual([{ value: 1 }])
  await next.stop()
})

test('when starter and server are both killed, the next start recovers what was committed', async () => {
  const starter = await startElsewhere()
  await query(starter.url, 'create table kept as select 1 as value')
  process.kill(postmasterPid(), 'SIGKILL')
  await starter.kill()
  const next = await startHere()
  expect(await query(next.urlOf('postgres'), 'select value from kept')).toEqual([{ value: 1 }])
  await next.stop()
})

test('a lock file whose process number now belongs to another program is no obstacle', async () => {
  const first = await startHere()
  await query(first.urlOf('postgres'), 'create table kept as select 1 as value')
  await first.stop()
  writeFileSync(
    join(directory, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${join(directory, 'postgres')}\n`,
  )
  const second = await startHere()
  expect(await query(second.urlOf('postgres'), 'select value from kept')).toEqual([{ value: 1 }])
  await second.stop()
})

test('a second start on the same directory is refused while the first one lives', async () => {
  const starter = await startElsewhere()
  await expect(startHere()).rejects.toThrow('is in use by another running Bürgerdraht')
  await starter.kill()
  await ended()
})

test('a port that another program listens on is refused in one sentence, and passed over where none is wished for', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port: taken } = other.address() as AddressInfo
  const refused = startEmbeddedDatabase(directory, { port: taken, durable: false })
  await expect(refused).rejects.toThrow('The database did not start: another program listens on its port.')
  const tried: number[] = []
  const database = await onPort(undefined, (port) => {
    tried.push(port)
    return startEmbeddedDatabase(directory, { port: tried.length === 1 ? taken : port, durable: false })
  })
  expect(tried).toHaveLength(2)
  expect(database.port).toBe(tried[1])
  await database.server.stop()
  other.close()
})

test('a creation that was interrupted is begun anew', async () => {
  mkdirSync(join(directory, 'postgres.new'))
  writeFileSync(join(directory, 'postgres.new', 'PG_VERSION'), '18')
  const database = await startHere()
  await database.stop()
  expect(readdirSync(directory).sort()).toEqual(['log', 'postgres', 'postgres.password', 'run'])
})

test.each([
  [
    'that was emptied',
    (cluster: string) => rmSync(join(cluster, 'global'), { recursive: true }),
    'not a complete',
  ],
  [
    'of another version',
    (cluster: string) => writeFileSync(join(cluster, 'PG_VERSION'), '17\n'),
    'made by PostgreSQL 17',
  ],
  [
    'without its password',
    (cluster: string) => rmSync(`${cluster}.password`),
    'has lost its file postgres.password',
  ],
  [
    'with a broken control file',
    (cluster: string) => writeFileSync(join(cluster, 'global', 'pg_control'), ''),
    'did not start',
  ],
])('a cluster %s is refused in one sentence', async (_what, damage, sentence) => {
  const first = await startHere()
  await first.stop()
  damage(join(directory, 'postgres'))
  const refusal = await startHere().catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DatabaseUnusable)
  expect(String(refusal)).toContain(sentence)
  expect(String(refusal)).not.toContain('\n')
  expect(existsSync(join(directory, 'postgres.owner'))).toBe(false)
})

test('a data directory that is a file is refused in one sentence', async () => {
  cpSync(starterPath, join(directory, 'file'))
  await expect(startEmbeddedDatabase(join(directory, 'file'))).rejects.toThrow('is not a directory.')
})

test('neither values nor statements reach the log when a statement fails', async () => {
  const database = await startHere()
  await query(database.urlOf('postgres'), `create table citizen (number text primary key)`)
  const insert = `insert into citizen values ('canary-4915112345678')`
  await expect(query(database.urlOf('postgres'), insert, insert)).rejects.toThrow('duplicate key')
  await expect(query(database.urlOf('postgres'), `select 'canary-4915112345678'::int`)).rejects.toThrow(
    'invalid input',
  )
  await database.stop()
  expect(readFileSync(join(directory, 'log', 'postgres.log'), 'utf8')).not.toContain('canary')
})
