import type { Conversation, searchConversations as endpoint } from '@buergerdraht/contract'
import {
  asViewer,
  cursorOf,
  listTeamsOf,
  openJson,
  type PagePosition,
  positionOf,
  prepared,
  recordActOn,
  type Viewer,
} from '@buergerdraht/office'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { findableContacts } from '../search/findable-contacts.ts'
import { contentText } from '../search/findable-text.ts'
import { onClient } from '../search/run-sql.ts'
import {
  type Match,
  matchesInText,
  matchesOfContact,
  type SearchQuery,
  searchQueryOf,
} from '../search/search-query.ts'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'
import { displayNameOf } from './contact-name.ts'
import { conversationsByIdentity } from './find-by-identity.ts'
import type { ConversationPage } from './list-conversations.ts'
import { presentConversations } from './present-conversations.ts'
import {
  beforeAllTexts,
  olderCandidates,
  searchCandidates,
  searchPlanOf,
  textMark,
  widened,
} from './search-candidates.ts'
import { type ContactCandidate, contactCandidates } from './search-contacts.ts'
import { snippetOf } from './search-snippet.ts'
import { type Candidate, type Scope, searching } from './search-statement.ts'

type Asked = z.output<(typeof endpoint)['body']>
type Hit = NonNullable<Conversation['hit']>
/** Null: it is found by its number alone, there is nothing to mark. */
type Hits = Map<string, Hit | null>

/** A page goes on looking while another step, as long as the last one, would end within this; then the next page goes on from there. */
const patienceMs = 50
const maxOlder = 200
const maxPhraseMessages = 20

type TextRow = {
  readonly id: string
  readonly key_id: string
  readonly sent_at: Date
  readonly content_sealed: Buffer
}

type Text = { readonly text: string; readonly sentAt: Date }

