import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { adoptDataFolder } from '../process/data-folder.ts'
import { keyReader } from '../process/open-office.ts'
import type { Command } from './command.ts'
import { onlyOptions, report } from './output.ts'

export const dataAdopt: Command = {
  name: 'data adopt',
  summary: 'say that the data folder belongs to this database from now on',
  options: '[--json]',
  help: [
    'For when api and worker refuse to start because folder and database are not of one office, and you know that they are to be.',
    'Deletes nothing: media that the database does not know stay, and the administrators are told how many.',
    'Settings: DATABASE_URL, DATA_DIR, MEDIA_DIR, KEY_FILE or KEY.',
  ].join('\n'),
  run: async (args) => {
    onlyOptions(args, ['--json'])
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { maxConnections: 2 })
    try {
      await adoptDataFolder(pool, config, keyReader(config))
      report.result(
        args.includes('--json'),
        { dataDir: config.dataDir },
        `${config.dataDir} belongs to this database from now on.`,
      )
      return 0
    } finally {
      await close()
    }
  },
}
