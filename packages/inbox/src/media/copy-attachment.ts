import type { AttachmentRow } from '../access.ts'
import { newId } from '../new-id.ts'
import type { Office } from '../office.ts'
import { places } from '../places.ts'
import { open, seal } from '../sealing.ts'
import { MediaMissing, openPart, type Part, storePart } from './media-store.ts'

async function copyPart(office: Office, key: Buffer, from: string, to: string, part: Part): Promise<void> {
  const file = await openPart(office, key, from, part)
  try {
    await storePart(office, key, to, part, file.stream(), file.sizeBytes)
  } finally {
    await file.close()
  }
}

/**
 * Copies a file for another message of the same conversation, so that each keeps its own. The bytes are durable when this resolves; the
 * returned row is for the caller to insert. @throws MediaMissing
 */
export async function copyAttachment(
  office: Office,
  key: Buffer,
  original: AttachmentRow,
  uploadedBy: string,
): Promise<AttachmentRow> {
  const id = newId(office.now())
  await copyPart(office, key, original.id, id, 'content')
  await copyPart(office, key, original.id, id, 'preview').catch((error: unknown) => {
    if (!(error instanceof MediaMissing)) throw error
  })
  const name =
    original.fileNameSealed === null
      ? null
      : open(key, places.fileName(original.id), original.fileNameSealed).toString('utf8')
  return {
    ...original,
    id,
    messageId: null,
    sourceSealed: null,
    fileNameSealed: name === null ? null : Uint8Array.from(seal(key, places.fileName(id), name)),
    createdAt: office.now(),
    uploadedBy,
  }
}
