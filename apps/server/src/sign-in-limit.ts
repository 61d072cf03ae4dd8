import { Refusal } from '@buergerdraht/contract'

const windowMs = 15 * 60 * 1000
const failuresPerPair = 10
const failuresPerAccount = 50
const failuresPerAddress = 100
const remembered = 10_000

interface Failures {
  count: number
  since: number
}

/** A network that one attacker holds: an IPv4 address, or the /64 of an IPv6 address, however it is abbreviated. */
const networkOf = (address: string): string => {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4).join(':')
}

/** Keeps the size bounded: the least recently written entry goes first. */
const remember = <V>(map: Map<string, V>, key: string, value: V): void => {
  map.delete(key)
  map.set(key, value)
  if (map.size <= remembered) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}

/**
 * Slows down guessing, in this process' memory: ten failures for an account from one network, fifty for an account, a hundred
 * from a network in a quarter of an hour. Who has signed in from their network before is only held to the first of
 * the three, so that an attacker elsewhere locks nobody out. One in the same network can still lock out one colleague at a time,
 * for a quarter of an hour.
 */
export class SignInLimit {
  readonly #now: () => Date
  readonly #failures = new Map<string, Failures>()
  readonly #known = new Map<string, true>()

  constructor(now: () => Date) {
    this.#now = now
  }

  /**
   * Counts an attempt as failed until told that it succeeded, so that parallel guesses count as well.
   * @throws Refusal `too-many-requests`
   */
  admit(email: string, address: string): { readonly succeeded: () => void } {
    const account = email.toLowerCase()
    const network = networkOf(address)
    const pair = `pair ${account} ${network}`
    const byAll = [`account ${account}`, `network ${network}`] as const
    const known = this.#known.has(pair)
    const exhausted =
      this.#count(pair) >= failuresPerPair ||
      (!known && (this.#count(byAll[0]) >= failuresPerAccount || this.#count(byAll[1]) >= failuresPerAddress))
    if (exhausted) throw new Refusal('too-many-requests')
    const counted = known ? [pair] : [pair, ...byAll]
    for (const key of counted) this.#add(key, 1)
    return {
      succeeded: () => {
        remember(this.#known, pair, true)
        this.#failures.delete(pair)
        for (const key of counted.slice(1)) this.#add(key, -1)
      },
    }
  }

  #count(key: string): number {
    const failures = this.#failures.get(key)
    if (failures === undefined || this.#now().getTime() - failures.since >= windowMs) return 0
    return failures.count
  }

  #add(key: string, more: number): void {
    const count = this.#count(key)
    const since = count === 0 ? this.#now().getTime() : (this.#failures.get(key)?.since ?? 0)
    remember(this.#failures, key, { count: Math.max(0, count + more), since })
  }
}
