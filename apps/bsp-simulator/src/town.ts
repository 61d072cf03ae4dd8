import { type Citizen, inventCitizen } from './citizen.ts'
import { type Bubble, viewOf } from './message.ts'
import type { BubbleView, CitizenView } from './page/view.ts'

/** What changed, for everybody who watches a phone. */
export type TownEvent =
  | { readonly type: 'citizen'; readonly citizen: CitizenView }
  | { readonly type: 'bubble'; readonly identity: string; readonly bubble: BubbleView }
  | { readonly type: 'office-typing'; readonly identity: string; readonly untilMs: number }
  | { readonly type: 'office' }

/** The citizens and what they and the office wrote to each other. */
export class Town {
  readonly #citizens = new Map<string, Citizen>()
  readonly #threads = new Map<string, Bubble[]>()
  readonly #ownerByBubble = new Map<string, Citizen>()
  readonly #typingUntilMs = new Map<string, number>()
  /** What Meta keeps of everybody who writes or is written to by number: number and BSUID. */
  readonly #contactBook = new Set<string>()
  readonly #watchers = new Set<(event: TownEvent) => void>()

  citizens(): CitizenView[] {
    return [...this.#citizens.values()].map(citizenViewOf)
  }

  /** Everybody with their chat. */
  phones(): { readonly citizen: Citizen; readonly bubbles: readonly Bubble[] }[] {
    return [...this.#citizens.values()].map((citizen) => ({ citizen, bubbles: this.thread(citizen) }))
  }

  /** BSUIDs of whom the network has an entry in its contact book. */
  contactBook(): string[] {
    return [...this.#contactBook]
  }

  restoreContactBook(bsuids: readonly string[]): void {
    for (const bsuid of bsuids) this.#contactBook.add(bsuid)
  }

  /** Deletes an entry of the contact book; whoever writes again has one again. False: there was none. */
  forget(bsuid: string): boolean {
    return this.#contactBook.delete(bsuid)
  }

  /** Somebody is there again, with their chat. Nobody is told. */
  restore(citizen: Citizen, bubbles: readonly Bubble[]): void {
    this.#citizens.set(citizen.identity, citizen)
    this.#threads.set(citizen.identity, [...bubbles])
    for (const { id } of bubbles) this.#ownerByBubble.set(id, citizen)
  }

  find(identity: string): Citizen | null {
    return this.#citizens.get(identity) ?? null
  }

  /** Finds or invents. Null: the identity is neither a phone number nor a BSUID. */
  meet(identity: string): Citizen | null {
    const known = this.find(identity)
    if (known) return known
    const citizen = inventCitizen(identity)
    if (!citizen) return null
    this.#citizens.set(identity, citizen)
    this.tell({ type: 'citizen', citizen: citizenViewOf(citizen) })
    return citizen
  }

  /** Whom the office means with a phone number or a BSUID. */
  addressee(address: string): Citizen | null {
    const byIdentity = this.find(address)
    if (byIdentity) return byIdentity
    return [...this.#citizens.values()].find((citizen) => citizen.bsuid === address) ?? null
  }

  changed(citizen: Citizen): CitizenView {
    const view = citizenViewOf(citizen)
    this.tell({ type: 'citizen', citizen: view })
    return view
  }

  thread(citizen: Citizen): readonly Bubble[] {
    return this.#threads.get(citizen.identity) ?? []
  }

  add(citizen: Citizen, bubble: Bubble): void {
    const thread = this.#threads.get(citizen.identity) ?? []
    thread.push(bubble)
    this.#threads.set(citizen.identity, thread)
    this.#ownerByBubble.set(bubble.id, citizen)
    if (citizen.phone !== null) this.#contactBook.add(citizen.bsuid)
    if (bubble.direction === 'from-office') this.typing(citizen, 0)
    this.update(citizen, bubble)
  }

  /** The bubble of this id and whose phone it is on. */
  bubble(id: string): { readonly citizen: Citizen; readonly bubble: Bubble } | null {
    const citizen = this.#ownerByBubble.get(id)
    const bubble = citizen && this.thread(citizen).find((candidate) => candidate.id === id)
    return citizen && bubble ? { citizen, bubble } : null
  }

  update(citizen: Citizen, bubble: Bubble): void {
    this.tell({ type: 'bubble', identity: citizen.identity, bubble: viewOf(bubble) })
  }

  typing(citizen: Citizen, untilMs: number): void {
    if (untilMs === 0 && !this.#typingUntilMs.delete(citizen.identity)) return
    if (untilMs > 0) this.#typingUntilMs.set(citizen.identity, untilMs)
    this.tell({ type: 'office-typing', identity: citizen.identity, untilMs })
  }

  typingUntilMs(citizen: Citizen): number {
    return this.#typingUntilMs.get(citizen.identity) ?? 0
  }

  watch(watcher: (event: TownEvent) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  tell(event: TownEvent): void {
    for (const watcher of this.#watchers) watcher(event)
  }
}

export function citizenViewOf(citizen: Citizen): CitizenView {
  return { ...citizen }
}
