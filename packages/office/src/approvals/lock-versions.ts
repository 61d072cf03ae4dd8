import type { ProposalKindName } from '@buergerdraht/contract'
import type { PoolClient } from 'pg'
import { type LockName, waitForLock } from '../database/locks.ts'

/**
 * Before a further version of something is numbered and proposed: takes the proposals of its kind that are open, which whoever approves has in hand, and
 * then the lock that they wait for, so never in a circle. One after the other, so that versions are numbered without a gap; until the transaction ends.
 */
export async function lockVersions(
  client: Pick<PoolClient, 'query'>,
  kind: ProposalKindName,
  lock: LockName,
): Promise<void> {
  await client.query(`select from proposal where kind = $1 and state = 'open' order by id for update`, [kind])
  await waitForLock(client, lock)
}
