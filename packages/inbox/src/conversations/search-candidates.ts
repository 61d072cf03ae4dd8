import type { PagePosition, Viewer } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import type { QueryWord } from '../search/search-query.ts'
import { Values } from './list-conditions.ts'
import {
  type Candidate,
  type CandidateStep,
  holdsOne,
  holdsWords,
  inScope,
  type Scope,
  searching,
} from './search-statement.ts'

/** What a message must hold; what a contact's entry must not, because then the conversation is found by its contact. */
export type TextSearch = Scope & {
  readonly words: readonly QueryWord[]
  readonly notInContact: readonly string[]
  readonly limit: number
}

/** How common a word is, so many of the newest entries tell. */
const sampleSize = 1_000
/** A walk looks through so many entries at once: three times what should hold a page, and more if that was not enough. */
const minWindow = 500
const maxWindow = 32_000
const firstId = '00000000-0000-0000-0000-000000000000'
/** The part of a search's pages that holds hits in messages. */
export const textMark = 's'
/** Where they begin. */
export const beforeAllTexts: PagePosition = {
  mark: textMark,
  at: new Date('9999-12-31T23:59:59.999Z'),
  id: firstId,
}

function matching(entry: string, { words }: TextSearch, values: Values): string {
  return holdsWords(entry, words, values).join(' and ')
}

/** Newest hits by conversation from a list of hits `found`, filtered, in order, after a position. */
function newestByConversation(search: TextSearch, after: PagePosition | null, values: Values): string {
  const conditions = inScope(search, values)
  if (search.notInContact.length > 0) {
    conditions.push(`not exists (select 1 from team_search_entry p
      where p.id = h.conversation_id and ${holdsOne('p', search.notInContact, values)})`)
  }
  if (after !== null) {
    const at = `${values.put(after.at)}::timestamptz`
    conditions.push(
      `(h.at < ${at} or h.conversation_id > ${values.put(after.id)}::uuid)`,
      // A conversation stands where its newest hit is, and was shown there.
      `not exists (select 1 from team_search_entry n
        where n.conversation_id = h.conversation_id and n.at > ${at} and ${matching('n', search, values)})`,
    )
  }
  return `newest as (select distinct on (conversation_id) conversation_id, message_id, at from found
      order by conversation_id, at desc, message_id),
    page as (select h.conversation_id, h.message_id, h.at
      from (select * from newest order by at desc, conversation_id) as h join conversation c on c.id = h.conversation_id
      where ${conditions.join(' and ')}
      order by h.at desc, h.conversation_id limit ${values.put(search.limit)})`
}

const columns = `conversation_id as "conversationId", message_id as "messageId"`

function lastOf(candidates: readonly Candidate[]): PagePosition | null {
  const last = candidates.at(-1)
  return last === undefined ? null : { mark: textMark, at: last.at, id: last.conversationId }
}

/** All hits from the inverted index, sorted afterwards: for words that are rare. */
async function fromIndex(
  client: PoolClient,
  search: TextSearch,
  after: PagePosition | null,
): Promise<CandidateStep> {
  const values = new Values()
  const older = after === null ? '' : `and e.at <= ${values.put(after.at)}::timestamptz`
  const { rows } = await client.query<Candidate>({
    text: `with hits as materialized (select conversation_id, id as message_id, at, team_id from team_search_entry e
        where ${matching('e', search, values)}),
      found as (select * from hits e where e.team_id = any(${values.put(search.teams)}::uuid[]) ${older}),
      ${newestByConversation(search, after, values)}
      select ${columns}, at from page order by at desc, conversation_id`,
    values: values.all,
  })
  return { candidates: rows, next: rows.length < search.limit ? null : lastOf(rows) }
}

