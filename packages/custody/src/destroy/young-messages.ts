import type { Inbox } from '@buergerdraht/inbox'
import type { PoolClient } from 'pg'
import type { Objects } from './objects.ts'

/**
 * So long Meta keeps messages and files by itself, and goes on with a contact-book entry that was deleted (its cache). What providers in between
 * keep ends no later.
 */
export const keptAtProviderMs = 30 * 24 * 60 * 60 * 1000

/** A message that is older is with nobody else, and what the intake keeps of what came in has ended long before. */
export function youngSince({ now }: Pick<Inbox, 'now'>): Date {
  return new Date(now().getTime() - keptAtProviderMs)
}

/** The young ones ({@link youngSince}) of what is to be destroyed: looked for once, because most of it is old. */
export async function findYoung(
  inbox: Pick<Inbox, 'now'>,
  client: Pick<PoolClient, 'query'>,
  { conversations, messages }: Objects,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from message where conversation_id = any($1::uuid[]) and (sent_at > $3 or received_at > $3)
     union select id from message where id = any($2::uuid[]) and (sent_at > $3 or received_at > $3)`,
    [conversations, messages, youngSince(inbox)],
  )
  return rows.map(({ id }) => id)
}
