import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { HandOverFailure } from '@buergerdraht/contract'
import { flushFolder } from '@buergerdraht/records'
import { type AnswerFile, type Answers, AnswersUnreachable, isAnswerName } from './answers.ts'

/** Below the drop folder: what leaves, answers that lie there, and those of them that were refused. */
const folders = { out: 'out', in: 'in', refused: 'refused' } as const

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

async function names(dropFolder: string): Promise<string[]> {
  const folder = join(dropFolder, folders.in)
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && isAnswerName(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** Links are not followed. */
async function read(dropFolder: string, name: string, maxBytes: number): Promise<AnswerFile | null> {
  try {
    const file = await open(join(dropFolder, folders.in, name), constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      const { mtimeMs, size } = await file.stat()
      const bytes = Buffer.alloc(Math.min(size, maxBytes + 1))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
      const isYoung = Date.now() - mtimeMs < youngMs
      return { name, bytes: bytes.subarray(0, bytesRead), mark: `${size}:${mtimeMs}`, isYoung }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ELOOP') return null
    throw error
  }
}

async function putAside(dropFolder: string, name: string): Promise<void> {
  const folder = join(dropFolder, folders.refused)
  await mkdir(folder, { recursive: true })
  await rename(join(dropFolder, folders.in, name), join(folder, `${randomUUID()}-${name}`))
}

/** What lies in `in` of the drop folder as answers. */
export function answersInFolder(dropFolder: string): Answers {
  return {
    names: () => allowed(() => names(dropFolder)),
    read: (name, maxBytes) => allowed(() => read(dropFolder, name, maxBytes)),
    drop: ({ name }) => allowed(() => rm(join(dropFolder, folders.in, name), { force: true })),
    putAside: ({ name }) => allowed(() => putAside(dropFolder, name)),
  }
}

async function allowed<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    throw new AnswersUnreachable('no-access')
  }
}
