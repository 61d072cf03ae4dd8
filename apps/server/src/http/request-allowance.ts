/**
 * How much one account may ask for: a full allowance at once, and then as much as comes back. What is dear costs more. Far above what
 * somebody does at a desk, and below what would take the machine from everybody else.
 */
const fullAllowance = 3000
const backPerSecond = 60
const costOf = { search: 3, other: 1 } as const

type Left = { readonly allowance: number; readonly at: number }

/** Of this process; whoever has their whole allowance takes no memory. */
export class RequestAllowance {
  readonly #left = new Map<string, Left>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
  }

  /** Takes a request off what the account has left. @returns 0, or the seconds after which there is enough again */
  take(accountId: string, kind: keyof typeof costOf): number {
    const at = this.#nowMs()
    const known = this.#left.get(accountId)
    const back = known === undefined ? fullAllowance : ((at - known.at) / 1000) * backPerSecond
    const allowance = Math.min(fullAllowance, (known?.allowance ?? 0) + back)
    const missing = costOf[kind] - allowance
    if (missing > 0) return Math.ceil(missing / backPerSecond)
    if (this.#left.size > 1000) this.#forgetRested(at)
    this.#left.set(accountId, { allowance: allowance - costOf[kind], at })
    return 0
  }

  #forgetRested(at: number): void {
    const restedMs = (fullAllowance / backPerSecond) * 1000
    for (const [account, left] of this.#left) if (at - left.at >= restedMs) this.#left.delete(account)
  }
}
