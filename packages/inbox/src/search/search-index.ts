import type { Keys } from '@buergerdraht/office'
import type { RunSql } from './run-sql.ts'
import { blindToken, digitEndsOf, fold, prefixesOf, stemOf, wordsAsWritten } from './words.ts'

/** One life of the index: it has a key of its own and is filled from the newest message to the oldest. */
export type Generation = {
  readonly id: string
  readonly key: Buffer
  /** What arrived since then can be found; null: everything. */
  readonly since: Date | null
  /** The oldest message that it has come to. */
  readonly reachedId: string | null
  /** Its key is wrapped by a key-encryption key that has been replaced: it is to be followed by another. */
  readonly outdated: boolean
}

type Entry = {
  /** The message's; the conversation's for its contact. */
  readonly id: string
  readonly conversationId: string
  readonly teamId: string
  readonly at: Date
}
/** Found by its words. */
export type FindableMessage = Entry & { readonly text: string }
/** A conversation, found by its contact's name and number (digits only). */
export type FindableContact = Entry & { readonly name: string; readonly phone: string | null }
export type Findable = FindableMessage | FindableContact

export type PrefixRow = {
  readonly prefix: bigint
  readonly token: bigint
}

type WordKind = 'stem' | 'name'
/** Word as written → token; null: it means nothing alone. */
type Vocabulary = Record<WordKind, Map<string, bigint | null>>

function emptyVocabulary(): Vocabulary {
  return { stem: new Map(), name: new Map() }
}

const maxRemembered = 100_000

/** The index as one process sees it. Keeps the words of this process in memory, never on disk. */
export class SearchIndex {
  readonly #keys: Keys
  #current: Generation | null = null
  /** What is here has its prefixes stored, and committed. */
  #words = emptyVocabulary()

  constructor(keys: Keys) {
    this.#keys = keys
  }

  /** The generation that was seen last. Whoever writes on it makes sure that it still is the one. */
  get known(): Generation | null {
    return this.#current
  }

  /** The generation there is now. Null: none, after a crash or before the first one. */
  async load(run: RunSql): Promise<Generation | null> {
    const [row] = await run<{
      id: string
      wrapped: Uint8Array
      kekId: string
      since: Date | null
      reachedId: string | null
    }>(
      `select key_id as id, wrapped, kek_id as "kekId", reached_id as "reachedId",
        case when completed_at is null then coalesce(reached_at, begun_at) end as since from search_generation`,
    )
    if (row === undefined) return this.#remember(null)
    const { id, kekId, since, reachedId } = row
    const key =
      this.#current?.id === id
        ? this.#current.key
        : await this.#keys.unwrap({ id, purpose: 'search', wrapped: Buffer.from(row.wrapped), kekId })
    const outdated = !this.#keys.isNewest(kekId)
    return this.#remember(key === null ? null : { id, key, since, reachedId, outdated })
  }

  #remember(generation: Generation | null): Generation | null {
    if (generation === null || generation.id !== this.#current?.id) this.#words = emptyVocabulary()
    this.#current = generation
    return generation
  }

  /**
   * Tokens for each, without repetition, and the vocabulary rows that words seen for the first time need. Store the rows
   * before or with the tokens, ignoring those that are there, and `remember` once they are durable: until then others store them too.
   */
  tokensOf(
    { id, key }: Generation,
    items: readonly Findable[],
  ): { readonly tokens: bigint[][]; readonly prefixes: PrefixRow[]; readonly remember: () => void } {
    const prefixes: PrefixRow[] = []
    const fresh = emptyVocabulary()
    const tokens = items.map((item) => {
      const isMessage = 'text' in item
      const words = wordsAsWritten(isMessage ? item.text : item.name)
      const found = words.map((word) =>
        this.#tokenOf(key, isMessage ? 'stem' : 'name', word, fresh, prefixes),
      )
      const ends = isMessage ? [] : digitEndsOf(item.phone).map((end) => blindToken(key, 'digits', end))
      return [...new Set([...found.filter((token) => token !== null), ...ends])]
    })
    return { tokens, prefixes, remember: () => this.#learn(id, fresh) }
  }

  #learn(generationId: string, fresh: Vocabulary): void {
    if (generationId !== this.#current?.id) return
    for (const kind of ['stem', 'name'] as const) {
      const words = this.#words[kind]
      if (words.size > maxRemembered) words.clear()
      for (const [word, token] of fresh[kind]) words.set(word, token)
    }
  }

  #tokenOf(
    key: Buffer,
    kind: WordKind,
    word: string,
    fresh: Vocabulary,
    prefixes: PrefixRow[],
  ): bigint | null {
    const known = [this.#words, fresh].find((words) => words[kind].has(word))?.[kind].get(word)
    if (known !== undefined) return known
    const folded = fold(word)
    const meant = kind === 'stem' ? stemOf(folded) : folded
    const token = meant === null ? null : blindToken(key, kind, meant)
    fresh[kind].set(word, token)
    if (token !== null && !/^\d+$/.test(folded)) {
      for (const prefix of prefixesOf(folded)) {
        prefixes.push({ prefix: blindToken(key, `${kind}-prefix`, prefix), token })
      }
    }
    return token
  }
}
