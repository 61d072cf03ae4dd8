import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Inbox, openMedia } from '@buergerdraht/inbox'
import { type AttachmentRow, macOf, type NewDataKey } from '@buergerdraht/office'
import {
  encodeMetadata,
  type ItemSeal,
  type Manifest,
  mediaTypes,
  type PackageMetadata,
  sealItem,
} from '@buergerdraht/records'
import type { ChatBytes } from '../archive/chat-document.ts'
import type { ChatFile, ChatMessage, ChatRecord } from '../archive/chat-record.ts'
import type { MatterRead } from './read-matter.ts'

type ManifestItem = Manifest['items'][number]
type Kind = ManifestItem['kind']

/** An item as the database remembers it. */
export type PreparedItem = {
  readonly id: string
  readonly kind: Kind
  /** The message or file that it is. */
  readonly objectId: string | null
  /** Of a message, or of the matter as a whole: by what a later package sees that nothing has changed. Base64. */
  readonly stateMac: string | null
}

/** What earlier packages of the matter hold, by message or file. */
export type SealedBefore = {
  readonly itemOf: ReadonlyMap<string, string>
  /** Whether the newest item of this message says exactly that. */
  isSame(messageId: string, state: string): boolean
  /** Whether the newest package says exactly that of the matter as a whole. */
  isSameOfMatter(state: string): boolean
}

/** Everything that the package will be, once its ciphertext has been written. */
export type Composed = {
  readonly items: readonly PreparedItem[]
  readonly manifestItems: readonly ManifestItem[]
  readonly keys: readonly NewDataKey['row'][]
  readonly metadataKey: Buffer
  readonly metadataItem: string
  readonly messages: number
  /** What the system noted between them. */
  readonly systemLines: number
  readonly files: number
}

/** Nothing has changed since the matter was sealed. */
export class NothingNew extends Error {}

/** Draws the conversation for people (`chatDocument`); null: it is too large for a document. */
export type Render = (record: ChatRecord, bytes: ChatBytes) => Promise<Uint8Array | null>

function json(value: object): Uint8Array {
  // Not canonical JSON: what people wrote may hold half a surrogate pair, which this escapes and that refuses.
  return Buffer.from(JSON.stringify(value))
}

/** A type that is none of the format's is an octet stream in the manifest; what it is says the message. */
function typeOf(mediaType: string): ManifestItem['mediaType'] {
  return mediaTypes.find((one) => one === mediaType) ?? 'application/octet-stream'
}

function listed(id: string, kind: Kind, mediaType: ManifestItem['mediaType'], seal: ItemSeal): ManifestItem {
  const { size, commit, cipherHash, secondCipherHash } = seal
  return {
    id,
    kind,
    mediaType,
    size,
    commit: Buffer.from(commit).toString('base64'),
    cipherHash: Buffer.from(cipherHash).toString('base64'),
    secondCipherHash: Buffer.from(secondCipherHash).toString('base64'),
  }
}

async function* contentOf(
  inbox: Inbox,
  { conversation }: MatterRead,
  attachment: AttachmentRow,
  take: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const media = await openMedia(inbox, { attachment, conversation })
  try {
    for await (const chunk of media.stream()) {
      take(chunk)
      yield chunk
    }
  } finally {
    await media.close()
  }
}

/** Of the files of a record, which have the ids of their items. */
function bytesOf(inbox: Inbox, matter: MatterRead, fileItems: ReadonlyMap<string, string>): ChatBytes {
  const byItem = new Map(matter.attachments.map((attachment) => [fileItems.get(attachment.id), attachment]))
  function attachmentOf({ id }: ChatFile): AttachmentRow {
    const attachment = byItem.get(id)
    if (attachment === undefined) throw new Error('The document asks for files of its record')
    return attachment
  }
  return {
    original: async (file) => {
      const pieces: Uint8Array[] = []
      for await (const piece of contentOf(inbox, matter, attachmentOf(file), () => {}))
        pieces.push(Buffer.from(piece))
      return Buffer.concat(pieces)
    },
    picture: async (file) => {
      const attachment = attachmentOf(file)
      if (attachment.previewWidth === null) return null
      const media = await openMedia(inbox, { attachment, conversation: matter.conversation }, 'preview')
      try {
        const pieces: Uint8Array[] = []
        for await (const piece of media.stream()) pieces.push(Buffer.from(piece))
        return Buffer.concat(pieces)
      } finally {
        await media.close()
      }
    },
  }
}

