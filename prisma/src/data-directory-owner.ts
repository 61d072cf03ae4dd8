import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * Names a process so that it cannot be mistaken for a later one with the same number: on Linux by boot and start
 * time, because process numbers repeat at once in a container. Undefined when there is no such process.
 */
export function processIdentity(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  if (process.platform !== 'linux') return String(pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name in parentheses may itself contain spaces and parentheses; the fields begin after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${pid} ${fields[19]} ${bootId}`
  } catch {
    return undefined
  }
}

/**
 * Claims a directory for this process by a file that survives SIGKILL without blocking the next start.
 * @returns the process number of a living other owner, or undefined when the claim succeeded.
 */
export function claimDirectory(ownerFile: string): number | undefined {
  const identity = processIdentity(process.pid) ?? String(process.pid)
  for (;;) {
    try {
      writeFileSync(ownerFile, identity, { flag: 'wx', mode: 0o600 })
      return undefined
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = livingOwner(ownerFile)
    if (owner === process.pid) return undefined
    if (owner !== undefined) return owner
    rmSync(ownerFile, { force: true })
  }
}

/** The process that holds the claim; undefined when it has ended, however it ended. */
export function livingOwner(ownerFile: string): number | undefined {
  const owner = readOwner(ownerFile)
  const pid = Number.parseInt(owner, 10)
  return pid > 0 && processIdentity(pid) === owner ? pid : undefined
}

/** Gives the directory back. Harmless when it is not ours. */
export function releaseDirectory(ownerFile: string): void {
  if (readOwner(ownerFile) === processIdentity(process.pid)) rmSync(ownerFile, { force: true })
}

function readOwner(ownerFile: string): string {
  try {
    return readFileSync(ownerFile, 'utf8')
  } catch {
    return ''
  }
}

/** The name of the program a living process runs; undefined when there is no such process. */
export function programOf(pid: number): string | undefined {
  if (processIdentity(pid) === undefined) return undefined
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    } catch {
      return undefined
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
  return basename(stdout.trim()) || undefined
}
