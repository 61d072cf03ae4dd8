import { existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimDirectory, livingOwner, releaseDirectory } from '../prisma/dist/data-directory-owner.js'
import { inDataDirectory, makeDirectory } from '../prisma/dist/database-unusable.js'
import { CannotStart } from './cannot-start.mjs'

const freeSpaceNeededBytes = 300_000_000
/** What a killed start left behind notices that, and ends in order, within this time. */
export const leftBehindPatienceMs = 6_000

/** What only an office has that has been used once; `office` says which one. */
const tracesOfUse = ['office', 'keys', 'media', 'logs']

/** The data directory, while it belongs to this start. */
export class DataDirectory {
  #root
  #ownerFile
  /** Folder with one file for each process that we have started, so that the next start can end what outlived us. */
  processFolder
  /** Whether the last start was killed before it could tidy up. */
  wasKilled

  /** Use `claim`. */
  constructor(root, wasKilled) {
    this.#root = root
    this.#ownerFile = join(root, 'owner')
    this.processFolder = join(root, 'processes')
    this.wasKilled = wasKilled
  }

  /**
   * Makes the directory where there is none, takes it for this start, and ends what a killed one left running in it.
   * @param {string} root
   * @throws {CannotStart | import('../prisma/dist/database-unusable.js').DatabaseUnusable}
   */
  static async claim(root) {
    const ownerFile = join(root, 'owner')
    const wasKilled = inDataDirectory(root, () => {
      makeDirectory(root, 0o711)
      requireSpace(root)
      return existsSync(ownerFile)
    })
    function claim() {
      return inDataDirectory(root, () => claimDirectory(ownerFile))
    }
    let owner = claim()
    for (const deadline = Date.now() + leftBehindPatienceMs; owner !== undefined; owner = claim()) {
      if (Date.now() > deadline) {
        throw new CannotStart(
          `The data directory ${root} is in use by another running Bürgerdraht (process ${owner}).`,
        )
      }
      await sleep(100)
    }
    const directory = new DataDirectory(root, wasKilled)
    try {
      inDataDirectory(root, () => {
        makeDirectory(join(root, 'log'), 0o700)
        makeDirectory(directory.processFolder, 0o700)
      })
      await endLeftBehind(directory.processFolder)
      return directory
    } catch (error) {
      directory.release()
      throw error
    }
  }

  /**
   * A data directory of an office that has been used, without its database: to make an empty one in its place would make everything
   * else in it unreadable.
   * @throws {CannotStart}
   */
  requireDatabase() {
    if (existsSync(join(this.#root, 'postgres'))) return
    const left = tracesOfUse.filter((name) => isFilled(join(this.#root, name)))
    if (left.length === 0) return
    throw new CannotStart(
      `The data directory ${this.#root} has lost its database (postgres), but not the rest of its office (${left.join(', ')}); restore it from a backup, or move the directory away to begin anew.`,
    )
  }

  /** Everything that was started in it has ended: the next start finds nothing to do. */
  release() {
    rmSync(this.processFolder, { recursive: true, force: true })
    releaseDirectory(this.#ownerFile)
  }
}

function isFilled(path) {
  return existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0)
}

function requireSpace(root) {
  const { bavail, bsize } = statfsSync(root)
  if (bavail * bsize >= freeSpaceNeededBytes) return
  const free = Math.floor((bavail * bsize) / 1e6)
  throw new CannotStart(
    `The disk of the data directory ${root} is full: 300 MB are needed, ${free} MB are free.`,
  )
}

/** Programs of a start that was killed end by themselves; those that have not yet are not waited for long. */
async function endLeftBehind(folder) {
  const files = readdirSync(folder).map((name) => join(folder, name))
  function living() {
    return files.map(livingOwner).filter((pid) => pid !== undefined)
  }
  for (const deadline = Date.now() + leftBehindPatienceMs; living().length > 0; await sleep(50)) {
    if (Date.now() > deadline) for (const pid of living()) process.kill(pid, 'SIGKILL')
  }
  for (const file of files) rmSync(file, { force: true })
}
