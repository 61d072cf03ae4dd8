import { setTimeout as sleep } from 'node:timers/promises'
import { openJson, releaseLock, transactionOn, tryLock } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'
import { beginGeneration, type Indexing } from './begin-generation.ts'
import { findableContacts } from './findable-contacts.ts'
import { contentText } from './findable-text.ts'
import { onClient, type RunSql } from './run-sql.ts'
import type { Findable, Generation } from './search-index.ts'
import { storeIn } from './store-entries.ts'

const pageSize = 300
/** A pause, as a multiple of the time that the last page took: while webhooks wait to be ingested, and otherwise. */
const pauseBehindIntake = 4
const pause = 0.5

type MessageRow = {
  readonly id: string
  readonly conversation_id: string
  readonly team_id: string
  readonly key_id: string
  readonly sent_at: Date
  readonly received_at: Date
  readonly content_sealed: Uint8Array | null
}

/** The newest messages that are older than where the generation has come to. Those that wrote themselves in are passed over. */
function nextMessages(run: RunSql, reachedId: string | null): Promise<readonly MessageRow[]> {
  return run<MessageRow>(
    `select m.id, m.conversation_id, c.team_id, c.key_id, m.sent_at, m.received_at,
        case when m.revoked_at is null and m.kind <> 'system' then m.content_sealed end as content_sealed
      from message m join conversation c on c.id = m.conversation_id
      where m.id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and not exists (select from search_entry e where e.id = m.id)
      order by m.id desc limit ${pageSize}`,
    [reachedId],
  )
}

async function findableMessages(
  { keys }: Indexing,
  rows: readonly MessageRow[],
): Promise<readonly Findable[]> {
  const keyOf = await keys.getMany(rows.map((row) => row.key_id))
  return rows.flatMap((row) => {
    const key = keyOf.get(row.key_id)
    if (key === undefined || row.content_sealed === null) return []
    const { content } = openJson<StoredContent>(key, additionalData.content(row.id), row.content_sealed)
    const { id, conversation_id: conversationId, team_id: teamId, sent_at: at } = row
    return content.kind === 'system' ? [] : [{ id, conversationId, teamId, at, text: contentText(content) }]
  })
}

/** Which of these conversations have no entry for their contact yet. */
async function withoutContact(run: RunSql, conversations: readonly string[]): Promise<string[]> {
  const rows = await run<{ id: string }>(
    `select w.id from unnest($1::uuid[]) as w(id) where not exists (select from search_entry e where e.id = w.id)`,
    [[...new Set(conversations)]],
  )
  return rows.map(({ id }) => id)
}

/**
 * Indexes one page, in a transaction: what was written, and how far it has come.
 * @returns how many messages; `ended`: there was none left, or another generation has begun
 */
function indexPage(
  indexing: Indexing,
  client: PoolClient,
  generation: Generation,
): Promise<{ readonly messages: number; readonly ended: boolean }> {
  const run = onClient(client)
  return transactionOn(client, async ({ afterCommit }) => {
    const rows = await nextMessages(run, generation.reachedId)
    const items = [
      ...(await findableMessages(indexing, rows)),
      ...(await findableContacts(run, indexing.keys, {
        conversations: await withoutContact(
          run,
          rows.map((row) => row.conversation_id),
        ),
      })),
    ]
    const stored = await storeIn(indexing.search, { run, afterCommit }, generation, items, 'keep')
    const last = rows.at(-1)
    const ended = !stored || rows.length < pageSize
    await run(
      `update search_generation set reached_id = coalesce($2::uuid, reached_id), reached_at = coalesce($3::timestamptz, reached_at),
        completed_at = case when $4::boolean then $5::timestamptz end where key_id = $1::uuid`,
      [generation.id, last?.id, last?.received_at, ended, indexing.now()],
    )
    return { messages: rows.length, ended }
  })
}

async function pauseAfter(pageMs: number, run: RunSql, signal: AbortSignal): Promise<void> {
  const [row] = await run<{ waiting: boolean }>(
    'select exists (select from webhook_event where ingested_at is null and not held) as waiting',
  )
  const times = row?.waiting === true ? pauseBehindIntake : pause
  await sleep(pageMs * times, undefined, { signal }).catch(() => {})
}

/**
 * Brings the index to what is stored: begins a generation where there is none or where the key-encryption key has been replaced, and
 * fills it from the newest message to the oldest. Of all processes one does it. Cut off anywhere, the next call goes on from the last
 * page. Gives way to whoever ingests. @returns how many messages were indexed
 */
export async function buildIndex(indexing: Indexing, signal: AbortSignal): Promise<number> {
  const { pool, search } = indexing
  const found = await search.load(onClient(pool))
  if (found !== null && found.since === null && !found.outdated) return 0
  const client = await pool.connect()
  let broken = true
  try {
    let messages = 0
    if (await tryLock(client, 'indexing')) {
      if (found === null || found.outdated) await beginGeneration(indexing)
      messages = await fill(indexing, client, signal)
      await releaseLock(client, 'indexing')
    }
    broken = false
    return messages
  } finally {
    client.release(broken)
  }
}

async function fill(indexing: Indexing, client: PoolClient, signal: AbortSignal): Promise<number> {
  const run = onClient(client)
  let messages = 0
  while (!signal.aborted) {
    const generation = await indexing.search.load(run)
    if (generation === null || generation.since === null) break
    const begun = performance.now()
    const page = await indexPage(indexing, client, generation)
    messages += page.messages
    if (page.ended) {
      await client.query('analyze search_entry')
      continue
    }
    await pauseAfter(performance.now() - begun, run, signal)
  }
  return messages
}
