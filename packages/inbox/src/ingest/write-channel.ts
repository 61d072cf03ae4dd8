import { insertRows, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Batch } from './batch.ts'

/** What a batch says about channels: notices, templates, counts, stops, closed windows. */
export async function writeSideEffects(client: PoolClient, batch: Batch): Promise<void> {
  await writeNotices(client, batch)
  await writeTemplates(client, batch)
  await insertRows(
    client,
    'intake_count',
    { channel_id: 'uuid', reason: 'text', on_date: 'date', count: 'bigint' },
    [...batch.counts.values()].map(({ channelId, reason, count }) => [channelId, reason, batch.at, count]),
    'on conflict (channel_id, reason, on_date) do update set count = intake_count.count + excluded.count',
  )
  if (batch.stoppedChannels.size > 0) {
    await client.query(
      `update channel set state = 'stopped', revision = revision + 1 where id = any($1::uuid[]) and state = 'enabled'`,
      [[...batch.stoppedChannels]],
    )
  }
  if (batch.testedChannels.size > 0) {
    await client.query('update channel set last_test_at = $2 where id = any($1::uuid[])', [
      [...batch.testedChannels],
      batch.at,
    ])
  }
  await client.query(
    prepared(
      `update channel set last_webhook_at = $2
      where id = any($1::uuid[]) and (last_webhook_at is null or last_webhook_at < $2::timestamptz - interval '10 seconds')`,
      [[...batch.channels.keys()], batch.at],
    ),
  )
  if (batch.identitiesToConfirm.size > 0) {
    await client.query(
      `update contact set identity_notice = 'identity-key-changed'
       where id = any($1::uuid[]) and identity_notice is distinct from 'identity-conflict'`,
      [[...batch.identitiesToConfirm]],
    )
  }
  for (const [conversationId, at] of batch.shutWindows) {
    await client.query(
      'update conversation set window_shut_at = greatest(window_shut_at, $2) where id = $1',
      [conversationId, at],
    )
  }
}

/** One open notice a matter, however often it happens. */
async function writeNotices(client: PoolClient, batch: Batch): Promise<void> {
  const counted = new Map<string, { channelId: string; code: string; detail: string; count: number }>()
  for (const { channelId, code, detail } of batch.notices) {
    const key = `${channelId}|${code}|${detail}`
    const known = counted.get(key)
    if (known === undefined) counted.set(key, { channelId, code, detail, count: 1 })
    else known.count += 1
  }
  await insertRows(
    client,
    'channel_notice',
    {
      channel_id: 'uuid',
      code: 'text',
      detail: 'text',
      count: 'int',
      first_at: 'timestamptz',
      last_at: 'timestamptz',
    },
    [...counted.values()].map(({ channelId, code, detail, count }) => [
      channelId,
      code,
      detail,
      count,
      batch.at,
      batch.at,
    ]),
    `on conflict (channel_id, code, detail) where dismissed_at is null
     do update set count = channel_notice.count + excluded.count, last_at = excluded.last_at`,
  )
}

/** A change of category alone says nothing about the state; a state that nobody knows yet is not the one before. */
async function writeTemplates(client: PoolClient, batch: Batch): Promise<void> {
  const templates = [...batch.templates.values()]
  if (templates.length === 0) return
  // The news names what has changed, not what it says now.
  await client.query('update channel set templates_due_at = $2 where id = any($1::uuid[])', [
    [...new Set(templates.map(({ channelId }) => channelId))],
    batch.at,
  ])
  function write(some: typeof templates, state: string): Promise<void> {
    return insertRows(
      client,
      'message_template',
      {
        channel_id: 'uuid',
        name: 'text',
        language: 'text',
        state: 'text',
        category: 'text',
        reason: 'text',
        changed_at: 'timestamptz',
      },
      some.map((one) => [
        one.channelId,
        one.name,
        one.language,
        one.state ?? 'other',
        one.category,
        one.reason,
        batch.at,
      ]),
      `on conflict (channel_id, name, language) do update set state = ${state},
         category = coalesce(excluded.category, message_template.category),
         reason = coalesce(excluded.reason, message_template.reason), changed_at = excluded.changed_at`,
    )
  }
  await write(
    templates.filter(({ state }) => state !== null),
    'excluded.state',
  )
  await write(
    templates.filter(({ state }) => state === null),
    'message_template.state',
  )
}
