import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { becomeOwner } from './make-roles.ts'

export const migrationsDirectory = fileURLToPath(new URL('../migrations', import.meta.url))

/** Any fixed number: whoever migrates holds it, so that processes started together migrate one after the other. */
const migrationLock = 0x62_64_72_61

/** The database holds migrations that this release does not know, or knows differently. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch'
}

type Migration = { name: string; sql: string; checksum: string }

/** The migrations of this release in the order in which they are applied. */
export function migrations(): Migration[] {
  return readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(`${migrationsDirectory}/${name}/migration.sql`, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings the database to this release. Safe to call from several processes at once.
 *
 * A migration and the note that it was applied MUST commit together: a kill in between would otherwise leave a database
 * of which nobody can tell whether the step was done. Table and checksums are those of `prisma migrate`, which may be
 * used on the same database. Everything is made by, and belongs to, the role of the owner.
 * @returns the names of the migrations applied now; empty when there was nothing to do
 * @throws MigrationMismatch when the database was made by a newer release, or an applied migration was edited
 * @throws RolesMissing when the account may neither make the roles nor act as the owner
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'buergerdraht-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await becomeOwner(client)
    await client.query(migrationsTable)
    const pending = await pendingMigrations(client)
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** Word for word the table that Prisma creates. */
const migrationsTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

async function pendingMigrations(client: pg.Client): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null`,
  )
  const release = migrations()
  const known = new Map(release.map(({ name, checksum }) => [name, checksum]))
  for (const { name, checksum, finished } of rows) {
    if (!known.has(name)) {
      throw new MigrationMismatch(`The database was made by a newer release: it holds the migration ${name}.`)
    }
    if (known.get(name) !== checksum) {
      throw new MigrationMismatch(
        `The migration ${name} was changed after it had been applied to this database.`,
      )
    }
    if (!finished) {
      throw new MigrationMismatch(
        `The migration ${name} was begun by another tool and not finished; resolve it there.`,
      )
    }
  }
  const applied = new Set(rows.map(({ name }) => name))
  return release.filter(({ name }) => !applied.has(name))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The migration ${name} failed and was taken back.`, { cause: error })
  }
}
