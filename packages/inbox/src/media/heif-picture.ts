import sharp from 'sharp'
import { type Preview, previewOf, TooManyPixels } from './picture.ts'

/** What fits into the memory that `pdf-page.ts` lets WebAssembly have, with what decoding takes besides. */
const maxPixels = 50_000_000

/**
 * Draws the photo of a HEIC or HEIF file, in WebAssembly: what breaks, breaks in there. Browsers and WhatsApp do not read it.
 * @throws TooManyPixels; Error when it cannot be decoded
 */
export async function heifPicture(bytes: Uint8Array, edge: number): Promise<Preview> {
  // Large, and seldom needed.
  const { default: libheif } = await import('libheif-js/wasm-bundle.js')
  // A new decoder each time, with nothing left of the file before.
  const images = new libheif.HeifDecoder().decode(bytes)
  const image = images.find((one) => one.is_primary()) ?? images[0]
  if (image === undefined) throw new Error('There is no picture in it.')
  const [width, height] = [image.get_width(), image.get_height()]
  if (width * height > maxPixels) throw new TooManyPixels()
  const data = new Uint8ClampedArray(width * height * 4)
  const shown = await new Promise<object | null>((done) => image.display({ data, width, height }, done))
  if (shown === null) throw new Error('The picture cannot be decoded.')
  return previewOf(sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#fff' }), edge)
}
