import { DangerFound } from './danger.ts'
import { describe, NotDescribable } from './describer.ts'
import { isPicture } from './media-type.ts'
import { mp3DurationMs } from './mp3.ts'
import { readMp4 } from './mp4.ts'
import { judgePdf } from './pdf-content.ts'
import type { Picture, Preview } from './picture.ts'
import { id3Length } from './sniff-media-type.ts'
import type { SoundFacts } from './sound.ts'
import type { RandomAccess } from './zip-directory.ts'

/** What is shown of a file besides its bytes. */
export type Description = {
  readonly width: number | null
  readonly height: number | null
  readonly pages: number | null
  readonly durationMs: number | null
  readonly waveform: readonly number[]
  readonly preview: Preview | null
  /** Takes the place of what was received: a picture drawn anew. */
  readonly content: Uint8Array | null
  /** Of that, where it is another than before. */
  readonly mediaType: string | null
  /** What the picture was before it was reduced. */
  readonly scaledFrom: Picture['scaledFrom']
  /** A voice message as WhatsApp takes it: Opus, one channel. False for everything that is no Ogg file. */
  readonly voice: boolean
}

const nothing: Description = {
  width: null,
  height: null,
  pages: null,
  durationMs: null,
  waveform: [],
  preview: null,
  content: null,
  mediaType: null,
  scaledFrom: null,
  voice: false,
}

/** What is handed to the other process at once; larger files are shown without a preview. */
export const maxDescribedBytes = 48 * 1024 * 1024

const heifPreviewEdge = 480

/** Somebody may have killed the process for another reason; twice is the content. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof NotDescribable && error.reason === 'crashed') return ask()
    throw error
  }
}

/** A decoration: without it the file is as good. */
async function ifPossible<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await insist(ask)
  } catch (error) {
    if (error instanceof NotDescribable) return null
    throw error
  }
}

function ofPicture({ mediaType, bytes, width, height, preview, scaledFrom }: Picture): Description {
  return {
    ...nothing,
    width,
    height,
    preview,
    content: bytes,
    mediaType,
    scaledFrom,
  }
}

function ofSound({ codec, channels, durationMs, waveform }: SoundFacts): Description {
  return {
    ...nothing,
    durationMs,
    waveform: waveform ?? [],
    voice: codec === 'opus' && channels === 1,
  }
}

/**
 * Measures a file of a known type. A picture comes back drawn anew, because only then is it certain that
 * nothing else is in it; previews, durations and page counts are left out where they cannot be had.
 * @throws DangerFound for a PDF that runs something, NotDescribable for a picture that cannot be decoded, has too many pixels, or breaks the decoder
 */
export async function describeMedia(
  file: RandomAccess,
  mediaType: string,
  maxPictureBytes: number | null = null,
): Promise<Description> {
  const small = file.sizeBytes <= maxDescribedBytes
  function bytes() {
    return file.read(0, file.sizeBytes)
  }
  if (isPicture(mediaType)) {
    if (!small) throw new NotDescribable('damaged')
    return ofPicture(
      await insist(() => describe({ about: 'picture', mediaType, maxBytes: maxPictureBytes }, bytes)),
    )
  }
  if (mediaType === 'application/pdf' && small) {
    const facts = await ifPossible(() => describe({ about: 'pdf' }, bytes))
    if (facts === null) {
      const { sealed } = await judgePdf(file)
      // Locked with a password: nobody has seen what is in it.
      if (sealed) throw new NotDescribable('damaged')
      return nothing
    }
    if (facts.runs) throw new DangerFound('active-content')
    return { ...nothing, pages: facts.pages, preview: facts.preview }
  }
  if (mediaType === 'image/heic' && small) {
    const preview = await ifPossible(() => describe({ about: 'heif', edge: heifPreviewEdge }, bytes))
    // It is shown as a page is: drawn when somebody looks.
    return preview === null ? nothing : { ...nothing, pages: 1, preview }
  }
  if (mediaType === 'audio/ogg' && small) {
    const facts = await ifPossible(() => describe({ about: 'sound' }, bytes))
    return facts === null ? nothing : ofSound(facts)
  }
  if (/^(?:video\/.*|audio\/mp4)$/.test(mediaType)) return { ...nothing, ...(await readMp4(file)) }
  if (mediaType === 'audio/mpeg') {
    const start = id3Length(await file.read(0, 10))
    return { ...nothing, durationMs: await mp3DurationMs(file, start) }
  }
  return nothing
}
