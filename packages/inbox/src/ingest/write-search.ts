import type { Transaction } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { contactText, digitsOf, findableContacts } from '../search/findable-contacts.ts'
import { onClient } from '../search/run-sql.ts'
import type { FindableContact } from '../search/search-index.ts'
import { storeEntries } from '../search/store-entries.ts'
import type { Batch } from './batch.ts'

/**
 * The contacts whose name or number a search must learn: those with a new conversation, and those that have changed. What this batch
 * has brought is at hand; whoever was known before may have more conversations, and a number that no event has named.
 */
async function changedContacts(client: PoolClient, batch: Batch): Promise<FindableContact[]> {
  const { contacts, newIdentities, merges, ended } = batch.people.changes()
  const phones = new Map(
    newIdentities.flatMap(({ id, contact, kind, value }) =>
      kind === 'phone' && !ended.has(id) ? [[contact.id, value] as const] : [],
    ),
  )
  const united = new Set(merges.map(({ into }) => into.id))
  // A new contact that takes over another's conversations is not all at hand.
  const fresh = new Map(
    contacts.flatMap((one) => (one.isNew && !united.has(one.id) ? [[one.id, one] as const] : [])),
  )
  const known = new Set([
    ...united,
    ...[
      ...phones.keys(),
      ...contacts.map(({ id }) => id),
      ...[...ended.values()].map(({ contactId }) => batch.people.current(contactId)),
    ].filter((id) => !fresh.has(id)),
  ])
  const ofFresh: FindableContact[] = []
  for (const { id, contactId, teamId, openedAt, isNew } of batch.conversations.changes().conversations) {
    const contact = fresh.get(contactId)
    if (contact === undefined) {
      if (isNew) known.add(contactId)
      continue
    }
    const phone = digitsOf(phones.get(contactId) ?? null)
    const name = contactText(contact.profile)
    ofFresh.push({ id, conversationId: id, teamId, at: openedAt, name, phone })
  }
  const ofKnown = await findableContacts(onClient(client), batch.inbox.keys, { contacts: [...known] })
  return [...ofFresh, ...ofKnown]
}

/** Replaces the tokens of whatever has new words. */
export async function writeSearch(
  client: PoolClient,
  batch: Batch,
  afterCommit: Transaction['afterCommit'],
): Promise<void> {
  const contacts = await changedContacts(client, batch)
  const items = [...batch.searchTexts.values(), ...contacts]
  await storeEntries(batch.inbox.search, { run: onClient(client), afterCommit }, items)
}
