import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const block = Buffer.alloc(4096)

/** A real file system of a few bytes. */
export type SmallDisk = {
  /** Nobody can write another byte. */
  fill: () => void
  /** All of what {@link SmallDisk.fill} took is free again. */
  empty: () => void
  /** @throws Error where somebody still has a file on it open after a minute */
  unmount: () => Promise<void>
}

/** @param folder is made, and its content lies on the disk until it is unmounted. */
export function mountSmallDisk(folder: string, kib: number): SmallDisk {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'small-disk', folder], { stdio: 'pipe' })
  const ballast = openSync(join(folder, 'ballast'), 'w')
  return {
    fill: () => {
      try {
        for (;;) writeSync(ballast, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    empty: () => ftruncateSync(ballast),
    unmount: async () => {
      closeSync(ballast)
      for (let left = 600; ; left -= 1)
        try {
          execFileSync('umount', [folder], { stdio: 'pipe' })
          return
        } catch (error) {
          if (left === 0) throw error
          await sleep(100)
        }
    },
  }
}

/** Why no file system can be mounted here; undefined: one can. */
export async function mountingRefused(): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  try {
    await mountSmallDisk(folder, 64).unmount()
    return undefined
  } catch {
    return 'no file system may be mounted here'
  } finally {
    rmdirSync(folder)
  }
}
