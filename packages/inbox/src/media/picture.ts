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
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
  readonly preview: Preview
}

/** Photos of today's phones; more is a bomb. Counts all frames of an animation. */
const mostPixels = 100_000_000
export const previewEdge = 480

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

/**
 * Draws a picture anew and makes its preview. An animation keeps its frames; its preview is the first one.
 * @throws Error when it cannot be decoded completely or has too many pixels
 */
export async function redraw(bytes: Uint8Array, mediaType: string): Promise<Picture> {
  const moving = mediaType === 'image/webp' || mediaType === 'image/gif'
  const limits = { limitInputPixels: mostPixels, failOn: 'error' } as const
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
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true })
  return {
    bytes: data,
    width: info.width,
    height: info.pageHeight ?? info.height,
    preview: await previewOf(sharp(data, limits), previewEdge),
  }
}
