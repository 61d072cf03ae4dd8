import type { HandOverFailure } from '@buergerdraht/contract'
import { asInstant, logKeyOf, type OfficeContext, openJson } from '@buergerdraht/office'
import {
  type ByteSource,
  bytesInFile,
  europeBerlin,
  ItemOpener,
  type LocalDate,
  type Manifest,
  type ManifestItem,
  openPackage,
  parseManifest,
} from '@buergerdraht/records'
import type { ChatMessage } from '../archive/chat-record.ts'
import { packagePath } from '../archive-packages/package-folder.ts'
import { labelPlace, type PackageLabel } from '../archive-packages/prepare-package.ts'
import { idWithin } from '../xdomea/id-within.ts'
import type { SizedFile } from '../xdomea/message-zip.ts'
import { fileNameOf, type MessageFile, type MessageMatter } from '../xdomea/write-message.ts'
import type { Client } from './rows.ts'

/** A sealed package as a message carries it: what the message says of it, and its files in their order. */
export type Carried = {
  readonly matter: MessageMatter
  readonly files: readonly SizedFile[]
  readonly close: () => Promise<void>
}

type Row = {
  readonly manifest: Buffer
  readonly label_sealed: Buffer
  readonly metadata_item: string
  readonly opened_at: Date
  readonly closed_at: Date
  readonly sealed_at: Date
  readonly team: string | null
  readonly items: readonly string[]
}

const rowSql = `select p.manifest, p.label_sealed, p.metadata_item, p.opened_at, p.closed_at, p.sealed_at, t.name as team,
    array(select i.id from archive_item i join data_key k on k.id = i.id where i.package_id = p.id) as items
  from archive_package p left join team t on t.id = p.team_id where p.id = $1`

/** How the media types of the format are called (their names and versions as archives know them), and end. */
const formats: Readonly<Record<ManifestItem['mediaType'], readonly [name: string, ending: string]>> = {
  'application/json': ['JSON', 'json'],
  'application/octet-stream': ['Binärdatei', 'bin'],
  'application/pdf': ['PDF', 'pdf'],
  'application/zip': ['ZIP', 'zip'],
  'audio/aac': ['AAC', 'aac'],
  'audio/amr': ['AMR', 'amr'],
  'audio/mp4': ['MPEG-4', 'm4a'],
  'audio/mpeg': ['MP3', 'mp3'],
  'audio/ogg': ['Ogg', 'ogg'],
  'image/gif': ['GIF', 'gif'],
  'image/jpeg': ['JPEG', 'jpg'],
  'image/png': ['PNG', 'png'],
  'image/webp': ['WebP', 'webp'],
  'text/plain': ['Text', 'txt'],
  'text/vcard': ['vCard', 'vcf'],
  'video/3gpp': ['3GPP', '3gp'],
  'video/mp4': ['MPEG-4', 'mp4'],
}
const unknownVersion = '–'
const proofNames = ['package.zip', 'item-keys.json', 'log-key.txt'] as const
/** What it is about: of what was said nothing stands in a message. */
const subject = 'Gespräch der WhatsApp-Sprechstunde'

type Place = { readonly start: number; readonly length: number }

const chunkLength = 1 << 18

/** A range of a source as chunks that stay as they are. */
async function* rangeOf(source: ByteSource, { start, length }: Place): AsyncGenerator<Uint8Array> {
  for (let at = start; at < start + length; at += chunkLength)
    yield Uint8Array.from(await source.read(at, Math.min(chunkLength, start + length - at)))
}

/** The file of a package and what opens it. It is read as it was when it was opened, also when it is written anew meanwhile. */
type Opened = {
  readonly id: string
  readonly manifest: Manifest
  readonly source: ByteSource
  readonly places: ReadonlyMap<string, Place>
  readonly keys: ReadonlyMap<string, Uint8Array>
}

/** Items of a kind that are not erased, in their order. */
function itemsThere({ manifest, keys }: Opened, kind: ManifestItem['kind']): ManifestItem[] {
  return manifest.items.filter((item) => item.kind === kind && keys.has(item.id))
}

/** What is there is not what was sealed. */
class ItemDamaged extends Error {
  constructor() {
    super('An item of a sealed package is not what was sealed')
    this.name = 'ItemDamaged'
  }
}

/** Decrypts an item as it streams by, and fails at its end when it is not what was sealed: whoever sends it then sends nothing. */
async function* contentOf(
  { id, source, places, keys }: Opened,
  item: ManifestItem,
): AsyncGenerator<Uint8Array> {
  const [place, key] = [places.get(item.id), keys.get(item.id)]
  if (place === undefined || key === undefined) throw new ItemDamaged()
  const opener = new ItemOpener({ package: id, item: item.id }, key)
  for await (const chunk of rangeOf(source, place)) {
    const pieces: Uint8Array[] = []
    opener.update(chunk, (piece) => pieces.push(Uint8Array.from(piece)))
    yield* pieces
  }
  const found = opener.final()
  if (found === undefined || Buffer.from(found).toString('base64') !== item.commit) throw new ItemDamaged()
}

/** What files were called, by their items. */
async function fileNames(sealed: Opened): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const item of itemsThere(sealed, 'MESSAGE')) {
    const chunks: Uint8Array[] = []
    for await (const chunk of contentOf(sealed, item)) chunks.push(chunk)
    const { files = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Partial<ChatMessage>
    for (const { id, fileName } of files) names.set(id, fileName)
  }
  return names
}

/** As the class of the manifest says it (`…/10y`); null where the period is none of whole years. */
function yearsOf(deletionClass: string): number | null {
  const years = /\/(\d{1,2})y$/.exec(deletionClass)?.[1]
  return years === undefined ? null : Number(years)
}

