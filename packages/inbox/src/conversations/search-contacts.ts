import type { PagePosition } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import type { QueryWord } from '../search/search-query.ts'
import { Values } from './list-conditions.ts'
import { holdsOne, inScope, type Scope, searching } from './search-statement.ts'

/** Of so many contacts, those with the newest conversations, it is tried whether a message says the rest. */
const maxContacts = 2_000

/** A conversation that is found by its contact. */
export type ContactCandidate = {
  readonly conversationId: string
  /** Messages that say the rest, newest first; none, where name and number are enough. */
  readonly messageIds: readonly string[]
  readonly at: Date
}

export type ContactSearch = Scope & {
  readonly words: readonly QueryWord[]
  /** Messages of one conversation to be tried: more than one where a phrase can only be checked after decryption. */
  readonly messages: number
  readonly limit: number
}

/**
 * Conversations whose contact's name or number has at least one of the words, and a message all of the others; newest first, by that
 * message, or by the conversation's beginning where the contact says it all.
 */
export async function contactCandidates(
  inbox: Inbox,
  search: ContactSearch,
  after: PagePosition | null,
): Promise<readonly ContactCandidate[]> {
  const { words, teams } = search
  const named = words.flatMap((word) => word.inContact)
  if (named.length === 0) return []
  const values = new Values()
  // What means nothing alone need not be anywhere.
  const needed = words.flatMap(({ inContact, inText }) =>
    inText === null ? [] : [{ inContact: holdsOne('p', inContact, values), inText }],
  )
  const suffices = ['true', ...needed.map((word) => word.inContact)].join(' and ')
  const rest = needed.map((word) => `(${word.inContact} or ${holdsOne('e', word.inText, values)})`)
  const conditions = inScope(search, values)
  if (after !== null) {
    const at = `${values.put(after.at)}::timestamptz`
    conditions.push(`(f.at < ${at} or f.at = ${at} and f.conversation_id > ${values.put(after.id)}::uuid)`)
  }
  return searching(inbox, search.viewer, async (client) => {
    const { rows } = await client.query<ContactCandidate>({
      text: `with contact_entry as materialized (
          select p.id, p.at, p.tokens from team_search_entry p
          where ${holdsOne('p', named, values)} and p.team_id = any(${values.put(teams)}::uuid[])
          order by p.at desc, p.id limit ${maxContacts}),
        found as (
          select p.id as conversation_id, '{}'::uuid[] as message_ids, p.at from contact_entry p where ${suffices}
          union all
          select p.id, proof.ids, proof.at from contact_entry p cross join lateral (
            select array_agg(m.id order by m.at desc) as ids, max(m.at) as at from (
              select e.id, e.at from team_search_entry e
              where e.conversation_id = p.id and ${['e.id <> p.id', ...rest].join(' and ')}
              order by e.at desc limit ${values.put(search.messages)}) as m) as proof
          where not (${suffices}) and proof.at is not null)
        select f.conversation_id as "conversationId", f.message_ids as "messageIds", f.at
        from found f join conversation c on c.id = f.conversation_id
        where ${conditions.join(' and ')}
        order by f.at desc, f.conversation_id limit ${values.put(search.limit)}`,
      values: values.all,
    })
    return rows
  })
}
