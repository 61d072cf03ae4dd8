import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Unreadable } from '@buergerdraht/office'

/**
 * An encrypted file of any size, readable from any position. AES-256-GCM in chunks, after the STREAM
 * construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce holds the chunk's number and whether it
 * is the last, so that chunks cannot be left out, exchanged or cut off. Layout: format byte 1, salt (32),
 * then chunks of 65,536 bytes, the last one shorter or full, each followed by its tag (16). Every file has a
 * key of its own (HKDF-SHA256, RFC 5869, with the salt), so nonces never meet again, not even when the same
 * attachment is written twice.
 */
const chunkLength = 64 * 1024
const tagLength = 16
const saltLength = 32
const headerLength = 1 + saltLength
const format = 1

/** Thrown while writing, as soon as there is more than was allowed. */
export class FileTooLarge extends Error {
  constructor() {
    super('The file is larger than allowed.')
    this.name = 'FileTooLarge'
  }
}

function keyFor(key: Buffer, place: string, header: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, header.subarray(1), `sealed-file:${place}`, 32))
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 7)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

/**
 * Encrypts everything `plain` yields into an empty file; memory stays at one chunk. Nothing is durable yet:
 * the caller syncs and names the file.
 * @returns how many bytes of plaintext there were
 * @throws FileTooLarge after at most `maxBytes`
 */
export async function writeSealedFile(
  file: FileHandle,
  key: Buffer,
  place: string,
  plain: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number> {
  const header = Buffer.concat([Buffer.from([format]), randomBytes(saltLength)])
  const fileKey = keyFor(key, place, header)
  const chunk = Buffer.alloc(chunkLength)
  let filled = 0
  let index = 0
  let total = 0
  async function writeChunk(last: boolean) {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(index, last)).setAAD(header)
    const body = cipher.update(chunk.subarray(0, filled))
    cipher.final()
    await file.writeFile(Buffer.concat([body, cipher.getAuthTag()]))
    index += 1
    filled = 0
  }
  await file.writeFile(header)
  for await (const part of plain) {
    total += part.length
    if (total > maxBytes) throw new FileTooLarge()
    for (let at = 0; at < part.length; ) {
      // A full chunk waits until it is known whether it is the last.
      if (filled === chunkLength) await writeChunk(false)
      const taken = Math.min(chunkLength - filled, part.length - at)
      chunk.set(part.subarray(at, at + taken), filled)
      filled += taken
      at += taken
    }
  }
  await writeChunk(true)
  return total
}

/** A sealed file that is open for reading. Whoever has it closes it. */
export class SealedFile {
  readonly sizeBytes: number
  readonly #file: FileHandle
  readonly #key: Buffer
  readonly #header: Buffer
  readonly #chunks: number

  private constructor(file: FileHandle, key: Buffer, header: Buffer, sizeBytes: number, chunks: number) {
    this.#file = file
    this.#key = key
    this.#header = header
    this.sizeBytes = sizeBytes
    this.#chunks = chunks
  }

  /**
   * Takes over the handle, also when it throws. The last chunk is checked at once, so that a file that was
   * cut off is noticed whatever is read of it.
   * @throws Unreadable
   */
  static async open(file: FileHandle, key: Buffer, place: string): Promise<SealedFile> {
    try {
      const body = (await file.stat()).size - headerLength
      const chunks = Math.max(1, Math.ceil(body / (chunkLength + tagLength)))
      const sizeBytes = body - chunks * tagLength
      if (sizeBytes < 0) throw new Unreadable()
      const header = Buffer.alloc(headerLength)
      await file.read(header, 0, headerLength, 0)
      if (header[0] !== format) throw new Unreadable()
      const sealed = new SealedFile(file, keyFor(key, place, header), header, sizeBytes, chunks)
      await sealed.#chunk(chunks - 1)
      return sealed
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /**
   * Yields the bytes from `start` up to, not including, `end`. @throws Unreadable where the file was changed
   */
  async *stream(start = 0, end = this.sizeBytes): AsyncGenerator<Buffer> {
    const stop = Math.min(end, this.sizeBytes)
    for (let at = start; at < stop; ) {
      const index = Math.floor(at / chunkLength)
      const offset = index * chunkLength
      const piece = (await this.#chunk(index)).subarray(at - offset, stop - offset)
      at += piece.length
      yield piece
    }
  }

  /** Reads up to `length` bytes at once; fewer where the file ends. */
  async read(start: number, length: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    for await (const piece of this.stream(start, start + length)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #chunk(index: number): Promise<Buffer> {
    const last = index === this.#chunks - 1
    const length = last ? this.sizeBytes - index * chunkLength : chunkLength
    const sealed = Buffer.alloc(length + tagLength)
    const { bytesRead } = await this.#file.read(
      sealed,
      0,
      sealed.length,
      headerLength + index * (chunkLength + tagLength),
    )
    if (bytesRead !== sealed.length) throw new Unreadable()
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(index, last))
      .setAAD(this.#header)
      .setAuthTag(sealed.subarray(length))
    try {
      const plain = decipher.update(sealed.subarray(0, length))
      decipher.final()
      return plain
    } catch {
      throw new Unreadable()
    }
  }
}
