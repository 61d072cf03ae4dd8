import type { UploadOutcome } from '@buergerdraht/bsp'
import { Refusal } from '@buergerdraht/contract'
import { type AttachmentRow, type ConversationRow, openJson, sealJson } from '@buergerdraht/office'
import type { ChannelCredentials } from '../channels/credentials.ts'
import type { Inbox } from '../inbox.ts'
import { attachmentKey } from '../media/attachment-key.ts'
import { type OpenMedia, openMedia } from '../media/open-media.ts'
import { presentAttachment } from '../media/present-attachment.ts'
import { additionalData, type StoredMediaSource } from '../stored/additional-data.ts'

/** Large files over a village's line. */
const patienceMs = 10 * 60 * 1000

/** Kept, so that it can be deleted there when it is destroyed here. Killed before: the provider deletes it by itself, after a month. */
async function noteUpload(
  { prisma }: Pick<Inbox, 'prisma'>,
  key: Buffer,
  { id, sourceSealed }: Pick<AttachmentRow, 'id' | 'sourceSealed'>,
  mediaId: string,
): Promise<void> {
  const place = additionalData.mediaSource(id)
  const source: StoredMediaSource =
    sourceSealed === null ? { id: null, url: null } : openJson<StoredMediaSource>(key, place, sourceSealed)
  const sealed = sealJson(key, place, { ...source, uploads: [...(source.uploads ?? []), mediaId] })
  await prisma.attachment.update({ where: { id }, data: { sourceSealed: Uint8Array.from(sealed) } })
}

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
    const upload = await adapter.uploadMedia(
      { body: file.stream(), sizeBytes: file.sizeBytes, mediaType, fileName },
      credentials,
      AbortSignal.timeout(patienceMs),
    )
    if (upload.outcome === 'uploaded') await noteUpload(inbox, key, attachment, upload.mediaId)
    return upload
  } finally {
    await file.close()
  }
}
