import { type Conversation, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  cursorOf,
  listTeamsOf,
  type PagePosition,
  positionOf,
  type Viewer,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { conditionsOf, type ListQuery, statesOf, Values } from './list-conditions.ts'
import { presentConversations } from './present-conversations.ts'

export type ConversationPage = {
  readonly items: Conversation[]
  readonly nextCursor: string | null
}

/** The parts of a list, one after the other: who waits, longest first; then the others, newest first. */
type Part = 'waiting' | 'rest' | 'latest'
const marks = { waiting: 'w', rest: 'r', latest: 'l' } as const

/**
 * Each team and each state walks its own index and stops at the end of the page; the pieces are then merged. So the cost grows with
 * the page and the number of teams, not with the table.
 */
function partQuery(
  part: Part,
  teams: readonly string[],
  viewer: Viewer,
  query: ListQuery,
  after: PagePosition | null,
  limit: number,
): { text: string; values: unknown[] } {
  const values = new Values()
  const waiting = part === 'waiting'
  const column = waiting ? 'waiting_since' : 'last_message_at'
  const direction = waiting ? 'asc' : 'desc'
  const beyond = waiting ? '>' : '<'
  const conditions = conditionsOf(viewer, query, values)
  if (waiting) conditions.push('c.waiting_since is not null')
  if (part === 'rest') conditions.push('c.waiting_since is null')
  if (after !== null) {
    const at = `${values.put(after.at)}::timestamptz`
    const id = `${values.put(after.id)}::uuid`
    conditions.push(`c.${column} ${beyond}= ${at}`, `(c.${column} ${beyond} ${at} or c.id > ${id})`)
  }
  const top = values.put(limit)
  const inTeams = `unnest(${values.put(teams)}::uuid[]) as team(id)`
  // The state is written out, not a parameter: only so do the partial indexes apply.
  const pieces = (waiting ? ['open'] : statesOf(query.status)).map(
    (state) => `select piece.id, piece.at from ${inTeams} cross join lateral (
      select c.id, c.${column} as at from conversation c
      where ${['c.team_id = team.id', `c.state = '${state}'`, ...conditions].join(' and ')}
      order by c.${column} ${direction}, c.id limit ${top}) as piece`,
  )
  return {
    text: `select id, at from (${pieces.join(' union all ')}) as pieces order by at ${direction}, id limit ${top}`,
    values: values.all,
  }
}

function partsOf({ order, status }: ListQuery): Part[] {
  if (order === 'latest') return ['latest']
  return status === 'closed' ? ['rest'] : ['waiting', 'rest']
}

/**
 * A page of the conversations of one's teams.
 * @throws Refusal `not-found` (foreign team), `invalid-input` (cursor), `search-in-address` (`q`)
 */
export async function listConversations(
  inbox: Inbox,
  viewer: Viewer,
  query: ListQuery,
): Promise<ConversationPage> {
  const teams = listTeamsOf(viewer, query.team)
  if (query.q !== undefined) throw new Refusal('search-in-address')
  if (teams.length === 0) return { items: [], nextCursor: null }
  const after = positionOf('cursor', query.cursor)
  const parts = partsOf(query)
  const current = Math.max(
    0,
    parts.findIndex((part) => marks[part] === after?.mark),
  )
  return asViewer(inbox, viewer, async (changing) => {
    const found: PagePosition[] = []
    for (const [index, part] of parts.slice(current).entries()) {
      const missing = query.limit + 1 - found.length
      if (missing === 0) break
      const { rows } = await changing.client.query<{ id: string; at: Date }>(
        partQuery(part, teams, viewer, query, index === 0 ? after : null, missing),
      )
      found.push(...rows.map((row) => ({ ...row, mark: marks[part] })))
    }
    const page = found.slice(0, query.limit)
    const last = page.at(-1)
    const ids = page.map(({ id }) => id)
    return {
      items: await presentConversations(inbox, changing, ids),
      nextCursor: found.length > query.limit && last !== undefined ? cursorOf(last) : null,
    }
  })
}
