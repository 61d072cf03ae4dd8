import type { BspEvent } from '@buergerdraht/bsp'
import { openJson, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { providerIdMac } from '../stored/provider-id.ts'
import { applyAccount, applyTemplate } from './apply-account.ts'
import { applyEcho, applyEdit, applyIdentityChange, applyReaction, applyRevoke } from './apply-change.ts'
import { applyMessage } from './apply-message.ts'
import { applyStatus } from './apply-status.ts'
import {
  announceChannel,
  type Batch,
  type ChannelState,
  count,
  type EarlyArrivalRow,
  type Item,
} from './batch.ts'
import { loadBatch } from './load-batch.ts'
import { writeBatch } from './write-batch.ts'

/** What is to be done after commit, and what was done. */
export type Ingested = {
  readonly messages: number
  /** Attachments to fetch. */
  readonly media: readonly string[]
  readonly announced: boolean
}

function apply(batch: Batch, channel: ChannelState, { event, receivedAt }: Item): void {
  switch (event.type) {
    case 'message':
      applyMessage(batch, channel, event, receivedAt)
      break
    case 'reaction':
      applyReaction(batch, channel, event, receivedAt)
      break
    case 'edit':
      applyEdit(batch, channel, event, receivedAt)
      break
    case 'revoke':
      applyRevoke(batch, channel, event, receivedAt)
      break
    case 'identity-change':
      applyIdentityChange(batch, channel, event, receivedAt)
      break
    case 'status':
      applyStatus(batch, channel, event, receivedAt)
      break
    case 'call':
      applyMessage(
        batch,
        channel,
        {
          ...event,
          content: { kind: 'system', event: 'call-attempted' },
          referral: null,
          opensWindow: true,
          context: { replyToProviderId: null, forwarded: 'no' },
        },
        receivedAt,
      )
      break
    case 'echo':
      applyEcho(batch, channel, event, receivedAt)
      break
    case 'template':
      applyTemplate(batch, channel, event)
      break
    case 'account':
      applyAccount(batch, channel, event)
      break
    case 'ignored':
      count(batch, channel.id, event.reason)
      if (event.reason === 'dashboard-test') batch.testedChannels.add(channel.id)
      if (event.reason === 'group-message') {
        batch.notices.push({ channelId: channel.id, code: 'group-message', detail: '' })
      }
      if (event.reason === 'dashboard-test' || event.reason === 'group-message')
        announceChannel(batch, channel.id)
      break
    case 'unreadable':
      // Kept as a dead letter by whoever holds the raw bytes.
      count(batch, channel.id, event.code)
      announceChannel(batch, channel.id)
  }
}

/** An app's webhooks come to one address, whichever of its numbers and accounts they are about. */
function isForeign(channel: ChannelState, event: BspEvent): boolean {
  if (event.type === 'ignored' && event.reason === 'dashboard-test') return false
  const wabaId = 'wabaId' in event ? event.wabaId : null
  return (
    (event.phoneNumberId !== null && event.phoneNumberId !== channel.phoneNumberId) ||
    (wabaId !== null && channel.wabaId !== null && wabaId !== channel.wabaId)
  )
}

/** What was waiting for the messages that now come. Taken out of the table; comes back with a rollback. */
async function takeEarlyArrivals(client: PoolClient, inbox: Inbox, items: readonly Item[]): Promise<Item[]> {
  const arriving = items.flatMap(({ channelId, event }) =>
    event.type === 'message'
      ? [{ channelId, mac: providerIdMac(inbox.keys, channelId, event.providerMessageId) }]
      : [],
  )
  return arriving.length === 0 ? [] : earlyArrivalsOf(client, inbox, arriving)
}

export async function earlyArrivalsOf(
  client: PoolClient,
  inbox: Inbox,
  targets: readonly { readonly channelId: string; readonly mac: string }[],
): Promise<Item[]> {
  const { rows } = await client.query<{
    channel_id: string
    target_mac: string
    key_id: string
    event_sealed: Buffer
    arrived_at: Date
  }>(
    prepared(
      `delete from early_arrival e using unnest($1::uuid[], $2::text[]) as t(channel_id, mac)
      where e.channel_id = t.channel_id and e.target_mac = t.mac
      returning e.channel_id, e.target_mac, e.key_id, e.event_sealed, e.arrived_at`,
      [targets.map((one) => one.channelId), targets.map((one) => one.mac)],
    ),
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  return rows
    .toSorted((a, b) => a.arrived_at.getTime() - b.arrived_at.getTime())
    .flatMap((row) => {
      const key = keys.get(row.key_id)
      if (key === undefined) return []
      const place = additionalData.early(row.channel_id, row.target_mac)
      const sealed = openJson<EarlyArrivalRow['event']>(key, place, row.event_sealed)
      return [{ channelId: row.channel_id, event: withDates(sealed), receivedAt: row.arrived_at }]
    })
}

/** JSON knows no instants. */
function withDates(event: EarlyArrivalRow['event']): EarlyArrivalRow['event'] {
  function date(value: unknown): Date | null {
    return typeof value === 'string' ? new Date(value) : null
  }
  if (event.type === 'status') return { ...event, at: date(event.at) }
  if (event.type === 'reaction') return { ...event, sentAt: date(event.sentAt) }
  return event
}

/**
 * Applies items in their order and writes everything, inside the caller's transaction. Nothing is durable before the caller
 * commits; the caller then rings and reminds. Applying the same items again changes nothing.
 */
export async function ingestItems(
  client: PoolClient,
  inbox: Inbox,
  items: readonly Item[],
  at: Date,
): Promise<Ingested> {
  const all = [...items, ...(await takeEarlyArrivals(client, inbox, items))]
  const batch = await loadBatch(client, inbox, all, at)
  for (const item of all) {
    const channel = batch.channels.get(item.channelId)
    if (channel === undefined) continue
    if (isForeign(channel, item.event)) {
      // Somebody else's number or account on our address: nothing of it is ours to keep.
      count(batch, channel.id, 'foreign-number')
      batch.notices.push({ channelId: channel.id, code: 'foreign-number', detail: '' })
      announceChannel(batch, channel.id)
      continue
    }
    apply(batch, channel, item)
  }
  // What came before its message within this batch need not wait any longer.
  for (const { channelId, event } of batch.early.splice(0)) {
    const channel = batch.channels.get(channelId)
    if (channel !== undefined) apply(batch, channel, { channelId, event, receivedAt: at })
  }
  await writeBatch(client, batch)
  return {
    messages: batch.newMessages.length,
    media: batch.attachments.filter((one) => one.state === 'pending').map((one) => one.id),
    announced: batch.announcements.size > 0,
  }
}
