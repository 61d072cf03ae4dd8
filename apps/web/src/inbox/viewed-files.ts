import { createContext } from 'react'
import type { Attachment, Message } from '../api.ts'

/** As the server holds it. */
export const maxShownPages = 500
/** More text than that is read in an editor. */
export const maxShownTextBytes = 1024 * 1024

/** `drawn`: a picture that the server draws, because browsers do not read it. */
export type Viewing = 'picture' | 'drawn' | 'pages' | 'text'

/** How the page can show a file at full size; null: it cannot, and the file is to be saved. */
export function viewingOf({ kind, state, mediaType, pages, sizeBytes }: Attachment): Viewing | null {
  if (state !== 'ready') return null
  if (kind === 'image' || /^image\/(?:jpeg|png|webp|gif)$/.test(mediaType)) return 'picture'
  if (mediaType === 'application/pdf') return pages === null ? null : 'pages'
  if (mediaType === 'image/heic') return pages === null ? null : 'drawn'
  const isText = mediaType === 'text/plain' || mediaType === 'text/csv'
  return isText && (sizeBytes ?? 0) <= maxShownTextBytes ? 'text' : null
}

/** What a thread shows of its files, one after the other, oldest first. Stickers are seen where they are. */
export function viewedFiles(messages: readonly Message[]): readonly Attachment[] {
  return messages
    .filter(({ revokedAt, kind }) => revokedAt === null && kind !== 'sticker')
    .flatMap(({ attachments }) => attachments)
    .filter((attachment) => viewingOf(attachment) !== null)
}

/** Opens a file of the thread at full size. */
export const ViewFile = createContext<(attachmentId: string) => void>(() => {})
