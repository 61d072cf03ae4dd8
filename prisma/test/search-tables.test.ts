import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedDatabase } from '../src/embedded-database.ts'
import { migrate } from '../src/migrate.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'buergerdraht-search-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** Commits need not wait for the disk: the server is made to crash, not the machine. */
function startHere() {
  return startEmbeddedDatabase(directory, { durable: false })
}

async function query(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** A token as PostgreSQL keeps it. */
function bytesOf(token: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(token)
  return bytes
}

function filesWith(folder: string, token: bigint): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(bytesOf(token)))
}

const inIndex = 7_231_064_558_129_003_777n
const inPrefix = -4_411_902_337_180_556_091n
const inLeftover = 6_602_914_873_350_118_549n
const inKey = Buffer.alloc(60, 'search-key-of-this-generation')
const control = 5_518_230_946_671_200_839n

const counts = `select (select count(*) from search_entry)::int as entries, (select count(*) from search_prefix)::int as prefixes,
  (select count(*) from search_leftover)::int as leftovers,
  (select count(*) from search_generation)::int as generations, (select count(*) from logged)::int as logged`

test('what the search index tells is in no log, and gone after a crash, and nothing else is', async () => {
  const server = await startHere()
  const url = server.urlOf('postgres')
  await migrate(url)
  const uuid = `'0193f000-0000-7000-8000-00000000000a'`
  const [{ data_directory } = {}] = await query(
    url,
    `insert into search_entry values (${uuid}, ${uuid}, ${uuid}, now(), '{${inIndex},1,2}')`,
    `insert into search_prefix values (${inPrefix}, ${inIndex})`,
    `insert into search_leftover values (${inLeftover})`,
    `insert into search_generation values (${uuid}, '\\x${inKey.toString('hex')}', 'kek', now())`,
    'vacuum analyze',
    'create table logged (tokens bigint[])',
    `insert into logged values ('{${control}}')`,
    'checkpoint',
    'show data_directory',
  )
  const cluster = String(data_directory)
  const log = join(cluster, 'pg_wal')
  // What is looked for would be found, if it were there.
  expect(filesWith(log, control)).not.toEqual([])
  expect(filesWith(log, inIndex)).toEqual([])
  expect(filesWith(log, inPrefix)).toEqual([])
  expect(filesWith(log, inLeftover)).toEqual([])
  expect(
    readdirSync(log).filter((name) => name.length === 24 && readFileSync(join(log, name)).includes(inKey)),
  ).toEqual([])
  // `pg_dump --no-unlogged-table-data` and base backups go by this.
  const logged = await query(
    url,
    `select relname from pg_class where relname like 'search\\_%' and relkind in ('r', 'i') and relpersistence <> 'u'`,
  )
  expect(logged).toEqual([])

  const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  // As `pg_ctl stop --mode=immediate`: the next start has to recover.
  process.kill(pid, 'SIGQUIT')
  await server.ended
  await server.stop()
  const again = await startHere()
  try {
    expect(await query(again.urlOf('postgres'), counts)).toEqual([
      { entries: 0, prefixes: 0, leftovers: 0, generations: 0, logged: 1 },
    ])
    expect(filesWith(join(cluster, 'base'), inIndex)).toEqual([])
  } finally {
    await again.stop()
  }
})
