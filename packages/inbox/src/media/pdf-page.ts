import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { type Preview, previewOf } from './picture.ts'

export type PdfFacts = {
  readonly pages: number
  readonly preview: Preview | null
  /** It has JavaScript or files in it, also where encryption hides them from a look at the bytes. */
  readonly runs: boolean
}

/** A page is to be recognised, its headline to be read. */
const edge = 720
const maxMemoryBytes = 256 * 1024 * 1024

type WasmMemory = {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
declare const WebAssembly: { readonly Memory: { readonly prototype: WasmMemory } }

// PDFium's memory grows through this function; beyond the limit its allocation fails, as on a small machine.
const grow = WebAssembly.Memory.prototype.grow
WebAssembly.Memory.prototype.grow = function (this: WasmMemory, pages: number) {
  if (this.buffer.byteLength + pages * 65_536 > maxMemoryBytes) throw new RangeError('too much memory')
  return grow.call(this, pages)
}

type Counts = {
  readonly documentIdx: number
  readonly module: {
    _FPDFDoc_GetJavaScriptActionCount(document: number): number
    _FPDFDoc_GetAttachmentCount(document: number): number
  }
}

/** PDFium counts scripts and attached files; its package says neither. */
function hasMoreThanPages(file: object): boolean {
  const { module, documentIdx } = file as Counts
  return (
    module._FPDFDoc_GetJavaScriptActionCount(documentIdx) > 0 ||
    module._FPDFDoc_GetAttachmentCount(documentIdx) > 0
  )
}

/**
 * Counts the pages of a PDF and draws the first one, in WebAssembly: nothing in the file runs, and what
 * breaks, breaks in there. No preview of a page without extent.
 * @throws Error when the file is damaged, encrypted with a password, or wants too much memory
 */
export async function firstPageOf(bytes: Uint8Array): Promise<PdfFacts> {
  // A new instance each time: what one file has done to it, the next one does not meet.
  const library = await PDFiumLibrary.init()
  const file = await library.loadDocument(bytes)
  const runs = hasMoreThanPages(file)
  const pages = file.getPageCount()
  const page = file.getPage(0)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  const longerSide = Math.max(originalWidth, originalHeight)
  if (
    !(originalWidth > 0) ||
    !(originalHeight > 0) ||
    longerSide / Math.min(originalWidth, originalHeight) > 100
  )
    return { pages, preview: null, runs }
  // Drawn at double size and reduced: letters stay smooth.
  const drawn = await page.render({ scale: (2 * edge) / longerSide, render: 'bitmap' })
  const raw = { width: drawn.width, height: drawn.height, channels: 4 } as const
  const preview = await previewOf(sharp(drawn.data, { raw }).flatten({ background: '#fff' }), edge)
  return { pages, preview, runs }
}
