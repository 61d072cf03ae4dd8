import { chmodSync, chownSync, existsSync, statSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { claimDirectory, releaseDirectory } from './data-directory-owner.ts'
import { DatabaseUnusable, inDataDirectory, makeDirectory } from './database-unusable.ts'
import { assertUsableCluster, createCluster, databasePassword, packagedBinaries } from './postgres-cluster.ts'
import { PortTaken, type PostgresProcess, runServer, stopLeftBehind } from './postgres-process.ts'
import { commandAs, type UnprivilegedUser, unprivilegedUser } from './unprivileged-user.ts'

export { DatabaseUnusable } from './database-unusable.ts'

const maxLogBytes = 5_000_000
/** Longer paths do not fit into a socket address (`sun_path`). */
const maxSocketPath = 100

export type EmbeddedDatabase = PostgresProcess & {
  port: number
  /** Connection string of a database on this server, over its Unix socket where it has one. Contains the password: never print it. */
  urlOf(databaseName: string): string
}

/**
 * Starts PostgreSQL from the packaged binaries, with its cluster in `dataDirectory/postgres`.
 *
 * Everything committed before is there again, whether the last end was orderly or not: a server left behind by a
 * killed process is stopped first, a half-made cluster is made anew. PostgreSQL ends by itself when this process dies.
 *
 * @param options.port fixed TCP port on 127.0.0.1; a free one when left out
 * @param options.durable `false` only for tests: what was committed survives kills, but not a power failure
 * @throws DatabaseUnusable
 */
export async function startEmbeddedDatabase(
  dataDirectory: string,
  options: { port?: number; durable?: boolean } = {},
): Promise<EmbeddedDatabase> {
  const root = resolve(dataDirectory)
  const durable = options.durable ?? true
  const binaries = await packagedBinaries()
  const user = unprivilegedUser()
  const cluster = join(root, 'postgres')
  const ownerFile = join(root, 'postgres.owner')
  const logFile = join(root, 'log', 'postgres.log')

  inDataDirectory(root, () => {
    // Passable for the account that runs PostgreSQL; what is in it closes itself.
    makeDirectory(root, user ? 0o711 : 0o700)
    makeDirectory(join(root, 'log'), 0o700)
    const owner = claimDirectory(ownerFile)
    if (owner === undefined) return
    throw new DatabaseUnusable(
      `The data directory ${root} is in use by another running Bürgerdraht (process ${owner}).`,
    )
  })
  try {
    await stopLeftBehind(cluster)
    const password = inDataDirectory(root, () => {
      const password = databasePassword(root)
      if (!existsSync(cluster)) createCluster(binaries.initdb, cluster, password, user, durable)
      assertUsableCluster(cluster)
      if (existsSync(logFile) && statSync(logFile).size > maxLogBytes) truncateSync(logFile)
      return password
    })
    const socketDirectory = prepareSocketDirectory(root, user)
    const { port, server } = await onPort(options.port, (port) => {
      const command = [binaries.postgres, '-D', cluster, ...settings(port, socketDirectory, durable)]
      const runnable = user ? commandAs(user, command, [binaries.postgres, root]) : command
      return runServer(runnable, cluster, logFile)
    })
    server.ended.then(() => releaseDirectory(ownerFile))
    return {
      port,
      urlOf: (databaseName) =>
        `postgresql://buergerdraht:${password}@127.0.0.1:${port}/${databaseName}${overSocket(socketDirectory)}`,
      ...server,
    }
  } catch (error) {
    releaseDirectory(ownerFile)
    throw error
  }
}

/** Its Unix socket costs less than TCP on the loopback; the address before it stays for programs that read no `host` parameter. */
function overSocket(directory: string | undefined): string {
  return directory === undefined ? '' : `?host=${encodeURIComponent(directory)}`
}

function prepareSocketDirectory(root: string, user: UnprivilegedUser | undefined): string | undefined {
  const directory = join(root, 'run')
  if (directory.length > maxSocketPath) return undefined
  makeDirectory(directory, 0o700)
  if (user) chownSync(directory, user.uid, user.gid)
  chmodSync(directory, 0o700)
  return directory
}

/** What never may reach a log: statements, parameters, and the DETAIL lines that quote row values. */
function settings(port: number, socketDirectory: string | undefined, durable: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketDirectory ?? '',
    unix_socket_permissions: '0700',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_duration: 'off',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
    timezone: 'UTC',
    shared_preload_libraries: '',
    session_preload_libraries: '',
    ...(durable
      ? { fsync: 'on', full_page_writes: 'on' }
      : {
          fsync: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: '0',
        }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Until the server listens on a port that was free, another program may have taken it: then the next one is tried. A port that is wished for is not replaced. */
export async function onPort(
  wanted: number | undefined,
  run: (port: number) => Promise<PostgresProcess>,
): Promise<{ port: number; server: PostgresProcess }> {
  for (;;) {
    const port = wanted ?? (await freePort())
    try {
      return { port, server: await run(port) }
    } catch (error) {
      if (wanted !== undefined || !(error instanceof PortTaken)) throw error
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}
