import { maxShownPages, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '../inbox.ts'
import { maxDescribedBytes } from './describe-media.ts'
import { describe, NotDescribable } from './describer.ts'
import { oneOfFew } from './one-of-few.ts'
import { openMedia, type Placed } from './open-media.ts'

/** A page of A4 at some 170 dots an inch: small print can be read when it is enlarged. */
const edge = 2000

/** One reader turns pages faster than they are drawn; what nobody waits for any more is not drawn at all. */
const atOnce = oneOfFew(8)

/**
 * Draws a page of a PDF, or the photo of a HEIC file, which counts as one page, in the process that reads strangers' files. Nothing is kept. The caller has made sure that the asker may see it.
 * @param page from 1
 * @param signal nobody waits for it any more
 * @throws Refusal `not-found` (no such page, or none that is shown), `attachment-not-ready`, `page-not-drawable`, `too-many-requests`
 */
export function drawPage(
  inbox: Pick<Inbox, 'mediaDir' | 'keys' | 'log'>,
  accountId: string,
  placed: Placed,
  page: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const { pages, mediaType, sizeBytes } = placed.attachment
  const isHeif = mediaType === 'image/heic'
  if ((!isHeif && mediaType !== 'application/pdf') || page > Math.min(pages ?? 0, maxShownPages))
    throw new Refusal('not-found')
  if (Number(sizeBytes) > maxDescribedBytes) throw new Refusal('page-not-drawable')
  async function read(): Promise<Buffer> {
    if (signal.aborted) throw new Refusal('incomplete-request')
    const media = await openMedia(inbox, placed)
    try {
      const pieces: Buffer[] = []
      for await (const piece of media.stream()) pieces.push(piece)
      return Buffer.concat(pieces)
    } finally {
      await media.close()
    }
  }
  return atOnce(accountId, async () => {
    try {
      const { bytes } = isHeif
        ? await describe({ about: 'heif', edge }, read)
        : await describe({ about: 'pdf-page', page, edge }, read)
      return bytes
    } catch (error) {
      if (error instanceof NotDescribable) throw new Refusal('page-not-drawable')
      throw error
    }
  })
}
