import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { HandOverFailure } from '@buergerdraht/contract'
import { flushFolder } from '@buergerdraht/records'

/** Below the drop folder: what leaves, answers that lie there, and those of them that were refused. */
const folders = { out: 'out', in: 'in', refused: 'refused' } as const

/** So much is read of an answer: one byte more than is taken, so that what is too large is seen. */
export type AnswerFile = {
  readonly name: string
  readonly bytes: Uint8Array
  /** Whether it may still be being written: changed within the last seconds of this machine's clock. */
  readonly isYoung: boolean
}

const youngMs = 10_000

function failureOf(error: unknown): HandOverFailure {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  return code === undefined ? 'package-missing' : 'not-writable'
}

/**
 * Lays a file down for the other side: it appears under its name as a whole, durable, or not at all, and is readable as the folder's rights say. Null:
 * it is there. `package-missing`: its content could not be read to its end.
 */
export async function layDown(
  dropFolder: string,
  name: string,
  content: Readable,
): Promise<HandOverFailure | null> {
  const folder = join(dropFolder, folders.out)
  const unfinished = join(folder, `.${name}.${randomUUID()}.part`)
  try {
    await mkdir(folder, { recursive: true })
    const file = await open(unfinished, 'wx', 0o660)
    try {
      for await (const chunk of content) await file.writeFile(chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, join(folder, name))
    await flushFolder(folder)
    return null
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    return failureOf(error)
  } finally {
    content.destroy()
  }
}

/** Names of what lies there as an answer, oldest names first; hidden and unfinished files are passed over. */
export async function answersIn(dropFolder: string): Promise<readonly string[]> {
  const folder = join(dropFolder, folders.in)
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/^\.|\.(?:part|tmp|new)$/i.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** Null: it is gone meanwhile. Links are not followed. */
export async function readAnswerFrom(
  dropFolder: string,
  name: string,
  maxBytes: number,
): Promise<AnswerFile | null> {
  try {
    const file = await open(join(dropFolder, folders.in, name), constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      const { mtimeMs, size } = await file.stat()
      const bytes = Buffer.alloc(Math.min(size, maxBytes + 1))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
      return { name, bytes: bytes.subarray(0, bytesRead), isYoung: Date.now() - mtimeMs < youngMs }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ELOOP') return null
    throw error
  }
}

/** What has been taken in is not needed any more. */
export async function dropAnswer(dropFolder: string, name: string): Promise<void> {
  await rm(join(dropFolder, folders.in, name), { force: true })
}

/** What was refused is put aside, so that somebody can look at it. */
export async function putAside(dropFolder: string, name: string): Promise<void> {
  const folder = join(dropFolder, folders.refused)
  await mkdir(folder, { recursive: true })
  await rename(join(dropFolder, folders.in, name), join(folder, `${randomUUID()}-${name}`))
}
