import { copyFile, mkdir, mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Config, readConfig } from '../src/config.ts'
import { createLog } from '../src/monitoring/log.ts'
import { adoptDataFolder, DataFolderForeign } from '../src/process/data-folder.ts'
import { keyReader, type OpenOffice, openOffice } from '../src/process/open-office.ts'
import { StoryOffice } from './start-office.ts'

let story: StoryOffice
/** The office with a data folder of the test's own, which no process has marked yet. */
let own: Config
let other: Awaited<ReturnType<typeof createTestDatabase>>
const log = createLog({ level: 'silent', process: 'worker' })
const media = 'ab/00000000-0000-7000-8000-0000000000ab'

function open(config: Config): Promise<OpenOffice> {
  return openOffice(config, { process: 'worker', log })
}

async function start(config: Config): Promise<void> {
  const opened = await open(config)
  await opened.close()
}

/** The same folder with a database that is empty but for its tables. */
function besideEmptyDatabase(environment: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ ...story.environment, DATA_DIR: own.dataDir, DATABASE_URL: other.url, ...environment })
}

beforeAll(async () => {
  story = await StoryOffice.prepare()
})
afterAll(() => story.close())
beforeEach(async () => {
  const dataDir = await mkdtemp(join(story.config.dataDir, 'own-'))
  await copyFile(story.config.keyFile, join(dataDir, basename(story.config.keyFile)))
  own = readConfig({ ...story.environment, DATA_DIR: dataDir })
  other = await createTestDatabase()
  return () => other.drop()
})

async function keysIn(url: string): Promise<number> {
  const { pool, close } = createDatabase(url)
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from data_key')
  await close()
  return rows[0]?.n ?? 0
}

test('an office starts again and again in its own folder, and marks it', async () => {
  await start(own)
  await start(own)
  const { rows } = await story.database.pool.query("select id from data_key where purpose = 'lookup'")
  expect((await readFile(join(own.dataDir, 'office'), 'utf8')).trim()).toBe(rows[0]?.id)
})

test.each(['test', 'production'])('an empty database beside a used folder is refused in %s', async (mode) => {
  await start(own)
  const config = besideEmptyDatabase({
    NODE_ENV: mode,
    KEY_FILE: own.keyFile,
    PUBLIC_URL: 'https://buergerchat.example.de',
  })
  await expect(start(config)).rejects.toThrow(DataFolderForeign)
  expect(await keysIn(other.url)).toBe(0)
})

test('another office’s database is refused', async () => {
  await start(own)
  const elsewhere = besideEmptyDatabase({ DATA_DIR: join(own.dataDir, 'elsewhere') })
  await start(elsewhere)
  await expect(start(besideEmptyDatabase())).rejects.toThrow('belongs to an office with another database')
})

test.each([
  ['media', join('media', media)],
  ['logs', 'logs/checkpoint'],
  ['keys', 'keys'],
])('an empty database beside %s from before there was a mark is refused', async (name, path) => {
  const dataDir = join(own.dataDir, `unmarked-${name}`)
  await mkdir(join(dataDir, path, '..'), { recursive: true })
  const key = await readFile(own.keyFile)
  await writeFile(join(dataDir, path), key)
  if (name === 'keys') await utimes(join(dataDir, path), 0, 0)
  const fresh = await createTestDatabase()
  try {
    const config = readConfig({ ...story.environment, DATABASE_URL: fresh.url, DATA_DIR: dataDir })
    await expect(start(config)).rejects.toThrow(/^The database holds no keys, but there are (the )?\w+ in /)
  } finally {
    await fresh.drop()
  }
})

test('whoever knows what they do says so, and nothing is deleted', async () => {
  await start(own)
  const path = join(own.mediaDir, media)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, 'x')
  const config = besideEmptyDatabase()
  const { pool, close } = createDatabase(other.url)
  await adoptDataFolder(pool, config, keyReader(config))
  await close()
  await start(config)
  expect(await readdir(join(path, '..'))).toEqual(['00000000-0000-7000-8000-0000000000ab'])
  await expect(start(own)).rejects.toThrow(DataFolderForeign)
})

test('api and worker that start at once agree', async () => {
  const config = besideEmptyDatabase({ DATA_DIR: join(own.dataDir, 'at-once') })
  const opened = await Promise.all([open(config), open(config), open(config)])
  await Promise.all(opened.map((one) => one.close()))
  await start(config)
  const { pool, close } = createDatabase(other.url)
  const { rows } = await pool.query("select id from data_key where purpose = 'lookup'")
  await close()
  const mark = await readFile(join(config.dataDir, 'office'), 'utf8')
  expect(rows).toEqual([{ id: mark.trim() }])
})
