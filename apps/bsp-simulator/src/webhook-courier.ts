import { createHmac } from 'node:crypto'
import type { WireValue, WireWabaValue, WireWebhook } from '@buergerdraht/bsp'
import type { OfficeNumber, Webhook } from './config.ts'
import type { FaultBoard } from './faults.ts'
import type { DeliveryCounts } from './page/view.ts'

/** The BSP's hard limit for an answer. */
const maxAnswerMs = 5_000
const givesUpAfterMs = 7 * 86_400_000
/** Decreasing frequency; the last one is repeated until the week is over. */
const retrySeconds = [1, 2, 4, 8, 15, 30, 60, 120, 300, 900, 1800, 3600] as const

/** What nobody has answered with 200 yet. */
export type Undelivered = {
  readonly body: string
  /** The citizen's message in it; null: something else. */
  readonly messageId: string | null
}

/** Lets a webhook go; resolves when it has been taken. */
type Held = () => Promise<void>

/**
 * Brings webhooks to the office's system: at least once, in no guaranteed order, repeated with decreasing frequency
 * for a week until it is answered with 200. Redirects are not followed.
 */
export class WebhookCourier {
  webhook: Webhook | null
  readonly #office: OfficeNumber
  readonly #secret: string | null
  readonly #faults: FaultBoard
  readonly #onChange: () => void
  readonly #onTaken: (messageId: string) => void
  readonly #undelivered = new Set<Undelivered>()
  readonly #retryFactor: number
  readonly #closing = new AbortController()
  readonly #timers = new Set<NodeJS.Timeout>()
  #held: Held[] = []
  #endsCollecting: NodeJS.Timeout | null = null
  #counts = { delivered: 0, waiting: 0, givenUp: 0, lastFailure: null as string | null }

  constructor(options: {
    office: OfficeNumber
    webhook: Webhook | null
    secret: string | null
    faults: FaultBoard
    /** 1 is real time; tests use less. */
    retryFactor: number
    onChange: () => void
    /** The office's system has this message of a citizen. */
    onTaken: (messageId: string) => void
  }) {
    this.webhook = options.webhook
    this.#office = options.office
    this.#secret = options.secret
    this.#faults = options.faults
    this.#retryFactor = options.retryFactor
    this.#onChange = options.onChange
    this.#onTaken = options.onTaken
  }

  get counts(): DeliveryCounts {
    return this.#counts
  }

  undelivered(): readonly Undelivered[] {
    return [...this.#undelivered]
  }

  /** Goes on with what was left. A webhook that is set already stays. */
  restore(webhook: Webhook | null, undelivered: readonly Undelivered[]): void {
    this.webhook ??= webhook
    for (const one of undelivered) void this.#bring(one)
  }

  /** Resolves when the office's system has answered 200 once; never, when it does not for a week. */
  deliver(
    value: WireValue | WireWabaValue,
    field = 'messages',
    messageId: string | null = null,
  ): Promise<void> {
    return this.#bring({ body: JSON.stringify(this.#envelopeOf(value, field)), messageId })
  }

  async #bring(undelivered: Undelivered): Promise<void> {
    const { body, messageId } = undelivered
    const { delayMs, copies } = this.#faults.current.webhooks
    this.#undelivered.add(undelivered)
    this.#count({ waiting: 1 })
    const done = await this.#turn()
    if (delayMs > 0) await this.#sleep(delayMs)
    await Promise.any(Array.from({ length: copies }, () => this.#deliverOne(body)))
    done()
    this.#undelivered.delete(undelivered)
    if (messageId !== null) this.#onTaken(messageId)
    this.#count({ waiting: -1, delivered: 1 })
  }

  close(): void {
    this.#closing.abort()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  async #deliverOne(body: string): Promise<void> {
    let waitedMs = 0
    for (let attempt = 0; ; attempt += 1) {
      const failure = await this.#attempt(body)
      if (failure === null) return
      const seconds = retrySeconds[Math.min(attempt, retrySeconds.length - 1)] ?? 3600
      waitedMs += seconds * 1000
      if (waitedMs > givesUpAfterMs) {
        this.#count({ waiting: -1, givenUp: 1 }, failure)
        // Nobody is told: the event is gone, as with the real network.
        await new Promise<never>(() => undefined)
      }
      this.#count({}, failure)
      await this.#sleep(seconds * 1000 * this.#retryFactor)
    }
  }

  /** Null: answered with 200. Otherwise what happened instead. */
  async #attempt(body: string): Promise<string | null> {
    const { webhook } = this
    if (!webhook) return 'no webhook'
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json', ...webhook.headers, ...this.#signatureOf(body) },
        body,
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(maxAnswerMs)]),
      })
      await response.body?.cancel()
      return response.status === 200 ? null : String(response.status)
    } catch {
      return 'unreachable'
    }
  }

  #signatureOf(body: string): Record<string, string> {
    if (this.#secret === null) return {}
    return { 'x-360dialog-signature': createHmac('sha256', this.#secret).update(body).digest('hex') }
  }

  #envelopeOf(value: WireValue | WireWabaValue, field: string): WireWebhook {
    const metadata = {
      display_phone_number: this.#office.displayPhoneNumber,
      phone_number_id: this.#office.phoneNumberId,
    }
    const change = { field, value: { messaging_product: 'whatsapp', metadata, ...value } }
    return { object: 'whatsapp_business_account', entry: [{ id: this.#office.wabaId, changes: [change] }] }
  }

  /**
   * Waits for the webhook's turn: at once, or, when reordering, until the later ones were taken. Resolves with what is to be called when
   * it has been taken itself.
   */
  #turn(): Promise<() => void> {
    const { reorderMs, reorderCount } = this.#faults.current.webhooks
    if (reorderMs === 0) return Promise.resolve(() => {})
    return new Promise((resolve) => {
      this.#held.push(() => new Promise<void>((taken) => resolve(taken)))
      if (this.#endsCollecting !== null) clearTimeout(this.#endsCollecting)
      if (this.#held.length >= reorderCount) void this.#releaseHeld()
      else this.#endsCollecting = setTimeout(() => void this.#releaseHeld(), reorderMs).unref()
    })
  }

  async #releaseHeld(): Promise<void> {
    const held = this.#held.toReversed()
    this.#held = []
    for (const release of held) await release()
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closing.signal.aborted) return
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve()
      }, milliseconds)
      this.#timers.add(timer)
    })
  }

  #count(
    change: { delivered?: number; waiting?: number; givenUp?: number },
    lastFailure: string | null = null,
  ): void {
    this.#counts = {
      delivered: this.#counts.delivered + (change.delivered ?? 0),
      waiting: this.#counts.waiting + (change.waiting ?? 0),
      givenUp: this.#counts.givenUp + (change.givenUp ?? 0),
      lastFailure: change.delivered ? null : (lastFailure ?? this.#counts.lastFailure),
    }
    this.#onChange()
  }
}
