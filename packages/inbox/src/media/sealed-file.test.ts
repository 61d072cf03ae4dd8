import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unreadable } from '@buergerdraht/office'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FileTooLarge, SealedFile, writeSealedFile } from './sealed-file.ts'

const chunk = 64 * 1024
const headerLength = 33
const sealedChunk = chunk + 16
const key = randomBytes(32)
let folder: string
let path: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-file-'))
  path = join(folder, 'file')
})
afterAll(() => rm(folder, { recursive: true }))

async function* inPieces(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function write(plain: AsyncIterable<Uint8Array>, maxBytes = Number.MAX_SAFE_INTEGER) {
  const file = await open(path, 'w')
  try {
    return await writeSealedFile(file, key, 'place', plain, maxBytes)
  } finally {
    await file.close()
  }
}

async function openWith(withKey = key, place = 'place') {
  return SealedFile.open(await open(path, 'r'), withKey, place)
}

async function readAll() {
  const sealed = await openWith()
  try {
    return await sealed.read(0, sealed.sizeBytes)
  } finally {
    await sealed.close()
  }
}

describe('a sealed file', () => {
  test.each([0, 1, 15, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 7])(
    'gives back %i bytes, whatever pieces they came in',
    async (size) => {
      const bytes = randomBytes(size)
      for (const length of [1000, chunk, chunk + 1, 200_000]) {
        expect(await write(inPieces(bytes, length))).toBe(size)
        expect((await readAll()).equals(bytes)).toBe(true)
      }
    },
  )

  test.each([
    [0, 0],
    [0, 1],
    [chunk - 1, chunk + 1],
    [chunk, 2 * chunk],
    [10, 3 * chunk + 7],
    [3 * chunk, 3 * chunk + 100],
    [3 * chunk + 7, 3 * chunk + 8],
  ])('gives back the range %i to %i', async (start, end) => {
    const bytes = randomBytes(3 * chunk + 7)
    await write(inPieces(bytes, chunk))
    const sealed = await openWith()
    expect((await sealed.read(start, end - start)).equals(bytes.subarray(start, end))).toBe(true)
    await sealed.close()
  })

  test('reads a range without the chunks before and after it', async () => {
    const bytes = randomBytes(5 * chunk)
    await write(inPieces(bytes, chunk))
    const file = await readFile(path)
    file.fill(0, headerLength, headerLength + 2 * sealedChunk)
    file.fill(0, headerLength + 3 * sealedChunk, headerLength + 4 * sealedChunk)
    await writeFile(path, file)
    const sealed = await openWith()
    expect((await sealed.read(2 * chunk, chunk)).equals(bytes.subarray(2 * chunk, 3 * chunk))).toBe(true)
    await expect(sealed.read(2 * chunk, chunk + 1)).rejects.toThrow(Unreadable)
    await sealed.close()
  })

  describe('notices', () => {
    async function damaged(damage: (file: Buffer) => Buffer) {
      await write(inPieces(randomBytes(3 * chunk + 500), chunk))
      await writeFile(path, damage(await readFile(path)))
      await expect(readAll()).rejects.toThrow(Unreadable)
    }
    function at(offset: number) {
      return (file: Buffer) => {
        file.writeUInt8((file.at(offset) ?? 0) ^ 1, offset < 0 ? file.length + offset : offset)
        return file
      }
    }
    function chunkAt(file: Buffer, index: number) {
      return file.subarray(headerLength + index * sealedChunk, headerLength + (index + 1) * sealedChunk)
    }

    test.each([
      ['another format', at(0)],
      ['a changed salt', at(1)],
      ['a changed end of the salt', at(headerLength - 1)],
      ['a change in the first chunk', at(headerLength)],
      ['a change in the first tag', at(headerLength + chunk)],
      ['a change in a middle chunk', at(headerLength + sealedChunk + 77)],
      ['a change in the last chunk', at(-17)],
      ['a change in the last tag', at(-1)],
      ['a byte less', (file: Buffer) => file.subarray(0, -1)],
      ['a byte more', (file: Buffer) => Buffer.concat([file, Buffer.alloc(1)])],
      ['the end cut off between chunks', (file: Buffer) => file.subarray(0, headerLength + 2 * sealedChunk)],
      ['only the header', (file: Buffer) => file.subarray(0, headerLength)],
      ['nothing at all', () => Buffer.alloc(0)],
      [
        'chunks in another order',
        (file: Buffer) => {
          const [first, second] = [Buffer.from(chunkAt(file, 0)), Buffer.from(chunkAt(file, 1))]
          second.copy(file, headerLength)
          first.copy(file, headerLength + sealedChunk)
          return file
        },
      ],
      [
        'a chunk left out',
        (file: Buffer) =>
          Buffer.concat([file.subarray(0, headerLength), file.subarray(headerLength + sealedChunk)]),
      ],
      [
        'a chunk twice',
        (file: Buffer) =>
          Buffer.concat([file.subarray(0, headerLength), chunkAt(file, 0), file.subarray(headerLength)]),
      ],
    ])('%s', async (_, damage) => damaged(damage))

    test('a cut-off end even where only the beginning is read', async () => {
      await write(inPieces(randomBytes(3 * chunk), chunk))
      await writeFile(path, (await readFile(path)).subarray(0, headerLength + 2 * sealedChunk))
      await expect(openWith()).rejects.toThrow(Unreadable)
    })

    test('another key and another place', async () => {
      await write(inPieces(randomBytes(10), chunk))
      await expect(openWith(randomBytes(32))).rejects.toThrow(Unreadable)
      await expect(openWith(key, 'elsewhere')).rejects.toThrow(Unreadable)
    })
  })

  test('never encrypts two files alike', async () => {
    const bytes = Buffer.alloc(1000)
    await write(inPieces(bytes, chunk))
    const first = await readFile(path)
    await write(inPieces(bytes, chunk))
    const second = await readFile(path)
    expect(first.subarray(headerLength).equals(second.subarray(headerLength))).toBe(false)
  })

  test('stops at the largest allowed size', async () => {
    await expect(write(inPieces(randomBytes(1000), 100), 1000)).resolves.toBe(1000)
    await expect(write(inPieces(randomBytes(1001), 100), 1000)).rejects.toThrow(FileTooLarge)
  })

  test('takes and gives 100 MB in little memory', async () => {
    const size = 100 * 1024 * 1024
    const piece = randomBytes(1024 * 1024)
    const expected = createHash('sha256')
    let peak = 0
    const before = process.memoryUsage()
    function used({ heapUsed, external }: NodeJS.MemoryUsage) {
      return heapUsed + external
    }
    function look() {
      peak = Math.max(peak, used(process.memoryUsage()) - used(before))
    }
    async function* plain() {
      for (let at = 0; at < size; at += piece.length) {
        look()
        expected.update(piece)
        yield piece
      }
    }
    await write(plain())
    const sealed = await openWith()
    const seen = createHash('sha256')
    let chunks = 0
    for await (const part of sealed.stream()) {
      seen.update(part)
      if (chunks++ % 100 === 0) look()
    }
    await sealed.close()
    expect(sealed.sizeBytes).toBe(size)
    expect(seen.digest('hex')).toBe(expected.digest('hex'))
    expect(peak).toBeLessThan(64 * 1024 * 1024)
  })
})
