import { openJson, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import type { Item } from './item.ts'

export type EarlyItem = Item & {
  readonly kind: 'status' | 'reaction'
  /** Hash of the provider's id of the message that it belongs to. */
  readonly targetMac: Buffer
}

/** Statuses and reactions whose message is not here yet. */
export class EarlyItems {
  readonly #waiting = new Map<string, EarlyItem[]>()

  wait(item: EarlyItem): void {
    const target = item.targetMac.toString('hex')
    this.#waiting.set(target, [...(this.#waiting.get(target) ?? []), item])
  }

  /** The message has come: what waited for it, in the order in which it came. */
  take(targetMac: Buffer): readonly EarlyItem[] {
    const target = targetMac.toString('hex')
    const waited = this.#waiting.get(target) ?? []
    this.#waiting.delete(target)
    return waited
  }

  /** What still waits at the end of the batch. */
  rest(): readonly EarlyItem[] {
    return [...this.#waiting.values()].flat()
  }
}

/** What waits for messages with these ids, in the order in which it came. Taken out of the table; comes back with a rollback. */
export async function takeEarlyItems(
  client: PoolClient,
  inbox: Pick<Inbox, 'keys'>,
  targets: readonly { readonly channelId: string; readonly mac: Buffer }[],
): Promise<EarlyItem[]> {
  if (targets.length === 0) return []
  const { rows } = await client.query<{
    channel_id: string
    target_mac: Buffer
    kind: EarlyItem['kind']
    key_id: string
    event_sealed: Buffer
    arrived_at: Date
    id: string
  }>(
    prepared(
      `delete from early_arrival e using unnest($1::uuid[], $2::bytea[]) as t(channel_id, mac)
      where e.channel_id = t.channel_id and e.target_mac = t.mac
      returning e.channel_id, e.target_mac, e.kind, e.key_id, e.event_sealed, e.arrived_at, e.id`,
      [targets.map((one) => one.channelId), targets.map((one) => one.mac)],
    ),
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  return rows
    .toSorted((a, b) => a.arrived_at.getTime() - b.arrived_at.getTime() || (a.id < b.id ? -1 : 1))
    .flatMap((row) => {
      const key = keys.get(row.key_id)
      if (key === undefined) return []
      const { channel_id: channelId, target_mac: targetMac, kind, arrived_at: receivedAt } = row
      const sealed = openJson<EarlyItem['event']>(
        key,
        additionalData.early(channelId, targetMac),
        row.event_sealed,
      )
      return [{ channelId, targetMac, kind, event: withDates(sealed), receivedAt }]
    })
}

/** JSON knows no instants. */
function withDates(event: EarlyItem['event']): EarlyItem['event'] {
  function date(value: unknown): Date | null {
    return typeof value === 'string' ? new Date(value) : null
  }
  if (event.type === 'status') return { ...event, at: date(event.at) }
  if (event.type === 'reaction') return { ...event, sentAt: date(event.sentAt) }
  return event
}
