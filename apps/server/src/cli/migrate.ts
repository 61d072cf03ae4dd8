import { migrate } from '@buergerdraht/prisma/migrate'
import { readConfig } from '../config.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const migrateCommand = command({
  name: 'migrate',
  summary: 'bring the database to this release',
  help: 'Applies the migrations that are missing, each in a transaction. api and worker wait until it is done.\nSettings: DATABASE_URL.',
  options: {},
  run: async ({ json }) => {
    const applied = await migrate(readConfig().databaseUrl)
    const sentence = applied.length === 0 ? 'Nothing to do.' : `Applied: ${applied.join(', ')}`
    report.result(json, { applied }, sentence)
    return 0
  },
})
