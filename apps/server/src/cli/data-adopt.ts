import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { adoptDataFolder } from '../process/data-folder.ts'
import { keyReader } from '../process/open-office.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const dataAdopt = command({
  name: 'data adopt',
  summary: 'say that the data folder belongs to this database from now on',
  help: [
    'For when api and worker refuse to start because folder and database are not of one office, and you know that they are to be.',
    'Deletes nothing: media that the database does not know stay, and the administrators are told how many.',
    'Settings: DATABASE_URL, DATA_DIR, MEDIA_DIR, KEY_FILE or KEY.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'api', maxConnections: 2 })
    try {
      await adoptDataFolder(pool, config, keyReader(config))
      report.result(
        json,
        { dataDir: config.dataDir },
        `${config.dataDir} belongs to this database from now on.`,
      )
      return 0
    } finally {
      await close()
    }
  },
})
