import { Refusal } from '@buergerdraht/contract'
import { type AttachmentRow, type ConversationRow, KeyDestroyed, Unreadable } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { fileKeys } from './attachment-key.ts'
import { MediaMissing, openPart } from './media-store.ts'
import type { SealedFile } from './sealed-file.ts'

/** A file that may be shown and sent. Whoever opened it closes it. */
export type OpenMedia = {
  readonly mediaType: string
  readonly sizeBytes: number
  /** Plaintext from `start` up to, not including, `end`. */
  stream(start?: number, end?: number): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/** An attachment with the conversation that it is in. */
export type Placed = {
  readonly attachment: AttachmentRow
  readonly conversation: Pick<ConversationRow, 'keyId'>
}

async function opened(
  inbox: Pick<Inbox, 'mediaDir' | 'keys' | 'log'>,
  { attachment, conversation: { keyId } }: Placed,
  part: 'content' | 'preview',
): Promise<SealedFile> {
  try {
    const file = await openPart(inbox, await fileKeys(inbox.keys, attachment, keyId), attachment.id, part)
    if (part === 'preview' || BigInt(file.sizeBytes) === attachment.sizeBytes) return file
    await file.close()
    throw new Unreadable()
  } catch (error) {
    if (error instanceof KeyDestroyed) throw new Refusal('not-found')
    if (!(error instanceof MediaMissing || error instanceof Unreadable)) throw error
    inbox.log.error({ attachmentId: attachment.id, part, error }, 'media damaged')
    throw new Refusal('attachment-not-ready')
  }
}

/**
 * Opens what an attachment shows, or its preview. The caller has made sure that the asker may see it.
 * @throws Refusal `attachment-not-ready` unless it is ready (never for what is quarantined) and its file is
 * whole
 */
export async function openMedia(
  inbox: Pick<Inbox, 'mediaDir' | 'keys' | 'log'>,
  placed: Placed,
  part: 'content' | 'preview' = 'content',
): Promise<OpenMedia> {
  const { attachment } = placed
  const exists = part === 'content' || attachment.previewWidth !== null
  if (attachment.state !== 'ready' || !exists) throw new Refusal('attachment-not-ready')
  const file = await opened(inbox, placed, part)
  return {
    mediaType: part === 'content' ? attachment.mediaType : 'image/webp',
    sizeBytes: file.sizeBytes,
    stream: (start, end) => file.stream(start, end),
    close: () => file.close(),
  }
}
