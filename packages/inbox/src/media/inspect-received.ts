import type { Attachment } from '@buergerdraht/contract'
import type { Inbox } from '../inbox.ts'
import { type Danger, DangerFound } from './danger.ts'
import { type Description, describeMedia, maxDescribedBytes } from './describe-media.ts'
import { NotDescribable } from './describer.ts'
import { deleteMedia, dropPart, keepReceived, openPart, storePart } from './media-store.ts'
import { isPicture } from './media-type.ts'
import type { SealedFile } from './sealed-file.ts'
import { sniffMediaType } from './sniff-media-type.ts'
import { findVirus } from './virus-scan.ts'

/**
 * What the checks made of a file. The bytes of what is `quarantined` are kept, those of what is `infected` or
 * `too-large` not.
 */
export type Verdict =
  | {
      readonly state: 'ready'
      readonly mediaType: string
      readonly sizeBytes: number
      readonly description: Description
    }
  | {
      readonly state: 'quarantined'
      readonly quarantine: Danger
      readonly mediaType: string
      readonly sizeBytes: number
    }
  | { readonly state: 'infected' }
  | { readonly state: 'too-large' }

export type Claims = {
  readonly id: string
  readonly kind: Attachment['kind']
  readonly mediaType: string
  readonly fileName: string | null
  /** A picture is scaled until it is no larger. */
  readonly maxPictureBytes?: number
}

const families: Readonly<Record<Attachment['kind'], (mediaType: string) => boolean>> = {
  image: isPicture,
  sticker: isPicture,
  video: (mediaType) => mediaType.startsWith('video/'),
  audio: (mediaType) => mediaType.startsWith('audio/'),
  voice: (mediaType) => mediaType.startsWith('audio/'),
  document: () => true,
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/**
 * Checks what has been received, and makes of it what is shown: virus scanner where there is one, type by the
 * bytes, then a description. When it resolves, the file (and its preview) is durable, or gone; nothing is in
 * the database yet. May be repeated as long as it has not resolved.
 * @throws ScannerUnavailable, MediaMissing, Unreadable
 */
export async function inspectReceived(
  inbox: Pick<Inbox, 'mediaDir' | 'clamavUrl'>,
  key: Buffer,
  claims: Claims,
): Promise<Verdict> {
  const file = await openPart(inbox, [key], claims.id, 'received')
  let verdict: Verdict
  try {
    verdict = await judge(inbox.clamavUrl, file, claims)
  } finally {
    await file.close()
  }
  await keep(inbox, key, claims.id, verdict)
  return verdict
}

async function judge(clamavUrl: string | null, file: SealedFile, claims: Claims): Promise<Verdict> {
  if (clamavUrl !== null && (await findVirus(clamavUrl, file.stream()))) return { state: 'infected' }
  const { sizeBytes } = file
  const { mediaType, danger } = await sniffMediaType(file, claims)
  function quarantined(quarantine: Danger): Verdict {
    return {
      state: 'quarantined',
      quarantine,
      mediaType,
      sizeBytes,
    }
  }
  if (danger !== null) return quarantined(danger)
  if (!families[claims.kind](mediaType)) return quarantined('integrity')
  if (isPicture(mediaType) && sizeBytes > maxDescribedBytes) return { state: 'too-large' }
  try {
    const description = await describeMedia(file, mediaType, claims.maxPictureBytes ?? null)
    return {
      state: 'ready',
      mediaType: description.mediaType ?? mediaType,
      sizeBytes: description.content?.length ?? sizeBytes,
      description,
    }
  } catch (error) {
    if (error instanceof DangerFound) return quarantined(error.danger)
    if (error instanceof NotDescribable)
      return quarantined(error.reason === 'too-many-pixels' ? 'too-many-pixels' : 'unreadable')
    throw error
  }
}

async function keep(
  inbox: Pick<Inbox, 'mediaDir'>,
  key: Buffer,
  id: string,
  verdict: Verdict,
): Promise<void> {
  if (verdict.state === 'infected' || verdict.state === 'too-large') return deleteMedia(inbox, [id])
  if (verdict.state === 'quarantined') return keepReceived(inbox, id)
  const { content, preview } = verdict.description
  if (preview !== null) await storePart(inbox, key, id, 'preview', once(preview.bytes), preview.bytes.length)
  if (content === null) return keepReceived(inbox, id)
  await storePart(inbox, key, id, 'content', once(content), content.length)
  await dropPart(inbox, id, 'received')
}
