import type { SendOutcome } from '@buergerdraht/bsp'
import { change, open, prepared } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import { channelCredentialsOf } from '../channels/credentials.ts'
import { officeSettings } from '../conversations/office-setting.ts'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { openProviderId, providerIdMac } from '../stored/provider-id.ts'
import { nextTryInMs } from './next-try.ts'
import { recipientOf } from './recipient.ts'
import { recordRefusal } from './record-refusal.ts'

const patienceMs = 30_000
/** Setting the same reaction twice shows one, so an uncertain try may be repeated, unlike a message. */
const uncertainDelays = [10_000, 60_000, 300_000]

type Queued = Prisma.ReactionGetPayload<{ include: { message: { include: { conversation: true } } } }>

/** As with messages, the lease in the database decides who sends; what is about to be replaced is out before its successor. */
async function lease(inbox: Inbox, id: string): Promise<boolean> {
  const { rowCount } = await inbox.pool.query(
    prepared(
      `update reaction r set send_state = 'sending', leased_at = $2, attempts = r.attempts + 1
      where r.id = $1 and r.send_state = 'queued' and r.replaced_at is null
        and (r.not_before_at is null or r.not_before_at <= $2)
        and not exists (select 1 from reaction o where o.message_id = r.message_id and o.send_state = 'sending')`,
      [id, inbox.now()],
    ),
  )
  return rowCount === 1
}

/** The citizen keeps seeing what was there before, so we show that again. */
async function showPrevious(tx: Prisma.TransactionClient, failed: Queued, at: Date): Promise<void> {
  const isCurrent = await tx.reaction.updateMany({
    where: { id: failed.id, replacedAt: null },
    data: { replacedAt: at },
  })
  if (isCurrent.count === 0) return
  const previous = await tx.reaction.findFirst({
    where: { messageId: failed.messageId, sender: 'office', sendState: 'accepted' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  if (previous !== null) await tx.reaction.update({ where: { id: previous.id }, data: { replacedAt: null } })
}

function recordReaction(inbox: Inbox, reaction: Queued, outcome: SendOutcome): Promise<void> {
  return change(inbox, async (changing) => {
    const { tx, publish, afterCommit } = changing
    const { conversation } = reaction.message
    const at = inbox.now()
    const attempts = reaction.attempts + 1
    function done(data: Prisma.ReactionUpdateManyMutationInput) {
      return tx.reaction.updateMany({ where: { id: reaction.id, sendState: 'sending' }, data })
    }
    if (outcome.outcome === 'accepted') {
      await done({
        sendState: 'accepted',
        providerIdMac: new Uint8Array(
          providerIdMac(inbox.keys, conversation.channelId, outcome.providerMessageId),
        ),
      })
      return
    }
    const delayMs =
      outcome.outcome === 'refused'
        ? nextTryInMs(outcome.refusal, outcome.code, attempts)
        : (uncertainDelays[attempts - 1] ?? null)
    const triedAgainAt = delayMs === null ? null : new Date(at.getTime() + delayMs)
    await done({ sendState: triedAgainAt === null ? 'failed' : 'queued', notBeforeAt: triedAgainAt })
    if (outcome.outcome === 'refused') {
      await recordRefusal(changing, conversation, outcome, { at, triedAgainAt })
    }
    const { teamId, id: conversationId } = conversation
    if (triedAgainAt === null) {
      await showPrevious(tx, reaction, at)
      publish({ type: 'message.changed', teamId, conversationId, messageId: reaction.messageId })
    } else {
      afterCommit(() => inbox.remind({ job: 'send-replies', conversationId }, delayMs ?? 0))
    }
  })
}

async function sendReaction(inbox: Inbox, reaction: Queued): Promise<void> {
  const { message } = reaction
  const { conversation } = message
  const [channel, recipient, key] = await Promise.all([
    channelCredentialsOf(inbox, conversation.channelId),
    recipientOf(inbox, conversation.contactId),
    inbox.keys.get(conversation.keyId),
  ])
  if (channel === null || channel.state !== 'enabled') return
  if (!(await lease(inbox, reaction.id))) return
  const emoji =
    reaction.emojiSealed === null
      ? ''
      : open(key, additionalData.emoji(reaction.id), reaction.emojiSealed).toString('utf8')
  const { receivesOnly } = await officeSettings(inbox.prisma)
  const outcome: SendOutcome = receivesOnly
    ? { outcome: 'refused', refusal: 'final', code: 'receives-only' }
    : recipient === null || message.providerIdSealed === null
      ? { outcome: 'refused', refusal: 'final', code: 'no-identity' }
      : await channel.adapter.send(
          {
            recipient,
            ownId: reaction.id,
            content: {
              kind: 'reaction',
              targetProviderId: openProviderId(key, message.id, message.providerIdSealed),
              emoji,
            },
            replyToProviderId: null,
          },
          channel.credentials,
          AbortSignal.timeout(patienceMs),
        )
  await recordReaction(inbox, reaction, outcome)
}

/**
 * Sends the office's reactions of a conversation. Only the current one of each message goes out; one that was replaced before it was sent
 * is of no interest to anybody.
 */
export async function sendQueuedReactions(inbox: Inbox, conversationId: string): Promise<void> {
  const reactions = await inbox.prisma.reaction.findMany({
    where: {
      sendState: 'queued',
      replacedAt: null,
      message: { conversationId },
      OR: [{ notBeforeAt: null }, { notBeforeAt: { lte: inbox.now() } }],
    },
    orderBy: { id: 'asc' },
    include: { message: { include: { conversation: true } } },
  })
  for (const reaction of reactions) await sendReaction(inbox, reaction)
}
