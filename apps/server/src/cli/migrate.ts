import { migrate } from '@buergerdraht/prisma/migrate'
import { readConfig } from '../config.ts'
import { migrateQueue } from '../jobs/queue.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const migrateCommand = command({
  name: 'migrate',
  summary: 'bring the database to this release',
  help: 'Applies the migrations that are missing, each in a transaction. api and worker wait until it is done.\nSettings: DATABASE_URL, of the owner of the tables.',
  options: {},
  run: async ({ json }) => {
    const { databaseUrl } = readConfig()
    const applied = await migrate(databaseUrl)
    await migrateQueue(databaseUrl)
    const sentence = applied.length === 0 ? 'Nothing to do.' : `Applied: ${applied.join(', ')}`
    report.result(json, { applied }, sentence)
    return 0
  },
})
