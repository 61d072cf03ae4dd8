import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts'
import { emptyRoot, leafHash, nodeCount, nodeHash, nodePosition, RightEdge, rootOf } from './merkle-tree.ts'

vi.setConfig({ testTimeout: 60_000 })

const leaves = Array.from({ length: 130 }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)))

/** RFC 6962 section 2.1 read literally, to be compared with the incremental tree. */
function definitionOfRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes
  if (only === undefined) return createHash('sha256').digest()
  if (hashes.length === 1) return only
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return nodeHash(definitionOfRoot(hashes.slice(0, k)), definitionOfRoot(hashes.slice(k)))
}

/** RFC 6962 section 2.1.1 read literally. */
function definitionOfPath(m: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length <= 1) return []
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  const [left, right] = [hashes.slice(0, k), hashes.slice(k)]
  return m < k
    ? [...definitionOfPath(m, left), definitionOfRoot(right)]
    : [...definitionOfPath(m - k, right), definitionOfRoot(left)]
}

/** RFC 6962 section 2.1.2, SUBPROOF, read literally. */
function definitionOfSubproof(m: number, hashes: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === hashes.length) return whole ? [] : [definitionOfRoot(hashes)]
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  const [left, right] = [hashes.slice(0, k), hashes.slice(k)]
  return m <= k
    ? [...definitionOfSubproof(m, left, whole), definitionOfRoot(right)]
    : [...definitionOfSubproof(m - k, right, false), definitionOfRoot(left)]
}

const nodes = (() => {
  const edge = new RightEdge()
  return leaves.flatMap((leaf) => edge.append(leaf))
})()

async function readNode(level: number, index: number): Promise<Uint8Array> {
  const node = nodes[nodePosition(level, index)]
  if (node === undefined) throw new Error('No such node')
  return node
}

describe('the tree', () => {
  // The eight leaves and roots by which implementations of RFC 6962 are commonly compared.
  it('gives the roots that other implementations publish', () => {
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    const edge = new RightEdge()
    const seen = inputs.map((input) => {
      edge.append(leafHash(Buffer.from(input, 'hex')))
      return Buffer.from(edge.root()).toString('hex')
    })
    expect(seen).toEqual(roots)
    expect(Buffer.from(emptyRoot()).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  it('equals the definition for every size', () => {
    for (let size = 0; size <= leaves.length; size++) {
      expect(rootOf(leaves.slice(0, size))).toEqual(definitionOfRoot(leaves.slice(0, size)))
    }
  })

  it('writes as many nodes as it counts', () => {
    const edge = new RightEdge()
    let written = 0
    for (const leaf of leaves) {
      written += edge.append(leaf).length
      expect(nodeCount(edge.size)).toBe(written)
    }
    expect(nodePosition(0, 2 ** 40)).toBeGreaterThan(2 ** 41 - 64)
  })

  it('refuses what is not a hash', () => {
    expect(() => new RightEdge().append(Buffer.alloc(31))).toThrow(RangeError)
  })
})

describe('proofs', () => {
  it('prove every leaf of every tree, as the definition says, and no other leaf', async () => {
    for (let size = 1; size <= 50; size++) {
      const root = rootOf(leaves.slice(0, size))
      for (let index = 0; index < size; index++) {
        const leaf = leaves[index] ?? Buffer.alloc(32)
        const proof = await inclusionProof(readNode, index, size)
        expect(proof).toEqual(definitionOfPath(index, leaves.slice(0, size)))
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true)
        expect(verifyInclusion(leaf, index + 1, size, proof, root)).toBe(false)
        expect(verifyInclusion(leafHash(leaf), index, size, proof, root)).toBe(false)
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false)
        if (proof.length > 0) expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false)
      }
    }
  })

  it('prove that every tree begins with every smaller one, as the definition says, and with no other', async () => {
    for (let second = 0; second <= 50; second++) {
      const secondRoot = rootOf(leaves.slice(0, second))
      for (let first = 0; first <= second; first++) {
        const firstRoot = rootOf(leaves.slice(0, first))
        const proof = await consistencyProof(readNode, first, second)
        if (first > 0) expect(proof).toEqual(definitionOfSubproof(first, leaves.slice(0, second), true))
        expect(verifyConsistency(first, firstRoot, second, secondRoot, proof)).toBe(true)
        if (first === 0) continue
        expect(verifyConsistency(first, leafHash(firstRoot), second, secondRoot, proof)).toBe(false)
        expect(verifyConsistency(first, firstRoot, second, leafHash(secondRoot), proof)).toBe(false)
        expect(verifyConsistency(first, firstRoot, second, secondRoot, [...proof, firstRoot])).toBe(false)
      }
    }
  })

  it('refuse nonsense without an exception', () => {
    const root = rootOf(leaves)
    for (const [index, size] of [
      [0, 0],
      [-1, 3],
      [3, 3],
      [0.5, 3],
      [Number.NaN, 3],
      [0, 2 ** 54],
    ] as const) {
      expect(verifyInclusion(root, index, size, [], root)).toBe(false)
    }
    expect(verifyConsistency(3, root, 2, root, [])).toBe(false)
    expect(verifyConsistency(1, root, 2, root, [])).toBe(false)
    expect(verifyConsistency(3, root, 4, root, [])).toBe(false)
  })
})
