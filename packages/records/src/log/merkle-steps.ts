/**
 * How proofs of a Merkle tree are checked, without the hashing: a verifier on a desk hashes at once, a page in a browser waits for its own SHA-256, and both
 * follow these steps. Imports nothing, so that both can.
 */

/** Two nodes to be joined: the answer is H(0x01 || left || right) (RFC 6962 section 2.1). */
export type Join = {
  readonly left: Uint8Array
  readonly right: Uint8Array
  /** The one of both that the proof brings, and which leaves are below it: from the first, to before the last. */
  readonly given: 'left' | 'right'
  readonly leaves: readonly [number, number]
}

/** Of a proof: what is to be joined, each with its hash as the answer; in the end whether it holds. */
export type Steps = Generator<Join, boolean, Uint8Array>

/** RFC 9162 section 2.1.3.2. False for any malformed input, never an exception. */
export function* inclusionSteps(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): Steps {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  const way = new Way(index, size)
  let hash = leaf
  for (const given of proof) {
    const step = way.next()
    if (step === undefined) return false
    hash = yield joined(hash, given, step)
  }
  return way.isAtTop() && isSame(hash, root)
}

/**
 * RFC 9162 section 2.1.4.2, and the empty tree, with which every tree is consistent. Never an exception. Each hash of the proof that both trees have is joined
 * for the first one, then for the second.
 */
export function* consistencySteps(
  first: number,
  firstRoot: Uint8Array,
  second: number,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): Steps {
  if (!isCount(first) || !isCount(second) || first > second) return false
  if (first === second) return proof.length === 0 && isSame(firstRoot, secondRoot)
  if (first === 0) return proof.length === 0
  // The old root itself is left out of the proof where it is a subtree of the new tree.
  const [seed, ...rest] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  if (seed === undefined) return false
  const way = new Way(first - 1, second)
  way.climbToComplete()
  let firstHash = seed
  let secondHash = seed
  for (const given of rest) {
    const step = way.next()
    if (step === undefined) return false
    if (step.given === 'left') firstHash = yield joined(firstHash, given, step)
    secondHash = yield joined(secondHash, given, step)
  }
  return way.isAtTop() && isSame(firstHash, firstRoot) && isSame(secondHash, secondRoot)
}

/** Leaves below the hash with which a proof of consistency begins: the last complete subtree of the older tree. */
export function firstPiece(first: number): readonly [number, number] {
  let width = 1
  while (first > 0 && (first / width) % 2 === 0) width *= 2
  return [first - width, first]
}

type Step = Pick<Join, 'given' | 'leaves'>

function joined(own: Uint8Array, given: Uint8Array, step: Step): Join {
  return step.given === 'left' ? { left: given, right: own, ...step } : { left: own, right: given, ...step }
}

/** From a node up to the root: which neighbour comes next. Sizes may exceed 2^32, so the bit operators, which cut there, are not used. */
class Way {
  #position: number
  #last: number
  /** Leaves below a complete node of this height. */
  #width = 1
  readonly #size: number

  constructor(index: number, size: number) {
    this.#position = index
    this.#last = size - 1
    this.#size = size
  }

  isAtTop(): boolean {
    return this.#last === 0
  }

  /** To the highest node that this one is the last of. */
  climbToComplete(): void {
    while (this.#position % 2 === 1) this.#up()
  }

  /** Undefined: there is nothing above. */
  next(): Step | undefined {
    if (this.#last === 0) return undefined
    const isRight = this.#position % 2 === 1 || this.#position === this.#last
    // A node at the right edge goes up unpaired until it is a right one.
    while (isRight && this.#position % 2 === 0 && this.#position !== 0) this.#up()
    const start = (isRight ? this.#position - 1 : this.#position + 1) * this.#width
    const leaves = [start, Math.min(start + this.#width, this.#size)] as const
    this.#up()
    return { given: isRight ? 'left' : 'right', leaves }
  }

  #up(): void {
    this.#position = Math.floor(this.#position / 2)
    this.#last = Math.floor(this.#last / 2)
    this.#width *= 2
  }
}

/** Equality of public values; nothing secret is compared here. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

function isCount(n: number) {
  return Number.isSafeInteger(n) && n >= 0
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest > 1 && rest % 2 === 0) rest /= 2
  return rest === 1
}