/** The newest entries of the teams, newest first, a window of them: for words that are frequent. */
async function fromNewest(
  client: PoolClient,
  search: TextSearch,
  window: number,
  after: PagePosition | null,
): Promise<CandidateStep> {
  const values = new Values()
  const older = after === null ? '' : `and s.at <= ${values.put(after.at)}::timestamptz`
  const top = Math.ceil(window / search.teams.length)
  const { rows } = await client.query<Candidate | { conversationId: null; reachedAt: Date | null }>({
    text: `with walked as materialized (
        select team.id as team_id, e.* from unnest(${values.put(search.teams)}::uuid[]) as team(id) cross join lateral (
          select s.conversation_id, s.id as message_id, s.at, ${matching('s', search, values)} as matches
          from team_search_entry s where s.team_id = team.id ${older} order by s.at desc limit ${top}) as e),
      -- What is older than the end of one team's window would be shown out of order.
      reached as (select max(oldest) as at from (
        select min(at) as oldest from walked group by team_id having count(*) = ${top}) as windows),
      found as (select w.* from walked w where w.matches and w.at > coalesce((select at from reached), '-infinity')),
      ${newestByConversation(search, after, values)}
      select ${columns}, at, null as "reachedAt" from page
      union all select null, null, null, at from reached
      order by at desc nulls last, "conversationId"`,
    values: values.all,
  })
  const candidates = rows.filter((row): row is Candidate => row.conversationId !== null)
  if (candidates.length === search.limit) return { candidates, next: lastOf(candidates) }
  const end = rows.find((row) => row.conversationId === null)
  const reachedAt = end !== undefined && 'reachedAt' in end ? end.reachedAt : null
  return { candidates, next: reachedAt === null ? null : { mark: textMark, at: reachedAt, id: firstId } }
}

/** How to search: from the inverted index (null), or by walking windows of that many of the newest entries. */
export type SearchPlan = { readonly window: number } | null

/**
 * By how many of the newest entries match, of how many there are. PostgreSQL's own statistics would tell it too, and would carry the commonest tokens into its log: they are
 * switched off for tokens.
 */
export function searchPlanOf(inbox: Inbox, search: TextSearch): Promise<SearchPlan> {
  return searching(inbox, search.viewer, async (client) => {
    const values = new Values()
    const { rows } = await client.query<{ entries: number; hits: number; all: number }>({
      text: `select count(*)::int as entries, count(*) filter (where s.matches)::int as hits,
          (select reltuples::float8 from pg_class where oid = 'search_entry'::regclass) as "all" from (
          select e.matches from unnest(${values.put(search.teams)}::uuid[]) as team(id) cross join lateral (
            select n.at, ${matching('n', search, values)} as matches
            from team_search_entry n where n.team_id = team.id order by n.at desc limit ${sampleSize}) as e
          order by e.at desc limit ${sampleSize}) as s`,
      values: values.all,
    })
    const { entries = 0, hits = 0, all = 0 } = rows[0] ?? {}
    const wide = (3 * search.limit * entries) / hits
    // An entry that is walked past costs what a hit costs that is taken from the index.
    if (hits === 0 || wide > (all * hits) / entries) return null
    return { window: Math.round(Math.min(Math.max(wide, minWindow), maxWindow)) }
  })
}

/** For the step after one that did not fill the page. */
export function widened(plan: SearchPlan): SearchPlan {
  return plan === null ? null : { window: Math.min(plan.window * 4, maxWindow) }
}

/** The next conversations with a hit, newest hit first. */
export function searchCandidates(
  inbox: Inbox,
  search: TextSearch,
  plan: SearchPlan,
  after: PagePosition | null,
): Promise<CandidateStep> {
  return searching(inbox, search.viewer, (client) =>
    plan === null ? fromIndex(client, search, after) : fromNewest(client, search, plan.window, after),
  )
}

/** More entries of conversations whose newest one only seemed to match: the phrase may be in an older one. */
export async function olderCandidates(
  inbox: Inbox,
  viewer: Viewer,
  conversationIds: readonly string[],
  words: readonly QueryWord[],
  limit: number,
): Promise<readonly Candidate[]> {
  if (conversationIds.length === 0) return []
  const values = new Values()
  const ids = values.put(conversationIds)
  const conditions = [`e.conversation_id = any(${ids}::uuid[])`, ...holdsWords('e', words, values)]
  return searching(inbox, viewer, async (client) => {
    const { rows } = await client.query<Candidate>({
      text: `select e.conversation_id as "conversationId", e.id as "messageId", e.at from team_search_entry e
        where ${conditions.join(' and ')} order by e.at desc limit ${values.put(limit)}`,
      values: values.all,
    })
    return rows
  })
}
