import { createHash } from 'node:crypto'
import { typeset } from '../protocol/typeset.ts'
import { chatPage, type PlacedFile, recordName } from './chat-page.ts'
import type { ChatFile, ChatRecord } from './chat-record.ts'
import { chatTemplate } from './chat-template.ts'

/** Larger originals, and what exceeds this together, are items of the package and not in the document too: it is opened as a whole. */
const maxEmbedded = { one: 10_000_000, together: 40_000_000 } as const
/**
 * What one document holds: each message counts for its frame, its signs and its lines. It fills a gigabyte of the typesetting process, and some
 * hundreds of pages, which nobody reads; the typesetting process may have two.
 */
const maxWeight = 4_000_000
const weights = { message: 300, line: 40 } as const

/** So many pictures are drawn; of more the originals alone are there. */
const maxPictures = 300

/** Where the bytes of a record are. */
export type ChatBytes = {
  /** The original. Asked for `ready` files alone, one after the other. */
  readonly original: (file: ChatFile) => Promise<Uint8Array>
  /** A small picture (WebP, at most some hundred pixels): an image's thumbnail, a document's first page; null: there is none. */
  readonly picture: (file: ChatFile) => Promise<Uint8Array | null>
}

type Attached = {
  readonly name: string
  readonly path: string
  readonly mediaType: string
  /** AFRelationship (ISO 19005-3 annex E). */
  readonly relationship: 'source' | 'data' | 'supplement'
  readonly description: string
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A name that `sha256sum` and every file system take as it is. */
function attachedName(number: number, fileName: string): string {
  const safe = fileName.normalize('NFC').replace(/[^\p{L}\p{N} ._()-]/gu, '_')
  return `anlage-${String(number).padStart(4, '0')}-${safe}`
}

class Attachments {
  readonly files: Record<string, Uint8Array> = {}
  readonly attached: Attached[] = []
  readonly #sums: string[] = []

  add(bytes: Uint8Array, one: Omit<Attached, 'path'>): void {
    const path = `/attached/${this.attached.length}`
    this.files[path] = bytes
    this.attached.push({ ...one, path })
    this.#sums.push(`${sha256(bytes)}  ${one.name}`)
  }

  get checksums(): string {
    return this.#sums.join('\n')
  }
}

function weightOf({ messages }: ChatRecord): number {
  return messages
    .flatMap(({ text, versions }) => [text ?? '', ...versions.map((version) => version.text ?? '')])
    .reduce(
      (sum, text) => sum + text.length + text.split('\n').length * weights.line,
      messages.length * weights.message,
    )
}

function whyNot(file: ChatFile, together: number): string | null {
  const size = file.sizeBytes ?? 0
  if (file.state !== 'ready') return 'nicht vorhanden'
  if (size > maxEmbedded.one || together + size > maxEmbedded.together)
    return `zu groß; das Original liegt im Archivpaket unter items/${file.id}.bin und wird mit diesem Dokument als Datei ${file.id} übergeben`
  return null
}

async function place(record: ChatRecord, bytes: ChatBytes, into: Attachments): Promise<PlacedFile[]> {
  const placed: PlacedFile[] = []
  let together = 0
  let pictures = 0
  for (const file of record.messages.flatMap(({ files }) => files)) {
    const number = placed.length + 1
    const reason = whyNot(file, together)
    const embeddedAs = reason === null ? attachedName(number, file.fileName) : null
    if (embeddedAs !== null) {
      const original = await bytes.original(file)
      if (sha256(original) !== file.sha256) throw new Error('A file is not the one that the record names')
      together += original.length
      const { mediaType } = file
      into.add(original, {
        name: embeddedAs,
        mediaType,
        relationship: 'supplement',
        description: `Anlage ${number}`,
      })
    }
    const picture = file.state === 'ready' && pictures < maxPictures ? await bytes.picture(file) : null
    const path = picture === null ? null : `/pictures/${number}`
    if (picture !== null && path !== null) {
      into.files[path] = picture
      pictures += 1
    }
    placed.push({ file, number, embeddedAs, reason, picture: path })
  }
  return placed
}

/**
 * A filed conversation for people: PDF/A-3a with the record as JSON, the originals and their checksums embedded and related. The same record and the same
 * files give the same bytes. Nothing of the record gets into an error. Null: it is longer than a document can be (some ten thousand messages); then
 * the items of the package alone hold it.
 * @throws Error where a file is not the one that the record names, or the typesetting process ended
 */
export async function chatDocument(record: ChatRecord, bytes: ChatBytes): Promise<Uint8Array | null> {
  if (weightOf(record) > maxWeight) return null
  const into = new Attachments()
  const json = Buffer.from(JSON.stringify(record))
  into.add(json, {
    name: recordName,
    mediaType: 'application/json',
    relationship: 'source',
    description: 'Alle Nachrichten, maschinenlesbar',
  })
  const placed = await place(record, bytes, into)
  into.add(Buffer.from(`${into.checksums}\n`), {
    name: 'pruefsummen.sha256',
    mediaType: 'text/plain',
    relationship: 'data',
    description: 'SHA-256 von jeder anderen eingebetteten Datei',
  })
  const recordSha256 = sha256(json)
  function typesetWith(files: readonly PlacedFile[]): Promise<Uint8Array> {
    const page = { ...chatPage(record, files, recordSha256), attached: into.attached }
    return typeset({
      template: chatTemplate,
      data: JSON.stringify(page),
      foreign: true,
      files: into.files,
      madeAt: Date.parse(record.sealedAt),
    })
  }
  if (placed.every(({ picture }) => picture === null)) return typesetWith(placed)
  // A damaged picture would cost the whole document; its original is embedded all the same.
  return typesetWith(placed).catch(() => typesetWith(placed.map((one) => ({ ...one, picture: null }))))
}
