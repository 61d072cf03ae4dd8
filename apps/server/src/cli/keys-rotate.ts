import { Keys, recordActOn, rotateKeyFile } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from '../config.ts'
import { keyReader } from '../process/open-office.ts'
import { command } from './command.ts'
import { report } from './output.ts'

export const keysRotate = command({
  name: 'keys rotate',
  summary: 'put a new key-encryption key in place of the old one',
  help: [
    'Writes a new key into KEY_FILE, waits until every process uses it, wraps all data keys with it and takes the old one away.',
    'Nothing has to be stopped. With --rewrap-only, or when the key comes from KEY, the keys stay as you have set them (new',
    'one first) and only the data keys are wrapped anew; the older keys can be taken away afterwards.',
    'Settings: DATABASE_URL, KEY_FILE or KEY.',
  ].join('\n'),
  options: { 'rewrap-only': { type: 'boolean' } },
  run: async ({ json, ...asked }) => {
    const config = readConfig()
    const { pool, close } = createDatabase(config.databaseUrl, { as: 'api', maxConnections: 2 })
    try {
      const keys = await Keys.open(pool, keyReader(config))
      const rewrapOnly = asked['rewrap-only'] || config.key !== undefined
      if (!rewrapOnly) report.progress('Waiting until every process knows the new key …')
      const wrapped = rewrapOnly ? await keys.rewrap() : await rotateKeyFile(keys, config.keyFile)
      await recordActOn(pool, new Date(), null, {
        act: 'keys-rotated',
        facts: { commandLine: true },
      })
      report.result(json, { wrapped }, `${wrapped} data keys were wrapped with the newest key.`)
      return 0
    } finally {
      await close()
    }
  },
})
