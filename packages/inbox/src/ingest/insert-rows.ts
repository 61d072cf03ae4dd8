import type { PoolClient } from 'pg'

/** Column name → SQL type; an array column takes its elements as `'{…}'` text and says so with `[]`. */
export type Columns = Readonly<Record<string, string>>

/**
 * Inserts many rows with one statement; none with no statement. Values are parameters, one array a column, so the text of the
 * statement does not depend on the number of rows. @param suffix e.g. `on conflict do nothing`
 */
export const insertRows = async (
  client: PoolClient,
  table: string,
  columns: Columns,
  rows: readonly (readonly unknown[])[],
  suffix = '',
): Promise<void> => {
  if (rows.length === 0) return
  const names = Object.keys(columns)
  const types = Object.values(columns)
  const parameters = types.map((type, n) => `$${n + 1}::${type.endsWith('[]') ? 'text' : type}[]`)
  const values = names.map((name, n) => (types[n]?.endsWith('[]') ? `"${name}"::${types[n]}` : `"${name}"`))
  const list = names.map((name) => `"${name}"`).join(', ')
  await client.query({
    name: `insert-${table}-${names.length}-${suffix.length}`,
    text: `insert into "${table}" (${list}) select ${values.join(', ')} from unnest(${parameters.join(', ')}) as r(${list}) ${suffix}`,
    values: names.map((_, n) => rows.map((row) => row[n])),
  })
}
