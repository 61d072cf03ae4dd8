import type { Keys } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Objects } from './objects.ts'

type Client = Pick<PoolClient, 'query'>

export type ArchivedItem = { readonly packageId: string; readonly id: string }

/**
 * What the archive holds of objects, and has not erased yet: of matters everything in their packages; of single messages and files their items, and the
 * document for people that shows them. What answers a message that goes stays: it names it by its id, and has no word of it (ADR 63).
 */
export async function archivedItemsOf(
  client: Client,
  { conversations, messages, attachments }: Pick<Objects, 'conversations' | 'messages' | 'attachments'>,
): Promise<ArchivedItem[]> {
  const { rows } = await client.query<{ package_id: string; id: string }>(
    `select i.package_id, i.id from archive_item i join archive_package p on p.id = i.package_id
     where (p.conversation_id = any($1::uuid[]) or i.object_id = any($2::uuid[])
         or i.kind = 'RENDERING' and i.package_id in (select o.package_id from archive_item o where o.object_id = any($2::uuid[])))
       and not exists (select from archive_erasure e where e.package_id = i.package_id and i.id = any(e.items))
     order by i.package_id, i.position`,
    [conversations, [...messages, ...attachments]],
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
