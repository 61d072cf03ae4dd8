import type { WireError, WireStatus } from '@buergerdraht/bsp'
import type { Citizen } from './citizen.ts'
import { contactOf, type Network, newMessageId, timestampOf } from './citizen-writes.ts'
import type { FaultBoard } from './faults.ts'
import type { Bubble, BubbleContent } from './message.ts'

const windowMs = 86_400_000
const typingMs = 25_000

/** A message that the API has accepted. */
export type OfficeMessage = {
  readonly addressed: { readonly by: 'phone' | 'bsuid'; readonly value: string }
  readonly content:
    | BubbleContent
    | { readonly kind: 'reaction'; readonly targetId: string; readonly emoji: string | null }
  readonly isTemplate: boolean
  readonly replyTo: string | null
  readonly opaqueData: string | null
  /** An error that the network finds only after accepting, e.g. an unsuitable file. */
  readonly failsWith: number | null
}

export type Pace = {
  /** Between acceptance, `sent`, `delivered` and (for citizens who read by themselves) `read`. */
  readonly stepMs: () => number
}

/** What happens to accepted messages: they reach phones, and statuses reach the office. */
export class OfficePost {
  readonly #network: Network
  readonly #faults: FaultBoard
  readonly #pace: Pace
  readonly #sentAs = new Map<string, OfficeMessage>()

  constructor(network: Network, faults: FaultBoard, pace: Pace) {
    this.#network = network
    this.#faults = faults
    this.#pace = pace
  }

  /** What was accepted, by id. */
  sent(): readonly (readonly [string, OfficeMessage])[] {
    return [...this.#sentAs]
  }

  restore(sent: readonly (readonly [string, OfficeMessage])[]): void {
    for (const [id, message] of sent) this.#sentAs.set(id, message)
  }

  /** Takes the message and returns its id. With the fault `beforeAnswer` the office hears `sent` before that. */
  async accept(message: OfficeMessage): Promise<string> {
    const id = newMessageId()
    this.#sentAs.set(id, message)
    const citizen = this.#network.town.addressee(message.addressed.value)
    const failure = this.#failureOf(message, citizen)
    const { beforeAnswer } = this.#faults.current.statuses
    if (beforeAnswer && failure === null) await this.#report(id, citizen, 'sent')
    void this.#carry(id, message, citizen, failure, beforeAnswer)
    return id
  }

  /** The citizen looked at the chat: everything delivered counts as read. */
  citizenLooked(citizen: Citizen): void {
    for (const bubble of this.#network.town.thread(citizen)) {
      if (bubble.direction === 'from-office' && bubble.state === 'delivered') this.#read(citizen, bubble)
    }
  }

  citizenPlayed(citizen: Citizen, bubble: Bubble): void {
    if (bubble.direction !== 'from-office' || bubble.content.kind !== 'voice' || bubble.state === 'played')
      return
    this.#setState(citizen, bubble, 'played')
    if (citizen.reading !== 'never') void this.#report(bubble.id, citizen, 'played')
  }

  /** The office marks a message, and with it all earlier ones, as read. False: an id nobody knows. */
  officeRead(messageId: string, typing: boolean): boolean {
    const { town, now } = this.#network
    const found = town.bubble(messageId)
    if (found?.bubble.direction !== 'from-citizen') return false
    for (const bubble of town.thread(found.citizen)) {
      if (bubble.direction === 'from-citizen' && bubble.state !== 'read') {
        this.#setState(found.citizen, bubble, 'read')
      }
      if (bubble.id === messageId) break
    }
    if (typing) town.typing(found.citizen, now() + typingMs)
    return true
  }

  async #carry(
    id: string,
    message: OfficeMessage,
    citizen: Citizen | null,
    failure: number | null,
    sentReported: boolean,
  ): Promise<void> {
    const { town, now } = this.#network
    await this.#pause()
    if (failure !== null || !citizen) {
      await this.#report(id, citizen, 'failed', failure ?? 131026)
      return
    }
    const { content } = message
    if (content.kind === 'reaction') {
      const target = town.bubble(content.targetId)
      if (target) {
        target.bubble.reactionOfOffice = content.emoji
        town.update(target.citizen, target.bubble)
      }
      if (!sentReported) await this.#report(id, citizen, 'sent')
      return
    }
    const bubble: Bubble = {
      id,
      direction: 'from-office',
      content,
      sentAt: new Date(now()),
      replyTo: message.replyTo,
      state: 'sent',
      reactionOfCitizen: null,
      reactionOfOffice: null,
      edited: false,
      revoked: false,
    }
    town.add(citizen, bubble)
    if (!sentReported) void this.#report(id, citizen, 'sent')
    await this.#pause()
    this.#setState(citizen, bubble, 'delivered')
    void this.#report(id, citizen, 'delivered')
    if (citizen.reading !== 'by-itself') return
    await this.#pause()
    this.#read(citizen, bubble)
  }

  #read(citizen: Citizen, bubble: Bubble): void {
    this.#setState(citizen, bubble, 'read')
    if (citizen.reading !== 'never') void this.#report(bubble.id, citizen, 'read')
  }

  /** The window is 24 hours from the citizen's last message; only templates reach beyond it. */
  #failureOf(message: OfficeMessage, citizen: Citizen | null): number | null {
    const { fail } = this.#faults.current.statuses
    if (fail !== null) return fail
    if (message.failsWith !== null) return message.failsWith
    if (citizen?.blocked) return 131026
    if (message.isTemplate) return null
    const { town, now } = this.#network
    const last = citizen && town.thread(citizen).findLast((bubble) => bubble.direction === 'from-citizen')
    return last && now() - last.sentAt.getTime() < windowMs ? null : 131047
  }

  async #report(
    id: string,
    citizen: Citizen | null,
    status: 'sent' | 'delivered' | 'read' | 'played' | 'failed',
    code: number | null = null,
  ): Promise<void> {
    if (this.#faults.current.statuses.drop.includes(status)) return
    const message = this.#sentAs.get(id)
    const toPhone = message?.addressed.by === 'phone'
    const wire: WireStatus = {
      id,
      status,
      timestamp: timestampOf(this.#network),
      ...(toPhone ? { recipient_id: message.addressed.value } : {}),
      ...(citizen && !(toPhone && status === 'failed') ? { recipient_user_id: citizen.bsuid } : {}),
      ...(status === 'sent' || status === 'delivered' ? { pricing: pricing } : {}),
      ...(code === null ? {} : { errors: [errorOf(code)] }),
      ...(message && message.opaqueData !== null ? { biz_opaque_callback_data: message.opaqueData } : {}),
    }
    const contacts = citizen && status !== 'failed' ? { contacts: [contactOf(citizen)] } : {}
    await this.#network.courier.deliver({ ...contacts, statuses: [wire] })
  }

  #setState(citizen: Citizen, bubble: Bubble, state: Bubble['state']): void {
    bubble.state = state
    this.#network.town.update(citizen, bubble)
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, this.#pace.stepMs()).unref()
    })
  }
}

const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' } as const

const titles: ReadonlyMap<number, string> = new Map([
  [131026, 'Message undeliverable'],
  [131042, 'Business eligibility payment issue'],
  [131047, 'Re-engagement message'],
  [131049, 'This message was not delivered to maintain healthy ecosystem engagement.'],
  [131053, 'Media upload error'],
])

function errorOf(code: number): WireError {
  const title = titles.get(code) ?? 'Something went wrong'
  return {
    code,
    title,
    message: title,
    error_data: { details: title },
    href: 'https://example.invalid/errors',
  }
}
