import type { UnreadableEvent } from '@buergerdraht/bsp'
import { insertRows, prepared, seal, transactionOn } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { findOwners, type RawEvent } from './find-owners.ts'
import { type Ingested, ingestItems } from './ingest-items.ts'
import type { ForeignEvent, Item } from './item.ts'
import { ReadAhead, readNamed, readWaiting } from './waiting-events.ts'

/** Dead letters of one event; what is beyond is as broken as the rest. */
const maxDeadLetters = 50
const deadLetterLife = 7 * 24 * 60 * 60 * 1000

/** What cannot be used, and why. */
type Broken = { readonly path: string; readonly code: UnreadableEvent['code'] | ForeignEvent['code'] }

async function writeDeadLetters(
  client: PoolClient,
  inbox: Inbox,
  raw: RawEvent,
  broken: readonly Broken[],
): Promise<void> {
  if (broken.length === 0) return
  const { intake } = inbox.keys
  const sealed = seal(intake.bytes, additionalData.deadLetter(raw.channelId, raw.id), raw.body)
  await insertRows(
    client,
    'dead_letter',
    {
      channel_id: 'uuid',
      event_id: 'bigint',
      code: 'text',
      path: 'text',
      key_id: 'uuid',
      body_sealed: 'bytea',
      proof_mac: 'bytea',
      size_bytes: 'int',
      received_at: 'timestamptz',
      expires_at: 'timestamptz',
    },
    broken
      .slice(0, maxDeadLetters)
      .map(({ path, code }) => [
        raw.channelId,
        raw.id,
        code,
        path,
        intake.id,
        sealed,
        raw.proofMac,
        raw.body.length,
        raw.receivedAt,
        new Date(raw.receivedAt.getTime() + deadLetterLife),
      ]),
    // Read again and still broken: it is open again.
    'on conflict (event_id, path, code) do update set replayed_at = null',
  )
}

/** What of an event nobody can use. */
function brokenOf(items: readonly Item[]): Broken[] {
  return items.flatMap(({ event }) =>
    event.type === 'unreadable' || event.type === 'foreign' ? [{ path: event.path, code: event.code }] : [],
  )
}

/** Takes events in hand: none that somebody has held, marked or removed since they were read. In their order. */
async function markIngested(client: PoolClient, raws: readonly RawEvent[], at: Date): Promise<RawEvent[]> {
  const { rows } = await client.query<{ id: string }>(
    prepared(
      'update webhook_event set ingested_at = $2 where id = any($1::bigint[]) and ingested_at is null and not held returning id',
      [raws.map(({ id }) => id), at],
    ),
  )
  const marked = new Set(rows.map(({ id }) => id))
  return raws.filter(({ id }) => marked.has(id))
}

/** One transaction for events as a whole: rows, dead letters, the mark that they are ingested, live events. */
function ingestTogether(
  client: PoolClient,
  inbox: Inbox,
  read: readonly RawEvent[],
): Promise<Ingested & { events: number }> {
  return transactionOn(client, async (tx) => {
    const at = inbox.now()
    const raws = await markIngested(client, read, at)
    const items: Item[] = []
    for (const { raw, owned } of await findOwners(client, inbox, raws)) {
      await writeDeadLetters(client, inbox, raw, brokenOf(owned))
      items.push(...owned)
    }
    const ingested = await ingestItems(tx, inbox, items, at)
    return { ...ingested, events: raws.length }
  })
}

/**
 * An event that cannot be ingested as a whole: each item for itself, so that one bad item costs only itself. What fails even
 * alone becomes a dead letter with code `defect`.
 */
