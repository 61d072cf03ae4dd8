import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkGrowth, climb } from './merkle-path.ts'

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

/** RFC 6962 section 2.1.2, SUBPROOF. */
function growthOf(first: number, all: readonly Buffer[], whole = true): Buffer[] {
  if (first === all.length) return whole ? [] : [rootOf(all)]
  const k = splitOf(all.length)
  return first <= k
    ? [...growthOf(first, all.slice(0, k), whole), rootOf(all.slice(k))]
    : [...growthOf(first - k, all.slice(k), false), rootOf(all.slice(0, k))]
}

describe('the way from a package to the root', () => {
  test('ends at the root from every place in a tree of every size', async () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const tree = leaves.slice(0, size)
      const root = rootOf(tree)
      for (const [index, leaf] of tree.entries()) {
        const path = base64(pathOf(index, tree))
        const climbed = await climb(leaf, index, size, path, root.toString('base64'))
        expect(climbed.holds, `${index} of ${size}`).toBe(true)
        expect(climbed.rungs.at(-1)?.above ?? climbed.leaf).toBe(root.toString('hex'))
        expect(
          climbed.rungs.map(({ neighbour }) => Buffer.from(neighbour, 'hex').toString('base64')),
        ).toEqual(path)
      }
    }
  })

  test('is none from another place, in another size, or with a step too many or too few', async () => {
    const tree = leaves.slice(0, 11)
    const path = base64(pathOf(4, tree))
    const leaf = leaves[4] ?? Buffer.alloc(0)
    const right = rootOf(tree).toString('base64')
    for (const [content, index, size, steps] of [
      [leaf, 5, 11, path],
      [leaf, 12, 11, path],
      [leaf, 11, 11, path],
      [leaf, 4, 2, path],
      [leaf, 4, 11, path.slice(0, -1)],
      [leaf, 4, 11, [...path, ...path]],
      [leaves[5] ?? leaf, 4, 11, path],
    ] as const)
      expect((await climb(content, index, size, steps, right)).holds).toBe(false)
  })
})

describe('two heads of a log', () => {
  test('are built of the same pieces where it only grew, and the newer one of some more', async () => {
    for (let size = 2; size <= leaves.length; size += 1) {
      const newer = { size, root: rootOf(leaves.slice(0, size)) }
      for (let first = 1; first < size; first += 1) {
        const older = { size: first, root: rootOf(leaves.slice(0, first)) }
        const { holds, pieces } = await checkGrowth(
          older,
          newer,
          base64(growthOf(first, leaves.slice(0, size))),
        )
        expect(holds, `${first} to ${size}`).toBe(true)
        for (const { from, to, hash } of pieces)
          expect(hash).toBe(rootOf(leaves.slice(from, to)).toString('hex'))
        expect(pieces.map(({ to }) => to)).toEqual([...pieces.slice(1).map(({ from }) => from), size])
        expect(pieces.some(({ to }) => to === first)).toBe(true)
      }
    }
  })

  test('do not go together where something is another, or the proof is of other sizes', async () => {
    const older = { size: 6, root: rootOf(leaves.slice(0, 6)) }
    const newer = { size: 11, root: rootOf(leaves.slice(0, 11)) }
    const proof = base64(growthOf(6, leaves.slice(0, 11)))
    expect((await checkGrowth(older, newer, proof)).holds).toBe(true)
    const changed = [Buffer.from('another'), ...leaves.slice(1, 11)]
    for (const [one, other, with_] of [
      [{ ...older, root: rootOf(changed.slice(0, 6)) }, newer, proof],
      [older, { ...newer, root: rootOf(changed) }, proof],
      [older, { ...newer, root: rootOf(changed) }, base64(growthOf(6, changed))],
      [{ ...older, size: 5 }, newer, proof],
      [older, newer, proof.slice(1)],
      [older, newer, []],
      [newer, older, proof],
    ] as const)
      expect((await checkGrowth(one, other, with_)).holds).toBe(false)
    const { root } = older
    expect(await checkGrowth(older, older, [])).toMatchObject({ holds: true })
    expect((await checkGrowth(older, { size: 6, root: Buffer.from(root).reverse() }, [])).holds).toBe(false)
  })
})
