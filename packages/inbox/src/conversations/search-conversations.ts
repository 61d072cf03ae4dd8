import type { Conversation } from '@buergerdraht/contract'
import {
  cursorOf,
  openJson,
  type PagePosition,
  positionOf,
  prepared,
  type Viewer,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { contentText } from '../ingest/content-text.ts'
import { matchesIn, type SearchQuery, searchQueryOf } from '../search/search-query.ts'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'
import { conversationsByIdentity } from './find-by-identity.ts'
import type { ListQuery } from './list-conditions.ts'
import type { ConversationPage } from './list-conversations.ts'
import { presentConversations } from './present-conversations.ts'
import {
  type Candidate,
  olderCandidates,
  searchCandidates,
  searchPlanOf,
  wantedOf,
  widened,
} from './search-candidates.ts'
import { snippetOf } from './search-snippet.ts'

type Hit = NonNullable<Conversation['hit']>

/** A page goes on looking while another step, as long as the last one, would end within this; then the next page goes on from there. */
const patienceMs = 50
const mostOlder = 200

async function textsOf(inbox: Inbox, messageIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await inbox.pool.query<{ id: string; key_id: string; content_sealed: Buffer }>(
    prepared(
      `select m.id, c.key_id, m.content_sealed from message m join conversation c on c.id = m.conversation_id
      where m.id = any($1::uuid[]) and m.content_sealed is not null and m.revoked_at is null`,
      [messageIds],
    ),
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  const texts = new Map<string, string>()
  for (const row of rows) {
    const key = keys.get(row.key_id)
    if (key === undefined) continue
    const { content } = openJson<StoredContent>(key, additionalData.content(row.id), row.content_sealed)
    // System lines are not in the index.
    if (content.kind !== 'system') texts.set(row.id, contentText(content))
  }
  return texts
}

/** Where a text matches; null when the exact phrase, or the rest of a long last word, is not in it. */
function checkedMatches(text: string, query: SearchQuery): [number, number][] | null {
  const matches = matchesIn(text, query)
  const nothingButPrefix = query.lastWord !== null && query.tokens.length === 0
  return matches?.length === 0 && nothingButPrefix ? null : matches
}

/** Of each conversation the newest candidate that still matches when it is read. Candidates come newest first. */
async function hitsOf(
  inbox: Inbox,
  candidates: readonly Candidate[],
  query: SearchQuery,
): Promise<Map<string, Hit>> {
  if (candidates.length === 0) return new Map()
  const names = await presentConversations(
    inbox,
    candidates.flatMap((one) => (one.messageId === null ? [one.conversationId] : [])),
  )
  const nameOf = new Map(names.map(({ id, contact }) => [id, contact.displayName]))
  const textOf = await textsOf(
    inbox,
    candidates.flatMap(({ messageId }) => messageId ?? []),
  )
  const hits = new Map<string, Hit>()
  for (const { conversationId, messageId, at } of candidates) {
    const text = messageId === null ? nameOf.get(conversationId) : textOf.get(messageId)
    if (text === undefined || hits.has(conversationId)) continue
    const matches = checkedMatches(text, query)
    if (matches === null) continue
    hits.set(conversationId, { messageId, sentAt: at.toISOString(), ...snippetOf(text, matches) })
  }
  return hits
}

type FoundPage = {
  readonly hits: readonly { readonly conversationId: string; readonly hit: Hit }[]
  readonly next: PagePosition | null
}

const emptyPage: FoundPage = { hits: [], next: null }

async function findInTexts(
  inbox: Inbox,
  viewer: Viewer,
  teams: readonly string[],
  query: ListQuery & { readonly q: string },
  after: PagePosition | null,
  skip: ReadonlySet<string>,
): Promise<FoundPage> {
  const text = searchQueryOf(inbox, query.q)
  const wanted = text === null ? null : await wantedOf(inbox, text)
  if (text === null || wanted === null) return emptyPage
  const search = { viewer, teams, query, wanted, limit: query.limit + 1 }
  const deadline = performance.now() + patienceMs
  let begun = performance.now()
  let stepMs = 0
  const hits: { conversationId: string; hit: Hit }[] = []
  let position = after
  let plan = await searchPlanOf(inbox, search)
  do {
    const { candidates, next } = await searchCandidates(inbox, search, plan, position)
    plan = widened(plan)
    const found = await hitsOf(inbox, candidates, text)
    const unproven = candidates.flatMap((one) => (found.has(one.conversationId) ? [] : [one.conversationId]))
    const older = await hitsOf(inbox, await olderCandidates(inbox, unproven, wanted, mostOlder), text)
    for (const { conversationId, at } of candidates) {
      const hit = skip.has(conversationId)
        ? undefined
        : (found.get(conversationId) ?? older.get(conversationId))
      if (hit !== undefined && hits.length === query.limit) return { hits, next: position }
      if (hit !== undefined) hits.push({ conversationId, hit })
      position = { mark: 's', at, id: conversationId }
    }
    if (next === null) return { hits, next: null }
    position = next
    stepMs = performance.now() - begun
    begun += stepMs
  } while (begun + stepMs < deadline)
  return { hits, next: position }
}

/**
 * Conversations with a message, or a contact's name, that matches; newest hit first, each conversation once, with its newest hit.
 * A full phone number or user id finds its person's conversations, ahead of all hits.
 * @throws Refusal `invalid-input` (cursor)
 */
export async function searchConversations(
  inbox: Inbox,
  viewer: Viewer,
  teams: readonly string[],
  query: ListQuery & { readonly q: string },
): Promise<ConversationPage> {
  const after = positionOf('cursor', query.cursor)
  const people = await conversationsByIdentity(inbox, viewer, teams, query.q, query)
  const { hits, next } = await findInTexts(inbox, viewer, teams, query, after, new Set(people))
  const hitOf = new Map(hits.map(({ conversationId, hit }) => [conversationId, hit]))
  const ids = [...(after === null ? people : []), ...hitOf.keys()]
  const items = await presentConversations(inbox, ids)
  return {
    items: items.map((item) => ({ ...item, hit: hitOf.get(item.id) ?? null })),
    nextCursor: next === null ? null : cursorOf(next),
  }
}
