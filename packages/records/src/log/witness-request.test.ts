import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkpointText } from './checkpoint.ts'
import { MerkleLog } from './merkle-log.ts'
import { emptyRoot, leafHash, nodePosition, RightEdge } from './merkle-tree.ts'
import { logSigner, noteKey, rawPublicKey } from './note-key.ts'
import { formatNote, signNote } from './signed-note.ts'
import {
  formatWitnessRequest,
  judgeWitnessRequest,
  parseWitnessRequest,
  type Witnessed,
} from './witness-request.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const key = noteKey('log', 'o', rawPublicKey(privateKey))

async function logOf(word: string, size = 9) {
  const nodes: Uint8Array[] = []
  const log = new MerkleLog(
    new RightEdge(),
    async (level, index) => nodes[nodePosition(level, index)] ?? new Uint8Array(32),
    async (_first, _records, position, added) => {
      nodes.splice(position, added.length, ...added)
    },
  )
  const leaves = Array.from({ length: size }, (_, at) => ({ leaf: leafHash(Buffer.from(`${word} ${at}`)) }))
  await log.append(leaves)
  return log
}

async function signed(log: MerkleLog, size: number, signer = privateKey, origin = 'o') {
  const text = checkpointText({ origin, size, root: await log.rootAt(size), extensions: [] })
  return Buffer.from(formatNote(signNote({ text, signatures: [] }, [logSigner(origin, signer)])))
}

function judged(request: Parameters<typeof judgeWitnessRequest>[0], last?: Witnessed) {
  return judgeWitnessRequest(request, [key], async () => last)
}

describe('a request to a witness', () => {
  it('is written as c2sp.org/tlog-witness says, and read again', async () => {
    const log = await logOf('a')
    const request = { old: 3, proof: await log.proveConsistency(3, 9), checkpoint: await signed(log, 9) }
    const bytes = formatWitnessRequest(request)
    expect(Buffer.from(bytes).toString().split('\n').slice(0, 2)).toEqual([
      'old 3',
      Buffer.from(request.proof[0] ?? []).toString('base64'),
    ])
    expect(parseWitnessRequest(bytes)).toEqual(request)
  })

  it.each([
    ['without a checkpoint', 'old 3\n'],
    ['of another word', 'new 3\n\nx'],
    ['with a leading zero', 'old 03\n\nx'],
    ['with a hash that is none', 'old 3\nabc\n\nx'],
    ['with 64 hashes', `old 3\n${`${emptyRootBase64()}\n`.repeat(64)}\nx`],
  ])('%s is none', (_what, text) => {
    expect(() => parseWitnessRequest(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'WITNESS_REQUEST_MALFORMED' }),
    )
  })
})

function emptyRootBase64() {
  return Buffer.from(emptyRoot()).toString('base64')
}

describe('a witness', () => {
  it('cosigns what goes on from what it has cosigned last, from nothing on', async () => {
    const log = await logOf('a')
    const first = await judged({ old: 0, proof: [], checkpoint: await signed(log, 3) })
    expect(first).toMatchObject({ say: 'cosign', checkpoint: { size: 3 } })
    for (const size of [3, 4, 9]) {
      const proof = await log.proveConsistency(3, size)
      const last = { size: 3, root: await log.rootAt(3) }
      expect(await judged({ old: 3, proof, checkpoint: await signed(log, size) }, last)).toMatchObject({
        say: 'cosign',
      })
    }
  })

  it('answers a log that it does not know, or that somebody else has signed, with nothing', async () => {
    const log = await logOf('a')
    const other = generateKeyPairSync('ed25519').privateKey
    expect(await judged({ old: 0, proof: [], checkpoint: await signed(log, 3, other, 'p') })).toEqual({
      say: 'unknown-log',
    })
    expect(await judged({ old: 0, proof: [], checkpoint: await signed(log, 3, other) })).toEqual({
      say: 'not-signed',
    })
    expect(await judged({ old: 4, proof: [], checkpoint: await signed(log, 3) })).toEqual({
      say: 'malformed',
    })
    expect(await judged({ old: 0, proof: [], checkpoint: Buffer.from('o\n') })).toEqual({ say: 'malformed' })
  })

  it('says from where to prove, also to who would go back', async () => {
    const log = await logOf('a')
    const last = { size: 5, root: await log.rootAt(5) }
    for (const [old, size] of [
      [0, 9],
      [4, 9],
      [4, 4],
    ] as const) {
      const proof = await log.proveConsistency(old, size)
      expect(await judged({ old, proof, checkpoint: await signed(log, size) }, last)).toEqual({
        say: 'other-size',
        size: 5,
      })
    }
  })

  it('refuses another future, whatever proof comes with it', async () => {
    const log = await logOf('a')
    const forked = await logOf('b')
    const last = { size: 5, root: await log.rootAt(5) }
    for (const proof of [await forked.proveConsistency(5, 9), await log.proveConsistency(5, 9), []])
      expect(await judged({ old: 5, proof, checkpoint: await signed(forked, 9) }, last)).toMatchObject({
        say: 'not-consistent',
      })
    for (const old of [0, 5])
      expect(await judged({ old, proof: [], checkpoint: await signed(forked, 5) }, last)).toMatchObject({
        say: 'forked',
      })
  })

  it('asks for no proof from nothing on, and takes none', async () => {
    const log = await logOf('a')
    const proof = await log.proveConsistency(3, 9)
    expect(await judged({ old: 0, proof, checkpoint: await signed(log, 9) })).toMatchObject({
      say: 'not-consistent',
    })
  })
})
