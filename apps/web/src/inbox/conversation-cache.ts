import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { ask, type Conversation, Failure, type Message, type Reply } from '../api.ts'
import { type Filter, matches } from './conversation-order.ts'

/** What the browser holds of the server's data; live events keep it fresh, so it never goes stale by itself. */

/** A list or what a search has found; `indexedSince` as the search says it. */
type ConversationPage = Reply<'searchConversations'>
type MessagePage = Reply<'listMessages'>
type ListKey = readonly ['conversations', Filter]

const statusOf = { open: 'open', mine: 'open', all: 'all' } as const

async function pageOf(
  { tab, unread, order, q }: Filter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ConversationPage> {
  const assignee = tab === 'mine' ? 'me' : undefined
  if (q !== '') {
    const body = { q, assignee, unread: unread || undefined, cursor } as const
    return ask('searchConversations', { body }, signal)
  }
  const query = {
    status: statusOf[tab],
    assignee,
    unread: unread ? 'true' : undefined,
    order,
    cursor,
  } as const
  return { ...(await ask('listConversations', { query }, signal)), indexedSince: null }
}

/** While the index is built anew, what is found grows. */
const askAgainMs = 3000

export function conversationsQuery(filter: Filter) {
  return infiniteQueryOptions({
    queryKey: ['conversations', filter] as const,
    queryFn: ({ pageParam, signal }) => pageOf(filter, pageParam ?? undefined, signal),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.indexedSince !== null) ? askAgainMs : false,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

export const countsQuery = queryOptions({
  queryKey: ['counts'] as const,
  queryFn: ({ signal }) => ask('readCounts', {}, signal),
})

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: ['conversation', id] as const,
    queryFn: ({ signal }) => ask('readConversation', { params: { id } }, signal),
  })
}

export function messagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['messages', id] as const,
    queryFn: ({ pageParam, signal }) =>
      ask('listMessages', { params: { id }, query: { before: pageParam ?? undefined } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

export function templatesQuery(id: string) {
  return queryOptions({
    queryKey: ['templates', id] as const,
    queryFn: ({ signal }) => ask('listTemplates', { params: { id } }, signal),
  })
}

/** Opening is instant when it was fetched while the pointer or the focus was on its way. */
export function prefetchThread(client: QueryClient, id: string): void {
  void client.prefetchInfiniteQuery({ ...messagesQuery(id), pages: 1 })
}

function withConversation(
  data: InfiniteData<ConversationPage>,
  conversation: Conversation,
  filter: Filter,
  me: string,
): InfiniteData<ConversationPage> {
  const wanted = filter.q !== '' || matches(conversation, filter, me)
  let found = false
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((item) => {
      if (item.id !== conversation.id) return [item]
      found = true
      return wanted ? [{ ...conversation, hit: item.hit }] : []
    }),
  }))
  const [first, ...rest] = pages
  if (found || !wanted || filter.q !== '' || first === undefined) return { ...data, pages }
  return { ...data, pages: [{ ...first, items: [conversation, ...first.items] }, ...rest] }
}

/** Puts the newest state of a conversation wherever it is shown, and where it now belongs. */
export function keepConversation(client: QueryClient, conversation: Conversation, me: string): void {
  client.setQueryData(conversationQuery(conversation.id).queryKey, (before) => ({
    earlier: before?.earlier ?? [],
    answeredIn: before?.answeredIn ?? null,
    filing: before?.filing ?? null,
    held: before?.held ?? false,
    noticeToGive: before?.noticeToGive ?? null,
    restrictedSince: before?.restrictedSince ?? null,
    ...conversation,
  }))
  for (const [key, data] of client.getQueriesData<InfiniteData<ConversationPage>>({
    queryKey: ['conversations'],
  })) {
    if (data === undefined) continue
    const [, filter] = key as ListKey
    client.setQueryData(key, withConversation(data, conversation, filter, me))
  }
}

