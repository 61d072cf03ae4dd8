import { adapterFor, type Vendor } from '@buergerdraht/bsp'
import { open, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import type { RawEvent } from './find-owners.ts'

/** Most events and bytes of one transaction; a single event may be larger. */
const maxEvents = 400
const maxBytes = 8 * 1024 * 1024

type EventRow = {
  id: string
  channel_id: string
  content_mac: Buffer
  proof_mac: Buffer | null
  vendor: string
  phone_number_id: string
  waba_id: string | null
  key_id: string
  body_sealed: Buffer
  received_at: Date
}

const columns = `e.id, e.channel_id, e.content_mac, e.proof_mac, c.vendor, c.phone_number_id, c.waba_id, e.key_id, e.body_sealed,
  e.received_at`

/**
 * Reads from the oldest on, within a window of ids: how many are waiting is not in PostgreSQL's statistics, and a plan that sorts all of
 * them for each batch makes catching up quadratic. The window is wider than a batch, because ids have gaps.
 */
const waitingSql = `with oldest as (
    select min(id) as id from webhook_event where ingested_at is null and not held and id <> all($1::bigint[]))
  select ${columns} from (
    select *, sum(octet_length(body_sealed)) over (order by id) - octet_length(body_sealed) as bytes_before
    from (select w.* from oldest, webhook_event w where w.id >= oldest.id and w.id < oldest.id + ${2 * maxEvents}
        and ingested_at is null and not held and w.id <> all($1::bigint[])
      order by w.id limit ${maxEvents}) w) e
  join channel c on c.id = e.channel_id where e.bytes_before < ${maxBytes} order by e.id`

const namedSql = `select ${columns} from webhook_event e join channel c on c.id = e.channel_id
  where e.id = any($1::bigint[]) and e.ingested_at is null order by e.id`

/** What is waiting, oldest first, opened and parsed; at most what one transaction takes. @param without ids that somebody has in hand */
export async function readWaiting(
  client: Pick<PoolClient, 'query'>,
  inbox: Inbox,
  without: readonly string[] = [],
): Promise<RawEvent[]> {
  const { rows } = await client.query<EventRow>(prepared(waitingSql, [without]))
  return parsed(inbox, rows)
}

/** Those of these events that are still waiting. */
export async function readNamed(
  client: Pick<PoolClient, 'query'>,
  inbox: Inbox,
  ids: readonly string[],
): Promise<RawEvent[]> {
  const { rows } = await client.query<EventRow>(prepared(namedSql, [ids]))
  return parsed(inbox, rows)
}

async function parsed(inbox: Inbox, rows: readonly EventRow[]): Promise<RawEvent[]> {
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  return rows.map((row) => {
    const body = bodyOf(inbox, row, keys.get(row.key_id))
    return {
      id: row.id,
      channelId: row.channel_id,
      vendor: row.vendor,
      phoneNumberId: row.phone_number_id,
      wabaId: row.waba_id,
      proofMac: row.proof_mac,
      receivedAt: row.received_at,
      body: body ?? Buffer.alloc(0),
      events: body === null ? [] : adapterFor(row.vendor as Vendor).parse(body),
    }
  })
}

/** Null: its key went with its class, or the row is damaged. Neither may keep the others waiting. */
function bodyOf(inbox: Inbox, row: EventRow, key: Buffer | undefined): Buffer | null {
  if (key === undefined) return null
  try {
    return open(key, additionalData.event(row.channel_id, row.content_mac), row.body_sealed)
  } catch {
    inbox.log.error({ event: row.id }, 'ingest.event-damaged')
    return null
  }
}

/**
 * Reads, opens and parses one batch ahead, on a connection of its own, while the one before it is being written. What it hands over is
 * only a proposal: whoever ingests it marks it in the transaction, and leaves out what is not waiting any more.
 */
export class ReadAhead {
  readonly #inbox: Inbox
  #next: Promise<RawEvent[]> = Promise.resolve([])

  constructor(inbox: Inbox) {
    this.#inbox = inbox
  }

  /** What was read ahead. Empty: nothing, or it could not be read; ask the database itself then. */
  take(): Promise<RawEvent[]> {
    const next = this.#next
    this.#next = Promise.resolve([])
    return next
  }

  /** Begins to read what comes after this batch, if it is so large that more will be waiting. */
  begin(inHand: readonly RawEvent[]): void {
    if (inHand.length < maxEvents && sizeOf(inHand) < maxBytes / 2) return
    this.#next = readWaiting(
      this.#inbox.pool,
      this.#inbox,
      inHand.map(({ id }) => id),
    ).catch(() => [])
  }
}

function sizeOf(raws: readonly RawEvent[]): number {
  return raws.reduce((sum, { body }) => sum + body.length, 0)
}
