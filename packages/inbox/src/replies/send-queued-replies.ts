import type { SendContent } from '@buergerdraht/bsp'
import { openJson } from '@buergerdraht/office'
import { type ChannelCredentials, channelCredentialsOf } from '../channels/credentials.ts'
import { officeSettings } from '../conversations/office-setting.ts'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { openProviderId } from '../stored/provider-id.ts'
import { leaseMessage, type NextInLine, nextInLine } from './lease-message.ts'
import { recipientOf } from './recipient.ts'
import { recordOutcome } from './record-outcome.ts'
import type { StoredReply } from './reply-intent.ts'
import { sendQueuedReactions } from './send-queued-reactions.ts'
import { uploadFile } from './upload-file.ts'

/** Longer than any honest answer of a provider, shorter than what the sweeper takes for a dead process. */
const patienceMs = 30_000

type Way = 'next' | 'stop'

function sendContentOf({ content, template }: StoredReply, mediaId: string | null): SendContent | null {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: content.text }
    case 'template':
      return {
        kind: 'template',
        name: content.name,
        language: template?.language ?? 'de',
        values: template?.values ?? [],
      }
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return mediaId === null
        ? null
        : { kind: content.kind, mediaId, caption: content.text, fileName: content.media.fileName }
    default:
      return null
  }
}

async function quotedIdOf(inbox: Inbox, key: Buffer, replyToId: string | null): Promise<string | null> {
  if (replyToId === null) return null
  const quoted = await inbox.prisma.message.findUnique({
    where: { id: replyToId },
    select: { providerIdSealed: true },
  })
  return quoted?.providerIdSealed ? openProviderId(key, replyToId, quoted.providerIdSealed) : null
}

/** It will not be sent: for a reason of ours, before anybody was asked. */
function refuse(inbox: Inbox, { message, conversation }: NextInLine, code: string): Promise<void> {
  const tried = { ...message, attempts: message.attempts + 1 }
  return recordOutcome(inbox, conversation, tried, { outcome: 'refused', refusal: 'final', code })
}

async function sendNext(inbox: Inbox, channel: ChannelCredentials, next: NextInLine): Promise<Way> {
  const { message, conversation } = next
  const attempts = message.attempts + 1
  // Whoever made it wait has set a reminder, and the sweeper is there.
  if (message.notBeforeAt !== null && message.notBeforeAt > inbox.now()) return 'stop'
  const key = await inbox.keys.get(conversation.keyId)
  const stored =
    message.contentSealed === null
      ? null
      : openJson<StoredReply>(key, additionalData.content(message.id), message.contentSealed)
  const recipient = await recipientOf(inbox, conversation.contactId)
  if (recipient === null) {
    await refuse(inbox, next, 'no-identity')
    return 'next'
  }
  const upload = await uploadFile(inbox, channel, conversation, message.id)
  if (upload?.outcome === 'refused') {
    await recordOutcome(inbox, conversation, { ...message, attempts }, upload)
    return 'next'
  }
  const content = stored === null ? null : sendContentOf(stored, upload?.mediaId ?? null)
  if (stored === null || content === null) {
    await refuse(inbox, next, 'media-missing')
    return 'next'
  }
  const replyToProviderId = await quotedIdOf(inbox, key, message.replyToId)
  if (!(await leaseMessage(inbox, message))) return 'stop'
  const outcome = await channel.adapter.send(
    { recipient, ownId: message.id, content, replyToProviderId },
    channel.credentials,
    AbortSignal.timeout(patienceMs),
  )
  inbox.log.info({ messageId: message.id, outcome: outcome.outcome, attempts }, 'reply tried')
  inbox.sendOutcomes.set(outcome.outcome, (inbox.sendOutcomes.get(outcome.outcome) ?? 0) + 1)
  const template = content.kind === 'template' ? content : undefined
  await recordOutcome(inbox, conversation, { ...message, attempts }, outcome, template)
  return 'next'
}

/**
 * Sends what is queued in a conversation, oldest first, one at a time, then the reactions. May run any number of times and anywhere at
 * once: the lease in the database decides who sends. Ends when nothing is left, when the next message has to wait, or when another
 * process is at it, which then goes on. Where the office only receives, all of it is refused instead, and nobody is asked.
 * @param signal stops between two messages, never within one
 */
export async function sendQueuedReplies(
  inbox: Inbox,
  conversationId: string,
  signal?: AbortSignal,
): Promise<void> {
  while (signal?.aborted !== true) {
    const next = await nextInLine(inbox, conversationId)
    if (next === null) break
    if ((await officeSettings(inbox.prisma)).receivesOnly) {
      await refuse(inbox, next, 'receives-only')
      continue
    }
    const channel = await channelCredentialsOf(inbox, next.conversation.channelId)
    if (channel === null || channel.state !== 'enabled') return
    if ((await sendNext(inbox, channel, next)) === 'stop') break
  }
  if (signal?.aborted !== true) await sendQueuedReactions(inbox, conversationId)
}
