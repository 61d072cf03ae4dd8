import { createHash } from 'node:crypto'
import { leafHash, MerkleLog, RightEdge } from '@buergerdraht/records'
import { expect, test } from 'vitest'
import { sidesOf } from './read-proof.ts'

function joined(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest()
}

test('joined on the sides that are said, a path gives the root, for every leaf of trees of up to 40', async () => {
  for (let size = 1; size <= 40; size++) {
    const nodes = new Map<number, Uint8Array>()
    const edge = new RightEdge()
    const leaves = Array.from({ length: size }, (_, n) => leafHash(Buffer.from(`${n}`)))
    const log = new MerkleLog(
      edge,
      async (level, index) => nodes.get(level * 1000 + index) ?? expect.fail('no node'),
      async () => {},
    )
    for (const [n, leaf] of leaves.entries()) {
      nodes.set(n, leaf)
      for (let level = 0, at = n; at % 2 === 1; level++, at = (at - 1) / 2) {
        const left = nodes.get(level * 1000 + at - 1)
        const right = nodes.get(level * 1000 + at)
        if (left === undefined || right === undefined) expect.fail('no children')
        nodes.set((level + 1) * 1000 + (at - 1) / 2, joined(left, right))
      }
    }
    await log.append(leaves.map((leaf) => ({ leaf })))
    const root = await log.rootAt(size)
    for (const [index, leaf] of leaves.entries()) {
      const path = await log.proveInclusion(index, size)
      const sides = sidesOf(index, size, path)
      const reckoned = path.reduce(
        (hash, one, n) => (sides[n] === 'left' ? joined(one, hash) : joined(hash, one)),
        leaf,
      )
      expect(Buffer.from(reckoned).equals(Buffer.from(root)), `${index} of ${size}`).toBe(true)
    }
  }
})
