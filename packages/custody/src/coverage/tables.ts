import { citizensTables } from './citizens-tables.ts'
import type { Mark } from './fate.ts'
import { officeTables } from './office-tables.ts'
import { staffTables } from './staff-tables.ts'

/**
 * Every table of the product with what becomes of its rows: the one declaration, which a test holds against the schema table by table and column
 * by column. Rows that say it themselves have columns for it; for the others it is said here once.
 */
export const tables: Readonly<Record<string, Mark>> = { ...citizensTables, ...staffTables, ...officeTables }

export function wordsOf(columns: string): readonly string[] {
  return columns.split(/\s+/).filter((word) => word !== '')
}
