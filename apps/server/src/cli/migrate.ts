import { migrate } from '@buergerdraht/prisma/migrate'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'
import { onlyOptions, report } from './output.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database to this release',
  options: '[--json]',
  help: 'Applies the migrations that are missing, each in a transaction. api and worker wait until it is done.\nSettings: DATABASE_URL.',
  run: async (args) => {
    onlyOptions(args, ['--json'])
    const applied = await migrate(readConfig().databaseUrl)
    const sentence = applied.length === 0 ? 'Nothing to do.' : `Applied: ${applied.join(', ')}`
    report.result(args.includes('--json'), { applied }, sentence)
    return 0
  },
}
