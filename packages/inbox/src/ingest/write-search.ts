import { insertRows, newId } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Batch } from './batch.ts'

/** Replaces the tokens of whatever has new words. */
export async function writeSearch(client: PoolClient, batch: Batch): Promise<void> {
  const texts = batch.searchTexts.values()
  if (texts.length === 0) return
  const { tokens, prefixes } = batch.inbox.search.tokensOf(texts.map((one) => one.text))
  await insertRows(
    client,
    'search_prefix',
    { prefix: 'bigint', token: 'bigint' },
    // In one order everywhere, so that two processes never wait for each other in a circle.
    prefixes
      .toSorted((a, b) => Number(a.prefix > b.prefix) - Number(a.prefix < b.prefix))
      .map(({ prefix, token }) => [prefix.toString(), token.toString()]),
    'on conflict do nothing',
  )
  const outdated = texts.filter((one) => one.messageId === null || !batch.messages.isNew(one.messageId))
  if (outdated.length > 0) {
    await client.query(
      `delete from search_entry e using unnest($1::uuid[], $2::uuid[]) as o(conversation_id, message_id)
       where e.conversation_id = o.conversation_id and e.message_id is not distinct from o.message_id`,
      [outdated.map((one) => one.conversationId), outdated.map((one) => one.messageId)],
    )
  }
  const found = texts.flatMap((one, n) => {
    const ofText = tokens[n] ?? []
    return ofText.length === 0
      ? []
      : [[newId(batch.at), one.conversationId, one.teamId, one.messageId, one.at, `{${ofText.join(',')}}`]]
  })
  await insertRows(
    client,
    'search_entry',
    {
      id: 'uuid',
      conversation_id: 'uuid',
      team_id: 'uuid',
      message_id: 'uuid',
      at: 'timestamptz',
      tokens: 'bigint[]',
    },
    found,
  )
}
