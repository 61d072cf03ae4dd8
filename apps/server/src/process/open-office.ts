import { mkdir } from 'node:fs/promises'
import { type Inbox, Intake, SearchIndex } from '@buergerdraht/inbox'
import {
  type KeyEncryptionKeys,
  type Log,
  parseKeys,
  readKeyFile,
  readOrCreateKeyFile,
} from '@buergerdraht/office'
import { connectionAs, createDatabase } from '@buergerdraht/prisma'
import type { Config } from '../config.ts'
import { type JobQueue, openQueue } from '../jobs/queue.ts'
import { type ChangeNotifier, postgresChangeNotifier, redisChangeNotifier } from '../live/change-notifier.ts'
import { openKeys } from './data-folder.ts'
import { officeClock } from './office-clock.ts'

const refreshKeysEveryMs = 5000
const keyConnections = 2

/** The office of one process and what must be closed with it. */
export type OpenOffice = {
  readonly office: Inbox
  readonly queue: JobQueue
  readonly changes: ChangeNotifier
  /** Waits until what was accepted is durable, then disconnects. */
  close(): Promise<void>
}

/** Reads the key-encryption keys anew each time, so that a rotation needs no restart. */
export function keyReader({ key, keyFile, production }: Config): () => Promise<KeyEncryptionKeys> {
  if (key !== undefined) return async () => parseKeys(key.replace(/\s+/g, '\n'))
  // A production office never makes a key by itself, nor any office a second one: with it, nothing that is stored could be read.
  let mayMake = !production
  return async () => {
    const keys = await (mayMake ? readOrCreateKeyFile(keyFile) : readKeyFile(keyFile))
    mayMake = false
    return keys
  }
}

/**
 * Builds the one context object in dependency order: database, keys, intake, search, queue, change notifier. The database must be
 * migrated.
 */
export async function openOffice(
  config: Config,
  options: { readonly process: 'api' | 'worker'; readonly log: Log; readonly now?: () => Date },
): Promise<OpenOffice> {
  const { log } = options
  await mkdir(config.mediaDir, { recursive: true, mode: 0o700 })
  const database = createDatabase(config.databaseUrl, {
    as: options.process,
    maxConnections: config.databaseConnections,
    applicationName: `buergerdraht-${options.process}`,
    onConnectionLost: (error) => log.warn({ error }, 'database connection lost'),
  })
  const { pool, prisma } = database
  // Of their own, so that whoever holds a connection and asks for a key never waits for those who do the same.
  const keysDatabase = createDatabase(config.databaseUrl, {
    as: options.process,
    maxConnections: keyConnections,
    applicationName: `buergerdraht-${options.process}-keys`,
    onConnectionLost: (error) => log.warn({ error }, 'database connection lost'),
  })
  try {
    const now = options.now ?? officeClock(config)
    const keys = await openKeys(keysDatabase.pool, config, keyReader(config), now)
    const intake = new Intake(pool, keys)
    const queue = openQueue(config, options.process, log)
    const changes =
      config.redisUrl === undefined
        ? postgresChangeNotifier(connectionAs(config.databaseUrl, options.process), 'live', log)
        : redisChangeNotifier(config.redisUrl, log)
    const refreshing = setInterval(() => {
      keys.refresh().catch((error: unknown) => log.warn({ error }, 'keys not refreshed'))
    }, refreshKeysEveryMs)
    const office: Inbox = {
      prisma,
      pool,
      keys,
      intake,
      search: new SearchIndex(keys),
      now,
      remind: queue.remind,
      notify: changes.notify,
      log,
      sendOutcomes: new Map(),
      bspHosts: config.bspHosts,
      mediaDir: config.mediaDir,
      clamavUrl: config.clamavUrl ?? null,
      ownPostalCodes: config.ownPostalCodes,
    }
    return {
      office,
      queue,
      changes,
      close: async () => {
        clearInterval(refreshing)
        await intake.drain()
        await queue.close()
        await changes.close()
        await keysDatabase.close()
        await database.close()
      },
    }
  } catch (error) {
    await keysDatabase.close()
    await database.close()
    throw error
  }
}
