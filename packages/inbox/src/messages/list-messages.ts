import { type Message, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  conversationFor,
  cursorOf,
  type MessageRow,
  messageFor,
  type PagePosition,
  positionOf,
  recordOftenOn,
  type Viewer,
} from '@buergerdraht/office'
import { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'
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

/** Once a person, conversation and five minutes. */
function recordReading(
  { now }: Pick<Inbox, 'now'>,
  { client }: Change,
  viewer: Viewer,
  id: string,
): Promise<void> {
  return recordOftenOn(client, now(), viewer, {
    act: 'conversation-read',
    object: { kind: 'conversation', id },
  })
}

/**
 * A page of a thread, newest first by the senders' clocks. Walks an index from the cursor on: a page far back costs what the first
 * one costs. That it was read is recorded. @throws Refusal `not-found`, `invalid-input` (cursor)
 */
export async function listMessages(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  query: { readonly before?: string | undefined; readonly limit: number },
): Promise<MessagePage> {
  const before = positionOf('before', query.before)
  return asViewer(inbox, viewer, async (changing) => {
    const { tx, client } = changing
    const conversation = await conversationFor(tx, viewer, conversationId)
    await recordReading(inbox, changing, viewer, conversation.id)
    const { rows } = await client.query<MessageRow>(pageQuery(conversation.id, query.limit + 1, before))
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: await presentMessages(inbox, changing, conversation, page),
      nextCursor:
        rows.length > query.limit && last !== undefined
          ? cursorOf({ mark: 'm', at: last.sentAt, id: last.id })
          : null,
    }
  })
}

/** One message. That something of the conversation was read is recorded. @throws Refusal `not-found` */
export function readMessage(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  return asViewer(inbox, viewer, async (changing) => {
    const message = await messageShown(inbox, changing, viewer, conversationId, messageId)
    await recordReading(inbox, changing, viewer, conversationId)
    return message
  })
}

/** One that the viewer has just done something with, of which there is an entry already. @throws Refusal `not-found` */
export function messageAfterAct(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  return asViewer(inbox, viewer, (changing) =>
    messageShown(inbox, changing, viewer, conversationId, messageId),
  )
}

/** The same in a transaction of the viewer's. */
export async function messageShown(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const { conversation, message } = await messageFor(changing.tx, viewer, conversationId, messageId)
  const [shown] = await presentMessages(inbox, changing, conversation, [message])
  if (shown === undefined) throw new Refusal('not-found')
  return shown
}
