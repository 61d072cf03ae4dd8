import type { PoolClient } from 'pg'
import { binding } from './binding.ts'
import { prepared } from './prepared.ts'

/** Column name → SQL type; an array column takes its elements as `'{…}'` text and says so with `[]`. */
export type Columns = Readonly<Record<string, string>>

/**
 * Inserts many rows with one statement; none with no statement. One array parameter a column, so the text of the statement does not
 * depend on the number of rows. Bytes go packed into one parameter with offsets, because an array of them would travel as
 * hexadecimal text. @param suffix e.g. `on conflict do nothing`
 */
export async function insertRows(
  client: Pick<PoolClient, 'query'>,
  table: string,
  columns: Columns,
  rows: readonly (readonly unknown[])[],
  suffix = '',
): Promise<void> {
  if (rows.length === 0) return
  const values: unknown[] = []
  const parameter = binding(values)
  const sources: string[] = []
  const aliases: string[] = []
  const selected: string[] = []
  Object.entries(columns).forEach(([name, type], n) => {
    const column = rows.map((row) => row[n])
    if (type === 'bytea') {
      const { bytes, offsets, lengths } = packed(column as (Uint8Array | null)[])
      const data = parameter(bytes)
      sources.push(`${parameter(offsets)}::int[]`, `${parameter(lengths)}::int[]`)
      aliases.push(`"${name}_at"`, `"${name}_length"`)
      selected.push(`substring(${data}::bytea from "${name}_at" for "${name}_length")`)
    } else {
      sources.push(`${parameter(column)}::${type.endsWith('[]') ? 'text' : type}[]`)
      aliases.push(`"${name}"`)
      selected.push(type.endsWith('[]') ? `"${name}"::${type}` : `"${name}"`)
    }
  })
  const names = Object.keys(columns).map((name) => `"${name}"`)
  const text = `insert into "${table}" (${names.join(', ')}) select ${selected.join(', ')} from unnest(${sources.join(', ')}) as r(${aliases.join(', ')}) ${suffix}`
  await client.query(prepared(text, values))
}

/** Offsets count from 1, as SQL does; null stays null. */
function packed(values: readonly (Uint8Array | null)[]): {
  bytes: Buffer
  offsets: (number | null)[]
  lengths: (number | null)[]
} {
  let next = 1
  const offsets = values.map((value) => {
    if (value === null) return null
    next += value.length
    return next - value.length
  })
  return {
    bytes: Buffer.concat(values.filter((value) => value !== null)),
    offsets,
    lengths: values.map((value) => value?.length ?? null),
  }
}
