import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { climb } from './merkle-path.ts'

function sha(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
/** RFC 6962 section 2.1, word by word. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (leaves.length === 1 && only !== undefined) return sha(Buffer.of(0), only)
  const k = splitOf(leaves.length)
  return sha(Buffer.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)))
}
/** RFC 6962 section 2.1.1. */
function pathOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return []
  const k = splitOf(leaves.length)
  return index < k
    ? [...pathOf(index, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(index - k, leaves.slice(k)), rootOf(leaves.slice(0, k))]
}

const leaves = Array.from({ length: 37 }, (_, n) => Buffer.from(`manifest ${n}`))
function base64(path: readonly Buffer[]): string[] {
  return path.map((one) => one.toString('base64'))
}

describe('the way from a package to the root', () => {
  test('ends at the root from every place in a tree of every size', async () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const tree = leaves.slice(0, size)
      for (const [index, leaf] of tree.entries()) {
        const { root, rungs } = await climb(leaf, index, size, base64(pathOf(index, tree)))
        expect(root, `${index} of ${size}`).toBe(rootOf(tree).toString('hex'))
        expect(rungs.at(-1)?.above ?? root).toBe(root)
      }
    }
  })

  test('is none from another place, in another size, or with a step too many or too few', async () => {
    const tree = leaves.slice(0, 11)
    const path = base64(pathOf(4, tree))
    const leaf = leaves[4] ?? Buffer.alloc(0)
    const right = rootOf(tree).toString('hex')
    for (const [content, index, size, steps] of [
      [leaf, 5, 11, path],
      [leaf, 12, 11, path],
      [leaf, 4, 2, path],
      [leaf, 4, 11, path.slice(0, -1)],
      [leaf, 4, 11, [...path, ...path]],
      [leaves[5] ?? leaf, 4, 11, path],
    ] as const)
      expect((await climb(content, index, size, steps)).root).not.toBe(right)
    // What cannot be a path is none, whatever it comes to.
    expect((await climb(leaf, 4, 11, path.slice(0, -1))).root).toBe(null)
    expect((await climb(leaf, 11, 11, path)).root).toBe(null)
  })
})
