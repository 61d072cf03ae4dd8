type ReactionState = {
  readonly id: string
  readonly messageId: string
  readonly at: Date
  readonly providerIdMac: Buffer | null
  replaced: boolean
}
export type Reaction = Readonly<ReactionState>

type NewReaction = { readonly reaction: Reaction; readonly emojiSealed: Buffer | null }

/** The citizens' reactions to messages of a batch; the newest of a person counts, the others are history. */
export class Reactions {
  readonly #ofMessage = new Map<string, ReactionState[]>()
  readonly #new: NewReaction[] = []
  readonly #replaced: string[] = []

  addStored(reaction: Reaction): void {
    this.#of(reaction.messageId).push({ ...reaction })
  }

  isKnown(messageId: string, providerIdMac: Buffer): boolean {
    return this.#of(messageId).some((reaction) => reaction.providerIdMac?.equals(providerIdMac) === true)
  }

  /** Takes the place of the current one unless that is newer. */
  add(reaction: Omit<Reaction, 'replaced'>, emojiSealed: Buffer | null): void {
    const all = this.#of(reaction.messageId)
    const current = all.find(({ replaced }) => !replaced)
    const state = { ...reaction, replaced: current !== undefined && current.at > reaction.at }
    if (current !== undefined && !state.replaced) {
      current.replaced = true
      this.#replaced.push(current.id)
    }
    all.push(state)
    this.#new.push({ reaction: state, emojiSealed })
  }

  changes(): { readonly added: readonly NewReaction[]; readonly replaced: readonly string[] } {
    return { added: this.#new, replaced: this.#replaced }
  }

  #of(messageId: string): ReactionState[] {
    const known = this.#ofMessage.get(messageId) ?? []
    this.#ofMessage.set(messageId, known)
    return known
  }
}
