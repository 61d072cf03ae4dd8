import type { Attachment } from '@buergerdraht/contract'
import { type AttachmentRow, open } from '@buergerdraht/office'
import { additionalData } from '../stored/additional-data.ts'
import { safeFileName } from './safe-file-name.ts'

/** An attachment as the desk shows it. @param key its own (`attachmentKey`) @throws Unreadable */
export function presentAttachment(key: Buffer, row: AttachmentRow): Attachment {
  const kind = row.kind as Attachment['kind']
  const claimedName =
    row.fileNameSealed === null
      ? null
      : open(key, additionalData.fileName(row.id), row.fileNameSealed).toString('utf8')
  return {
    id: row.id,
    kind,
    state: row.state as Attachment['state'],
    quarantine: row.quarantine as Attachment['quarantine'],
    mediaType: row.mediaType,
    fileName: safeFileName(claimedName, kind, row.mediaType),
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    preview:
      row.previewWidth === null || row.previewHeight === null
        ? null
        : { width: row.previewWidth, height: row.previewHeight },
    width: row.width,
    height: row.height,
    pages: row.pages,
    durationMs: row.durationMs,
    waveform: waveformOf(key, row),
  }
}

/** One that has not been moved yet has its waveform in the clear. */
function waveformOf(key: Buffer, { id, waveform, waveformSealed }: AttachmentRow): number[] | null {
  if (waveformSealed !== null) return [...open(key, additionalData.waveform(id), waveformSealed)]
  return waveform.length === 0 ? null : waveform
}
