import { mkdir } from 'node:fs/promises'
import { createDatabase } from '@buergerdraht/prisma'
import { readConfig } from './config.ts'
import { readDemo, writeDemo } from './demo/demo-file.ts'
import { ensureDemoOffice } from './demo/demo-office.ts'
import { isUntouched, playDemoPast } from './demo/demo-past.ts'
import { createLog } from './monitoring/log.ts'
import { openKeys } from './process/data-folder.ts'
import { keyReader } from './process/open-office.ts'
import { operatorFault } from './process/operator-fault.ts'

async function seed(): Promise<void> {
  const config = readConfig()
  if (config.production) throw new Error('There is no demo office in production.')
  await mkdir(config.dataDir, { recursive: true })
  const { prisma, pool, close } = createDatabase(config.databaseUrl, { as: 'owner', maxConnections: 4 })
  try {
    const keys = await openKeys(pool, config, keyReader(config))
    const office = { prisma, keys, now: () => new Date() }
    const urls = { baseUrl: config.publicUrl, simulatorUrl: config.simulatorUrl }
    const known = await readDemo(config.dataDir)
    const demo = { ...(await ensureDemoOffice(office, urls, known)), past: known?.past }
    await writeDemo(config.dataDir, demo)
    if (demo.past === 'begun' || (await isUntouched(office))) {
      await writeDemo(config.dataDir, { ...demo, past: 'begun' })
      await playDemoPast(office, config, demo, createLog({ level: config.logLevel, process: 'cli' }))
      await writeDemo(config.dataDir, { ...demo, past: 'played' })
    }
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
