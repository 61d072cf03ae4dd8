import type { PoolClient } from 'pg'
import type { Office } from '../office.ts'
import type { PagePosition } from '../page-position.ts'
import type { SearchQuery } from '../search/search-query.ts'
import type { Viewer } from '../viewer.ts'
import { conditionsOf, type ListQuery, statesOf, Values } from './list-conditions.ts'

/** The newest entry of a conversation that the blind index says matches. */
export interface Candidate {
  readonly conversationId: string
  /** Null: the contact's name. */
  readonly messageId: string | null
  readonly at: Date
}

/** Words of one prefix that are tried; more would say nothing about what is meant. */
const mostWords = 200
/** So many of the newest entries are looked through before the index is asked. */
const recentEntries = 4_000
const timeoutMs = 3_000
const mostOlder = 500

/** What an entry must hold. */
export interface Wanted {
  readonly all: readonly string[]
  /** One of these; null: no such condition. */
  readonly any: readonly string[] | null
}

/** Tokens as the index wants them; null when nothing can match. */
export const wantedOf = async (office: Office, { tokens, last }: SearchQuery): Promise<Wanted | null> => {
  const all = tokens.map(String)
  if (last === null) return all.length === 0 ? null : { all, any: null }
  const { rows } = await office.pool.query<{ token: string }>({
    name: 'search-prefix',
    text: `select token from search_prefix where prefix = $1 limit ${mostWords}`,
    values: [String(last.prefix)],
  })
  const any = [
    ...new Set([...rows.map(({ token }) => token), ...(last.stem === null ? [] : [String(last.stem)])]),
  ]
  return any.length === 0 ? null : { all, any }
}

interface Search {
  readonly viewer: Viewer
  readonly teams: readonly string[]
  readonly query: ListQuery
  readonly wanted: Wanted
  readonly after: PagePosition | null
  readonly limit: number
}

const matching = (entry: string, { all, any }: Wanted, values: Values): string =>
  [
    ...(all.length > 0 ? [`${entry}.tokens @> ${values.put(all)}::bigint[]`] : []),
    ...(any !== null ? [`${entry}.tokens && ${values.put(any)}::bigint[]`] : []),
  ].join(' and ')

/**
 * `recent` walks the newest entries of the teams, newest first, and stops: it finds what is frequent. `index` takes the hits from the
 * inverted index: cheap exactly when `recent` has found little, because then there are few.
 */
const statement = (way: 'recent' | 'index', search: Search): { text: string; values: unknown[] } => {
  const { viewer, teams, query, wanted, after, limit } = search
  const values = new Values()
  const teamIds = `${values.put(teams)}::uuid[]`
  const at = after === null ? null : `${values.put(after.at)}::timestamptz`
  const hits =
    way === 'index'
      ? `select conversation_id, message_id, at, team_id from search_entry e where ${matching('e', wanted, values)}`
      : `select e.conversation_id, e.message_id, e.at, e.team_id from unnest(${teamIds}) as team(id) cross join lateral (
          select * from search_entry s where s.team_id = team.id ${at === null ? '' : `and s.at <= ${at}`}
          order by s.at desc limit ${values.put(Math.ceil(recentEntries / teams.length))}) as e
        where ${matching('e', wanted, values)}`
  const conditions = [
    `c.team_id = any(${teamIds})`,
    `c.state = any(${values.put(statesOf(query.status))})`,
    ...conditionsOf(viewer, query, values),
  ]
  if (after !== null && at !== null) {
    conditions.push(
      `(h.at < ${at} or h.conversation_id > ${values.put(after.id)}::uuid)`,
      // A conversation stands where its newest hit is, and was shown there.
      `not exists (select 1 from search_entry n where n.conversation_id = h.conversation_id and n.at > ${at} and ${matching('n', wanted, values)})`,
    )
  }
  return {
    text: `with found as materialized (${hits}),
      newest as (select distinct on (conversation_id) conversation_id, message_id, at from found
        where team_id = any(${teamIds}) ${at === null ? '' : `and at <= ${at}`}
        order by conversation_id, at desc, message_id)
      select h.conversation_id as "conversationId", h.message_id as "messageId", h.at
      from newest h join conversation c on c.id = h.conversation_id
      where ${conditions.join(' and ')}
      order by h.at desc, h.conversation_id limit ${values.put(limit)}`,
    values: values.all,
  }
}

const readOnly = async <T>(office: Office, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await office.pool.connect()
  try {
    await client.query(
      `begin read only; set local statement_timeout = ${timeoutMs}; set local enable_seqscan = off`,
    )
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** The next conversations with a hit, newest hit first. Never reads a whole table; gives up after three seconds. */
export const searchCandidates = (office: Office, search: Search): Promise<Candidate[]> =>
  readOnly(office, async (client) => {
    const recent = await client.query<Candidate>(statement('recent', search))
    if (recent.rows.length >= search.limit) return recent.rows
    return (await client.query<Candidate>(statement('index', search))).rows
  })

/** More entries of conversations whose newest one only seemed to match: the phrase may be in an older one. */
export const olderCandidates = async (
  office: Office,
  conversationIds: readonly string[],
  wanted: Wanted,
): Promise<Candidate[]> => {
  if (conversationIds.length === 0) return []
  const values = new Values()
  const ids = values.put(conversationIds)
  return readOnly(office, async (client) => {
    const { rows } = await client.query<Candidate>({
      text: `select e.conversation_id as "conversationId", e.message_id as "messageId", e.at
        from search_entry e where e.conversation_id = any(${ids}::uuid[]) and ${matching('e', wanted, values)}
        order by e.at desc limit ${mostOlder}`,
      values: values.all,
    })
    return rows
  })
}
