import { findBroken, type NotBroken } from '@buergerdraht/custody'
import { Keys } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { officeClock } from '../process/office-clock.ts'
import { keyReader } from '../process/open-office.ts'
import { deletionLedgerOf } from '../process/wait-for-ledger.ts'
import { command } from './command.ts'
import { report, UsageError } from './output.ts'

const reasons = {
  'ledger-unreachable': 'LEDGER_UNREACHABLE',
  'danger-to-life': 'DANGER_TO_LIFE',
  'system-failure': 'SYSTEM_FAILURE',
  'legal-order': 'LEGAL_ORDER',
} as const

const sentences: Readonly<Record<NotBroken, string>> = {
  running: 'A worker holds the deletion ledger. Stop the office first.',
  none: 'This database knows of no deletion ledger: there is nothing to give up.',
  usable: 'The deletion ledger can be used, so it is not given up: start the office.',
  restoring:
    'The database was restored, and the ledger is being carried out. Put the ledger back as it was, or restore a younger backup of the database.',
  'older-database':
    'The database still has what the rest of the ledger says was deleted: it comes from a backup that is older than the ledger. Restore a younger one; otherwise what was deleted would be back.',
}

export const ledgerBreakGlass = command({
  name: 'ledger break-glass',
  summary: 'say that the deletion ledger is lost or damaged and that no backup of it helps',
  help: `The last resort, after the folder was looked for in every backup. Run it while the office stands still. It looks at the ledger, notes what is wrong with it,
and changes nothing in the folder. Start the office then: it stays closed until two persons of records management, data protection or administration
have signed in and given the ledger up; another one follows, with a name and a key of its own. Backups of before cannot be opened afterwards.
Status 0: noted; 1: refused, and the sentence says why. Reasons: ${Object.keys(reasons).join(', ')}.
Settings: DATABASE_URL, LEDGER_DIR, KEY_FILE or KEY.`,
  options: { reason: { type: 'string', value: 'REASON', wanted: true } },
  run: async ({ json, reason }) => {
    if (!Object.hasOwn(reasons, reason))
      throw new UsageError(`--reason is one of ${Object.keys(reasons).join(', ')}.`)
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 3 })
    try {
      const keys = await Keys.open(pool, keyReader(config))
      const office = { pool, keys, now: officeClock(config) }
      const found = await findBroken(
        office,
        deletionLedgerOf(config),
        reasons[reason as keyof typeof reasons],
      )
      if ('not' in found) {
        report.result(json, { refused: found.not }, sentences[found.not])
        return 1
      }
      const { number, origin, size, fault, findings } = found.broken
      report.result(
        json,
        { number, origin, size, fault, findings },
        `Noted: the deletion ledger ${origin}, of which ${size} entries are carried out, is ${fault}. Start the office; two persons sign in and decide.`,
      )
      return 0
    } finally {
      await close()
    }
  },
})
