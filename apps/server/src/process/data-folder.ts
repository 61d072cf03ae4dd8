import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type KeyEncryptionKeys, Keys } from '@buergerdraht/office'
import type { Pool } from 'pg'
import type { Config } from '../config.ts'

/** Data folder and database are not those of one office. The message is for whoever operates it. */
export class DataFolderForeign extends Error {
  constructor(reason: string) {
    super(
      `${reason} Check DATABASE_URL and DATA_DIR, or finish restoring the database. Only if the folder is to belong to this database from now on, run the command data adopt; it deletes nothing.`,
    )
    this.name = 'DataFolderForeign'
  }
}

type Folders = Pick<Config, 'dataDir' | 'mediaDir' | 'keyFile' | 'key' | 'production'>

/** Holds the id of the database's lookup key, which there is once, for as long as the office exists. */
function markOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'office')
}

async function unlessMissing<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise
    throw error
  }
}

async function readMark(folders: Pick<Config, 'dataDir'>): Promise<string | null> {
  return unlessMissing(async () => (await readFile(markOf(folders), 'utf8')).trim() || null, null)
}

/** Atomic and durable. Of several processes that start at once each writes the same. */
async function writeMark(folders: Folders, office: string, over: 'nothing' | 'another'): Promise<void> {
  await mkdir(folders.dataDir, { recursive: true, mode: 0o700 })
  const path = markOf(folders)
  const beside = `${path}.${randomUUID()}`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(`${office}\n`)
    await file.sync()
    await file.close()
    if (over === 'another') await rename(beside, path)
    else await link(beside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(beside, { force: true })
  }
}

async function isFilled(folder: string): Promise<boolean> {
  return unlessMissing(async () => (await readdir(folder)).length > 0, false)
}

async function holdsMedia(mediaDir: string): Promise<boolean> {
  const shards = await unlessMissing(() => readdir(mediaDir), [])
  for (const shard of shards) {
    if (/^[0-9a-f]{2}$/.test(shard) && (await isFilled(join(mediaDir, shard)))) return true
  }
  return false
}

/** Keys that an office made by itself, before this database was there: they have encrypted something else. */
async function hasOlderKeys(pool: Pool, { keyFile, key, production }: Folders): Promise<boolean> {
  if (production || key !== undefined) return false
  const madeAt = await unlessMissing(async () => (await stat(keyFile)).mtime, null)
  if (madeAt === null) return false
  const { rows } = await pool.query<{ older: boolean }>(
    'select min(started_at) > $1 as older from _prisma_migrations',
    [madeAt],
  )
  return rows[0]?.older === true
}

/** What an office that has been used has left here; null: nothing. */
async function traceOfUse(pool: Pool, folders: Folders): Promise<string | null> {
  if (await holdsMedia(folders.mediaDir)) return `media in ${folders.mediaDir}`
  if (await isFilled(join(folders.dataDir, 'logs'))) return `logs in ${join(folders.dataDir, 'logs')}`
  if (await hasOlderKeys(pool, folders)) return `the keys in ${folders.keyFile}`
  return null
}

async function officeOf(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>("select id from data_key where purpose = 'lookup'")
  return rows[0]?.id ?? null
}

/** @throws DataFolderForeign */
async function requireSameOffice(pool: Pool, folders: Folders): Promise<void> {
  // The folder first: another process may be about to start this office.
  const marked = await readMark(folders)
  const trace = marked === null ? await traceOfUse(pool, folders) : null
  const office = await officeOf(pool)
  if (office === null && marked !== null)
    throw new DataFolderForeign(
      `The database holds no keys, but the data folder ${folders.dataDir} belongs to an office that has been used.`,
    )
  if (office === null && trace !== null)
    throw new DataFolderForeign(
      `The database holds no keys, but there are ${trace} of an office that has been used.`,
    )
  if (marked !== null && marked !== office)
    throw new DataFolderForeign(
      `The data folder ${folders.dataDir} belongs to an office with another database.`,
    )
}

/**
 * Opens the keys of a migrated database, if the data folder is this office's or nobody's yet; then it is this office's. An empty
 * database beside what another has left is a wrong address, a lost volume or a restore that is under way: whoever went on there
 * would make new keys and take everything in the folder for rubbish.
 * @throws DataFolderForeign
 */
export async function openKeys(
  pool: Pool,
  folders: Folders,
  readKeys: () => Promise<KeyEncryptionKeys>,
  now?: () => Date,
): Promise<Keys> {
  await requireSameOffice(pool, folders)
  const keys = await Keys.open(pool, readKeys, now)
  const office = await officeOf(pool)
  if (office !== null) await writeMark(folders, office, 'nothing')
  return keys
}

/**
 * Somebody has looked: the folder belongs to this database from now on. Nothing is deleted; files that the database does not know
 * stay, and are counted for the administrators.
 */
export async function adoptDataFolder(
  pool: Pool,
  folders: Folders,
  readKeys: () => Promise<KeyEncryptionKeys>,
): Promise<void> {
  await Keys.open(pool, readKeys)
  const office = await officeOf(pool)
  if (office !== null) await writeMark(folders, office, 'another')
}
