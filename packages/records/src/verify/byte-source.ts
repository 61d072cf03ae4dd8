import { type FileHandle, open } from 'node:fs/promises'

/** Something to read at any place, and only to read. */
export type ByteSource = {
  size: number
  /** Exactly `length` bytes, or fewer at the end. They stay as they are during the next read, not during the one after it. */
  read: (position: number, length: number) => Promise<Uint8Array>
}

/** How much is read at once: large enough for full speed, small enough for any machine. */
const chunkLength = 1 << 20

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (position, length) => bytes.subarray(position, position + length) }
}

/** Opens a file for reading. The caller closes it. */
export async function bytesInFile(path: string): Promise<ByteSource & { close: () => Promise<void> }> {
  const file: FileHandle = await open(path, 'r')
  const { size } = await file.stat()
  let [buffer, other] = [Buffer.allocUnsafe(0), Buffer.allocUnsafe(0)]
  return {
    size,
    read: async (position, length) => {
      ;[buffer, other] = [other.length < length ? Buffer.allocUnsafe(length) : other, buffer]
      const into = buffer
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await file.read(into, filled, length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return into.subarray(0, filled)
    },
    close: () => file.close(),
  }
}

/** A range of a source, chunk by chunk. While one is worked on the next is read. A chunk stays as it is until the next one. */
export async function* chunksOf(
  source: ByteSource,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  function read(done: number) {
    const chunk = source.read(start + done, Math.min(chunkLength, length - done))
    // It is waited for later: a failure must not count as one that nobody hears of.
    chunk.catch(() => undefined)
    return chunk
  }
  let ahead = length > 0 ? read(0) : undefined
  try {
    for (let done = 0; ahead !== undefined; ) {
      const chunk = await ahead
      done += chunk.length
      ahead = chunk.length > 0 && done < length ? read(done) : undefined
      if (chunk.length > 0) yield chunk
    }
  } finally {
    // Whoever stops early may close the source next.
    await ahead?.catch(() => undefined)
  }
}
