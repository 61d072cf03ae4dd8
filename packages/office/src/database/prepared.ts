import { statementName } from '@buergerdraht/prisma'
import type { QueryConfig } from 'pg'

const names = new Map<string, string>()

/**
 * A statement that PostgreSQL parses and plans once a connection. Its name is the hash of its text, so that two texts never share a
 * plan, whoever changes one of them. The text MUST NOT hold values, or every value would leave a plan behind.
 */
export function prepared(text: string, values: readonly unknown[]): QueryConfig<unknown[]> {
  let name = names.get(text)
  if (name === undefined) {
    name = statementName(text)
    names.set(text, name)
  }
  return { name, text, values: values as unknown[] }
}
