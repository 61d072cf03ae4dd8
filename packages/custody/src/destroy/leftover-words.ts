import { type Pace, transactionOn } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { patiently } from '../runs/patiently.ts'

/** Words that are looked up at once; and while somebody is at work. */
const sliceSize = 10_000
const smallSliceSize = 1000
/** Of those that nothing has, so many are removed in one transaction: whoever writes words waits for it. */
const lockedSize = 1000

/**
 * Each word by the index: without statistics of words, which would be logged (ADR 18), PostgreSQL would rather read all beginnings there are. What was
 * written last waits in a list that each look at the index reads to its end, so it is sorted in before.
 */
const byIndexSql = `set local enable_seqscan = off; set local enable_mergejoin = off; set local enable_hashjoin = off; set local lock_timeout = '800ms';
  select sort_in_search_entries()`

/**
 * Of words that something had, those that nothing has any more. Words that the newest entries have are not looked up: the index would name every entry
 * with a common one before it says that there is one.
 */
const unusedSql = `with common as (select distinct unnest(tokens) as token from (select tokens from search_entry order by id desc limit 2000) newest),
  rare as materialized (select token from unnest($1::bigint[]) as t(token) except select token from common)
  select token::text from rare where not exists (select from search_entry e where e.tokens @> array[rare.token])`

/** Before the tables are locked, so that whoever writes words waits for few of them. */
async function unusedOf(client: PoolClient, tokens: readonly string[]): Promise<string[]> {
  return transactionOn(client, async () => {
    await client.query(byIndexSql)
    const { rows } = await client.query<{ token: string }>(unusedSql, [tokens])
    return rows.map(({ token }) => token)
  })
}

/** Looks again with the tables locked: somebody may have written one of these words meanwhile. */
async function removeUnused(client: PoolClient, tokens: readonly string[]): Promise<void> {
  await transactionOn(client, async () => {
    await client.query(byIndexSql)
    await client.query('lock table search_prefix, search_entry in share row exclusive mode')
    // Each word is looked up once, and not once for each of its beginnings.
    await client.query(
      `with unused as materialized (select token from unnest($1::bigint[]) as t(token)
         where not exists (select from search_entry e where e.tokens @> array[t.token]))
       delete from search_prefix p using unused where p.token = unused.token`,
      [tokens],
    )
  })
}

/**
 * Removes the beginnings of words that only something destroyed had. Once for a run, and not for each batch: deleted entries stay in the index until
 * PostgreSQL clears it, so the same word would be looked up past all of them again and again. Durable when it resolves; killed anywhere, the next call
 * goes on.
 */
export async function removeLeftoverWords(
  client: PoolClient,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  let isMore: boolean
  do {
    isMore = await pace.turn((isGentle) => removeSlice(client, isGentle ? smallSliceSize : sliceSize), signal)
  } while (isMore)
}

/** @returns whether there were any */
async function removeSlice(client: PoolClient, size: number): Promise<boolean> {
  const { rows } = await client.query<{ token: string }>(
    'select l.token::text from search_leftover l order by l.token limit $1',
    [size],
  )
  if (rows.length === 0) return false
  const tokens = rows.map(({ token }) => token)
  const unused = await patiently(() => unusedOf(client, tokens))
  for (let from = 0; from < unused.length; from += lockedSize)
    await patiently(() => removeUnused(client, unused.slice(from, from + lockedSize)))
  await client.query('delete from search_leftover where token = any($1::bigint[])', [tokens])
  return true
}
