import type { Conversation } from '../api.ts'
import type { Order } from './conversation-order.ts'

/** What stands in the list, and what each row looked like when it took its place. */
export type Arrangement = {
  readonly ids: readonly string[]
  readonly seen: ReadonlyMap<string, string | null>
}

function lastOf(conversation: Conversation): string | null {
  return conversation.lastMessage?.id ?? null
}

export function arrange(fresh: readonly Conversation[]): Arrangement {
  return {
    ids: fresh.map(({ id }) => id),
    seen: new Map(fresh.map((conversation) => [conversation.id, lastOf(conversation)])),
  }
}

/**
 * The list under the pointer or the focus: nothing moves, nothing goes, and what comes by paging is added at the end.
 * `fresh` is in its right order.
 */
export function hold(shown: Arrangement, fresh: readonly Conversation[]): Arrangement {
  const last = shown.ids.at(-1)
  const from = last === undefined ? 0 : fresh.findIndex(({ id }) => id === last) + 1
  if (last !== undefined && from === 0) return shown
  const below = fresh.slice(from).filter(({ id }) => !shown.seen.has(id))
  if (below.length === 0) return shown
  return {
    ids: [...shown.ids, ...below.map(({ id }) => id)],
    seen: new Map([...shown.seen, ...below.map((c) => [c.id, lastOf(c)] as const)]),
  }
}

/** How many would enter, or come up, if the list were let go. */
export function waitingOutside(shown: Arrangement, fresh: readonly Conversation[], order: Order): number {
  return fresh.filter((conversation) => {
    const seen = shown.seen.get(conversation.id)
    if (seen === undefined) return true
    return (
      order === 'latest' && conversation.lastMessage?.direction === 'inbound' && lastOf(conversation) !== seen
    )
  }).length
}
