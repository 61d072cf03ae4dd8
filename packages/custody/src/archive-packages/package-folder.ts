import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { flushFolder } from '@buergerdraht/records'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function named(id: string): string {
  if (!uuid.test(id)) throw new TypeError('A package is named by its UUID.')
  return id
}

/** Where a sealed package lies: whoever has this folder and the keys needs nothing else of the office. */
export function packagePath(archiveDir: string, id: string): string {
  return join(archiveDir, named(id).slice(0, 2), `${id}.zip`)
}

/**
 * Where the encrypted items of a package lie, one behind the other as the manifest names them, until it is sealed. Each attempt has a file of its own,
 * so that two who prepare the same package do not write over each other.
 */
export function preparedPath(archiveDir: string, attempt: string): string {
  return join(archiveDir, 'prepared', `${named(attempt)}.items`)
}

/**
 * Writes a file as a whole: when it resolves it is durable under its name, and when it rejects what was there before still is. Replaces an earlier one.
 * @returns bytes written
 */
export async function writeDurably(path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${randomUUID()}.new`
  try {
    const file = await open(unfinished, 'wx', 0o600)
    let size = 0
    try {
      for await (const chunk of content) {
        for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
        size += chunk.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
    await flushFolder(dirname(path))
    return size
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Bytes of a file from a place on. It is opened when the first of them is asked for, so that what is never read is not left open. */
export async function* rangeOf(path: string, start: number, length: number): AsyncGenerator<Uint8Array> {
  if (length > 0) yield* createReadStream(path, { start, end: start + length - 1, highWaterMark: 1 << 18 })
}

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
