import { Refusal } from '@buergerdraht/contract'
import { type Change, change } from '@buergerdraht/office'
import { answersNothing } from '../conversations/waiting.ts'
import type { Inbox } from '../inbox.ts'
import { requireSendable } from '../replies/may-send.ts'
import { storeOutgoing } from '../replies/store-messages.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Later it says nothing that the person does not know. */
const maxAgeMs = dayMs

type Waiting = { readonly id: string; readonly conversation_id: string; readonly received_at: Date }

async function acknowledge(
  inbox: Inbox,
  changing: Change,
  { conversation_id }: Waiting,
  text: string,
): Promise<void> {
  const { tx } = changing
  await tx.$queryRaw`select 1 as locked from conversation where id = ${conversation_id}::uuid for no key update`
  const conversation = await tx.conversation.findFirst({
    where: { id: conversation_id, condemnedBy: null, restrictedAt: null },
  })
  if (conversation === null) return
  try {
    await requireSendable(tx, conversation, inbox.now(), { template: false })
  } catch (error) {
    // Whoever cannot be written to now is answered by a person.
    if (error instanceof Refusal) return
    throw error
  }
  const key = await inbox.keys.get(conversation.keyId)
  const stored = { content: { kind: 'text', text }, referral: null } as const
  await storeOutgoing(inbox, changing, conversation, key, { authorId: null, answersUpTo: answersNothing }, [
    { stored, attachmentId: null, clientId: null, replyToId: null },
  ])
}

async function nextOne(inbox: Inbox): Promise<boolean> {
  return change(inbox, async (changing) => {
    const { client } = changing
    const now = inbox.now()
    const { rows } = await client.query<Waiting & { text: string | null }>(
      `select r.id, r.conversation_id, r.received_at, s.request_acknowledgement as text from data_subject_request r cross join office_setting s
       where r.message_id is not null and r.acknowledged_at is null order by r.id limit 1 for update of r skip locked`,
    )
    const [waiting] = rows
    if (waiting === undefined) return false
    const isNew = now.getTime() - waiting.received_at.getTime() < maxAgeMs
    if (isNew && waiting.text !== null) await acknowledge(inbox, changing, waiting, waiting.text)
    await client.query('update data_subject_request set acknowledged_at = $2 where id = $1', [
      waiting.id,
      now,
    ])
    return true
  })
}

/**
 * Acknowledges what was recognised as a request, with the text that the office has set, as any answer is sent: each once, because it is stored in the
 * transaction that notes it. The person goes on waiting for somebody. Where no text is set, or nobody can be written to, none is sent, later neither.
 * @returns how many were looked at
 */
export async function acknowledgeRequests(inbox: Inbox): Promise<number> {
  let looked = 0
  while (await nextOne(inbox)) looked++
  return looked
}
