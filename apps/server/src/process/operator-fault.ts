import { LedgerUnusable } from '@buergerdraht/custody'
import { KeyDestroyed, KeyFileUnusable } from '@buergerdraht/office'
import { RolesMissing } from '@buergerdraht/prisma'
import { MigrationMismatch } from '@buergerdraht/prisma/migrate'
import { ConfigUnusable } from '../config.ts'
import { DataFolderForeign } from './data-folder.ts'

/**
 * Nobody listens, the name is unknown, or PostgreSQL (appendix A of its manual) refuses this user, password or database; also as
 * Prisma says it.
 */
const databaseTrouble =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|28[0-9A-Z]{3}|3D000|42501|53300|57P0[1-5]|P10\d\d)$/
/** A table or a column is not there. */
const notMigrated = /^(42P01|42703|P202[12])$/

type SystemError = {
  readonly code?: unknown
  readonly syscall?: unknown
  readonly path?: unknown
  readonly port?: unknown
}

/** One sentence for what the operator can mend, without any value of theirs; null: a defect, which only its stack explains. */
export function operatorFault(error: unknown): string | null {
  if (error instanceof ConfigUnusable || error instanceof KeyFileUnusable) return (error as Error).message
  if (error instanceof DataFolderForeign || error instanceof LedgerUnusable) return error.message
  if (error instanceof MigrationMismatch || error instanceof RolesMissing) return error.message
  if (error instanceof KeyDestroyed) {
    return 'The keys in the key file are not those that this database was encrypted with; put the right file back from its backup.'
  }
  const { code, syscall, path, port } = (error ?? {}) as SystemError
  if (typeof code !== 'string') return null
  if (syscall === 'listen') {
    return code === 'EADDRINUSE'
      ? `Port ${port} is already in use.`
      : `This process may not or cannot listen on port ${port} (${code}).`
  }
  if (typeof path === 'string') return `${path} cannot be used (${code}).`
  if (notMigrated.test(code)) return 'The database is not at this release; run the command migrate.'
  return databaseTrouble.test(code) ? `The database cannot be used (${code}); check DATABASE_URL.` : null
}
