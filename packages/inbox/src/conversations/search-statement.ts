import { asViewer, type PagePosition, type Viewer } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import type { QueryWord } from '../search/search-query.ts'
import { conditionsOf, type Narrowing, statesOf, type Values } from './list-conditions.ts'

/** A message that the blind index says matches, the newest of its conversation. */
export type Candidate = {
  readonly conversationId: string
  readonly messageId: string
  readonly at: Date
}

/** A step of a search: the next candidates, newest first, and from where to go on; null: there is nothing older. */
export type CandidateStep = {
  readonly candidates: readonly Candidate[]
  readonly next: PagePosition | null
}

/** Who searches where. */
export type Scope = {
  readonly viewer: Viewer
  readonly teams: readonly string[]
  readonly narrowing: Narrowing
}

const timeoutMs = 3_000
const mode = `read only; set local statement_timeout = ${timeoutMs}; set local jit = off;
  set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off`

/**
 * Reading only, never a whole table, and not for long: a search must not starve the intake. Rows are joined one by one, so that a page
 * that is full ends the work, and no plan is compiled: that takes longer than the search. Each step is a transaction of its own.
 */
export function searching<T>(
  inbox: Inbox,
  viewer: Viewer,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return asViewer(inbox, viewer, ({ client }) => work(client), mode)
}

/** That an entry holds one of these tokens. */
export function holdsOne(entry: string, tokens: readonly string[], values: Values): string {
  return tokens.length === 0 ? 'false' : `${entry}.tokens && ${values.put(tokens)}::bigint[]`
}

/** That a message's entry holds every word that means something. Empty when none does. */
export function holdsWords(entry: string, words: readonly QueryWord[], values: Values): string[] {
  const meant = words.flatMap(({ inText }) => (inText === null ? [] : [inText]))
  const single = meant.flatMap((tokens) => (tokens.length === 1 ? tokens : []))
  return [
    ...(single.length > 0 ? [`${entry}.tokens @> ${values.put(single)}::bigint[]`] : []),
    ...meant.flatMap((tokens) => (tokens.length === 1 ? [] : [holdsOne(entry, tokens, values)])),
  ]
}

/** What a conversation `c` must be to be found in this scope. */
export function inScope({ viewer, teams, narrowing }: Scope, values: Values): string[] {
  return [
    `c.team_id = any(${values.put(teams)}::uuid[])`,
    `c.state = any(${values.put(statesOf(narrowing.status))})`,
    ...conditionsOf(viewer, narrowing, values),
  ]
}
