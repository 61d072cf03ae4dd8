import { accountCommands } from './account.ts'
import { adminCreate } from './admin-create.ts'
import { archiveCheck } from './archive-check.ts'
import { auditCheck } from './audit-check.ts'
import { bench } from './bench.ts'
import type { Command } from './command.ts'
import { dataAdopt } from './data-adopt.ts'
import { deletionPlan } from './deletion-plan.ts'
import { emergencyAccessCommands } from './emergency-access.ts'
import { keysRotate } from './keys-rotate.ts'
import { ledgerBreakGlass } from './ledger-break-glass.ts'
import { ledgerCheck } from './ledger-check.ts'
import { migrateCommand } from './migrate.ts'
import { networksReset } from './networks-reset.ts'
import { restoreCommands } from './restore.ts'
import { searchRebuild } from './search-rebuild.ts'
import { verify } from './verify.ts'

export const commands: readonly Command[] = [
  migrateCommand,
  adminCreate,
  ...accountCommands,
  ...emergencyAccessCommands,
  networksReset,
  keysRotate,
  dataAdopt,
  searchRebuild,
  ledgerCheck,
  ledgerBreakGlass,
  auditCheck,
  archiveCheck,
  deletionPlan,
  ...restoreCommands,
  verify,
  bench,
]

/** The command that these words begin with, and what follows it. */
export function commandNamed(
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | null {
  for (const command of commands) {
    const name = command.name.split(' ')
    if (name.every((word, n) => words[n] === word)) return { command, rest: words.slice(name.length) }
  }
  return null
}
