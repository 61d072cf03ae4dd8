import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The database cannot be started for a reason the operator can mend; the message is one sentence for them. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable'
}

/** Turns what a broken disk or directory answers into a sentence. */
export function inDataDirectory<T>(root: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const explanation = code && diskTrouble[code]
    throw explanation ? new DatabaseUnusable(`The data directory ${root} ${explanation}.`) : error
  }
}

/**
 * Makes a folder and those above it. Node's own recursive way answers a read-only disk with "not found", and never
 * answers at all where the system refuses folders (`/proc`).
 */
export function makeDirectory(path: string, mode: number): void {
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return
    throw Object.assign(new Error(`${path} is not a directory`), { code: 'ENOTDIR' })
  }
  makeDirectory(dirname(path), mode)
  mkdirSync(path, { mode })
}

const diskTrouble: Record<string, string> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only file system',
  ENOSPC: 'is on a full disk',
  EDQUOT: 'is over its disk quota',
  ENOENT: 'cannot be created there',
  ENOTDIR: 'is not a directory',
  EISDIR: 'has a folder where a file belongs',
  ERR_FS_EISDIR: 'has a folder where a file belongs',
  EIO: 'is on a disk that reports errors',
}

/** The line of PostgreSQL's own explanation that says most; its paths are ours, it quotes no row. */
export function lastComplaint(log: string): string {
  if (/No space left on device/i.test(log)) return 'the disk that holds the data directory is full.'
  const lines = log.split('\n').filter((line) => /FATAL|PANIC|error:|could not/i.test(line))
  const line = lines.at(-1) ?? log.trim().split('\n').at(-1) ?? ''
  return line.replace(/^.*?(FATAL|PANIC|error):\s*/, '').trim() || 'PostgreSQL gave no reason.'
}
