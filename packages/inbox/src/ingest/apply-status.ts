import { refusalClassOf, type StatusEvent } from '@buergerdraht/bsp'
import { noticeForStop } from './apply-account.ts'
import { credibleTime } from './apply-message.ts'
import {
  announceChannel,
  announceMessage,
  type Batch,
  type ChannelState,
  count,
  type EarlyArrivalRow,
  type MessageState,
  messageOf,
  providerMac,
} from './batch.ts'

/** The earlier of two instants: a repeated status does not move the time. */
function first(known: Date | null, at: Date): Date {
  return known === null || at < known ? at : known
}

/**
 * What became of a message of ours. Facts are only added: a late `sent` takes nothing back, `failed` stays known beside a
 * `delivered` that proves otherwise. One that we do not know yet waits for its message.
 */
export function applyStatus(batch: Batch, channel: ChannelState, event: StatusEvent, receivedAt: Date): void {
  const own = event.ownId === null ? undefined : batch.messagesById.get(event.ownId.toLowerCase())
  const message =
    own !== undefined && own.channelId === channel.id
      ? own
      : messageOf(batch, channel.id, event.providerMessageId)
  if (message === undefined) {
    const waiting: EarlyArrivalRow = {
      channelId: channel.id,
      targetMac: providerMac(batch, channel.id, event.providerMessageId),
      kind: 'status',
      event,
    }
    batch.early.push(waiting)
    return
  }
  if (message.direction !== 'outbound') {
    count(batch, channel.id, 'status-of-inbound')
    return
  }
  if (message.providerIdMac === null) {
    message.providerIdMac = providerMac(batch, channel.id, event.providerMessageId)
    message.providerId = event.providerMessageId
  }
  const at = credibleTime(event.at, receivedAt)
  // Told again, perhaps days later: what followed from it has been done, and an admin may have dealt with it.
  const isNews = message.failedAt === null || message.errorCode !== (event.errorCode ?? message.errorCode)
  if (message.failedAt !== null && event.status !== 'failed' && event.status !== 'sent') {
    count(batch, channel.id, 'delivered-after-failed')
  }
  record(message, event, at)
  if (event.status === 'failed' && isNews) applyFailure(batch, channel, message, event.errorCode, at)
  announceMessage(batch, message, false)
}

function record(message: MessageState, event: StatusEvent, at: Date): void {
  message.changed = true
  message.priceCategory = event.priceCategory ?? message.priceCategory
  // A status proves that the provider has it, even where its answer to us was lost.
  if (message.sendState !== 'accepted' && message.sendState !== 'failed') message.sendState = 'accepted'
  switch (event.status) {
    case 'sent':
      message.statusSentAt = first(message.statusSentAt, at)
      break
    case 'delivered':
      message.deliveredAt = first(message.deliveredAt, at)
      break
    case 'read':
      message.readAt = first(message.readAt, at)
      break
    case 'played':
      message.playedAt = first(message.playedAt, at)
      break
    case 'failed':
      message.failedAt = first(message.failedAt, at)
      message.errorCode = event.errorCode ?? message.errorCode ?? 'none'
  }
}

function applyFailure(
  batch: Batch,
  channel: ChannelState,
  message: MessageState,
  errorCode: string | null,
  at: Date,
): void {
  const code = Number(errorCode)
  const refusal = Number.isInteger(code) && errorCode !== null ? refusalClassOf(code) : 'final'
  // By the provider's clock, like the window itself: the citizen may have written again since.
  if (refusal === 'close-window') batch.shutWindows.set(message.conversationId, at)
  if (refusal === 'confirm-identity') batch.identitiesToConfirm.add(message.contactId)
  if (refusal === 'stop-templates') {
    batch.notices.push({ channelId: channel.id, code: 'account-restricted', detail: String(code) })
    announceChannel(batch, channel.id)
  }
  if (refusal === 'stop-channel') {
    batch.stoppedChannels.add(channel.id)
    batch.notices.push({ channelId: channel.id, code: noticeForStop(code), detail: String(code) })
    announceChannel(batch, channel.id)
  }
}
