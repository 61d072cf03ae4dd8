import { type AttachmentRow, newId, open, seal } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { attachmentKey, fileKeys, storeKey } from './attachment-key.ts'
import { removeUnlessStored } from './media-removal.ts'
import { MediaMissing, openPart, type Part, storePart } from './media-store.ts'

/** A copy whose files are durable and whose row is not there yet. */
export type AttachmentCopy = {
  readonly id: string
  /** Makes its key and its row. */
  insert(tx: Prisma.TransactionClient): Promise<void>
}

/** Copies a file for another message of the same conversation, so that each keeps its own. @throws MediaMissing */
export async function copyAttachment(
  inbox: Inbox,
  conversationKeyId: string,
  original: AttachmentRow,
  uploadedBy: string,
): Promise<AttachmentCopy> {
  const id = newId(inbox.now())
  await removeUnlessStored(inbox, id)
  const from = await attachmentKey(inbox.keys, original, conversationKeyId)
  const fromFiles = await fileKeys(inbox.keys, original, conversationKeyId)
  const key = inbox.keys.make('attachment', id)
  async function copyPart(part: Part): Promise<void> {
    const file = await openPart(inbox, fromFiles, original.id, part)
    try {
      await storePart(inbox, key.bytes, id, part, file.stream(), file.sizeBytes)
    } finally {
      await file.close()
    }
  }
  await copyPart('content')
  await copyPart('preview').catch((error: unknown) => {
    if (!(error instanceof MediaMissing)) throw error
  })
  function sealedAnew(place: (id: string) => string, sealed: Uint8Array | null) {
    return sealed === null
      ? null
      : Uint8Array.from(seal(key.bytes, place(id), open(from, place(original.id), sealed)))
  }
  const data = {
    ...original,
    id,
    messageId: null,
    sourceSealed: null,
    fileNameSealed: sealedAnew(additionalData.fileName, original.fileNameSealed),
    waveformSealed: sealedAnew(additionalData.waveform, original.waveformSealed),
    sealedWith: 'own',
    createdAt: inbox.now(),
    uploadedBy,
  }
  return {
    id,
    insert: async (tx) => {
      await storeKey(tx, key)
      await tx.attachment.create({ data })
    },
  }
}
