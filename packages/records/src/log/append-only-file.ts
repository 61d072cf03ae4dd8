import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flushFolder } from './flush-folder.ts'
import { LogUnusable } from './log-unusable.ts'

/** Stores bytes behind everything stored before. When the promise resolves they survive a power cut. */
export type AppendBytes = (bytes: Uint8Array) => Promise<void>

/** Opens a file for reading and writing, creating it durably: the folder entry is flushed too. */
export async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const file = await open(path, 'wx+', 0o640)
  await flushFolder(dirname(path))
  return file
}

/**
 * Appends to a file that is `end` bytes long. `durable: false` leaves out the flush and is for measuring only.
 *
 * After a failed write or flush nobody knows what is on disk (a kernel may drop the dirty pages and report the next
 * flush as good), so every later append is refused until the file is opened and read again.
 */
export function appender(file: FileHandle, end: number, durable: boolean): AppendBytes {
  let length = end
  let failed = false
  return async (bytes) => {
    if (failed) throw new LogUnusable('LOG_CLOSED', 'An earlier write failed; open the log again')
    if ((await file.stat()).size !== length) {
      failed = true
      throw new LogUnusable('LOG_CHANGED_UNDERNEATH', 'The file has another length than this process wrote')
    }
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, length + done)
        done += bytesWritten
      }
      if (durable) await file.datasync()
    } catch (cause) {
      failed = true
      throw new LogUnusable('LOG_CLOSED', 'The write failed; open the log again', cause)
    }
    length += bytes.length
  }
}
