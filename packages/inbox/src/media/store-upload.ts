import { type Attachment, type ErrorCode, Refusal, type Upload as Uploaded } from '@buergerdraht/contract'
import { asViewer, conversationFor, newId, seal, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { storeKey } from './attachment-key.ts'
import { inspectReceived, type Verdict } from './inspect-received.ts'
import { removeMedia, removeUnlessStored } from './media-removal.ts'
import { storePart } from './media-store.ts'
import { shownTypes } from './media-type.ts'
import { oneOfFew } from './one-of-few.ts'
import { presentAttachment } from './present-attachment.ts'
import { FileTooLarge } from './sealed-file.ts'
import { descriptionColumns } from './verdict-columns.ts'
import { ScannerUnavailable } from './virus-scan.ts'

export type Upload = {
  readonly conversationId: string
  readonly fileName: string | null
  readonly mediaType: string
  readonly body: AsyncIterable<Uint8Array>
  /** A picture goes as a document, not scaled. */
  readonly asDocument?: boolean
}

const megabyte = 1024 * 1024

/** What WhatsApp takes (Cloud API, supported media types). */
const maxBytes: Readonly<Record<Attachment['kind'], number>> = {
  image: 5 * megabyte,
  video: 16 * megabyte,
  audio: 16 * megabyte,
  voice: 16 * megabyte,
  document: 100 * megabyte,
  sticker: 100 * 1024,
}
export const maxUploadBytes = maxBytes.document

function kindOf({ mediaType, description }: Extract<Verdict, { state: 'ready' }>): Attachment['kind'] {
  if (mediaType !== 'audio/ogg') return shownTypes.get(mediaType)?.sendAs ?? 'document'
  // WhatsApp plays Opus with one channel from an Ogg file, nothing else.
  if (!description.voice) throw new Refusal('media-type-refused')
  return 'voice'
}

const tooLarge: Readonly<Record<Attachment['kind'], ErrorCode>> = {
  image: 'picture-too-large',
  video: 'film-too-large',
  audio: 'film-too-large',
  voice: 'film-too-large',
  document: 'document-too-large',
  sticker: 'picture-too-large',
}

function refusalOf(verdict: Exclude<Verdict, { state: 'ready' }>): ErrorCode {
  if (verdict.state === 'too-large') return 'picture-too-large'
  if (verdict.state === 'infected' || verdict.quarantine === 'dangerous-type') return 'media-type-refused'
  return verdict.quarantine === 'too-many-pixels' ? 'picture-too-large' : 'file-held-back'
}

function sendable(
  verdict: Verdict,
  asDocument: boolean,
): { kind: Attachment['kind'] } & Extract<Verdict, { state: 'ready' }> {
  if (verdict.state !== 'ready') throw new Refusal(refusalOf(verdict))
  const kind = asDocument ? 'document' : kindOf(verdict)
  if (verdict.sizeBytes > maxBytes[kind]) throw new Refusal(tooLarge[kind])
  return { ...verdict, kind }
}

async function received(
  inbox: Inbox,
  key: Buffer,
  id: string,
  upload: Upload,
): Promise<{ verdict: Verdict; sizeBytes: number }> {
  let sizeBytes: number
  try {
    sizeBytes = await storePart(inbox, key, id, 'received', upload.body, maxUploadBytes)
    if (sizeBytes === 0) throw new Refusal('invalid-input', [{ path: 'file', fault: 'file-empty' }])
  } catch (error) {
    throw error instanceof FileTooLarge ? new Refusal('document-too-large') : error
  }
  const { fileName, mediaType, asDocument = false } = upload
  const scaled = asDocument ? {} : { maxPictureBytes: maxBytes.image }
  try {
    const claims = { id, kind: 'document', mediaType, fileName, ...scaled } as const
    return { verdict: await inspectReceived(inbox, key, claims), sizeBytes }
  } catch (error) {
    if (!(error instanceof ScannerUnavailable)) throw error
    inbox.log.warn({ error }, 'upload not scanned')
    throw new Refusal('not-ready')
  }
}

/** More than one reply can carry. */
const atOnce = oneOfFew(12)

/** What one account may have uploaded without sending it; nobody who works gets near. */
const maxUnsent = { files: 100, bytes: 1024 * megabyte } as const

/** Deletes an account's oldest uploads beyond that, rows first. */
async function dropOldestUnsent(inbox: Inbox, viewer: Viewer): Promise<void> {
  const { rows } = await asViewer(inbox, viewer, ({ client }) =>
    client.query<{ id: string }>(
      `delete from attachment where message_id is null and id in (
       select id from (
         select id, row_number() over newest as files, sum(size_bytes) over newest as bytes
         from attachment where message_id is null and uploaded_by = $1
         window newest as (order by created_at desc, id desc)) unsent
       where files > $2 or bytes > $3)
         and not exists (select 1 from conversation c where c.id = conversation_id
           and (c.condemned_by is not null or is_held(attachment.id, c.id, c.contact_id, attachment.cluster)))
     returning id`,
      [viewer.accountId, maxUnsent.files, maxUnsent.bytes],
    ),
  )
  await removeMedia(
    inbox,
    rows.map(({ id }) => id),
  )
}

/**
 * Takes a file that somebody wants to send with a reply: streamed into the media folder, checked like one
 * from a citizen, pictures without their metadata and, unless they go as documents, as small as WhatsApp takes them. Durable when it resolves, ready to be sent; nothing is
 * left when it rejects. Of what an account never sends, the oldest goes when there is much of it, and all after a day.
 * @throws Refusal `not-found` (conversation), `document-too-large`, `film-too-large`, `picture-too-large`, `file-held-back`,
 * `media-type-refused`, `invalid-input` (empty),
 * `not-ready` (no virus scanner), `too-many-requests`
 */
export function storeUpload(inbox: Inbox, viewer: Viewer, upload: Upload): Promise<Uploaded> {
  return atOnce(viewer.accountId, async () => {
    const attachment = await store(inbox, viewer, upload)
    await dropOldestUnsent(inbox, viewer)
    return attachment
  })
}

async function store(inbox: Inbox, viewer: Viewer, upload: Upload): Promise<Uploaded> {
  const conversation = await asViewer(inbox, viewer, ({ tx }) =>
    conversationFor(tx, viewer, upload.conversationId),
  )
  const now = inbox.now()
  const id = newId(now)
  const made = inbox.keys.make('attachment', id)
  const key = made.bytes
  await removeUnlessStored(inbox, id)
  try {
    const { verdict: judged, sizeBytes } = await received(inbox, key, id, upload)
    const verdict = sendable(judged, upload.asDocument ?? false)
    const { scaledFrom } = verdict.description
    const row = await asViewer(inbox, viewer, async ({ tx }) => {
      await storeKey(tx, made)
      return tx.attachment.create({
        data: {
          ...descriptionColumns(key, id, verdict.description),
          id,
          conversationId: conversation.id,
          kind: verdict.kind,
          state: 'ready',
          mediaType: verdict.mediaType,
          sizeBytes: verdict.sizeBytes,
          fileNameSealed:
            upload.fileName === null
              ? null
              : new Uint8Array(seal(key, additionalData.fileName(id), upload.fileName)),
          sealedWith: 'own',
          createdAt: now,
          uploadedBy: viewer.accountId,
        },
      })
    })
    return {
      ...presentAttachment(key, row),
      scaledFrom: scaledFrom === null ? null : { sizeBytes, ...scaledFrom },
    }
  } catch (error) {
    await removeMedia(inbox, [id])
    throw error
  }
}
