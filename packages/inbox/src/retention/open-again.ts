import { prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'

const conversationsSql = `update conversation set state = 'open', closed_at = null, cluster = 'DA01',
    rule_version = rule_version_in_force('DA01'), due_at = null, waits_for = 'CASE_CLOSED', filing = 'UNDECIDED', variant = null
  where id = any($1::uuid[])`

const attachmentsSql = `update attachment set rule_version = rule_version_in_force(cluster), due_at = null, waits_for = 'PARENT'
  where conversation_id = any($1::uuid[]) and waits_for is distinct from 'PARENT'`

/**
 * Opens closed matters: they and their files wait for closing again, and whether they belong to a file is to be decided anew. In the
 * transaction that says why, with the conversations locked.
 */
export async function openAgain(client: Pick<PoolClient, 'query'>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await client.query(prepared(conversationsSql, [ids]))
  await client.query(prepared(attachmentsSql, [ids]))
}
