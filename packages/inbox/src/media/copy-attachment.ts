import { type AttachmentRow, newId, open, seal } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { removeUnlessStored } from './media-removal.ts'
import { MediaMissing, openPart, type Part, storePart } from './media-store.ts'

async function copyPart(inbox: Inbox, key: Buffer, from: string, to: string, part: Part): Promise<void> {
  const file = await openPart(inbox, key, from, part)
  try {
    await storePart(inbox, key, to, part, file.stream(), file.sizeBytes)
  } finally {
    await file.close()
  }
}

/**
 * Copies a file for another message of the same conversation, so that each keeps its own. The bytes are durable when this resolves; the
 * returned row is for the caller to insert. @throws MediaMissing
 */
export async function copyAttachment(
  inbox: Inbox,
  key: Buffer,
  original: AttachmentRow,
  uploadedBy: string,
): Promise<AttachmentRow> {
  const id = newId(inbox.now())
  await removeUnlessStored(inbox, id)
  await copyPart(inbox, key, original.id, id, 'content')
  await copyPart(inbox, key, original.id, id, 'preview').catch((error: unknown) => {
    if (!(error instanceof MediaMissing)) throw error
  })
  const name =
    original.fileNameSealed === null
      ? null
      : open(key, additionalData.fileName(original.id), original.fileNameSealed).toString('utf8')
  return {
    ...original,
    id,
    messageId: null,
    sourceSealed: null,
    fileNameSealed: name === null ? null : Uint8Array.from(seal(key, additionalData.fileName(id), name)),
    createdAt: inbox.now(),
    uploadedBy,
  }
}
