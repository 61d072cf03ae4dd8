import type { MessageContent } from '@buergerdraht/bsp'
import { type Keys, type NewDataKey, newId, seal, sealJson } from '@buergerdraht/office'
import { shownTypes } from '../media/media-type.ts'
import { additionalData, type StoredMediaSource } from '../stored/additional-data.ts'
import type { ReadableConversation } from './conversations.ts'
import type { Message } from './messages.ts'

/** Files lie at the BSP for seven days after the message. */
const mediaLifeMs = 7 * 24 * 60 * 60 * 1000

export type NewAttachment = {
  readonly id: string
  readonly key: NewDataKey
  readonly messageId: string
  readonly conversationId: string
  readonly kind: string
  readonly state: 'pending' | 'failed'
  readonly mediaType: string
  readonly fileNameSealed: Buffer | null
  readonly sourceSealed: Buffer
  readonly deadlineAt: Date
  readonly createdAt: Date
}

/** The file of a message, to be fetched, sealed with a key of its own. None where the content has none. */
export function newAttachments(
  keys: Keys,
  { id: conversationId }: ReadableConversation,
  message: Message,
  content: MessageContent,
  at: Date,
): NewAttachment[] {
  if (!('media' in content)) return []
  const { media } = content
  const id = newId(at)
  const key = keys.make('attachment', id)
  const { url, mediaType, sha256 } = media
  const source: StoredMediaSource = { id: media.id, url, mediaType, sha256 }
  return [
    {
      id,
      key,
      messageId: message.id,
      conversationId,
      kind: media.kind,
      state: media.id === null ? 'failed' : 'pending',
      mediaType: shownTypes.has(mediaType) ? mediaType : 'application/octet-stream',
      fileNameSealed:
        media.fileName === null ? null : seal(key.bytes, additionalData.fileName(id), media.fileName),
      sourceSealed: sealJson(key.bytes, additionalData.mediaSource(id), source),
      deadlineAt: new Date(message.sentAt.getTime() + mediaLifeMs),
      createdAt: at,
    },
  ]
}
