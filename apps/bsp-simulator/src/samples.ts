import { readFileSync } from 'node:fs'
import type { FileKind } from './message.ts'

type Sample = {
  readonly kind: FileKind
  readonly file: string
  readonly mediaType: string
  readonly fileName: string | null
}

const samples = {
  photo: { kind: 'image', file: 'schlagloch.jpg', mediaType: 'image/jpeg', fileName: null },
  voice: { kind: 'voice', file: 'sprachnachricht.ogg', mediaType: 'audio/ogg; codecs=opus', fileName: null },
  pdf: { kind: 'document', file: 'antrag.pdf', mediaType: 'application/pdf', fileName: 'Antrag.pdf' },
  sticker: { kind: 'sticker', file: 'danke.webp', mediaType: 'image/webp', fileName: null },
} as const satisfies Record<string, Sample>

export type SampleName = keyof typeof samples
export const sampleNames = ['photo', 'voice', 'pdf', 'sticker'] as const satisfies readonly SampleName[]

/** A small real file that a citizen can send without having one: `samples/`. */
export function sampleOf(name: SampleName): Omit<Sample, 'file'> & { readonly bytes: Buffer } {
  const { file, ...sample } = samples[name]
  return { ...sample, bytes: readFileSync(new URL(`../samples/${file}`, import.meta.url)) }
}
