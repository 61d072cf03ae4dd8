import type { Conversation } from '../api.ts'

export type Order = 'waiting' | 'latest'

function latestAt(conversation: Conversation): string {
  return conversation.lastMessage?.sentAt ?? conversation.openedAt
}

function byLatest(a: Conversation, b: Conversation): number {
  return Date.parse(latestAt(b)) - Date.parse(latestAt(a)) || (a.id < b.id ? 1 : -1)
}

/** Who has waited longest comes first, those who do not wait last. */
function byWaiting(a: Conversation, b: Conversation): number {
  if (a.waitingSince === null || b.waitingSince === null) {
    if (a.waitingSince === b.waitingSince) return byLatest(a, b)
    return a.waitingSince === null ? 1 : -1
  }
  return Date.parse(a.waitingSince) - Date.parse(b.waitingSince) || (a.id < b.id ? -1 : 1)
}

export function sorted(conversations: readonly Conversation[], order: Order): Conversation[] {
  return conversations.toSorted(order === 'waiting' ? byWaiting : byLatest)
}

export type Filter = {
  readonly tab: 'open' | 'mine' | 'all'
  readonly unread: boolean
  readonly order: Order
  readonly q: string
}

/** Whether the server would list it; a search's matches only the server knows. */
export function matches(conversation: Conversation, filter: Filter, me: string): boolean {
  if (filter.unread && conversation.unreadCount === 0) return false
  if (filter.tab === 'all') return true
  if (conversation.status !== 'open') return false
  return filter.tab === 'open' || conversation.assignee?.id === me
}
