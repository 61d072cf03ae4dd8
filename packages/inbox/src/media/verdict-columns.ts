import { seal } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import { additionalData } from '../stored/additional-data.ts'
import type { Description } from './describe-media.ts'
import type { Verdict } from './inspect-received.ts'

/** A description as the columns that remember it; what a voice sounds like is sealed. @param key of the attachment */
export function descriptionColumns(
  key: Buffer,
  id: string,
  { width, height, pages, durationMs, waveform, preview }: Description,
) {
  return {
    width,
    height,
    pages,
    durationMs,
    waveformSealed:
      waveform.length === 0
        ? null
        : Uint8Array.from(seal(key, additionalData.waveform(id), Uint8Array.from(waveform))),
    previewWidth: preview?.width ?? null,
    previewHeight: preview?.height ?? null,
  }
}

/** A verdict as the columns that remember it. */
export function columnsOf(
  key: Buffer,
  id: string,
  verdict: Verdict,
): Prisma.AttachmentUpdateManyMutationInput & { readonly state: string } {
  switch (verdict.state) {
    case 'infected':
    case 'too-large':
    case 'quarantined':
      return verdict
    case 'ready': {
      const { description, ...columns } = verdict
      return { ...columns, ...descriptionColumns(key, id, description) }
    }
  }
}