async function ingestApart(
  client: PoolClient,
  inbox: Inbox,
  id: string,
): Promise<Ingested & { events: number }> {
  const [raw] = await readNamed(client, inbox, [id])
  if (raw === undefined) return { events: 0, messages: 0, media: [], published: false }
  const done: Ingested[] = []
  const [found] = await transactionOn(client, () => findOwners(client, inbox, [raw]))
  const items = found?.owned ?? []
  const broken = brokenOf(items)
  for (const item of items) {
    try {
      done.push(await transactionOn(client, (tx) => ingestItems(tx, inbox, [item], inbox.now())))
    } catch (error) {
      if (await isOutage(client, error)) throw error
      inbox.log.error(
        { event: raw.id, path: item.event.path, type: item.event.type, ...faultOf(error) },
        'ingest.defect',
      )
      broken.push({ path: item.event.path, code: 'defect' })
    }
  }
  await transactionOn(client, async () => {
    await writeDeadLetters(client, inbox, raw, broken)
    await client.query('update webhook_event set ingested_at = $2, attempts = attempts + 1 where id = $1', [
      raw.id,
      inbox.now(),
    ])
  })
  return {
    events: 1,
    messages: done.reduce((sum, one) => sum + one.messages, 0),
    media: done.flatMap((one) => one.media),
    published: done.some((one) => one.published),
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** PostgreSQL's error class and constraint (never its text, which may quote values). */
function faultOf(error: unknown): Record<string, unknown> {
  return {
    name: error instanceof Error ? error.name : 'unknown',
    sqlState: codeOf(error),
    constraint:
      typeof error === 'object' && error !== null && 'constraint' in error ? error.constraint : undefined,
  }
}

/**
 * SQLSTATE classes that are not the fault of what is being ingested: connection, transaction mode, authorisation, schema or syntax,
 * resources, object state, operator intervention, system, internal.
 */
const outageClasses = /^(08|25|28|42|53|55|57|58|XX)/
const isSqlState = /^[0-9A-Z]{5}$/

/** An error without SQLSTATE is an outage when the connection is gone, and a defect of ours otherwise. */
async function isOutage(client: PoolClient, error: unknown): Promise<boolean> {
  const code = codeOf(error)
  if (isSqlState.test(code)) return outageClasses.test(code)
  return client.query('select 1').then(
    () => false,
    () => true,
  )
}

/** Somebody else was faster (SQLSTATE 40001, 40P01, 23505): trying again sees what they wrote. */
function isCollision(error: unknown): boolean {
  return ['40001', '40P01', '23505'].includes(codeOf(error))
}

const tries = 3

/**
 * Ingests what is waiting, at most one batch. When it resolves, that batch is committed: every item is a row, a count or a dead
 * letter, exactly once. Browsers have been rung and media jobs reminded. Rejects when the database is out; nothing is lost
 * then, the events still wait.
 * @param ahead reads the next batch while this one is written; hand in the same one each time
 */
export async function ingestWaiting(
  client: PoolClient,
  inbox: Inbox,
  ahead: ReadAhead = new ReadAhead(inbox),
): Promise<{ events: number; messages: number }> {
  const readBefore = await ahead.take()
  const raws = readBefore.length > 0 ? readBefore : await readWaiting(client, inbox)
  if (raws.length === 0) return { events: 0, messages: 0 }
  ahead.begin(raws)
  const result = await ingestRead(client, inbox, raws)
  if (result.published) await inbox.notify()
  for (const attachmentId of result.media) await inbox.remind({ job: 'fetch-media', attachmentId })
  return { events: result.events, messages: result.messages }
}

async function ingestRead(
  client: PoolClient,
  inbox: Inbox,
  raws: readonly RawEvent[],
): Promise<Ingested & { events: number }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ingestTogether(client, inbox, raws)
    } catch (error) {
      if (isCollision(error) && attempt < tries) continue
      if (await isOutage(client, error)) throw error
      inbox.log.warn(faultOf(error), 'ingest.batch-failed')
      return ingestOneByOne(client, inbox, raws)
    }
  }
}

async function ingestOneByOne(
  client: PoolClient,
  inbox: Inbox,
  raws: readonly RawEvent[],
): Promise<Ingested & { events: number }> {
  const done: (Ingested & { events: number })[] = []
  for (const raw of raws) {
    try {
      done.push(await ingestTogether(client, inbox, [raw]))
    } catch (error) {
      if (await isOutage(client, error)) throw error
      done.push(await ingestApart(client, inbox, raw.id))
    }
  }
  return {
    events: done.reduce((sum, one) => sum + one.events, 0),
    messages: done.reduce((sum, one) => sum + one.messages, 0),
    media: done.flatMap((one) => one.media),
    published: done.some((one) => one.published),
  }
}
