import { join } from 'node:path'
import { inspect } from 'node:util'
import { type Inbox, Intake, SearchIndex } from '@buergerdraht/inbox'
import type { BenchOffice } from './office-processes.ts'

/** What use cases need, in the process of the bench itself. Nobody is reminded or told of anything. */
export function inboxOf({ database, keys, folder }: BenchOffice): Inbox {
  async function nothing(): Promise<void> {}
  return {
    ...database,
    keys,
    intake: new Intake(database.pool, keys),
    search: new SearchIndex(keys),
    now: () => new Date(),
    remind: nothing,
    notify: nothing,
    log: {
      info: () => {},
      warn: () => {},
      error: (fields, text) => process.stderr.write(`${text} ${inspect(fields)}\n`),
    },
    sendOutcomes: new Map(),
    bspHosts: new Set(),
    mediaDir: join(folder, 'media'),
    clamavUrl: null,
    ownPostalCodes: new Set(),
  }
}