/** The statement about the package: whose record it is, why it is kept, in which formats, and what has happened. */
function metadataOf(
  record: ChatRecord,
  items: readonly ManifestItem[],
  further: PackageMetadata['events'],
): PackageMetadata {
  const byType = new Map<ManifestItem['mediaType'], string[]>()
  for (const { id, mediaType } of items) byType.set(mediaType, [...(byType.get(mediaType) ?? []), id])
  const event = { outcome: 'SUCCESS', agent } as const
  return {
    format: 'buergerdraht-archive-metadata',
    v: 1,
    producer: { authority: record.office.name, office: record.office.team },
    legalBasis: record.filing.archiveBasis === null ? legalBases.file : legalBases.archive,
    ...(record.fileReference === null ? {} : { fileReference: record.fileReference.slice(0, 500) }),
    formats: [...byType].map(([mediaType, ids]) => ({ items: ids, mediaType })),
    events: [
      { id: randomUUID(), type: 'MADE', at: record.closedAt, ...event },
      { id: randomUUID(), type: 'SEALED', at: record.sealedAt, ...event },
      ...further,
    ],
    signatureVerifications: [],
  }
}

const agent = { type: 'SOFTWARE', name: 'Bürgerdraht' } as const

/** Art. 6 (1) (e) GDPR with the duty to keep files, as the catalogue of data clusters names it for DA03; or with the duty to offer what is kept to the archive. */
const legalBases = {
  file: 'Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit den Vorschriften über die Aktenführung',
  archive: 'Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit der Anbietungspflicht nach dem Archivrecht',
} as const

/**
 * A message with what it answers by id alone. What that said stands in its own item, with every version and since when: so it is in one place, and gone when
 * it is erased there.
 */
function withoutQuotes(message: ChatMessage): ChatMessage {
  return message.quoted === null ? message : { ...message, quoted: { ...message.quoted, text: null } }
}

/** By what a message is known to be the same as it was sealed: another wording of what it answers changes nothing of it. */
function stateOf(message: ChatMessage): string {
  const { id: _, ...state } = withoutQuotes(message)
  return JSON.stringify(state)
}

/** By what a matter as a whole is known to be the same as it was sealed: what was marked of it, and withdrawn. */
function stateOfMatter({ corrections }: Pick<ChatRecord, 'corrections'>): string {
  return JSON.stringify(corrections)
}

/**
 * The record as its document shows it: whoever reads on paper needs no number, which stands in the package. Of quotes it has the words where they are its own:
 * the document goes with any message of it, and with none of an earlier package.
 */
function forPeople(record: ChatRecord): ChatRecord {
  const own = new Set(record.messages.map(({ id }) => id))
  return {
    ...record,
    citizen: { ...record.citizen, number: null },
    messages: record.messages.map((message) =>
      message.quoted?.id != null && own.has(message.quoted.id) ? message : withoutQuotes(message),
    ),
  }
}

export type Composing = {
  readonly inbox: Inbox
  readonly packageId: string
  readonly matter: MatterRead
  readonly before: SealedBefore
  /** The package that this one continues; null: it is the first of its matter. */
  readonly continues: { readonly id: string; readonly sealedAt: Date } | null
  readonly createdAt: Date
  readonly render: Render | null
}

/**
 * Encrypts what a package holds, item by item, each under a key of its own, and hands the ciphertext on as it comes. Its answer may be asked for
 * when the stream has ended. Files come first, so that messages can say what the bytes were.
 * @throws NothingNew; Refusal `attachment-not-ready` where a file is not whole, KeyDestroyed
 */
