import type { MessageContent } from '@buergerdraht/bsp'
import { newId, seal, sealJson } from '@buergerdraht/office'
import { additionalData, type StoredMediaSource } from '../stored/additional-data.ts'
import type { ReadableConversation } from './conversations.ts'
import type { Message } from './messages.ts'

/** Files lie at the BSP for seven days after the message. */
const mediaLifeMs = 7 * 24 * 60 * 60 * 1000

export type NewAttachment = {
  readonly id: string
  readonly messageId: string
  readonly conversationId: string
  readonly kind: string
  readonly state: 'pending' | 'failed'
  readonly mediaType: string
  readonly fileNameSealed: Buffer | null
  readonly sourceSealed: Buffer
  readonly claimedSha256: Buffer | null
  readonly deadlineAt: Date
  readonly createdAt: Date
}

/** The file of a message, to be fetched. None where the content has none. */
export function newAttachments(
  { id: conversationId, key }: ReadableConversation,
  message: Message,
  content: MessageContent,
  at: Date,
): NewAttachment[] {
  if (!('media' in content)) return []
  const { media } = content
  const id = newId(at)
  const source: StoredMediaSource = { id: media.id, url: media.url }
  return [
    {
      id,
      messageId: message.id,
      conversationId,
      kind: media.kind,
      state: media.id === null ? 'failed' : 'pending',
      mediaType: media.mediaType,
      fileNameSealed: media.fileName === null ? null : seal(key, additionalData.fileName(id), media.fileName),
      sourceSealed: sealJson(key, additionalData.mediaSource(id), source),
      claimedSha256: media.sha256 === null ? null : Buffer.from(media.sha256, 'hex'),
      deadlineAt: new Date(message.sentAt.getTime() + mediaLifeMs),
      createdAt: at,
    },
  ]
}
