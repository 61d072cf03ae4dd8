import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkpointText } from './checkpoint.ts'
import { openLog } from './file-log.ts'
import { keepCheckpoint, keepCheckpointStamp } from './keep-checkpoint.ts'
import { formatLogLine, type LogRecord, parseLogLine } from './log-line.ts'
import { LogUnusable } from './log-unusable.ts'
import { MerkleLog } from './merkle-log.ts'
import { verifyConsistency, verifyInclusion } from './merkle-proof.ts'
import { leafHash, nodePosition, RightEdge, rootOf } from './merkle-tree.ts'
import { logSigner, type NoteSigner, witnessSigner } from './note-key.ts'
import { readLog } from './read-log.ts'
import { formatNote, signNote } from './signed-note.ts'

let folder: string

// Every case opens the log anew, hundreds of times, with real flushes.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'))
})

afterEach(() => rm(folder, { recursive: true }))

const records: LogRecord[] = Array.from({ length: 40 }, (_, n) => ({
  leaf: leafHash(Buffer.from(`${n}`)),
  ...(n % 3 === 0 && {
    opening: { salt: createHash('sha256').update(`${n}`).digest(), entry: { v: 1, seq: n } },
  }),
}))
const leaves = records.map(({ leaf }) => leaf)
function path() {
  return join(folder, 'log')
}

async function written(count = records.length): Promise<Buffer> {
  const { log, close } = await openLog(folder)
  await log.append(records.slice(0, count))
  await close()
  return readFile(path())
}

async function codeOnOpen(minSize = 0): Promise<string> {
  try {
    const { close, tornBytes } = await openLog(folder, { minSize })
    await close()
    return tornBytes > 0 ? 'torn' : 'good'
  } catch (error) {
    return error instanceof LogUnusable ? error.code : String(error)
  }
}

