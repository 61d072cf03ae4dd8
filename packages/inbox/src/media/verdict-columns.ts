import type { Prisma } from '@buergerdraht/prisma'
import type { Description } from './describe-media.ts'
import type { Verdict } from './inspect-received.ts'

/** A description as the columns that remember it. */
export function descriptionColumns({ width, height, pages, durationMs, waveform, preview }: Description) {
  return {
    width,
    height,
    pages,
    durationMs,
    waveform: [...waveform],
    previewWidth: preview?.width ?? null,
    previewHeight: preview?.height ?? null,
  }
}

/** A verdict as the columns that remember it. */
export function columnsOf(
  verdict: Verdict,
): Prisma.AttachmentUpdateManyMutationInput & { readonly state: string } {
  switch (verdict.state) {
    case 'infected':
    case 'too-large':
    case 'quarantined':
      return verdict
    case 'ready': {
      const { description, ...columns } = verdict
      return { ...columns, ...descriptionColumns(description) }
    }
  }
}