function dateOf(at: Date): LocalDate {
  return europeBerlin.localDate(asInstant(at))
}

/** A file of the message, with its bytes. */
type Part = { readonly file: MessageFile; readonly sizeBytes: number; readonly content: SizedFile['content'] }

function partOf(sealed: Opened, item: ManifestItem, title: string, madeAt: Date): Part {
  const [name, extension] = formats[item.mediaType]
  const format =
    item.kind === 'RENDERING' ? { name: 'PDF/A', version: '3a' } : { name, version: unknownVersion }
  return {
    file: { id: item.id, title, extension, format, madeAt },
    sizeBytes: item.size,
    content: contentOf(sealed, item),
  }
}

/** The package as it lies there, and what opens and checks it, as the verifier takes them (`--item-keys`, `--key`). */
function proofsOf({ id, source, keys }: Opened, logKey: string, madeAt: Date): Part[] {
  const itemKeys = Object.fromEntries([...keys].map(([of, key]) => [of, Buffer.from(key).toString('base64')]))
  const texts = { 'item-keys.json': JSON.stringify(itemKeys), 'log-key.txt': `${logKey}\n` }
  return proofNames.map((title) => {
    const extension = title.split('.')[1] ?? 'bin'
    const file = {
      id: idWithin(id, title),
      title,
      extension,
      format: { name: extension.toUpperCase(), version: unknownVersion },
      madeAt,
    }
    if (title === 'package.zip')
      return { file, sizeBytes: source.size, content: rangeOf(source, { start: 0, length: source.size }) }
    const bytes = Buffer.from(texts[title])
    return { file, sizeBytes: bytes.length, content: [bytes] }
  })
}

async function carry(sealed: Opened, row: Row, label: PackageLabel, logKey: string) {
  const [rendering] = itemsThere(sealed, 'RENDERING')
  const [note] = itemsThere(sealed, 'NOTE')
  const read = rendering ?? note
  if (read === undefined) return 'no-document'
  const names = await fileNames(sealed)
  const document = partOf(sealed, read, read === rendering ? 'Chat.pdf' : 'Chat.json', row.sealed_at)
  const attachments = itemsThere(sealed, 'ATTACHMENT').map((item, at) =>
    partOf(sealed, item, names.get(item.id) ?? `Anlage ${at + 1}`, row.sealed_at),
  )
  // What is too long to be drawn is handed over as machines read it: what was said is in the messages then.
  const messages = read === rendering ? [] : itemsThere(sealed, 'MESSAGE')
  const originals = [
    ...messages.map((item, at) => partOf(sealed, item, `Nachricht ${at + 1}.json`, row.sealed_at)),
    ...attachments,
  ]
  const proofs = proofsOf(sealed, logKey, row.sealed_at)
  const matter: MessageMatter = {
    id: sealed.id,
    subject,
    fileReference: label.fileReference,
    unit: row.team,
    from: dateOf(row.opened_at),
    to: dateOf(row.closed_at),
    keptForYears: yearsOf(sealed.manifest.class),
    valuation: null,
    proposal: null,
    record: {
      document: document.file,
      originals: originals.map(({ file }) => file),
      proofs: proofs.map(({ file }) => file),
      documentId: idWithin(sealed.id, 'document'),
      proofsId: idWithin(sealed.id, 'proofs'),
    },
  }
  const files = [document, ...originals, ...proofs].map(({ file, sizeBytes, content }) => ({
    name: fileNameOf(file),
    sizeBytes,
    content,
  }))
  return { matter, files }
}

async function fileOf(path: string) {
  try {
    return await bytesInFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  }
}

/**
 * Opens a sealed package to be handed over: the document for people, originals below it, and as proofs the package itself with what opens it. Contents
 * are read when their turn comes, once; `close` when that is over. What keeps it from being handed over is said.
 */
export async function carriedPackage(
  { keys, client }: Pick<OfficeContext, 'keys'> & { readonly client: Client },
  archiveDir: string,
  id: string,
): Promise<Carried | HandOverFailure | 'no-document'> {
  const { rows } = await client.query<Row>(rowSql, [id])
  const [row] = rows
  const parsed = row === undefined ? undefined : parseManifest(row.manifest)
  if (row === undefined || !parsed?.ok) return 'package-missing'
  const itemKeys = await keys.getMany(row.items)
  const metadataKey = itemKeys.get(row.metadata_item)
  if (metadataKey === undefined) return 'key-missing'
  const source = await fileOf(packagePath(archiveDir, id))
  if (source === null) return 'package-missing'
  let carried: Awaited<ReturnType<typeof carry>> | 'package-missing' | undefined
  try {
    const { items: places } = await openPackage(source)
    const label = openJson<PackageLabel>(metadataKey, labelPlace(id), row.label_sealed)
    const { verifierKey } = await logKeyOf(keys, 'archive-log')
    const sealed = { id, manifest: parsed.value, source, places, keys: itemKeys }
    carried = await carry(sealed, row, label, verifierKey)
  } catch (error) {
    if (!(error instanceof ItemDamaged)) throw error
    carried = 'package-missing'
  } finally {
    if (typeof carried !== 'object') await source.close()
  }
  return typeof carried === 'string' ? carried : { ...carried, close: () => source.close() }
}

/** What an answer may name besides the matter: its documents, and the files below them. @param items of the package */
export function partsOf(packageId: string, items: readonly string[]): ReadonlySet<string> {
  const own = ['document', 'proofs', ...proofNames]
  return new Set([...items, ...own.map((what) => idWithin(packageId, what))])
}
