import { openRestore, openTaskEntries, releaseByOperators } from '@buergerdraht/custody'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { officeClock } from '../process/office-clock.ts'
import { type Command, command } from './command.ts'
import { operatorsOf } from './emergency-access.ts'
import { report } from './output.ts'

const help = [
  'A database that was restored from a backup is older than the deletion ledger. The worker carries out everything that the ledger holds, and nobody is let in',
  'before two persons have released it.',
].join('\n')

const status = command({
  name: 'restore status',
  summary: 'whether the office is closed because its database was restored from a backup',
  help: `${help} Status 0: it is not; 1: it is. Settings: DATABASE_URL.`,
  options: {},
  run: async ({ json }) => {
    const { pool, close } = createDatabase(readConfig().databaseUrl, { as: 'worker', maxConnections: 1 })
    try {
      const restore = await openRestore(pool)
      const figures =
        restore === null
          ? null
          : {
              backupOn: restore.backup_on,
              entries: restore.to_seq - restore.from_seq,
              replayed: restore.replayed_at !== null,
              released: restore.released_at !== null,
              holds: restore.holds,
              restrictions: restore.restrictions,
              anew: restore.anew,
              decisions: restore.decisions,
              tasks: await openTaskEntries(pool, restore.id),
            }
      report.result(
        json,
        { restore: figures },
        figures === null
          ? 'The office is not closed for a restore.'
          : `Closed: the database is of ${figures.backupOn}, ${figures.entries} entries of the ledger younger than it ${figures.replayed ? 'are carried out; two persons have to release it' : 'are being carried out by the worker'}.${figures.tasks.length === 0 ? '' : ` To be decided anew after the release: entries ${figures.tasks.join(', ')} of the ledger.`}`,
      )
      return restore === null ? 0 : 1
    } finally {
      await close()
    }
  },
})

const release = command({
  name: 'restore release',
  summary: 'let people in again after a restore, where nobody can sign in who may',
  help: `${help} On the page, two persons sign in for that; here two operators say who they are. The worker says so in the ledger and lets in.
Whoever may run this has the database: it asks for no token. Settings: DATABASE_URL, DEMO_CLOCK.`,
  options: { operator: { type: 'string', value: 'NAME', multiple: true } },
  run: async ({ json, operator }) => {
    operatorsOf(operator)
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'worker', maxConnections: 1 })
    try {
      const released = await releaseByOperators({ pool, now: officeClock(config) })
      report.result(
        json,
        { released },
        released
          ? 'Released. The worker says so in the ledger, and lets people in within seconds.'
          : 'Nothing waits to be released: there was no restore, or the worker has not carried out the ledger yet.',
      )
      return released ? 0 : 1
    } finally {
      await close()
    }
  },
})

export const restoreCommands: readonly Command[] = [status, release]
