import type { PoolClient } from 'pg'
import type { KeyPurpose, Keys } from './keys.ts'

/**
 * Destroys data keys: whatever is sealed with them can be opened no more, here or in a copy, once the rows of the key table are gone from
 * every copy too. Durable when it resolves on a pool, and with the commit on the connection of a transaction. Every
 * destruction of a key in that table goes this way. Keys that are gone already, or of another purpose, are left alone; another process that has used one
 * forgets it within seconds (`Keys.refresh`).
 */
export async function destroyKeys(
  client: Pick<PoolClient, 'query'>,
  keys: Pick<Keys, 'forget'>,
  purpose: KeyPurpose,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await client.query('delete from data_key where id = any($1::uuid[]) and purpose = $2', [ids, purpose])
  for (const id of ids) keys.forget(id)
}
