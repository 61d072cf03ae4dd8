import { prepared, type Transaction } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { applyEcho, applyEdit, applyIdentityChange, applyReaction, applyRevoke } from './apply-change.ts'
import { applyMessage } from './apply-message.ts'
import { applyStatus } from './apply-status.ts'
import { applyTemplate, applyWaba } from './apply-waba.ts'
import { type Batch, emptyBatch } from './batch.ts'
import { takeEarlyItems } from './early-arrivals.ts'
import type { Item, OwnChannel } from './item.ts'
import { loadBatch, loadChannels } from './load-batch.ts'
import { writeBatch } from './write-batch.ts'

/** What is to be done after commit, and what was done. */
export type Ingested = {
  readonly messages: number
  /** Attachments to fetch. */
  readonly media: readonly string[]
  readonly published: boolean
}

function apply(batch: Batch, channel: OwnChannel, { event, receivedAt }: Item): void {
  const { news, liveEvents } = batch
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
    case 'call': {
      const content = { kind: 'system', event: 'call-attempted' } as const
      const context = { replyToProviderId: null, forwarded: 'no' }
      const message = { ...event, content, referral: null, opensWindow: true, context }
      applyMessage(batch, channel, message, receivedAt)
      break
    }
    case 'echo':
      applyEcho(batch, channel, event, receivedAt)
      break
    case 'template':
      applyTemplate(batch, channel, event)
      break
    case 'waba':
      applyWaba(batch, channel, event)
      break
    case 'ignored':
      news.count(channel.id, event.reason)
      if (event.reason === 'dashboard-test') news.tested(channel.id)
      if (event.reason === 'group-message') news.notice(channel.id, 'group-message')
      if (event.reason === 'dashboard-test' || event.reason === 'group-message')
        liveEvents.channel(channel.id)
      break
    case 'foreign':
      // Kept as a dead letter, like what is unreadable.
      news.count(channel.id, event.code)
      news.notice(channel.id, 'foreign-number')
      liveEvents.channel(channel.id)
      break
    case 'unreadable':
      // Kept as a dead letter by whoever holds the raw bytes.
      news.count(channel.id, event.code)
      liveEvents.channel(channel.id)
  }
}

/** The id under which a message comes, whatever it comes as: what waited for it need not wait any longer. */
function arrivingIdOf(event: Item['event']): string | null {
  switch (event.type) {
    case 'message':
    case 'call':
    case 'echo':
      return event.providerMessageId
    case 'edit':
    case 'revoke':
      return event.originalProviderId
    default:
      return null
  }
}

function arrivingMacOf({ messages }: Batch, { channelId, event }: Item): Buffer | null {
  const id = arrivingIdOf(event)
  return id === null ? null : messages.macOf(channelId, id)
}

/** The provider's id that an event comes under or is about. */
function subjectIdOf(event: Item['event']): string | null {
  if (event.type === 'reaction') return event.targetProviderId
  return event.type === 'status' ? event.providerMessageId : arrivingIdOf(event)
}

/** What was erased stays so, however often the provider repeats it. */
async function withoutErased(
  client: PoolClient,
  { messages }: Batch,
  items: readonly Item[],
): Promise<readonly Item[]> {
  const macs = items.map(({ channelId, event }) => {
    const id = subjectIdOf(event)
    return id === null ? null : messages.macOf(channelId, id)
  })
  const { rows } = await client.query<{ mac: Buffer }>(
    prepared('select provider_id_mac as mac from erased_message where provider_id_mac = any($1::bytea[])', [
      macs.filter((mac) => mac !== null),
    ]),
  )
  if (rows.length === 0) return items
  const erased = new Set(rows.map(({ mac }) => mac.toString('hex')))
  return items.filter((_, at) => !erased.has(macs[at]?.toString('hex') ?? ''))
}

/**
 * Applies items in their order and writes everything, inside the caller's transaction. Nothing is durable before the caller
 * commits; the caller then rings and reminds. Applying the same items again changes nothing, and it makes no difference into how many
 * batches items are divided.
 */
export async function ingestItems(
  { client, afterCommit }: Transaction,
  inbox: Pick<Inbox, 'keys' | 'search'>,
  items: readonly Item[],
  at: Date,
): Promise<Ingested> {
  const batch = emptyBatch(inbox, await loadChannels(client, items), at)
  const arriving = items.flatMap((item) => {
    const mac = arrivingMacOf(batch, item)
    return mac === null ? [] : [{ channelId: item.channelId, mac }]
  })
  const early = await takeEarlyItems(client, inbox, arriving)
  await loadBatch(client, inbox, batch, [...items, ...early])
  for (const item of early) batch.early.wait(item)
  // After what is there was read: of what is destroyed in between, one or the other is seen.
  for (const item of await withoutErased(client, batch, items)) {
    const channel = batch.channels.get(item.channelId)
    if (channel === undefined) continue
    apply(batch, channel, item)
    const mac = arrivingMacOf(batch, item)
    for (const waited of mac === null ? [] : batch.early.take(mac)) apply(batch, channel, waited)
  }
  await writeBatch(client, batch, afterCommit)
  return {
    messages: batch.messages.changes().added.length,
    media: batch.attachments.filter((one) => one.state === 'pending').map((one) => one.id),
    published: batch.liveEvents.all().length > 0,
  }
}
