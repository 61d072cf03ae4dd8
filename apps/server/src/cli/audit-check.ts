import { join } from 'node:path'
import { type AuditLogChecked, checkAuditLog, Keys, readRoots } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { keyReader } from '../process/open-office.ts'
import { command } from './command.ts'
import { report } from './output.ts'

function said(checked: AuditLogChecked, where: 'database' | 'folder'): string[] {
  return checked[where].map(({ location, detail, en }) => `${where}, ${location}: ${en} ${detail}`.trimEnd())
}

export const auditCheck = command({
  name: 'audit check',
  summary: 'check the audit log in the database and in its folder: every entry, every leaf, every checkpoint',
  help: [
    'Reads the whole log and changes nothing; it can be asked while the office runs. Status 0: both are whole, or there is none yet;',
    '1: something was changed, is missing or was added, and the sentences say where. For somebody who trusts nobody here: export the log and use `verify`.',
    'Time stamps are checked where TSA_URLS and TSA_ROOTS are set. Settings: DATABASE_URL, LEDGER_DIR, KEY_FILE or KEY.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 2 })
    try {
      const keys = await Keys.open(pool, keyReader(config))
      const roots = config.timeAuthorities === null ? [] : await readRoots(config.timeAuthorities.rootsFile)
      const checked = await checkAuditLog({ pool, keys }, join(config.ledgerDir, 'audit'), roots)
      if (checked === null) {
        report.result(json, { state: 'new' }, 'There is no audit log yet.')
        return 0
      }
      report.result(
        json,
        { state: checked.isWhole ? 'whole' : 'unusable', ...checked },
        [...said(checked, 'database'), ...said(checked, 'folder')].join('\n'),
      )
      return checked.isWhole ? 0 : 1
    } finally {
      await close()
    }
  },
})
