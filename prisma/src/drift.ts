import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'

import pg from 'pg'
import { migrations, migrationsDirectory } from './migrate.ts'

const schemaFile = fileURLToPath(new URL('../schema.prisma', import.meta.url))
const characterMark = '\u0000char'
const everything = { externalTables: [], externalEnums: [] }

/**
 * What schema.prisma says and a migrated database does not, as SQL; empty when they agree.
 *
 * What Prisma's schema cannot express (check constraints, partial and expression indexes, triggers, functions) lives in
 * the migrations alone and is no difference.
 * @param url a database to which exactly the migrations were applied
 */
export async function drift(url: string, schema = readFileSync(schemaFile, 'utf8')): Promise<string> {
  const engine = await openSchemaEngine(url, schema)
  const files = [{ path: 'schema.prisma', content: schema }]
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: everything,
  })
  const difference = (stdout ?? '').trim()
  return difference === '-- This is an empty migration.' ? '' : difference
}

/** What Prisma's own `migrate` would have to do before it agrees with what `migrate()` left; undefined when nothing. */
export async function historyDifference(url: string): Promise<object | null> {
  const engine = await openSchemaEngine(url, readFileSync(schemaFile, 'utf8'))
  const diagnosis = await engine.diagnoseMigrationHistory({
    migrationsList: migrationList(),
    optInToShadowDatabase: false,
    filters: everything,
  })
  const { hasMigrationsTable, history, editedMigrationNames, failedMigrationNames } = diagnosis
  const agrees =
    hasMigrationsTable && history === null && !editedMigrationNames.length && !failedMigrationNames.length
  return agrees ? null : diagnosis
}

/** The migrations folder as the schema engine wants to be told about it. */
function migrationList() {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations().map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}

let instantiated: Promise<void> | undefined

/**
 * Prisma's own schema engine, compiled to WebAssembly: the one that `prisma migrate` runs, without a binary to download.
 */
async function openSchemaEngine(url: string, schema: string): Promise<engineModule.SchemaEngine> {
  instantiated ??= instantiate()
  await instantiated
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new CatalogueReader({ connectionString: url, max: 1, idleTimeoutMillis: 100, allowExitOnIdle: true }),
  )
  return engineModule.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
}

/**
 * PostgreSQL's catalogues have columns of the internal type "char". The engine insists on that type and the adapter does
 * not know it; so such a column passes the adapter as text under a marked name, and gets its type back behind it.
 */
class CatalogueReader extends PrismaPg {
  override async connect() {
    const adapter = await super.connect()
    const pool = adapter.underlyingDriver()
    const query = pool.query
    Object.assign(pool, {
      query: async (...statement: unknown[]) => {
        const result: pg.QueryResult = await Reflect.apply(query, pool, statement)
        for (const field of result.fields ?? []) {
          if (field.dataTypeID !== pg.types.builtins.CHAR) continue
          field.dataTypeID = pg.types.builtins.TEXT
          field.name += characterMark
        }
        return result
      },
    })
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (statement) => {
      const { columnNames, columnTypes, rows } = await queryRaw(statement)
      return {
        columnNames: columnNames.map((name) => name.replace(characterMark, '')),
        columnTypes: columnTypes.map((type, at) =>
          columnNames[at]?.endsWith(characterMark) ? ColumnTypeEnum.Character : type,
        ),
        rows,
      }
    }
    return adapter
  }
}

async function instantiate(): Promise<void> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const code = readFileSync(entry.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': engineModule })
  engineModule.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
