import { join } from 'node:path'
import { checkAuditLog, Keys } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { type Finding, verdictOf } from '@buergerdraht/records'
import { readConfig } from '../config.ts'
import { keyReader } from '../process/open-office.ts'
import { command } from './command.ts'
import { report } from './output.ts'

function said(where: string, findings: readonly Finding[]): string[] {
  return findings.map(({ location, detail, en }) => `${where}, ${location}: ${en} ${detail}`.trimEnd())
}

export const auditCheck = command({
  name: 'audit check',
  summary: 'check the audit log in the database and in its folder: every entry, every leaf, every checkpoint',
  help: [
    'Reads the whole log and changes nothing; it can be asked while the office runs. Status 0: both are whole, or there is none yet;',
    '1: something was changed, is missing or was added, and the sentences say where. For somebody who trusts nobody here: export the log and use `verify`.',
    'Settings: DATABASE_URL, LEDGER_DIR, KEY_FILE or KEY.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 2 })
    try {
      const keys = await Keys.open(pool, keyReader(config))
      const checked = await checkAuditLog({ pool, keys }, join(config.ledgerDir, 'audit'))
      if (checked === null) {
        report.result(json, { state: 'new' }, 'There is no audit log yet.')
        return 0
      }
      const bad = verdictOf([...checked.database, ...checked.folder]) !== 0
      report.result(
        json,
        { state: bad ? 'unusable' : 'whole', ...checked },
        [...said('database', checked.database), ...said('folder', checked.folder)].join('\n'),
      )
      return bad ? 1 : 0
    } finally {
      await close()
    }
  },
})
