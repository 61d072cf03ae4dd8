import { type PDFiumDocument, PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { type Preview, previewOf } from './picture.ts'

export type PdfFacts = {
  readonly pages: number
  readonly preview: Preview | null
  /** It has JavaScript or files in it, also where encryption hides them from a look at the bytes. */
  readonly runs: boolean
}

/** Of the preview: a page is to be recognised, its headline to be read. */
const previewEdge = 720
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

async function opened(bytes: Uint8Array): Promise<PDFiumDocument> {
  // A new instance each time: what one file has done to it, the next one does not meet.
  const library = await PDFiumLibrary.init()
  return library.loadDocument(bytes)
}

/** Null: the page has no extent. @param finer drawn so many times larger, and reduced: letters stay smooth */
async function drawn(page: PDFiumPage, edge: number, finer: number): Promise<Preview | null> {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  const longerSide = Math.max(originalWidth, originalHeight)
  if (
    !(originalWidth > 0) ||
    !(originalHeight > 0) ||
    longerSide / Math.min(originalWidth, originalHeight) > 100
  )
    return null
  const { data, width, height } = await page.render({ scale: (finer * edge) / longerSide, render: 'bitmap' })
  const raw = { width, height, channels: 4 } as const
  return previewOf(sharp(data, { raw }).flatten({ background: '#fff' }), edge)
}

/**
 * Counts the pages of a PDF and draws the first one, in WebAssembly: nothing in the file runs, and what
 * breaks, breaks in there. No preview of a page without extent.
 * @throws Error when the file is damaged, encrypted with a password, or wants too much memory
 */
export async function firstPageOf(bytes: Uint8Array): Promise<PdfFacts> {
  const file = await opened(bytes)
  const preview = await drawn(file.getPage(0), previewEdge, 2)
  return { pages: file.getPageCount(), preview, runs: hasMoreThanPages(file) }
}

/**
 * One page, to be read.
 * @param number from 1
 * @throws Error when there is no such page, it has no extent, or the file cannot be read
 */
export async function pageOf(bytes: Uint8Array, number: number, edge: number): Promise<Preview> {
  const file = await opened(bytes)
  const picture = await drawn(file.getPage(number - 1), edge, 1)
  if (picture === null) throw new Error('The page has no extent.')
  return picture
}
