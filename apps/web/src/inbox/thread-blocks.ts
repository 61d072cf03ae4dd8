import type { Message } from '../api.ts'
import { daysBetween } from '../ui/moment.ts'

/** What stands together in a thread: one message, or the pictures of an album. */
export type Block = {
  readonly messages: readonly [Message, ...Message[]]
  readonly newDay: boolean
  /** It stands close below what the same side has just said. */
  readonly close: boolean
}

const closeMs = 5 * 60_000
const albumMs = 60_000

function within(ms: number, before: Message, message: Message): boolean {
  return before.direction === message.direction && Date.parse(message.sentAt) - Date.parse(before.sentAt) < ms
}

function isNewDay(before: Message, message: Message): boolean {
  return daysBetween(Date.parse(before.sentAt), Date.parse(message.sentAt)) !== 0
}

/** A picture or film that says nothing beside itself, and of which nothing has to be said. */
function isPlainPicture({
  kind,
  text,
  attachments,
  replyTo,
  forwarded,
  referral,
  revokedAt,
  status,
}: Message): boolean {
  return (
    (kind === 'image' || kind === 'video') &&
    attachments.length === 1 &&
    (text === null || text === '') &&
    replyTo === null &&
    forwarded === 'no' &&
    referral === null &&
    revokedAt === null &&
    status !== 'failed' &&
    status !== 'unknown'
  )
}

function belongsTo(first: Message, message: Message): boolean {
  return (
    isPlainPicture(first) &&
    isPlainPicture(message) &&
    first.author?.id === message.author?.id &&
    within(albumMs, first, message)
  )
}

/**
 * Messages, oldest first, as they stand below `previous`. Pictures that one person sent within a minute and without a word
 * are an album: phones send them as messages of their own. A mark stands before the message `marked`.
 */
export function threadBlocks(
  messages: readonly Message[],
  previous: Message | null,
  marked: string | null,
): Block[] {
  const blocks: Block[] = []
  let before = previous
  for (const message of messages) {
    const newDay = before === null || isNewDay(before, message)
    const block = blocks.at(-1)
    if (block !== undefined && !newDay && message.id !== marked && belongsTo(block.messages[0], message))
      blocks[blocks.length - 1] = { ...block, messages: [...block.messages, message] }
    else {
      const close = before !== null && !newDay && before.kind !== 'system' && within(closeMs, before, message)
      blocks.push({ messages: [message], newDay, close })
    }
    before = message
  }
  return blocks
}
