import { type Message, Refusal } from '@buergerdraht/contract'
import { conversationFor, messageFor } from '../access.ts'
import type { Office } from '../office.ts'
import { cursorOf, positionOf } from '../page-position.ts'
import type { Viewer } from '../viewer.ts'
import { presentMessages } from './present-messages.ts'

export interface MessagePage {
  readonly items: Message[]
  readonly nextCursor: string | null
}

/**
 * A page of a thread, newest first by the senders' clocks. Walks an index from the cursor on: a page far back costs what the first
 * one costs. @throws Refusal `not-found`, `invalid-input` (cursor)
 */
export const listMessages = async (
  office: Office,
  viewer: Viewer,
  conversationId: string,
  query: { readonly before?: string | undefined; readonly limit: number },
): Promise<MessagePage> => {
  const before = positionOf('before', query.before)
  const conversation = await conversationFor(office.prisma, viewer, conversationId)
  const rows = await office.prisma.message.findMany({
    where: {
      conversationId: conversation.id,
      ...(before === null
        ? {}
        : // The first condition is what the index is entered with, the second what it is read with.
          {
            sentAt: { lte: before.at },
            OR: [{ sentAt: { lt: before.at } }, { sentAt: before.at, id: { lt: before.id } }],
          }),
    },
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await presentMessages(office, conversation, page),
    nextCursor:
      rows.length > query.limit && last !== undefined
        ? cursorOf({ mark: 'm', at: last.sentAt, id: last.id })
        : null,
  }
}

/** One message. @throws Refusal `not-found` */
export const readMessage = async (
  office: Office,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
): Promise<Message> => {
  const { conversation, message } = await messageFor(office.prisma, viewer, conversationId, messageId)
  const [shown] = await presentMessages(office, conversation, [message])
  if (shown === undefined) throw new Refusal('not-found')
  return shown
}