describe('a log on disk', () => {
  it('keeps its leaves, roots and proofs over a restart', async () => {
    const first = await openLog(folder)
    for (const record of records.slice(0, 7)) await first.log.append([record])
    await first.log.append(records.slice(7, 30))
    await first.close()
    const { log, close, tornBytes } = await openLog(folder, { minSize: 30 })
    expect(tornBytes).toBe(0)
    expect(await log.append(records.slice(30))).toEqual({ first: 30 })
    expect(log.head('o').root).toEqual(rootOf(leaves))
    for (let index = 0; index < leaves.length; index++) {
      const proof = await log.proveInclusion(index)
      expect(verifyInclusion(leaves[index] ?? Buffer.alloc(0), index, 40, proof, rootOf(leaves))).toBe(true)
      const consistency = await log.proveConsistency(index)
      expect(verifyConsistency(index, rootOf(leaves.slice(0, index)), 40, rootOf(leaves), consistency)).toBe(
        true,
      )
    }
    await close()
  })

  it('puts concurrent appends in a row', async () => {
    const { log, close } = await openLog(folder)
    const answers = await Promise.all(records.map((record) => log.append([record])))
    expect(answers.map(({ first }) => first)).toEqual(records.map((_, index) => index))
    expect(log.head('o').root).toEqual(rootOf(leaves))
    await close()
    expect(await codeOnOpen(40)).toBe('good')
  })

  it('cuts a torn last line wherever the tear is, and goes on', async () => {
    const whole = await written(5)
    const start = whole.lastIndexOf('\n', -2) + 1
    for (let end = start + 1; end < whole.length; end++) {
      await writeFile(path(), whole.subarray(0, end))
      expect(await codeOnOpen()).toBe('torn')
      expect((await stat(path())).size).toBe(start)
      expect(await codeOnOpen(5)).toBe('LOG_SHORTER_THAN_EXPECTED')
    }
    await rm(join(folder, 'nodes'))
    const { log, close } = await openLog(folder)
    await log.append(records.slice(4))
    expect(log.head('o').root).toEqual(rootOf(leaves))
    await log.proveInclusion(3)
    await close()
  })

  it('cuts blocks that were allocated and never written', async () => {
    const whole = await written(5)
    await appendFile(path(), Buffer.alloc(400_000))
    expect(await codeOnOpen(5)).toBe('torn')
    expect(await readFile(path())).toEqual(whole)
    await writeFile(path(), Buffer.concat([whole.subarray(0, -20), Buffer.alloc(4096)]))
    expect(await codeOnOpen(4)).toBe('torn')
  })

  it('refuses any other changed byte, dropped, doubled or swapped line', async () => {
    const whole = await written(3)
    for (let at = 0; at < whole.length; at++) {
      for (const mask of [0x01, 0x80]) {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] ?? 0) ^ mask
        await writeFile(path(), changed)
        expect(`${at} ${await codeOnOpen()}`).toBe(`${at} LOG_DAMAGED`)
      }
    }
    await writeFile(path(), whole)
    const more = await written(2)
    const lines = more.toString().split(/(?<=\n)/)
    for (const order of [
      [0, 1, 3, 4],
      [0, 1, 1, 2, 3, 4],
      [0, 2, 1, 3, 4],
      [1, 2, 3, 4],
    ]) {
      await writeFile(path(), order.map((line) => lines[line]).join(''))
      expect(await codeOnOpen()).toBe('LOG_DAMAGED')
    }
    for (const tail of ['x', '5 \n', '5 00000000 {}\n', '6 ', ' '.repeat(300_000)]) {
      await writeFile(path(), Buffer.concat([more, Buffer.from(tail)]))
      expect(await codeOnOpen()).toBe('LOG_DAMAGED')
    }
    await truncate(path(), 0)
    expect(await codeOnOpen(1)).toBe('LOG_SHORTER_THAN_EXPECTED')
  })

  it('rebuilds its nodes when they are missing, short or changed', async () => {
    await written()
    const nodes = await readFile(join(folder, 'nodes'))
    for (const bad of [
      Buffer.alloc(0),
      nodes.subarray(0, 100),
      Buffer.concat([nodes, nodes]),
      Buffer.alloc(nodes.length),
    ]) {
      await writeFile(join(folder, 'nodes'), bad)
      expect(await codeOnOpen(40)).toBe('good')
      expect(await readFile(join(folder, 'nodes'))).toEqual(nodes)
    }
  })

  it('hands out no proof from nodes that changed while it was open', async () => {
    const { log, close } = await openLog(folder)
    await log.append(records)
    await writeFile(join(folder, 'nodes'), randomBytes(79 * 32))
    await expect(log.proveInclusion(3)).rejects.toMatchObject({ code: 'LOG_NODES_DAMAGED' })
    await expect(log.proveConsistency(13)).rejects.toMatchObject({ code: 'LOG_NODES_DAMAGED' })
    await close()
  })

  it('notices a second writer', async () => {
    const { log, close } = await openLog(folder)
    await log.append(records.slice(0, 3))
    await appendFile(path(), formatLogLine(3, { leaf: leafHash(Buffer.from('other')) }))
    await expect(log.append(records.slice(3, 4))).rejects.toMatchObject({ code: 'LOG_CHANGED_UNDERNEATH' })
    await expect(log.append(records.slice(3, 4))).rejects.toMatchObject({ code: 'LOG_CLOSED' })
    expect(log.size).toBe(3)
    await close()
  })
})

