import { availableParallelism } from 'node:os'
import { Refusal } from '@buergerdraht/contract'

/** Each computation holds 64 MiB and a core; one core is left for whoever is served meanwhile. */
export const maxAtOnce = Math.max(1, Math.min(4, availableParallelism() - 1))
/** Whoever comes when so many wait is told to come back. */
const maxWaiting = { known: 32, strangers: 32, ofNetwork: 6 } as const

type Waiting = {
  readonly network: string
  readonly go: () => void
}

let running = 0
const known: (() => void)[] = []
const strangers: Waiting[] = []

function isFull(network: string | null): boolean {
  if (network === null) return known.length >= maxWaiting.known
  if (strangers.length >= maxWaiting.strangers) return true
  return strangers.filter((one) => one.network === network).length >= maxWaiting.ofNetwork
}

function next(): (() => void) | undefined {
  return known.shift() ?? strangers.shift()?.go
}

/**
 * Runs what costs a core and much memory, few at a time. A browser that the account has signed in with before goes first: strangers,
 * however many and from wherever, do not keep colleagues out. Of one network only a few wait at a time.
 * @param network of a browser that is not known; null: it is known
 * @throws Refusal `too-many-requests` when more wait than this machine can work off, and what `work` throws
 */
export async function inTurn<T>(network: string | null, work: () => Promise<T>): Promise<T> {
  if (running < maxAtOnce) running += 1
  else {
    if (isFull(network)) throw new Refusal('too-many-requests')
    await new Promise<void>((go) => {
      if (network === null) known.push(go)
      else strangers.push({ network, go })
    })
  }
  try {
    return await work()
  } finally {
    const go = next()
    if (go === undefined) running -= 1
    else go()
  }
}
