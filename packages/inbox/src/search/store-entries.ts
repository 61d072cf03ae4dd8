import type { Writing } from './run-sql.ts'
import type { Findable, Generation, SearchIndex } from './search-index.ts'

/** In a replacing statement the newest words win, in the other whatever is there: the builder may have read an older wording. */
const conflicts = {
  replace: 'do update set at = excluded.at, tokens = excluded.tokens',
  keep: 'do nothing',
} as const

/** One statement for both tables, which does nothing when the generation is another by now. */
function storing(conflict: keyof typeof conflicts): string {
  return `with generation as (select 1 from search_generation where key_id = $1::uuid),
    prefixes as (insert into search_prefix (prefix, token)
      select p.prefix, p.token from generation, unnest($2::bigint[], $3::bigint[]) as p(prefix, token) on conflict do nothing),
    entries as (insert into search_entry (id, conversation_id, team_id, at, tokens)
      select e.id, e.conversation_id, e.team_id, e.at, e.tokens::bigint[]
      from generation, unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::text[])
        as e(id, conversation_id, team_id, at, tokens)
      on conflict (id) ${conflicts[conflict]})
    select exists (select from generation) as current`
}
const statements = { replace: storing('replace'), keep: storing('keep') } as const

/** @returns false, and nothing is stored, when that generation has ended */
export async function storeIn(
  search: SearchIndex,
  writing: Writing,
  generation: Generation,
  items: readonly Findable[],
  conflict: keyof typeof conflicts,
): Promise<boolean> {
  const { tokens, prefixes, remember } = search.tokensOf(generation, items)
  // In one order everywhere, so that two transactions never wait for each other in a circle.
  const sorted = prefixes.toSorted((a, b) => Number(a.prefix > b.prefix) - Number(a.prefix < b.prefix))
  const [row] = await writing.run<{ current: boolean }>(statements[conflict], [
    generation.id,
    sorted.map(({ prefix }) => String(prefix)),
    sorted.map(({ token }) => String(token)),
    items.map((one) => one.id),
    items.map((one) => one.conversationId),
    items.map((one) => one.teamId),
    items.map((one) => one.at),
    tokens.map((ofItem) => `{${ofItem.join(',')}}`),
  ])
  if (row?.current !== true) return false
  writing.afterCommit(remember)
  return true
}

/**
 * Makes findable what a transaction stores; replaces the words that a message or contact had. While there is no index nothing is
 * stored: whoever builds it finds the rows.
 */
export async function storeEntries(
  search: SearchIndex,
  writing: Writing,
  items: readonly Findable[],
): Promise<void> {
  if (items.length === 0) return
  const known = search.known
  if (known !== null && (await storeIn(search, writing, known, items, 'replace'))) return
  // From here nobody can begin a generation before this transaction has ended: either it is seen here, or it sees our rows.
  await writing.run('lock table search_prefix, search_entry in row exclusive mode')
  const generation = await search.load(writing.run)
  if (generation !== null) await storeIn(search, writing, generation, items, 'replace')
}
