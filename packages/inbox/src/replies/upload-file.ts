import type { UploadOutcome } from '@buergerdraht/bsp'
import { Refusal } from '@buergerdraht/contract'
import type { ConversationRow } from '@buergerdraht/office'
import type { ChannelCredentials } from '../channels/credentials.ts'
import type { Inbox } from '../inbox.ts'
import { attachmentKey } from '../media/attachment-key.ts'
import { type OpenMedia, openMedia } from '../media/open-media.ts'
import { presentAttachment } from '../media/present-attachment.ts'

/** Large files over a village's line. */
const patienceMs = 10 * 60 * 1000

/**
 * Hands the file of a message to the provider, decrypted on the way. Done before the message is leased: an upload that nobody refers
 * to harms nothing, so it may be repeated, and its duration leaves no doubt about whether the message was sent.
 * Null: the message has no file. A file that is missing or damaged is refused.
 */
export async function uploadFile(
  inbox: Inbox,
  { adapter, credentials }: ChannelCredentials,
  conversation: ConversationRow,
  messageId: string,
): Promise<UploadOutcome | null> {
  const attachment = await inbox.prisma.attachment.findFirst({ where: { messageId } })
  if (attachment === null) return null
  const key = await attachmentKey(inbox.keys, attachment, conversation.keyId)
  const { fileName, mediaType } = presentAttachment(key, attachment)
  let file: OpenMedia
  try {
    file = await openMedia(inbox, { attachment, conversation })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { outcome: 'refused', refusal: 'final', code: 'media-missing' }
  }
  try {
    return await adapter.uploadMedia(
      { body: file.stream(), sizeBytes: file.sizeBytes, mediaType, fileName },
      credentials,
      AbortSignal.timeout(patienceMs),
    )
  } finally {
    await file.close()
  }
}
