import { type Keys, open, openJson } from '@buergerdraht/office'
import { additionalData, type StoredProfile } from '../stored/additional-data.ts'
import type { RunSql } from './run-sql.ts'
import type { FindableContact } from './search-index.ts'

/** What a contact's conversations are found by. */
export function contactText({ name, username }: StoredProfile): string {
  return [name, username].filter((part) => part !== null).join(' ')
}

export function digitsOf(phone: string | null): string | null {
  return phone?.replace(/\D/g, '') ?? null
}

/** The contacts of these conversations, or of all conversations of these contacts, as the index wants them. */
export async function findableContacts(
  run: RunSql,
  keys: Keys,
  of: { readonly conversations: readonly string[] } | { readonly contacts: readonly string[] },
): Promise<FindableContact[]> {
  const byConversation = 'conversations' in of
  const ids = byConversation ? of.conversations : of.contacts
  if (ids.length === 0) return []
  const rows = await run<{
    id: string
    team_id: string
    opened_at: Date
    contact_id: string
    key_id: string
    profile_sealed: Uint8Array | null
    phone_id: string | null
    phone_sealed: Uint8Array | null
  }>(
    `select c.id, c.team_id, c.opened_at, ct.id as contact_id, ct.key_id, ct.profile_sealed, phone.id as phone_id,
        phone.value_sealed as phone_sealed
      from conversation c join contact ct on ct.id = c.contact_id
      left join lateral (select i.id, i.value_sealed from contact_identity i
        where i.contact_id = ct.id and i.kind = 'phone' and i.ended_at is null order by i.since_at desc limit 1) as phone on true
      where c.${byConversation ? 'id' : 'contact_id'} = any($1::uuid[])`,
    [ids],
  )
  const keyOf = await keys.getMany(rows.map((row) => row.key_id))
  return rows.flatMap((row) => {
    const key = keyOf.get(row.key_id)
    if (key === undefined) return []
    const profile: StoredProfile =
      row.profile_sealed === null
        ? { name: null, username: null }
        : openJson(key, additionalData.profile(row.contact_id), row.profile_sealed)
    const phone =
      row.phone_id === null || row.phone_sealed === null
        ? null
        : open(key, additionalData.identity(row.phone_id), row.phone_sealed).toString('utf8')
    return [
      {
        id: row.id,
        conversationId: row.id,
        teamId: row.team_id,
        at: row.opened_at,
        name: contactText(profile),
        phone: digitsOf(phone),
      },
    ]
  })
}
