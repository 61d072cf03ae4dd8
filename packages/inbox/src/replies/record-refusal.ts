import type { RefusalClass } from '@buergerdraht/bsp'
import type { Change, ConversationRow } from '@buergerdraht/office'
import { templatesStoppedCode } from '../channels/end-notices.ts'
import { raiseNotice } from '../channels/raise-notice.ts'
import { noticeForStop } from '../ingest/apply-waba.ts'

export type Refused = {
  readonly refusal: RefusalClass
  readonly code: string
}

/** Codes that say in which state a template really is. */
const templateStates: Readonly<Record<string, string>> = {
  '132001': 'disabled',
  '132015': 'paused',
  '132016': 'disabled',
}

async function stopChannel(changing: Change, channelId: string, code: string, at: Date): Promise<void> {
  await changing.tx.channel.updateMany({
    where: { id: channelId, state: 'enabled' },
    data: { state: 'stopped', revision: { increment: 1 } },
  })
  await raiseNotice(changing, channelId, noticeForStop(Number.parseInt(code, 10)), code, at)
}

/** Everything queued on the number waits, so that the next message does not run into the same limit. */
function slowChannel(changing: Change, channelId: string, until: Date) {
  return changing.tx.message.updateMany({
    where: {
      channelId,
      sendState: 'queued',
      OR: [{ notBeforeAt: null }, { notBeforeAt: { lt: until } }],
    },
    data: { notBeforeAt: until },
  })
}

/**
 * What a refusal means beyond the one message: the number stops, the window closes, a person's identity wants a look, a template
 * cannot be used, others wait too.
 */
export async function recordRefusal(
  changing: Change,
  conversation: Pick<ConversationRow, 'id' | 'teamId' | 'channelId' | 'contactId'>,
  { refusal, code }: Refused,
  context: {
    readonly at: Date
    readonly triedAgainAt: Date | null
    readonly template?: { readonly name: string; readonly language: string } | undefined
  },
): Promise<void> {
  const { tx, publish } = changing
  const { channelId, teamId } = conversation
  const { at } = context
  function conversationChanged() {
    return publish({
      type: 'conversation.changed',
      teamId,
      conversationId: conversation.id,
      messageId: null,
    })
  }
  switch (refusal) {
    case 'stop-channel':
      await stopChannel(changing, channelId, code, at)
      return conversationChanged()
    case 'stop-templates':
      return raiseNotice(changing, channelId, 'waba-restricted', templatesStoppedCode, at)
    case 'slow-channel':
      if (context.triedAgainAt !== null) await slowChannel(changing, channelId, context.triedAgainAt)
      return
    case 'close-window':
      await tx.conversation.update({ where: { id: conversation.id }, data: { windowShutAt: at } })
      return conversationChanged()
    case 'confirm-identity':
      await tx.contact.update({
        where: { id: conversation.contactId },
        data: { identityNotice: 'identity-key-changed' },
      })
      return conversationChanged()
    case 'final': {
      const state = templateStates[code]
      if (state === undefined || context.template === undefined) return
      const { name, language } = context.template
      await tx.messageTemplate.updateMany({
        where: { channelId, name, language },
        data: { state, changedAt: at },
      })
      return raiseNotice(changing, channelId, 'template-changed', name, at)
    }
    case 'retry':
    case 'slow-citizen':
      return
  }
}
