import { type Change, macOf } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { Values } from './list-conditions.ts'
import { inScope, type Scope } from './search-statement.ts'

type Identity = readonly [kind: 'phone' | 'bsuid' | 'parent-bsuid', value: string]

/**
 * The identities that a search text may spell out in full. A number counts with or without `+`, `00`, spaces; a leading 0 is read as
 * Germany's. Only for looking up: what is stored is never rewritten.
 */
export function identitiesIn(text: string): Identity[] {
  const trimmed = text.trim()
  if (/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/.test(trimmed)) {
    return [
      ['bsuid', trimmed],
      ['parent-bsuid', trimmed],
    ]
  }
  if (!/^\+?[0-9 ()/.-]{6,24}$/.test(trimmed)) return []
  const digits = trimmed.replace(/\D/g, '')
  if (digits.length < 6) return []
  if (digits.startsWith('00')) return [['phone', digits.slice(2)]]
  return digits.startsWith('0')
    ? [
        ['phone', digits],
        ['phone', `49${digits.slice(1)}`],
      ]
    : [['phone', digits]]
}

/** Conversations of the person whose full number or user id was typed, newest first. By keyed hash; there is no partial match. */
export async function conversationsByIdentity(
  inbox: Inbox,
  { client }: Change,
  scope: Scope,
  text: string,
  limit: number,
): Promise<string[]> {
  const identities = identitiesIn(text)
  if (identities.length === 0) return []
  const values = new Values()
  const kinds = values.put(identities.map(([kind]) => kind))
  const macs = values.put(identities.map(([kind, value]) => macOf(inbox.keys.lookup.identity, kind, value)))
  const { rows } = await client.query<{ id: string }>({
    text: `select c.id from channel ch
      cross join unnest(${kinds}::text[], ${macs}::bytea[]) as wanted(kind, mac)
      join contact_identity i on i.channel_id = ch.id and i.kind = wanted.kind and i.value_mac = wanted.mac and i.ended_at is null
      join conversation c on c.contact_id = i.contact_id
      where ${inScope(scope, values).join(' and ')}
      group by c.id order by c.last_message_at desc, c.id limit ${values.put(limit)}`,
    values: values.all,
  })
  return rows.map(({ id }) => id)
}
