import sharp, { type Sharp } from 'sharp'

/** A WebP small enough for a list. */
export type Preview = {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

/**
 * A picture drawn anew: upright, in sRGB, without EXIF, GPS, XMP, IPTC, comments and whatever followed it in
 * the file.
 */
export type Picture = {
  readonly mediaType: string
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
  readonly preview: Preview
  /** Upright, before it was reduced; null: it was not. */
  readonly scaledFrom: { readonly width: number; readonly height: number } | null
}

/** Photos of today's phones; more is a bomb. Counts all frames of an animation. */
const maxPixels = 100_000_000
const previewEdge = 480

// Only the decoders of the types that we show; libvips would read many more.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`),
})
sharp.concurrency(1)
sharp.cache(false)

export async function previewOf(source: Sharp, edge: number): Promise<Preview> {
  const { data, info } = await source
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

/** Nobody draws it, whatever is in it. */
export class TooManyPixels extends Error {}

/** Edges that a picture is reduced to, one after the other, until it is small enough. */
const reducedEdges = [4096, 3072, 2048, 1280] as const

/** As a photo of at most `maxBytes`; transparent parts become white. Null: not even a small one is. */
async function reduced(bytes: Uint8Array, maxBytes: number) {
  for (const edge of reducedEdges) {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .toColourspace('srgb')
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    if (data.length <= maxBytes) return { data, info, mediaType: 'image/jpeg' }
  }
  return null
}

/**
 * Draws a picture anew and makes its preview. An animation keeps its frames; its preview is the first one.
 * @param maxBytes a still picture that would be larger becomes a smaller photo; null: as large as it is
 * @throws TooManyPixels; Error when it cannot be decoded completely
 */
export async function redraw(
  bytes: Uint8Array,
  mediaType: string,
  maxBytes: number | null,
): Promise<Picture> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
  if (width * height > maxPixels) throw new TooManyPixels()
  const moving = mediaType === 'image/webp' || mediaType === 'image/gif'
  const limits = { limitInputPixels: maxPixels, failOn: 'error' } as const
  // Metadata is left out unless asked for; the ICC profile is applied before it goes.
  const upright = sharp(bytes, { ...limits, animated: moving })
    .autoOrient()
    .toColourspace('srgb')
  const drawn =
    mediaType === 'image/jpeg'
      ? upright.jpeg({ quality: 85 })
      : mediaType === 'image/png'
        ? upright.png({ compressionLevel: 7 })
        : mediaType === 'image/gif'
          ? upright.gif()
          : upright.webp({ quality: 85 })
  const whole = { mediaType, ...(await drawn.toBuffer({ resolveWithObject: true })) }
  const tooLarge = maxBytes !== null && !moving && whole.data.length > maxBytes
  const small = tooLarge ? await reduced(bytes, maxBytes) : null
  const { data, info, mediaType: drawnType } = small ?? whole
  return {
    mediaType: drawnType,
    bytes: data,
    width: info.width,
    height: info.pageHeight ?? info.height,
    preview: await previewOf(sharp(data, limits), previewEdge),
    scaledFrom: small === null ? null : { width: whole.info.width, height: whole.info.height },
  }
}