/** A conversation as it is shown somewhere. */
export function heldConversation(client: QueryClient, id: string): Conversation | undefined {
  const read = client.getQueryData(conversationQuery(id).queryKey)
  if (read !== undefined) return read
  return client
    .getQueriesData<InfiniteData<ConversationPage>>({ queryKey: ['conversations'] })
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap(({ items }) => items)
    .find((one) => one.id === id)
}

/** Within one second the order is the server's: a newcomer goes behind all that are not younger. */
function insert(items: readonly Message[], message: Message): Message[] {
  const at = items.findIndex((item) => Date.parse(item.sentAt) <= Date.parse(message.sentAt))
  return at === -1 ? [...items, message] : items.toSpliced(at, 0, message)
}

function withMessage(data: InfiniteData<MessagePage>, message: Message): InfiniteData<MessagePage> {
  function holds(page: MessagePage): boolean {
    return page.items.some(({ id }) => id === message.id)
  }
  if (data.pages.some(holds))
    return {
      ...data,
      pages: data.pages.map((page) =>
        holds(page)
          ? { ...page, items: page.items.map((item) => (item.id === message.id ? message : item)) }
          : page,
      ),
    }
  // The newest page that reaches back far enough; what is older than all that is loaded comes with its own page.
  const target = data.pages.findIndex((page) => {
    const oldest = page.items.at(-1)
    return (
      page.nextCursor === null ||
      oldest === undefined ||
      Date.parse(oldest.sentAt) <= Date.parse(message.sentAt)
    )
  })
  if (target === -1) return data
  return {
    ...data,
    pages: data.pages.map((page, index) =>
      index === target ? { ...page, items: insert(page.items, message) } : page,
    ),
  }
}

export function keepMessage(client: QueryClient, message: Message): void {
  client.setQueryData<InfiniteData<MessagePage>>(messagesQuery(message.conversationId).queryKey, (data) =>
    data === undefined ? data : withMessage(data, message),
  )
}

/** Forgets what was loaded further up: a thread opens at its end. */
export function keepNewestMessages(client: QueryClient, conversationId: string): void {
  client.setQueryData<InfiniteData<MessagePage>>(messagesQuery(conversationId).queryKey, (data) =>
    data === undefined || data.pages.length < 2
      ? data
      : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
  )
}

export function heldMessage(
  client: QueryClient,
  { id, conversationId }: Pick<Message, 'id' | 'conversationId'>,
): Message | undefined {
  return client
    .getQueryData(messagesQuery(conversationId).queryKey)
    ?.pages.flatMap((page) => page.items)
    .find((item) => item.id === id)
}

/** The answer to sending shows the first state of all: what an event has brought meanwhile is newer and stays. */
export function keepSent(client: QueryClient, message: Message): void {
  if (heldMessage(client, message) === undefined) keepMessage(client, message)
}

/** A thread that was never opened needs no message: it is fetched when somebody looks. */
export function threadIsHeld(client: QueryClient, conversationId: string): boolean {
  return client.getQueryData(messagesQuery(conversationId).queryKey) !== undefined
}

export function forgetConversation(client: QueryClient, id: string): void {
  client.removeQueries({ queryKey: messagesQuery(id).queryKey })
  for (const [key, data] of client.getQueriesData<InfiniteData<ConversationPage>>({
    queryKey: ['conversations'],
  })) {
    if (data === undefined) continue
    client.setQueryData(key, {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
    })
  }
}

/**
 * What is on its way may have been read before an event, and would put itself over what the event has brought: it is asked
 * for once more when it is here, never broken off, so that a busy day cannot keep a list from ever arriving.
 */
export function askAgainForWhatIsUnderway(client: QueryClient, conversationId: string): void {
  for (const key of [['conversations'], ['conversation', conversationId], ['messages', conversationId]]) {
    for (const { promise, queryKey } of client
      .getQueryCache()
      .findAll({ queryKey: key, fetchStatus: 'fetching' })) {
      function again(): void {
        void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
      }
      promise?.then(again, again)
    }
  }
}

/** There may be a gap between what is shown and what is true. */
export function refreshAll(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
}

export function retryOnlyLost(attempts: number, error: unknown): boolean {
  return error instanceof Failure && ['offline', 'not-ready'].includes(error.code) && attempts < 3
}
