import {
  consistencySteps,
  firstPiece,
  inclusionSteps,
  type Join,
  type Steps,
} from '@buergerdraht/records/merkle-steps'

/** One step from a leaf to the root: two nodes become the one above them. Hashes in hex. */
export type Rung = {
  readonly own: string
  readonly neighbour: string
  /** Where the neighbour stands. */
  readonly side: 'left' | 'right'
  readonly above: string
}

/** From a leaf up, and whether that leads to the root that was said. */
export type Climb = { readonly leaf: string; readonly rungs: readonly Rung[]; readonly holds: boolean }

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
}

async function hash(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all))
}

/** Follows the steps of the verifier with the browser's SHA-256: whoever looks at the page need not believe the server. */
async function follow(steps: Steps, seen: (join: Join, above: Uint8Array) => void): Promise<boolean> {
  let step = steps.next()
  while (step.done !== true) {
    const { left, right } = step.value
    const above = await hash(Uint8Array.of(1), left, right)
    seen(step.value, above)
    step = steps.next(above)
  }
  return step.value
}

/**
 * Computes the way from what a leaf is of to the root (RFC 9162 section 2.1.3.2).
 * @param index of the leaf, from 0
 * @param size of the tree
 * @param path base64, from the leaf up
 * @param root base64
 */
export async function climb(
  content: Uint8Array,
  index: number,
  size: number,
  path: readonly string[],
  root: string,
): Promise<Climb> {
  const leaf = await hash(Uint8Array.of(0), content)
  const rungs: Rung[] = []
  const steps = inclusionSteps(leaf, index, size, path.map(bytesOf), bytesOf(root))
  const holds = await follow(steps, ({ left, right, given }, above) => {
    const [own, neighbour] = given === 'left' ? [right, left] : [left, right]
    rungs.push({ own: hexOf(own), neighbour: hexOf(neighbour), side: given, above: hexOf(above) })
  })
  return { leaf: hexOf(leaf), rungs, holds }
}

/** What a log was at one time. */
export type Head = { readonly size: number; readonly root: Uint8Array }

/** A part of a log that a proof speaks of: its leaves, from the first to before the last, and their hash in hex. */
type Piece = { readonly from: number; readonly to: number; readonly hash: string }

/** In the order of their leaves: what ends by the size of the older head is in both trees. */
export type Growth = { readonly holds: boolean; readonly pieces: readonly Piece[] }

/**
 * Computes whether a log only grew between two heads of it (RFC 9162 section 2.1.4.2): both roots are built of the same pieces, the newer one of some more.
 * @param proof base64
 */
export async function checkGrowth(older: Head, newer: Head, proof: readonly string[]): Promise<Growth> {
  const given = proof.map(bytesOf)
  const pieces = new Map<number, Piece>()
  function add([from, to]: readonly [number, number], bytes: Uint8Array): void {
    pieces.set(from, { from, to, hash: hexOf(bytes) })
  }
  const [seedFrom, seedTo] = firstPiece(older.size)
  const seed = seedFrom === 0 ? older.root : given[0]
  if (older.size > 0 && seed !== undefined) add([seedFrom, seedTo], seed)
  const steps = consistencySteps(older.size, older.root, newer.size, newer.root, given)
  const holds = await follow(steps, (join) => add(join.leaves, join[join.given]))
  return { holds, pieces: [...pieces.values()].toSorted((one, other) => one.from - other.from) }
}
