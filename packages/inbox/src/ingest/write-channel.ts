import { insertRows, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { endNoticesSql } from '../channels/end-notices.ts'
import type { Batch } from './batch.ts'
import type { Notice, NoticeEnd, TemplateChange } from './channel-news.ts'

/** What a batch says about channels: notices, templates, counts, stops. */
export async function writeChannelNews(client: PoolClient, { news, channels, at }: Batch): Promise<void> {
  const { rounds, counts, stopped, tested } = news.changes()
  for (const { notices, templates, ended } of rounds) {
    await writeNotices(client, notices, at)
    await writeTemplates(client, templates, at)
    await endNotices(client, ended, at)
  }
  await insertRows(
    client,
    'intake_count',
    { channel_id: 'uuid', reason: 'text', on_date: 'date', count: 'bigint' },
    counts.map(({ channelId, reason, count }) => [channelId, reason, at, count]),
    'on conflict (channel_id, reason, on_date) do update set count = intake_count.count + excluded.count',
  )
  if (stopped.length > 0) {
    await client.query(
      `update channel set state = 'stopped', revision = revision + 1 where id = any($1::uuid[]) and state = 'enabled'`,
      [stopped],
    )
  }
  if (tested.length > 0) {
    await client.query('update channel set last_test_at = $2 where id = any($1::uuid[])', [tested, at])
  }
  await client.query(
    prepared(
      `update channel set last_webhook_at = $2
      where id = any($1::uuid[]) and (last_webhook_at is null or last_webhook_at < $2::timestamptz - interval '10 seconds')`,
      [[...channels.keys()], at],
    ),
  )
}

async function endNotices(client: PoolClient, ended: readonly NoticeEnd[], at: Date): Promise<void> {
  if (ended.length === 0) return
  await client.query(endNoticesSql, [
    ended.map(({ channelId }) => channelId),
    ended.map(({ code }) => code),
    ended.map(({ word }) => word),
    at,
  ])
}

/** One open notice a matter, however often it happens. */
async function writeNotices(
  client: PoolClient,
  notices: readonly (Notice & { readonly count: number })[],
  at: Date,
): Promise<void> {
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
    notices.map(({ channelId, code, detail, count }) => [channelId, code, detail, count, at, at]),
    `on conflict (channel_id, code, detail) where dismissed_at is null
     do update set count = channel_notice.count + excluded.count, last_at = excluded.last_at`,
  )
}

/** A change of category alone says nothing about the state; a state that nobody knows yet is not the one before. */
async function writeTemplates(
  client: PoolClient,
  templates: readonly TemplateChange[],
  at: Date,
): Promise<void> {
  if (templates.length === 0) return
  // The news names what has changed, not what it says now.
  await client.query('update channel set templates_due_at = $2 where id = any($1::uuid[])', [
    [...new Set(templates.map(({ channelId }) => channelId))],
    at,
  ])
  function write(some: readonly TemplateChange[], state: string): Promise<void> {
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
        at,
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
