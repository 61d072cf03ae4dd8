import { newId, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Message } from '../ingest/messages.ts'

/** Somebody who has written, and is to be told about their data (Art. 13 GDPR) where they have not been yet. */
export type Owed = {
  readonly message: Message
  /** `easy`: they have asked for easy language. */
  readonly variant: 'plain' | 'easy'
}

/** Whether a message says nothing but that easy language is wanted (Leichte Sprache), as the notice offers it. */
export function asksForEasyLanguage(text: string): boolean {
  return /^\W*leichte?(\s+sprache)?\W*$/i.test(text)
}

/**
 * Notes who is to be sent the privacy notice in force, in the transaction that stores what they wrote: it is neither forgotten nor owed twice, because
 * a version is owed once to each person. What certainly did not arrive is owed again; what is uncertain is not. Without a notice in force nothing is.
 * One statement, whatever the size of the batch.
 */
export async function oweNotices(client: PoolClient, owed: readonly Owed[], at: Date): Promise<void> {
  if (owed.length === 0) return
  const people = new Map(
    owed.map(({ message, variant }) => {
      const { contactId } = message.conversation
      return [`${contactId} ${variant}`, { contactId, variant }] as const
    }),
  )
  const rows = [...people.values()]
  await client.query(
    prepared(
      `insert into privacy_notice_evidence as e (id, contact_id, version, variant, owed_at, next_try_at)
       select w.id, w.contact_id, n.version, w.variant, $4::timestamptz, $4::timestamptz
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as w(id, contact_id, variant)
         cross join (select version, easy_text from privacy_notice where approved_at is not null order by version desc limit 1) n
       where w.variant = 'plain' or n.easy_text is not null
       on conflict (contact_id, version, variant) do update set next_try_at = excluded.next_try_at
         where e.next_try_at is null
           and (e.message_id is null or (e.failed_at is not null and e.delivered_at is null and e.read_at is null))`,
      [
        rows.map(() => newId(at)),
        rows.map(({ contactId }) => contactId),
        rows.map(({ variant }) => variant),
        at,
      ],
    ),
  )
}
