import { accountCreate } from './account-create.ts'
import { adminCreate } from './admin-create.ts'
import { bench } from './bench.ts'
import { dataAdopt } from './data-adopt.ts'
import { keysRotate } from './keys-rotate.ts'
import { migrateCommand } from './migrate.ts'
import { verify } from './verify.ts'

export type Command = {
  /** One or two words. */
  readonly name: string
  readonly summary: string
  readonly options: string
  readonly help: string
  /** Another program answers `--help`. */
  readonly ownHelp?: boolean
  /** Resolves with the exit status. */
  readonly run: (args: readonly string[]) => Promise<number>
}

export const commands: readonly Command[] = [
  migrateCommand,
  adminCreate,
  accountCreate,
  keysRotate,
  dataAdopt,
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
