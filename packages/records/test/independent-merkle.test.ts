import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { leafHash, rootOf } from '../src/log/merkle-tree.ts'
import { memoryLog, seeded } from './sample-archive.ts'

type Entry = {
  canonicalizedBody: Buffer
  inclusionProof: { logIndex: string; hashes: Buffer[] }
}

/** The verifier of sigstore, written by other people from the same RFC. */
const { verifyMerkleInclusion } = createRequire(import.meta.url)(
  `${createRequire(import.meta.url)
    .resolve('@sigstore/verify')
    .replace(/index\.js$/, '')}tlog/merkle.js`,
) as { verifyMerkleInclusion: (entry: Entry, checkpoint: { logSize: bigint; logHash: Buffer }) => void }

describe('inclusion proofs', () => {
  it('are accepted by sigstore, and refused for another leaf, index or root', async () => {
    const data = Array.from({ length: 70 }, (_, at) => seeded(`leaf ${at}`, 40))
    const log = memoryLog()
    await log.append(data.map((each) => ({ leaf: leafHash(each) })))
    let checks = 0
    for (let size = 1; size <= data.length; size += size < 20 ? 1 : 7) {
      const logHash = Buffer.from(rootOf(data.slice(0, size).map(leafHash)))
      for (let index = 0; index < size; index++) {
        const hashes = (await log.proveInclusion(index, size)).map((hash) => Buffer.from(hash))
        function ask(canonicalizedBody: Buffer, logIndex: number, root: Buffer) {
          return () =>
            verifyMerkleInclusion(
              { canonicalizedBody, inclusionProof: { logIndex: String(logIndex), hashes } },
              { logSize: BigInt(size), logHash: root },
            )
        }
        const leaf = data[index] ?? Buffer.alloc(0)
        expect(ask(leaf, index, logHash)).not.toThrow()
        expect(ask(Buffer.from('other'), index, logHash)).toThrow()
        expect(ask(leaf, index, Buffer.alloc(32))).toThrow()
        if (size > 1) expect(ask(leaf, (index + 1) % size, logHash)).toThrow()
        checks += 1
      }
    }
    expect(checks).toBeGreaterThan(500)
  })
})
