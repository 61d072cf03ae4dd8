import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'
import { runInstead } from './other-program.ts'

const verifier = fileURLToPath(
  new URL('../../../../packages/records/dist/buergerdraht-verify.mjs', import.meta.url),
)

export const verify: Command = {
  name: 'verify',
  summary: 'check an archive package or a deletion ledger, offline',
  options: 'PACKAGE --key KEY …',
  help: '',
  ownHelp: true,
  // The very program that an auditor gets: one file that imports nothing that writes.
  run: (args) => runInstead(verifier, args),
}
