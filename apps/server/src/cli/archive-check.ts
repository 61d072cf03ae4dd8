import { checkArchive } from '@buergerdraht/custody'
import { Keys } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { archiveLogOf } from '../process/archive-of.ts'
import { officeClock } from '../process/office-clock.ts'
import { keyReader } from '../process/open-office.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const archiveCheck = command({
  name: 'archive check',
  summary: 'check the archive: the log, the database and every sealed package with its contents',
  help: [
    'Holds log, database and packages against each other and reads every package as an auditor would; changes nothing, and can be asked while the office',
    'runs. Status 0: everything agrees, or nothing has been sealed yet; 1: something was changed, is missing or was added, and the lines say where.',
    'Settings: DATABASE_URL, LEDGER_DIR, ARCHIVE_DIR, KEY_FILE or KEY.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 2 })
    try {
      const now = officeClock(config)
      const keys = await Keys.open(pool, keyReader(config), now)
      const { archiveDir, timeAuthorities } = config
      const place = { folder: archiveLogOf(config), archiveDir, timeAuthorities }
      const checked = await checkArchive({ pool, keys, now }, place, 1)
      if (checked === null) {
        report.result(json, { state: 'new' }, 'Nothing has been sealed yet.')
        return 0
      }
      const { findings, packages, leaves } = checked
      const isWhole = findings.length === 0
      report.result(
        json,
        { state: isWhole ? 'whole' : 'unusable', ...checked },
        isWhole
          ? `The archive is whole: ${packages} packages, ${leaves} leaves of the log.`
          : findings.map(({ code, place: where }) => `${where}: ${code}`).join('\n'),
      )
      return isWhole ? 0 : 1
    } finally {
      await close()
    }
  },
})