export function composeItems(composing: Composing): {
  ciphertext: AsyncGenerator<Uint8Array>
  composed: () => Composed
} {
  let composed: Composed | undefined
  async function* all(): AsyncGenerator<Uint8Array> {
    const { inbox, packageId, matter, before, continues, createdAt, render } = composing
    const items: PreparedItem[] = []
    const manifestItems: ManifestItem[] = []
    const keys: NewDataKey['row'][] = []
    async function* seal(
      item: PreparedItem & { readonly key: NewDataKey },
      mediaType: ManifestItem['mediaType'],
      content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ): AsyncGenerator<Uint8Array> {
      const { key, ...prepared } = item
      const secrets = { key: key.bytes, salt: randomBytes(32), nonce: randomBytes(12) }
      const sealed = sealItem({ package: packageId, item: item.id }, secrets, content)
      yield* sealed.ciphertext
      keys.push(key.row)
      items.push(prepared)
      manifestItems.push(listed(item.id, item.kind, mediaType, sealed.seal()))
    }
    function newItem(kind: Kind, objectId: string | null, stateOf?: string) {
      const id = randomUUID()
      const key = inbox.keys.make('archive-item', id)
      const stateMac = stateOf === undefined ? null : stateMacOf(key.bytes, stateOf).toString('base64')
      return { id, kind, objectId, stateMac, key }
    }

    const hashes = new Map<string, string>()
    const fileItems = new Map<string, string>()
    let files = 0
    for (const attachment of matter.attachments) {
      if (attachment.state !== 'ready') continue
      const hash = createHash('sha256')
      const content = contentOf(inbox, matter, attachment, (chunk) => hash.update(chunk))
      const earlier = before.itemOf.get(attachment.id)
      if (earlier === undefined) {
        const item = newItem('ATTACHMENT', attachment.id)
        yield* seal(item, typeOf(attachment.mediaType), content)
        fileItems.set(attachment.id, item.id)
        files += 1
      } else {
        for await (const _ of content);
        fileItems.set(attachment.id, earlier)
      }
      hashes.set(attachment.id, hash.digest('hex'))
    }

    function placed(message: ChatMessage): ChatMessage {
      return {
        ...message,
        files: message.files.map((file) => ({
          ...file,
          id: fileItems.get(file.id) ?? file.id,
          sha256: hashes.get(file.id) ?? null,
        })),
      }
    }
    const messages = matter.record.messages
      .map(placed)
      .filter((message) => !before.isSame(message.id, stateOf(message)))
    const ofMatter = stateOfMatter(matter.record)
    if (messages.length === 0 && continues !== null && before.isSameOfMatter(ofMatter))
      throw new NothingNew('Nothing has changed since it was sealed')
    const record: ChatRecord = {
      ...matter.record,
      continues: continues?.id ?? null,
      sealedAt: createdAt.toISOString(),
      messages,
    }
    const itemOf: { id: string; item: string }[] = []
    for (const message of messages) {
      const { id } = message
      const item = newItem('MESSAGE', id, stateOf(message))
      itemOf.push({ id, item: item.id })
      const kept = { format: 'buergerdraht-chat-message', v: 1, ...withoutQuotes(message) }
      yield* seal(item, 'application/json', [json(kept)])
    }
    yield* seal(newItem('NOTE', null, ofMatter), 'application/json', [json({ ...record, messages: itemOf })])
    if (render !== null) {
      const page = await render(forPeople(record), bytesOf(inbox, matter, fileItems))
      if (page !== null) yield* seal(newItem('RENDERING', null), 'application/pdf', [page])
    }
    const item = newItem('METADATA', null)
    const further: PackageMetadata['events'] =
      continues === null
        ? []
        : [
            {
              id: randomUUID(),
              type: 'SEALED',
              at: continues.sealedAt.toISOString(),
              outcome: 'SUCCESS',
              agent,
              package: continues.id,
            },
          ]
    yield* seal(item, 'application/json', [encodeMetadata(metadataOf(record, manifestItems, further))])
    const systemLines = messages.filter(({ kind }) => kind === 'system').length
    composed = {
      items,
      manifestItems,
      keys,
      metadataKey: item.key.bytes,
      metadataItem: item.id,
      messages: messages.length - systemLines,
      systemLines,
      files,
    }
  }
  return {
    ciphertext: all(),
    composed: () => {
      if (composed === undefined) throw new Error('The package has not been composed to its end')
      return composed
    },
  }
}

/** By what a message is told from itself, later: dies with the key of its item. */
export function stateMacOf(key: Buffer, state: string): Buffer {
  return macOf(key, 'archive-item-state', state)
}
