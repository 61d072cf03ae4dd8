import type { Inbox } from '@buergerdraht/inbox'
import { newId } from '@buergerdraht/office'
import { checkArchive } from './check-archive.ts'

/** Of the packages, so large a share is read each night, contents and all. */
const share = 0.01
/** Asked for hourly: it is a night since the last one. */
const restMs = 20 * 60 * 60 * 1000

/**
 * The self-check of each night: all of the log and of the rows, and one package in a hundred with its contents. What it finds is kept, shown on the desk
 * and in the metrics, and logged. @returns how much does not agree
 */
export async function checkNightly(
  office: Pick<Inbox, 'pool' | 'keys' | 'now' | 'log'>,
  place: Parameters<typeof checkArchive>[1],
): Promise<number> {
  const now = office.now()
  const { rows } = await office.pool.query<{ at: Date | null }>('select max(at) as at from archive_check')
  const last = rows[0]?.at ?? null
  if (last !== null && now.getTime() - last.getTime() < restMs) return 0
  const checked = await checkArchive(office, place, share)
  if (checked === null) return 0
  const { leaves, packages, contents, findings } = checked
  await office.pool.query(
    'insert into archive_check (id, at, leaves, packages, contents, findings) values ($1, $2, $3, $4, $5, $6)',
    [newId(now), now, leaves, packages, contents, JSON.stringify(findings)],
  )
  if (findings.length > 0) office.log.error({ findings: findings.slice(0, 20) }, 'archive.does-not-agree')
  return findings.length
}
