import { createHash } from 'node:crypto'
import type { Inbox } from '@buergerdraht/inbox'
import { finderVersion } from '@buergerdraht/records'

/** So many digests of postal codes stand beside a version; a version below 2 000 fits the column. */
const digests = 2 ** 20

/**
 * The finder with what the office has told it, in one number that is kept beside what it found: where either changes, all is looked at anew, and
 * nothing is proposed by what was found before. Without postal codes it is the version alone.
 */
export function finderInUse({ ownPostalCodes }: Pick<Inbox, 'ownPostalCodes'>): number {
  if (ownPostalCodes.size === 0) return finderVersion
  const digest = createHash('sha256')
    .update([...ownPostalCodes].sort().join())
    .digest()
  return finderVersion * digests + (digest.readUInt32BE() % digests)
}
