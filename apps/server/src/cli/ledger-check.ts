import { checkGivenUp, judgeLedger, LedgerUnusable } from '@buergerdraht/custody'
import { Keys } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { keyReader } from '../process/open-office.ts'
import { deletionLedgerOf } from '../process/wait-for-ledger.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const ledgerCheck = command({
  name: 'ledger check',
  summary: 'compare the deletion ledger with itself, its checkpoints, and what the database has carried out',
  help: [
    'Reads the whole ledger, as the office does when it starts, and changes nothing. Status 0: both are the same, or there is none yet;',
    '1: the ledger is ahead of the database, damaged, foreign or missing, and the sentence says which. It can be asked while the office runs.',
    'Settings: DATABASE_URL, LEDGER_DIR, KEY_FILE or KEY.',
  ].join('\n'),
  options: {},
  run: async ({ json }) => {
    const config = readConfig()
    const folder = deletionLedgerOf(config)
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 2 })
    try {
      const keys = await Keys.open(pool, keyReader(config))
      const standing = await judgeLedger({ pool, keys }, folder)
      const before = await checkGivenUp(pool, folder)
      const rests = before.map(
        ({ number, fault, readable, findings, folder: aside }) =>
          `\nLedger no. ${number} was given up (${fault}). Of it ${readable} entries can be read in ${aside}${findings.length === 0 ? '' : ` (${findings.join(', ')})`}.`,
      )
      function said(facts: Readonly<Record<string, unknown>>, sentence: string): void {
        report.result(json, { ...facts, givenUp: before }, `${sentence}${rests.join('')}`)
      }
      switch (standing.state) {
        case 'new':
          said(standing, 'There is no deletion ledger yet: nothing has ever been deleted by a run.')
          return 0
        case 'equal':
          said(
            standing,
            `The deletion ledger is whole, and all of its ${standing.size} entries are carried out.`,
          )
          return 0
        case 'ahead':
          said(
            standing,
            `The deletion ledger has ${standing.size} entries, and the database has carried out ${standing.applied} of them. While a run is under way that passes; after a restore nobody is let in.`,
          )
          return 1
        case 'unusable': {
          const { check, findings } = standing
          const codes = findings.map(({ code, location }) => ({ code, location }))
          said(
            { state: 'unusable', check, findings: codes },
            new LedgerUnusable(folder, check, findings).message,
          )
          return 1
        }
      }
    } finally {
      await close()
    }
  },
})