async function textsOf(
  inbox: Inbox,
  viewer: Viewer,
  messageIds: readonly string[],
): Promise<Map<string, Text>> {
  const texts = new Map<string, Text>()
  if (messageIds.length === 0) return texts
  const { rows } = await searching(inbox, viewer, (client) =>
    client.query<TextRow>(
      prepared(
        `select m.id, c.key_id, m.sent_at, m.content_sealed from message m join conversation c on c.id = m.conversation_id
      where m.id = any($1::uuid[]) and m.content_sealed is not null and m.revoked_at is null`,
        [messageIds],
      ),
    ),
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  for (const row of rows) {
    const key = keys.get(row.key_id)
    if (key === undefined) continue
    const { content } = openJson<StoredContent>(key, additionalData.content(row.id), row.content_sealed)
    // System lines are not in the index.
    if (content.kind !== 'system') texts.set(row.id, { text: contentText(content), sentAt: row.sent_at })
  }
  return texts
}

function hitIn(messageId: string, { text, sentAt }: Text, matches: readonly Match[]): Hit {
  return { messageId, sentAt: sentAt.toISOString(), ...snippetOf(text, matches) }
}

/** Of each conversation the newest candidate whose text still matches when it is read. Candidates come newest first. */
async function hitsInTexts(
  inbox: Inbox,
  viewer: Viewer,
  query: SearchQuery,
  candidates: readonly Candidate[],
): Promise<Hits> {
  const texts = await textsOf(
    inbox,
    viewer,
    candidates.map((one) => one.messageId),
  )
  const hits: Hits = new Map()
  for (const { conversationId, messageId } of candidates) {
    const found = texts.get(messageId)
    if (found === undefined || hits.has(conversationId)) continue
    const matches = matchesInText(query, found.text)
    if (matches !== null) hits.set(conversationId, hitIn(messageId, found, matches))
  }
  return hits
}

/** By name and number, with the newest message that says the rest. Those that do not match when they are read fall out. */
async function hitsByContact(
  inbox: Inbox,
  viewer: Viewer,
  query: SearchQuery,
  candidates: readonly ContactCandidate[],
): Promise<Hits> {
  const conversations = candidates.map((one) => one.conversationId)
  const contacts = await searching(inbox, viewer, (client) =>
    findableContacts(onClient(client), inbox.keys, { conversations }),
  )
  const contactOf = new Map(contacts.map((one) => [one.id, one]))
  const texts = await textsOf(
    inbox,
    viewer,
    candidates.flatMap((one) => one.messageIds),
  )
  const hits: Hits = new Map()
  for (const { conversationId, messageIds, at } of candidates) {
    const contact = contactOf.get(conversationId)
    if (contact === undefined) continue
    if (messageIds.length === 0) {
      if (matchesOfContact(query, contact, null) === null) continue
      const name = displayNameOf({ ...contact, username: null })
      const inName = matchesOfContact(query, { ...contact, name }, null)?.inName ?? []
      const hit = { messageId: null, sentAt: at.toISOString(), ...snippetOf(name, inName) }
      hits.set(conversationId, inName.length === 0 ? null : hit)
    }
    for (const messageId of messageIds) {
      const found = texts.get(messageId)
      const matches = found && matchesOfContact(query, contact, found.text)
      if (!found || !matches || hits.has(conversationId)) continue
      hits.set(conversationId, hitIn(messageId, found, matches.inText))
    }
  }
  return hits
}

type FoundPage = {
  readonly hits: Hits
  readonly next: PagePosition | null
}

async function findByContact(
  inbox: Inbox,
  scope: Scope,
  query: SearchQuery,
  after: PagePosition | null,
  limit: number,
): Promise<FoundPage> {
  const messages = query.phrases.length > 0 ? maxPhraseMessages : 1
  const words = query.contactWords
  const candidates = await contactCandidates(inbox, { ...scope, words, messages, limit: limit + 1 }, after)
  const page = candidates.slice(0, limit)
  const last = page.at(-1)
  const isLast = candidates.length <= limit || last === undefined
  return {
    hits: await hitsByContact(inbox, scope.viewer, query, page),
    next: isLast ? null : { mark: 'c', at: last.at, id: last.conversationId },
  }
}

async function findInTexts(
  inbox: Inbox,
  scope: Scope,
  query: SearchQuery,
  after: PagePosition,
  limit: number,
): Promise<FoundPage> {
  const hits: Hits = new Map()
  const { words } = query
  const meant = words.flatMap(({ inText }) => (inText === null ? [] : [inText]))
  if (meant.length === 0 || meant.some((tokens) => tokens.length === 0)) return { hits, next: null }
  const notInContact = query.contactWords.flatMap((word) => word.inContact)
  const search = { ...scope, words, notInContact, limit: limit + 1 }
  const deadline = performance.now() + patienceMs
  let begun = performance.now()
  let stepMs = 0
  let position = after
  let plan = await searchPlanOf(inbox, search)
  do {
    const { candidates, next } = await searchCandidates(inbox, search, plan, position)
    plan = widened(plan)
    const found = await hitsInTexts(inbox, scope.viewer, query, candidates)
    const unproven = candidates.flatMap((one) => (found.has(one.conversationId) ? [] : [one.conversationId]))
    const older = await hitsInTexts(
      inbox,
      scope.viewer,
      query,
      await olderCandidates(inbox, scope.viewer, unproven, words, maxOlder),
    )
    for (const { conversationId, at } of candidates) {
      const hit = found.get(conversationId) ?? older.get(conversationId)
      if (hit !== undefined && hits.size === limit) return { hits, next: position }
      if (hit !== undefined) hits.set(conversationId, hit)
      position = { mark: textMark, at, id: conversationId }
    }
    if (next === null) return { hits, next: null }
    position = next
    stepMs = performance.now() - begun
    begun += stepMs
  } while (begun + stepMs < deadline)
  return { hits, next: position }
}

/** Contacts first, then messages; a page may hold the end of the one and the beginning of the other. */
async function findPage(
  inbox: Inbox,
  scope: Scope,
  query: SearchQuery,
  after: PagePosition | null,
  limit: number,
): Promise<FoundPage> {
  if (after?.mark === textMark) return findInTexts(inbox, scope, query, after, limit)
  const byContact = await findByContact(inbox, scope, query, after, limit)
  if (byContact.next !== null) return byContact
  const missing = limit - byContact.hits.size
  if (missing === 0) return { hits: byContact.hits, next: beforeAllTexts }
  const inTexts = await findInTexts(inbox, scope, query, beforeAllTexts, missing)
  return { hits: new Map([...byContact.hits, ...inTexts.hits]), next: inTexts.next }
}

/** @property indexedSince only what arrived since then is found yet; null: everything */
export type SearchPage = ConversationPage & { readonly indexedSince: string | null }

/**
 * Conversations whose contact's name or number matches, then those with a message that does, each part newest hit first, each
 * conversation once. A full phone number or user id finds its person's conversations ahead of all, without the index.
 * @throws Refusal `not-found` (foreign team), `invalid-input` (cursor)
 */
export async function searchConversations(inbox: Inbox, viewer: Viewer, asked: Asked): Promise<SearchPage> {
  const { q, cursor, limit } = asked
  const teams = listTeamsOf(viewer, asked.team)
  const after = positionOf('cursor', cursor)
  const scope: Scope = { viewer, teams, narrowing: asked }
  if (teams.length === 0) return { items: [], nextCursor: null, indexedSince: null }
  const { people, generation, query } = await asViewer(inbox, viewer, async (changing) => {
    const run = onClient(changing.client)
    const generation = await inbox.search.load(run)
    return {
      people: await conversationsByIdentity(inbox, changing, scope, q, limit),
      generation,
      query: generation === null ? null : await searchQueryOf(run, generation, q),
    }
  })
  const { hits, next } =
    query === null ? { hits: new Map(), next: null } : await findPage(inbox, scope, query, after, limit)
  for (const id of people) hits.delete(id)
  const ids = [...(after === null ? people : []), ...hits.keys()]
  const items = await asViewer(inbox, viewer, async (changing) => {
    const found = await presentConversations(inbox, changing, ids)
    // How much was found, never what was sought.
    if (after === null) {
      const facts = { hits: found.length }
      await recordActOn(changing.client, inbox.now(), viewer, { act: 'conversations-searched', facts })
    }
    return found
  })
  const since = generation === null ? inbox.now() : generation.since
  return {
    items: items.map((item) => ({ ...item, hit: hits.get(item.id) ?? null })),
    nextCursor: next === null ? null : cursorOf(next),
    indexedSince: since?.toISOString() ?? null,
  }
}