describe('a checkpoint on disk', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  function signed(root: Uint8Array, ...more: NoteSigner[]) {
    const text = checkpointText({ origin: 'o', size: 3, root, extensions: [] })
    return Buffer.from(formatNote(signNote({ text, signatures: [] }, [logSigner('o', privateKey), ...more])))
  }

  it('is kept, takes cosignatures, and refuses a fork', async () => {
    const root = rootOf(leaves.slice(0, 3))
    await keepCheckpoint(folder, signed(root))
    const cosigned = signed(root, witnessSigner('w', privateKey, new Date(0)))
    await keepCheckpoint(folder, cosigned)
    expect(await readFile(join(folder, 'checkpoints/3.txt'))).toEqual(cosigned)
    await expect(keepCheckpoint(folder, signed(leafHash(root)))).rejects.toMatchObject({ code: 'LOG_FORKED' })
    expect(await readFile(join(folder, 'checkpoints/3.txt'))).toEqual(cosigned)
  })

  it('keeps the cosignatures it has when the log signs again', async () => {
    const root = rootOf(leaves.slice(0, 3))
    const cosigned = signed(root, witnessSigner('w', privateKey, new Date(0)))
    await keepCheckpoint(folder, cosigned)
    const before = await stat(join(folder, 'checkpoints/3.txt'))
    expect(await keepCheckpoint(folder, signed(root))).toEqual(cosigned)
    // Nothing was written, so that nobody who adds a cosignature meanwhile loses it.
    expect((await stat(join(folder, 'checkpoints/3.txt'))).ino).toBe(before.ino)
    expect(await readFile(join(folder, 'checkpoints/3.txt'))).toEqual(cosigned)
    const again = signed(root, witnessSigner('w', privateKey, new Date(5000)))
    expect(await keepCheckpoint(folder, again)).toEqual(cosigned)
  })

  it('stays as it is once it is stamped', async () => {
    const root = rootOf(leaves.slice(0, 3))
    await keepCheckpoint(folder, signed(root))
    await keepCheckpointStamp(folder, 3, Buffer.from('a time stamp'))
    await keepCheckpoint(folder, signed(root, witnessSigner('w', privateKey, new Date(0))))
    expect(await readFile(join(folder, 'checkpoints/3.txt'))).toEqual(signed(root))
  })
})

describe('the storage of a log', () => {
  function inMemory(keep?: () => never) {
    const nodes: Uint8Array[] = []
    return new MerkleLog(
      new RightEdge(),
      async (level, index) => nodes[nodePosition(level, index)] ?? Buffer.alloc(32),
      async (_first, _records, _position, completed) => {
        keep?.()
        nodes.push(...completed)
      },
    )
  }

  it('can be anything that keeps leaves', async () => {
    const log = inMemory()
    await log.append(records)
    expect(await log.rootAt(23)).toEqual(rootOf(leaves.slice(0, 23)))
    await expect(log.rootAt(41)).rejects.toThrow(RangeError)
    await expect(log.proveInclusion(40)).rejects.toThrow(RangeError)
    await expect(log.proveConsistency(41)).rejects.toThrow(RangeError)
  })

  it('leaves the log as it was when it fails, and closed', async () => {
    const log = inMemory(() => {
      throw new Error('disk full')
    })
    await expect(log.append(records)).rejects.toThrow('disk full')
    expect(log.size).toBe(0)
    await expect(log.append(records)).rejects.toMatchObject({ code: 'LOG_CLOSED' })
  })
})

describe('a line', () => {
  it('has one spelling', () => {
    for (const [index, record] of records.entries()) {
      const line = formatLogLine(index, record)
      expect(parseLogLine(Buffer.from(line.slice(0, -1)), index)).toMatchObject(record)
      expect(() => parseLogLine(Buffer.from(line), index)).toThrow()
      expect(() => parseLogLine(Buffer.from(line.slice(0, -1)), index + 1)).toThrow()
    }
  })

  it('is found whatever the pieces are in which the file arrives', async () => {
    const bytes = Buffer.from(records.map((record, index) => formatLogLine(index, record)).join(''))
    for (const width of [1, 7, 64, 1000, bytes.length]) {
      const pieces: unknown[] = []
      async function* chunks() {
        for (let at = 0; at < bytes.length; at += width) yield bytes.subarray(at, at + width)
      }
      for await (const piece of readLog(chunks())) pieces.push(piece.kind)
      expect(pieces).toEqual(records.map(() => 'record'))
    }
  })
})
