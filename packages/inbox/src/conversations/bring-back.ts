import type { Cause } from '@buergerdraht/contract'
import type { Change, ConversationRow } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'
import { openAgain } from '../retention/open-again.ts'
import { addSystemLine } from './system-line.ts'
import { dateBack, settleWaiting } from './waiting.ts'

/** A matter, and the other one that its person has open, if any. */
export type Matters = {
  readonly matter: ConversationRow
  readonly other: ConversationRow | null
}

/**
 * Locks a matter, the one its person has open, and the person, in the order in which ingest does. Until the transaction ends neither
 * changes, and no new one begins: it would refer to the person. Before rows of messages are changed.
 */
export async function lockMatters(tx: Prisma.TransactionClient, conversationId: string): Promise<Matters> {
  await tx.$queryRaw`select 1 as locked from conversation c join conversation m on m.id = ${conversationId}::uuid
    where c.id = m.id or (c.contact_id = m.contact_id and c.channel_id = m.channel_id and c.state = 'open')
    order by c.id for no key update of c`
  await tx.$queryRaw`select 1 as locked from contact where id in (
    select contact_id from conversation where id = ${conversationId}::uuid) for update`
  const matter = await tx.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  const { contactId, channelId } = matter
  const other = await tx.conversation.findFirst({
    where: { contactId, channelId, state: 'open', id: { not: conversationId } },
  })
  return { matter, other }
}

/**
 * What became of an answer of a closed matter is seen: the matter opens again, with a line that says why. Where the person has another
 * open one, which is where they are answered, the line stands there and counts as said: they wait since what the answer was to. Nothing happens to an open matter, and what is
 * destroyed stays so, what is restricted closed. In the transaction in which the answer was found to be lost, with {@link lockMatters} at its beginning.
 */
export async function bringBack(
  inbox: Inbox,
  changing: Change,
  { matter, other }: Matters,
  messageId: string,
  cause: Cause,
): Promise<void> {
  if (matter.state === 'open' || matter.condemnedBy !== null || matter.restrictedAt !== null) return
  const { tx, client, publish } = changing
  const place = other ?? matter
  const key = (await inbox.keys.getMany([place.keyId])).get(place.keyId)
  if (key === undefined) return
  if (other === null) await openAgain(client, [matter.id])
  const lineId = await addSystemLine(changing, place, key, {
    event: other === null ? 'reopened' : 'earlier-matter',
    at: inbox.now(),
    cause,
    ...(other === null ? {} : { earlier: { conversationId: matter.id, messageId } }),
  })
  if (other !== null) await dateBack(tx, lineId, messageId)
  await settleWaiting(tx, place.id)
  publish({ type: 'conversation.changed', teamId: place.teamId, conversationId: place.id, messageId: null })
}
