import { refusalClassOf, type StatusEvent } from '@buergerdraht/bsp'
import { messageStatusOf } from '../messages/message-status.ts'
import { noticeForStop } from './apply-waba.ts'
import type { Batch } from './batch.ts'
import { bringBack } from './bring-back.ts'
import { credibleTime, type OwnChannel } from './item.ts'
import type { Message, Messages } from './messages.ts'

/** The earlier of two instants: a repeated status does not move the time. */
function first(known: Date | null, at: Date): Date {
  return known === null || at < known ? at : known
}

/**
 * What became of a message of ours. Facts are only added: a late `sent` takes nothing back, `failed` stays known beside a
 * `delivered` that proves otherwise. One that we do not know yet waits for its message.
 */
export function applyStatus(batch: Batch, channel: OwnChannel, event: StatusEvent, receivedAt: Date): void {
  const { conversations, messages, early, news, liveEvents } = batch
  const own = event.ownId === null ? undefined : messages.get(event.ownId.toLowerCase())
  const message = own?.channelId === channel.id ? own : messages.known(channel.id, event.providerMessageId)
  const mac = messages.macOf(channel.id, event.providerMessageId)
  if (message === undefined) {
    early.wait({ channelId: channel.id, event, receivedAt, kind: 'status', targetMac: mac })
    return
  }
  if (message.direction !== 'outbound') {
    news.count(channel.id, 'status-of-inbound')
    return
  }
  if (message.providerIdMac === null) {
    messages.change(message, { providerIdMac: mac, providerId: event.providerMessageId })
  }
  const at = credibleTime(event.at, receivedAt)
  // Told again, perhaps days later: what followed from it has been done, and an admin may have dealt with it.
  const isNews = message.failedAt === null || message.errorCode !== (event.errorCode ?? message.errorCode)
  if (message.failedAt !== null && event.status !== 'failed' && event.status !== 'sent') {
    news.count(channel.id, 'delivered-after-failed')
  }
  // Whether our answer stands may have changed, and with it whether somebody waits.
  if (event.status === 'failed' || message.failedAt !== null || message.sendState !== 'accepted') {
    conversations.unsettle(message.conversation)
    liveEvents.conversation(message.conversation)
  }
  const wasLost = isLost(message)
  record(messages, message, event, at)
  if (!wasLost && isLost(message)) bringBack(batch, message, 'not-delivered', at, receivedAt)
  if (event.status === 'failed' && isNews) applyFailure(batch, channel, message, event.errorCode, at)
  liveEvents.message(message, 'changed')
}

/** It did not arrive, and nobody has decided yet what to do about that. */
function isLost(message: Message): boolean {
  return messageStatusOf(message) === 'failed' && message.settledAt === null
}

function record(messages: Messages, message: Message, event: StatusEvent, at: Date): void {
  messages.change(message, {
    priceCategory: event.priceCategory ?? message.priceCategory,
    // A status proves that the provider has it, even where its answer to us was lost.
    sendState: message.sendState === 'failed' ? 'failed' : 'accepted',
    ...factOf(message, event, at),
  })
}

function factOf(
  message: Message,
  { status, errorCode }: StatusEvent,
  at: Date,
): Parameters<Messages['change']>[1] {
  switch (status) {
    case 'sent':
      return { statusSentAt: first(message.statusSentAt, at) }
    case 'delivered':
      return { deliveredAt: first(message.deliveredAt, at) }
    case 'read':
      return { readAt: first(message.readAt, at) }
    case 'played':
      return { playedAt: first(message.playedAt, at) }
    case 'failed':
      return {
        failedAt: first(message.failedAt, at),
        errorCode: errorCode ?? message.errorCode ?? 'none',
      }
  }
}

/** What a failure means beyond its message: for the window, for the person, for the channel. */
function applyFailure(
  {
    people,
    conversations,
    news,
    liveEvents,
  }: Pick<Batch, 'people' | 'conversations' | 'news' | 'liveEvents'>,
  channel: OwnChannel,
  { conversation }: Message,
  errorCode: string | null,
  at: Date,
): void {
  const code = Number(errorCode)
  const refusal = Number.isInteger(code) && errorCode !== null ? refusalClassOf(code) : 'final'
  if (refusal === 'close-window') conversations.shutWindow(conversation, at)
  if (refusal === 'confirm-identity') {
    const contact = people.get(conversation.contactId)
    if (contact !== undefined && contact.notice !== 'identity-conflict')
      people.warn(contact, 'identity-key-changed')
  }
  if (refusal === 'stop-templates') {
    news.notice(channel.id, 'waba-restricted', String(code))
    liveEvents.channel(channel.id)
  }
  if (refusal === 'stop-channel') {
    news.stop(channel.id)
    news.notice(channel.id, noticeForStop(code), String(code))
    liveEvents.channel(channel.id)
  }
}
