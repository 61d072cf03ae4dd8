import { describe, expect, it } from 'vitest'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts'
import { consistencySteps, firstPiece, inclusionSteps, type Join, type Steps } from './merkle-steps.ts'
import { leafHash, nodeHash, nodePosition, RightEdge, rootOf } from './merkle-tree.ts'

const leaves = Array.from({ length: 67 }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)))
const edge = new RightEdge()
const nodes = leaves.flatMap((leaf) => edge.append(leaf))
async function readNode(level: number, index: number): Promise<Uint8Array> {
  return nodes[nodePosition(level, index)] ?? expect.fail('no such node')
}
function rootOver([from, to]: readonly [number, number]): Uint8Array {
  return rootOf(leaves.slice(from, to))
}
function joinsOf(steps: Steps): Join[] {
  const joins: Join[] = []
  for (let step = steps.next(); step.done !== true; ) {
    joins.push(step.value)
    step = steps.next(nodeHash(step.value.left, step.value.right))
  }
  return joins
}

describe('the steps of a proof', () => {
  it('say of each hash that a proof brings which leaves are below it', async () => {
    for (let size = 2; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(readNode, index, size)
        const leaf = leaves[index] ?? expect.fail('no leaf')
        const joins = joinsOf(inclusionSteps(leaf, index, size, proof, rootOver([0, size])))
        expect(joins.map(({ leaves: below }) => rootOver(below))).toEqual(proof)
        expect(joins.map((join) => join[join.given])).toEqual(proof)
      }
    }
  })

  it('of growth build both trees of the same pieces, which lie side by side', async () => {
    for (let second = 2; second <= leaves.length; second++) {
      for (let first = 1; first < second; first++) {
        const proof = await consistencyProof(readNode, first, second)
        const [before, after] = [rootOver([0, first]), rootOver([0, second])]
        const joins = joinsOf(consistencySteps(first, before, second, after, proof))
        const seed = firstPiece(first)
        const pieces = new Map([
          [seed.join('-'), seed],
          ...joins.map((one) => [one.leaves.join('-'), one.leaves] as const),
        ])
        const inOrder = [...pieces.values()].toSorted(([one], [other]) => one - other)
        expect(inOrder.flat().slice(1, -1)).toEqual(inOrder.slice(1).flatMap(([from]) => [from, from]))
        expect([inOrder[0]?.[0], inOrder.at(-1)?.[1]]).toEqual([0, second])
        expect(inOrder.some(([, to]) => to === first)).toBe(true)
        for (const join of joins) expect(join[join.given]).toEqual(rootOver(join.leaves))
      }
    }
  })

  it('lead to the top, and not to a root that somebody takes from below it', async () => {
    const proof = await inclusionProof(readNode, 4, 11)
    const [leaf, below] = [leaves[4] ?? expect.fail('no leaf'), rootOver([0, 8])]
    expect(verifyInclusion(leaf, 4, 11, proof, rootOver([0, 11]))).toBe(true)
    expect(verifyInclusion(leaf, 4, 11, proof.slice(0, -1), below)).toBe(false)
    const growth = await consistencyProof(readNode, 6, 11)
    expect(verifyConsistency(6, rootOver([0, 6]), 11, rootOver([0, 11]), growth)).toBe(true)
    expect(verifyConsistency(6, rootOver([0, 6]), 11, below, growth.slice(0, -1))).toBe(false)
  })

  it('need as many hashes as the proof has, and go beyond 2^32 leaves', () => {
    const root = leaves[0] ?? expect.fail('no leaf')
    const [first, second] = [2 ** 40, 2 ** 40 + 1]
    const [join] = joinsOf(consistencySteps(first, root, second, root, [root]))
    expect(join?.leaves).toEqual([2 ** 40, second])
    expect(firstPiece(first)).toEqual([0, first])
    expect(verifyConsistency(first, root, second, nodeHash(root, root), [root])).toBe(true)
  })
})
