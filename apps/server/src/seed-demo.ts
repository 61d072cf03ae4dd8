import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logKeyOf } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { type Config, readConfig } from './config.ts'
import { readDemo, writeDemo } from './demo/demo-file.ts'
import { ensureDemoNotice } from './demo/demo-notice.ts'
import { ensureDemoOffice } from './demo/demo-office.ts'
import { isUntouched, playDemoPast } from './demo/demo-past.ts'
import { createLog } from './monitoring/log.ts'
import { openKeys } from './process/data-folder.ts'
import { officeClock } from './process/office-clock.ts'
import { keyReader } from './process/open-office.ts'
import { operatorFault } from './process/operator-fault.ts'

/** The authority of the demo is the simulator's. @returns the file that holds its root certificate now */
async function keepTsaRoot({ simulatorUrl, dataDir }: Config): Promise<string> {
  const file = join(dataDir, 'tsa-root.pem')
  const answer = await fetch(`${simulatorUrl}/tsa/root.pem`)
  if (!answer.ok) throw new Error(`The simulator's time-stamping authority answered with ${answer.status}.`)
  await writeFile(file, await answer.text())
  return file
}

async function seed(): Promise<void> {
  const config = readConfig()
  if (config.production) throw new Error('There is no demo office in production.')
  await mkdir(config.dataDir, { recursive: true })
  const { prisma, pool, close } = createDatabase(config.databaseUrl, { as: 'owner', maxConnections: 4 })
  try {
    const keys = await openKeys(pool, config, keyReader(config))
    const office = { prisma, keys, now: officeClock(config) }
    const urls = { baseUrl: config.publicUrl, simulatorUrl: config.simulatorUrl }
    const known = await readDemo(config.dataDir)
    const demo = {
      ...(await ensureDemoOffice(office, urls, known)),
      publicKeys: {
        audit: (await logKeyOf(keys, 'audit-log')).verifierKey,
        ledger: (await logKeyOf(keys, 'deletion-ledger')).verifierKey,
        archive: (await logKeyOf(keys, 'archive-log')).verifierKey,
      },
      tsaRoot: await keepTsaRoot(config),
      past: known?.past,
      steps: known?.steps,
    }
    await writeDemo(config.dataDir, demo)
    if (demo.past === 'begun' || (await isUntouched(office))) {
      await writeDemo(config.dataDir, { ...demo, past: 'begun' })
      const log = createLog({ level: config.logLevel, process: 'cli' })
      await playDemoPast(office, config, demo, log, demo.steps ?? 0, (steps) =>
        writeDemo(config.dataDir, { ...demo, past: 'begun', steps }),
      )
      await writeDemo(config.dataDir, { ...demo, past: 'played', steps: undefined })
    }
    await ensureDemoNotice(office)
  } finally {
    await close()
  }
}

try {
  await seed()
} catch (error) {
  const sentence = operatorFault(error)
  if (sentence === null) throw error
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
