/** One step from a leaf to the root: two nodes become the one above them. Hashes in hex. */
export type Rung = {
  readonly own: string
  readonly neighbour: string
  /** Where the neighbour stands. */
  readonly side: 'left' | 'right'
  readonly above: string
}

/** From a leaf up; `root` null: the path is no path from this place in a tree of this size. */
export type Climb = { readonly leaf: string; readonly rungs: readonly Rung[]; readonly root: string | null }

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

/**
 * Computes the way from what a leaf is of to the root, as RFC 9162 section 2.1.3.2 says, with the browser's SHA-256: whoever looks at the page need
 * not believe the server.
 * @param index of the leaf, from 0
 * @param size of the tree
 * @param path base64, from the leaf up
 */
export async function climb(
  content: Uint8Array,
  index: number,
  size: number,
  path: readonly string[],
): Promise<Climb> {
  const leaf = await hash(Uint8Array.of(0), content)
  const rungs: Rung[] = []
  let own = leaf
  let [place, last] = [index, size - 1]
  for (const step of path) {
    if (last === 0) return { leaf: hexOf(leaf), rungs, root: null }
    const neighbour = bytesOf(step)
    const isRight = place % 2 === 1 || place === last
    const above = await (isRight
      ? hash(Uint8Array.of(1), neighbour, own)
      : hash(Uint8Array.of(1), own, neighbour))
    rungs.push({
      own: hexOf(own),
      neighbour: hexOf(neighbour),
      side: isRight ? 'left' : 'right',
      above: hexOf(above),
    })
    own = above
    // A node at the right edge goes up unpaired until it is a right one.
    while (isRight && place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)]
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return { leaf: hexOf(leaf), rungs, root: index < size && last === 0 ? hexOf(own) : null }
}
