import { type ConversationRead, Refusal, rolesFor } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  type ConversationRow,
  conversationFor,
  recordAct,
  storedRole,
  type Viewer,
} from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'
import { officeSettings } from './office-setting.ts'
import { readConversation } from './read-conversation.ts'
import { addSystemLine } from './system-line.ts'

export type Assignment = {
  readonly assignee: string | null
  /** Who holds it as far as the asker knows. */
  readonly expected: string | null
}

/** Somebody who answers citizens in that team. */
async function colleague(tx: Prisma.TransactionClient, accountId: string, teamId: string) {
  const account = await tx.account.findFirst({
    where: {
      id: accountId,
      disabledAt: null,
      role: { in: rolesFor('answer-citizens').map(storedRole) },
      teams: { some: { teamId } },
    },
    select: { id: true, displayName: true },
  })
  if (account === null) {
    throw new Refusal('invalid-input', [{ path: 'assignee', fault: 'not-of-team' }])
  }
  return account
}

/**
 * Gives a conversation to a colleague of the team (`me`: oneself), or back (null). Compare-and-set in one statement: of two who take
 * it at the same moment exactly one gets it. Asking again for what already is changes nothing.
 * @throws Refusal `not-found`, `already-claimed`, `conversation-closed`, `invalid-input`
 */
export async function assignConversation(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { assignee, expected }: Assignment,
): Promise<ConversationRead> {
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, publish } = changing
    const conversation = await conversationFor(tx, viewer, id)
    if (conversation.state !== 'open') throw new Refusal('conversation-closed')
    const to = assignee === 'me' ? viewer.accountId : assignee
    // Whoever asks is of the team, or is let in under an emergency access.
    const isOwn = to === viewer.accountId
    const own = { id: viewer.accountId, displayName: viewer.displayName }
    const holder = to === null ? null : isOwn ? own : await colleague(tx, to, conversation.teamId)
    const key = await inbox.keys.get(conversation.keyId)
    const taken = await tx.$executeRaw`update conversation set assignee_id = ${to}::uuid
      where id = ${id}::uuid and team_id = ${conversation.teamId}::uuid and state = 'open'
        and assignee_id is not distinct from ${expected}::uuid`
    if (taken === 0) {
      const now = await conversationFor(tx, viewer, id)
      if (now.state !== 'open') throw new Refusal('conversation-closed')
      if (now.assigneeId === to) return
      throw new Refusal('already-claimed')
    }
    if (to === expected) return
    await recordAct(tx, inbox.now(), viewer, {
      act: to === viewer.accountId ? 'conversation-claimed' : 'conversation-handed-over',
      object: { kind: 'conversation', id },
      ...(to === null || to === viewer.accountId ? {} : { facts: { to } }),
    })
    await addSystemLine(changing, conversation, key, {
      event: holder === null ? 'released' : 'claimed',
      by: holder?.displayName ?? viewer.displayName,
      at: inbox.now(),
    })
    const { teamId } = conversation
    publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
  })
  return readConversation(inbox, viewer, id)
}

/**
 * Whoever answers what nobody has taken takes it, unless the office has decided otherwise. In the transaction of the answer, with the
 * conversation locked.
 */
export async function takeByAnswering(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  conversation: ConversationRow,
  key: Buffer,
): Promise<void> {
  const { tx } = changing
  if (conversation.assigneeId !== null || !(await officeSettings(tx)).answeringTakes) return
  await tx.conversation.update({ where: { id: conversation.id }, data: { assigneeId: viewer.accountId } })
  const line = { event: 'claimed', by: viewer.displayName, at: inbox.now() } as const
  await addSystemLine(changing, conversation, key, line)
}
