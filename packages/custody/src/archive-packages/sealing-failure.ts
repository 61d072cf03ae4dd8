import { Refusal } from '@buergerdraht/contract'
import { KeyDestroyed } from '@buergerdraht/office'
import type { Archive } from './archive.ts'
import { NotVerified } from './write-package-file.ts'

/** Why a package is not sealed yet, in the words of `archive_task.failure`. */
type SealingFailure =
  | 'disk-full'
  | 'clock-behind'
  | 'file-missing'
  | 'key-missing'
  | 'not-verified'
  | 'defect'

const firstRetryMs = 15_000
const maxRetryMs = 60 * 60 * 1000

function failureOf(error: unknown): SealingFailure {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  if (code === 'ENOENT') return 'file-missing'
  if (error instanceof NotVerified) return 'not-verified'
  if (error instanceof KeyDestroyed) return 'key-missing'
  // What opens a file says so where its key has been destroyed.
  if (error instanceof Refusal) return error.code === 'not-found' ? 'key-missing' : 'file-missing'
  return 'defect'
}

/** Notes why a package is not sealed, and when it is tried again: later each time, and every hour in the end. */
export async function noteFailure(
  { inbox }: Pick<Archive, 'inbox'>,
  packageId: string,
  failure: SealingFailure,
): Promise<void> {
  await inbox.pool.query(
    `update archive_task set failure = $2, attempts = attempts + 1,
       next_try_at = now() + least($4, $3 * power(2, least(attempts, 20))) * interval '1 millisecond' where package_id = $1`,
    [packageId, failure, firstRetryMs, maxRetryMs],
  )
}

/** The answer of `work`; null where it failed, and why stands with the package that waits. */
export async function orFailure<T>(
  archive: Pick<Archive, 'inbox'>,
  packageId: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const failure = failureOf(error)
    archive.inbox.log.error({ package: packageId, failure, error }, 'archive.not-sealed')
    await noteFailure(archive, packageId, failure)
    return null
  }
}
