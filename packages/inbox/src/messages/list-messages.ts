import { type Message, Refusal } from '@buergerdraht/contract'
import { Prisma } from '@buergerdraht/prisma'
import { conversationFor, type MessageRow, messageFor } from '../access.ts'
import type { Office } from '../office.ts'
import { cursorOf, type PagePosition, positionOf } from '../page-position.ts'
import type { Viewer } from '../viewer.ts'
import { presentMessages } from './present-messages.ts'

export type MessagePage = {
  readonly items: Message[]
  readonly nextCursor: string | null
}

/** `sentAt` lies in the column `sent_at`, and so on. */
const columns = Object.values(Prisma.MessageScalarFieldEnum)
  .map((field) => `${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as "${field}"`)
  .join(', ')

/** The first condition is what the index is entered with, the second what it is read with. */
const older = 'and sent_at <= $3 and (sent_at < $3 or id < $4)'

/** By SQL of our own: a fifth of the time that the client takes for as many rows. */
function pageQuery(conversationId: string, limit: number, before: PagePosition | null) {
  return {
    name: before === null ? 'newest-messages' : 'older-messages',
    text: `select ${columns} from message where conversation_id = $1 ${before === null ? '' : older}
    order by sent_at desc, id desc limit $2`,
    values: [conversationId, limit, ...(before === null ? [] : [before.at, before.id])],
  }
}

/**
 * A page of a thread, newest first by the senders' clocks. Walks an index from the cursor on: a page far back costs what the first
 * one costs. @throws Refusal `not-found`, `invalid-input` (cursor)
 */
export async function listMessages(
  office: Office,
  viewer: Viewer,
  conversationId: string,
  query: { readonly before?: string | undefined; readonly limit: number },
): Promise<MessagePage> {
  const before = positionOf('before', query.before)
  const conversation = await conversationFor(office.prisma, viewer, conversationId)
  const { rows } = await office.pool.query<MessageRow>(pageQuery(conversation.id, query.limit + 1, before))
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
export async function readMessage(
  office: Office,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const { conversation, message } = await messageFor(office.prisma, viewer, conversationId, messageId)
  const [shown] = await presentMessages(office, conversation, [message])
  if (shown === undefined) throw new Refusal('not-found')
  return shown
}
