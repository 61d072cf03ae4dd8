import { Refusal } from '@buergerdraht/contract'
import { type Change, type ConversationRow, change } from '@buergerdraht/office'
import { windowIsOpen } from '../conversations/service-window.ts'
import { answersNothing, lockConversation } from '../conversations/waiting.ts'
import type { Inbox } from '../inbox.ts'
import { requireSendable } from '../replies/may-send.ts'
import { storeOutgoing } from '../replies/store-messages.ts'

/** As long as a person can be answered, what kept the notice back may have ended since. */
const againMs = 60 * 1000

type Due = {
  readonly id: string
  readonly version: number
  /** Null: this version is not there in that language. */
  readonly text: string | null
  readonly conversation_id: string | null
}

/** What is restricted (Art. 18 GDPR) or condemned is closed. */
async function maySend(inbox: Inbox, { tx }: Change, conversation: ConversationRow): Promise<boolean> {
  try {
    await requireSendable(tx, conversation, inbox.now(), { template: false })
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Whoever stands first. @returns false: nobody does */
async function nextOne(inbox: Inbox): Promise<boolean> {
  return change(inbox, async (changing) => {
    const { client, tx } = changing
    const now = inbox.now()
    const { rows } = await client.query<Due>(
      `select e.id, e.version, case e.variant when 'easy' then n.easy_text else n.text end as text, c.id as conversation_id
       from privacy_notice_evidence e join privacy_notice n on n.version = e.version
         left join lateral (select id from conversation where contact_id = e.contact_id and state = 'open' limit 1) c on true
       where e.next_try_at <= $1 order by e.next_try_at, e.id limit 1`,
      [now],
    )
    const [due] = rows
    if (due === undefined) return false
    const { conversation_id: conversationId, text } = due
    // Before the evidence: whoever takes in locks in this order.
    if (conversationId !== null) await lockConversation(tx, conversationId)
    const taken = await client.query(
      'update privacy_notice_evidence set next_try_at = null where id = $1 and version = $2 and next_try_at <= $3',
      [due.id, due.version, now],
    )
    // Somebody else was faster, or another version has come into force.
    if (taken.rowCount === 0) return true
    if (text === null) {
      await client.query('delete from privacy_notice_evidence where id = $1', [due.id])
      return true
    }
    const conversation =
      conversationId === null ? null : await tx.conversation.findUnique({ where: { id: conversationId } })
    if (conversation === null) return true
    if (!(await maySend(inbox, changing, conversation))) {
      if (windowIsOpen(conversation, now))
        await client.query('update privacy_notice_evidence set next_try_at = $2 where id = $1', [
          due.id,
          new Date(now.getTime() + againMs),
        ])
      return true
    }
    const key = await inbox.keys.get(conversation.keyId)
    const by = { authorId: null, answersUpTo: answersNothing, noticeVersion: due.version }
    const [messageId] = await storeOutgoing(inbox, changing, conversation, key, by, [
      {
        stored: { content: { kind: 'text', text }, referral: null },
        attachmentId: null,
        clientId: null,
        replyToId: null,
      },
    ])
    await client.query(
      `update privacy_notice_evidence set message_id = $2, stored_at = $3, send_state = 'queued', accepted_at = null, delivered_at = null,
         read_at = null, failed_at = null where id = $1`,
      [due.id, messageId, now],
    )
    return true
  })
}

/**
 * Sends the privacy notice (Art. 13 GDPR) to whoever has written and is owed it, as any answer is sent: each once, because the message is stored in the
 * transaction that takes it off the list. It answers nothing: the person goes on waiting for somebody. Whoever cannot be written to now is tried again
 * as long as they can be answered, and then when they write again; nobody is written to first.
 * @returns how many were looked at
 */
export async function sendNotices(inbox: Inbox, signal: AbortSignal): Promise<number> {
  let looked = 0
  while (!signal.aborted && (await nextOne(inbox))) looked++
  return looked
}
