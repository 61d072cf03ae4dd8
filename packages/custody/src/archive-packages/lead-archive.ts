import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbox } from '@buergerdraht/inbox'
import { alone, logKeyOf } from '@buergerdraht/office'
import { openLog } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { Archive } from './archive.ts'
import { type ArchiveLog, appendPlaced, requireAgreement } from './archive-log.ts'
import { keepEvidence } from './keep-evidence.ts'
import { refreshFiles } from './refresh-files.ts'
import { sealPrepared } from './seal-packages.ts'

const pauseMs = 1000
const retryMs = 15_000
/** What a killed process was writing so long ago nobody writes any more. */
const unfinishedForMs = 60 * 60 * 1000
const maxReminded = 200

/** Removes what was begun to be prepared and belongs to no task. */
async function dropUnfinished({ archiveDir }: Archive, client: PoolClient): Promise<void> {
  const folder = join(archiveDir, 'prepared')
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const { rows } = await client.query<{ attempt: string }>(
    `select facts ->> 'attempt' as attempt from archive_task where facts is not null`,
  )
  const needed = new Set(rows.map(({ attempt }) => `${attempt}.items`))
  for (const name of names) {
    const path = join(folder, name)
    if (!needed.has(name) && Date.now() - (await stat(path)).mtimeMs > unfinishedForMs)
      await rm(path, { force: true })
  }
}

/** Opens the archive log for `work` alone: one process at a time, the others are answered null. @throws ArchiveLogDisagrees, LogUnusable */
export function withArchiveLog<T>(
  archive: Archive,
  work: (log: ArchiveLog) => Promise<T>,
): Promise<T | null> {
  const { inbox, folder } = archive
  return alone(inbox.pool, 'archiving', async (client) => {
    const { log, close } = await openLog(folder)
    try {
      const archiveLog = { client, log, folder, key: await logKeyOf(inbox.keys, 'archive-log') }
      await requireAgreement(archiveLog)
      await appendPlaced(archiveLog)
      return await work(archiveLog)
    } finally {
      await close()
    }
  })
}

/** Seals what is prepared now, and writes anew what has more to show, for whoever does not go on leading. @returns how many; null: another process leads */
export function leadOnce(archive: Archive): Promise<number> {
  return withArchiveLog(archive, async (log) => {
    const sealed = await sealPrepared(archive, log)
    await refreshFiles(archive, log, new Map())
    await keepEvidence(archive, log, { madeAt: 0, renewedAt: 0, after: null })
    return sealed
  }).then((sealed) => sealed ?? 0)
}

/**
 * Seals what is prepared until the signal fires: one process at a time, the others stand by. What goes wrong is logged and tried again from where it
 * stands.
 */
export async function leadArchive(archive: Archive, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await withArchiveLog(archive, async (log) => {
        await dropUnfinished(archive, log.client)
        const resting = new Map<string, number>()
        const turn = { madeAt: 0, renewedAt: 0, after: null }
        while (!signal.aborted) {
          const sealed = await sealPrepared(archive, log)
          const refreshed = await refreshFiles(archive, log, resting)
          const evidence = await keepEvidence(archive, log, turn)
          if (sealed + refreshed + evidence === 0) await sleep(pauseMs, undefined, { signal }).catch(() => {})
        }
      })
    } catch (error) {
      archive.inbox.log.error({ error }, 'archive.stopped')
    }
    await sleep(retryMs, undefined, { signal }).catch(() => {})
  }
}

/** Of `archive_task`, as SQL: what happened after sealing is gathered for one further package, and its quiet day is not over. */
export const gathersSql = `coalesce(failure is null and gathers_until is not null and next_try_at > now(), false)`

/** Reminds of what waits to be sealed. @returns how many */
export async function sweepArchive({ pool, remind }: Pick<Inbox, 'pool' | 'remind'>): Promise<number> {
  const { rows } = await pool.query<{ package_id: string }>(
    `select package_id from archive_task where state = 'waiting' and (next_try_at is null or next_try_at <= now())
     order by wanted_at, package_id limit $1`,
    [maxReminded],
  )
  for (const { package_id } of rows) await remind({ job: 'seal-package', packageId: package_id })
  return rows.length
}
