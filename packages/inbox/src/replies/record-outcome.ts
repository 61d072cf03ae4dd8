import type { SendOutcome } from '@buergerdraht/bsp'
import { type ConversationRow, change, type MessageRow } from '@buergerdraht/office'
import { endNoticesOfSending } from '../channels/end-notices.ts'
import { bringBack, lockMatters } from '../conversations/bring-back.ts'
import { lockConversation, settleWaiting } from '../conversations/waiting.ts'
import type { Inbox } from '../inbox.ts'
import { applyEarlyArrivals } from '../ingest/apply-early-arrivals.ts'
import { providerIdMac, sealProviderId } from '../stored/provider-id.ts'
import { nextTryInMs } from './next-try.ts'
import { recordRefusal } from './record-refusal.ts'

/** What is stored about a message whose outcome arrives: the lease's number tells a late answer from an earlier try. */
type Tried = Pick<MessageRow, 'id' | 'channelId'> & { readonly attempts: number }

async function accepted(
  inbox: Inbox,
  conversation: ConversationRow,
  message: Tried,
  providerMessageId: string,
): Promise<void> {
  const at = inbox.now()
  const mac = providerIdMac(inbox.keys, message.channelId, providerMessageId)
  const key = await inbox.keys.get(conversation.keyId)
  const sealed = sealProviderId(key, message.id, providerMessageId)
  await change(inbox, async (changing) => {
    const { tx, publish } = changing
    await lockConversation(tx, conversation.id)
    // A status may have been faster and have said the same.
    await tx.$executeRaw`update message set
        send_state = case when send_state in ('sending', 'unknown') then 'accepted' else send_state end,
        provider_id_mac = coalesce(provider_id_mac, ${mac}), provider_id_sealed = coalesce(provider_id_sealed, ${sealed}),
        accepted_at = coalesce(accepted_at, ${at}), error_code = case when failed_at is null then null else error_code end
      where id = ${message.id}::uuid`
    const { leasedAt } = await tx.message.findUniqueOrThrow({
      where: { id: message.id },
      select: { leasedAt: true },
    })
    if (leasedAt !== null) await endNoticesOfSending(changing, message.channelId, leasedAt, at)
    const { teamId, id: conversationId } = conversation
    publish({ type: 'message.changed', teamId, conversationId, messageId: message.id })
    if (await settleWaiting(tx, conversationId)) {
      publish({ type: 'conversation.changed', teamId, conversationId, messageId: null })
    }
  })
  await applyEarlyArrivals(inbox, message.channelId, providerMessageId)
}

function uncertain(inbox: Inbox, conversation: ConversationRow, message: Tried, code: string): Promise<void> {
  return change(inbox, async (changing) => {
    const { tx, publish } = changing
    const { teamId, id: conversationId } = conversation
    const matters = await lockMatters(tx, conversationId)
    const { count } = await tx.message.updateMany({
      where: { id: message.id, sendState: 'sending' },
      data: { sendState: 'unknown', errorCode: code },
    })
    if (count === 0) return
    publish({ type: 'message.changed', teamId, conversationId, messageId: message.id })
    await bringBack(inbox, changing, matters, message.id, 'outcome-unknown')
  })
}

function refused(
  inbox: Inbox,
  conversation: ConversationRow,
  message: Tried,
  outcome: Extract<SendOutcome, { outcome: 'refused' }>,
  template: { readonly name: string; readonly language: string } | undefined,
): Promise<void> {
  return change(inbox, async (changing) => {
    const { tx, publish, afterCommit } = changing
    const { id: conversationId, teamId } = conversation
    const at = inbox.now()
    const delayMs = nextTryInMs(outcome.refusal, outcome.code, message.attempts)
    const triedAgainAt = delayMs === null ? null : new Date(at.getTime() + delayMs)
    const matters = await lockMatters(tx, conversationId)
    const { count } = await tx.message.updateMany({
      // `queued`: it was its file that was refused, before the lease. `unknown`: the answer came very late.
      where: { id: message.id, sendState: { in: ['queued', 'sending', 'unknown'] } },
      data: {
        sendState: triedAgainAt === null ? 'failed' : 'queued',
        failedAt: triedAgainAt === null ? at : null,
        notBeforeAt: triedAgainAt,
        errorCode: outcome.code,
        attempts: message.attempts,
      },
    })
    if (count === 0) return
    await recordRefusal(changing, conversation, outcome, { at, triedAgainAt, template })
    publish({ type: 'message.changed', teamId, conversationId, messageId: message.id })
    if (triedAgainAt === null) await bringBack(inbox, changing, matters, message.id, 'not-delivered')
    if (delayMs !== null) afterCommit(() => inbox.remind({ job: 'send-replies', conversationId }, delayMs))
  })
}

/**
 * Writes down what became of a try. `accepted`: the provider has it. `refused`: it certainly was not sent, so it is tried again later
 * where that can help, and has failed where it cannot. `ambiguous`: nobody knows; it MUST NOT be sent again by itself, a status with our
 * id or a clerk settles it.
 */
export function recordOutcome(
  inbox: Inbox,
  conversation: ConversationRow,
  message: Tried,
  outcome: SendOutcome,
  template?: { readonly name: string; readonly language: string },
): Promise<void> {
  switch (outcome.outcome) {
    case 'accepted':
      return accepted(inbox, conversation, message, outcome.providerMessageId)
    case 'ambiguous':
      return uncertain(inbox, conversation, message, outcome.code)
    case 'refused':
      return refused(inbox, conversation, message, outcome, template)
  }
}
