import { createHash } from 'node:crypto'

/** Equal SQL gets an equal name, so PostgreSQL parses and plans it once a connection; different SQL never does. */
export function statementName(sql: string): string {
  return createHash('sha256').update(sql).digest('base64url')
}
