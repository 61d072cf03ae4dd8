import { transaction } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { onClient } from './run-sql.ts'

/** What building the index needs of an office. */
export type Indexing = Pick<Inbox, 'pool' | 'keys' | 'search' | 'now'>

/**
 * Begins the index anew: empty, under a new key. What was found before is found again when the worker has come to it. Waits for
 * whoever is writing, two seconds at most; safe to repeat.
 */
export async function beginGeneration({ pool, keys, now, search }: Indexing): Promise<void> {
  const { row } = keys.make('search')
  await transaction(pool, async ({ client }) => {
    await client.query(`set local lock_timeout = '2s'; truncate search_prefix, search_entry, search_leftover`)
    await client.query('delete from search_generation')
    await client.query(
      'insert into search_generation (key_id, wrapped, kek_id, begun_at) values ($1, $2, $3, $4)',
      [row.id, row.wrapped, row.kekId, now()],
    )
  })
  await search.load(onClient(pool))
}
