import { type FileHandle, open } from 'node:fs/promises'

/** Something to read at any place, and only to read. */
export type ByteSource = {
  size: number
  /** Exactly `length` bytes, or fewer at the end. The bytes may be overwritten by the next read. */
  read: (position: number, length: number) => Promise<Uint8Array>
}

/** How much is read at once: large enough for full speed, small enough for any machine. */
export const chunkLength = 1 << 20

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (position, length) => bytes.subarray(position, position + length) }
}

/** Opens a file for reading. The caller closes it. */
export async function bytesInFile(path: string): Promise<ByteSource & { close: () => Promise<void> }> {
  const file: FileHandle = await open(path, 'r')
  const { size } = await file.stat()
  let buffer = Buffer.allocUnsafe(0)
  return {
    size,
    read: async (position, length) => {
      if (buffer.length < length) buffer = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    },
    close: () => file.close(),
  }
}

/** A range of a source, chunk by chunk. */
export async function* chunksOf(
  source: ByteSource,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length; ) {
    const chunk = await source.read(start + done, Math.min(chunkLength, length - done))
    if (chunk.length === 0) return
    yield chunk
    done += chunk.length
  }
}
