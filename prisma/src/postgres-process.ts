import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { programOf } from './data-directory-owner.ts'
import { DatabaseUnusable, lastComplaint } from './database-unusable.ts'

const startupPatienceMs = 120_000
const shutdownPatienceMs = 60_000
/** How long the last processes of a killed server may take to notice that it is gone. */
const remainsPatienceMs = 15_000

/** A running PostgreSQL. */
export type PostgresProcess = {
  /** Settles when it has ended, whoever ended it. */
  ended: Promise<void>
  /** Disconnects every client, writes a checkpoint, and ends the server. */
  stop(): Promise<void>
}

/** Another program listens on the port. */
export class PortTaken extends DatabaseUnusable {}

/**
 * Becomes PostgreSQL, and leaves one process behind that holds the other end of a pipe to us: when we die without a
 * word, it reads the end of the pipe and asks PostgreSQL for a fast shutdown. A line on the pipe dismisses it.
 */
const guarded = '( ( read -r _ <&3 || kill -INT $$ ) & ); exec "$@" 3<&-'

/**
 * Runs the server and resolves when it accepts connections.
 * @throws PortTaken, and DatabaseUnusable with PostgreSQL's own reason
 */
export async function runServer(
  command: string[],
  cluster: string,
  logFile: string,
): Promise<PostgresProcess> {
  const patienceEndsAt = Date.now() + remainsPatienceMs
  for (;;) {
    const started = await tryToRun(command, cluster, logFile)
    if (typeof started !== 'string') return started
    if (/could not bind IPv4 address .*: Address already in use/.test(started)) {
      throw new PortTaken('The database did not start: another program listens on its port.')
    }
    if (!/pre-existing shared memory block/.test(started) || Date.now() > patienceEndsAt) {
      throw new DatabaseUnusable(`The database did not start: ${lastComplaint(started)}`)
    }
    await sleep(200)
  }
}

/** @returns the running server, or what it wrote before it gave up */
async function tryToRun(
  command: string[],
  cluster: string,
  logFile: string,
): Promise<PostgresProcess | string> {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = statSync(logFile).size
  const child = spawn('/bin/sh', ['-c', guarded, 'postgres', ...command], {
    // A session of its own, so that Ctrl-C in the terminal reaches only us and the order of stopping is ours.
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', log, log, 'pipe'],
  })
  closeSync(log)
  let running = true
  const ended = new Promise<void>((done) => {
    child.once('error', () => done())
    child.once('exit', () => done())
  }).then(() => {
    running = false
    dismissGuard(child)
  })

  const deadline = Date.now() + startupPatienceMs
  while (running && statusOf(cluster, child.pid) !== 'ready') {
    if (Date.now() > deadline) {
      child.kill('SIGQUIT')
      throw new DatabaseUnusable(
        'The database did not become ready within two minutes; see log/postgres.log.',
      )
    }
    await Promise.race([sleep(20), ended])
  }
  if (!running) return readFileSync(logFile).subarray(logStart).toString('utf8')
  return { ended, stop: () => stopServer(child, ended) }
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT')
  const patience = setTimeout(() => child.kill('SIGQUIT'), shutdownPatienceMs)
  await ended
  clearTimeout(patience)
}

function dismissGuard(child: ChildProcess): void {
  const pipe = child.stdio[3]
  if (!pipe || !('end' in pipe)) return
  pipe.on('error', () => {})
  pipe.end('done\n')
}

/** PostgreSQL keeps the eighth line of its lock file up to date for whoever waits for it. */
function statusOf(cluster: string, pid: number | undefined): string | undefined {
  const lines = lockFile(cluster)
  return pid !== undefined && Number(lines[0]) === pid ? lines[7]?.trim() : undefined
}

function lockFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/**
 * Ends a server whose starter was killed, and clears the way when the server was killed itself: PostgreSQL refuses to
 * start while the process number in its lock file exists, even when that number now belongs to another program, or
 * to a dead process which nobody has collected.
 * @throws DatabaseUnusable when the other server does not stop
 */
export async function stopLeftBehind(cluster: string): Promise<void> {
  const deadline = Date.now() + shutdownPatienceMs
  for (let signalled = false; ; signalled = true) {
    const pid = Number(lockFile(cluster)[0])
    if (!(pid > 1)) return
    if (programOf(pid) !== 'postgres') {
      rmSync(join(cluster, 'postmaster.pid'), { force: true })
      return
    }
    if (Date.now() > deadline) {
      throw new DatabaseUnusable(
        `A PostgreSQL left behind by an earlier run (process ${pid}) does not stop; end it first.`,
      )
    }
    if (!signalled) process.kill(pid, 'SIGINT')
    await sleep(50)
  }
}
