import type { Keys } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Objects } from './objects.ts'

type Client = Pick<PoolClient, 'query'>

export type ArchivedItem = { readonly packageId: string; readonly id: string }

/**
 * What the archive holds of objects, and has not erased yet: of matters everything in their packages; of single messages and files their items, of a file also
 * that of its message, which says what it was called and how it hashes, and the document for people that shows them. A message that stays is sealed again.
 * What answers a message that goes stays: it names it by its id, and has no word of it (ADR 63).
 */
export async function archivedItemsOf(
  client: Client,
  { conversations, messages, attachments }: Pick<Objects, 'conversations' | 'messages' | 'attachments'>,
): Promise<ArchivedItem[]> {
  const { rows } = await client.query<{ package_id: string; id: string }>(
    `with parts as materialized (select unnest($2::uuid[]) as id union select message_id from attachment where id = any($3::uuid[]) and message_id is not null)
     select i.package_id, i.id from archive_item i join archive_package p on p.id = i.package_id
     where (p.conversation_id = any($1::uuid[]) or i.object_id in (select id from parts)
         or i.kind = 'RENDERING' and i.package_id in (select o.package_id from archive_item o where o.object_id in (select id from parts)))
       and not exists (select from archive_erasure e where e.package_id = i.package_id and i.id = any(e.items))
     order by i.package_id, i.position`,
    [conversations, [...messages, ...attachments], attachments],
  )
  return rows.map(({ package_id, id }) => ({ packageId: package_id, id }))
}

/**
 * Erases items from the archive, in the transaction that carries out the entry which has them: their keys are gone with it, and whoever leads the archive
 * writes their packages anew. The table itself demands that entry.
 */
export async function eraseFromArchive(
  client: Client,
  keys: Pick<Keys, 'forget'>,
  items: readonly ArchivedItem[],
  { place, rule, at }: { readonly place: number; readonly rule: string; readonly at: string },
): Promise<void> {
  const byPackage = new Map<string, string[]>()
  for (const { packageId, id } of items) byPackage.set(packageId, [...(byPackage.get(packageId) ?? []), id])
  for (const [packageId, ids] of byPackage)
    await client.query('select erase_from_archive($1, $2::uuid[], $3, $4::date, $5)', [
      packageId,
      ids,
      rule,
      at.slice(0, 10),
      place,
    ])
  for (const { id } of items) keys.forget(id)
}
