import { fileTypeFromBuffer } from 'file-type'
import { judgeZip } from './archive-content.ts'
import { judgeCompoundFile } from './compound-file.ts'
import { type Danger, DangerFound, type Judged } from './danger.ts'
import { extensionOf, isPicture, isRunningExtension, isRunningType, shownTypes } from './media-type.ts'
import { hasVideoTrack } from './mp4.ts'
import { judgePdf } from './pdf-content.ts'
import { judgeRichText } from './rich-text.ts'
import { scanXml, XmlUnreadable } from './scan-xml.ts'
import { type RandomAccess, zipEndOf } from './zip-directory.ts'

const sampleLength = 64 * 1024

/** Names of file-type that are not the ones we keep. */
const sameAs: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'image/heif': 'image/heic',
  'audio/x-aac': 'audio/aac',
  'video/3gpp2': 'video/3gpp',
}

/** Where the content begins behind an ID3v2 tag, which may be larger than any sample (ID3v2.4 §3.1). */
export function id3Length(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  const size = [6, 7, 8, 9].reduce((sum, at) => (sum << 7) | (head.readUInt8(at) & 0x7f), 0)
  return 10 + size
}

const markup = /^\s*<(?:!doctype|html|svg|script|body|head)|<(?:script|svg|html|iframe|foreignobject)[\s>/]/i
function isUtf16(sample: Buffer): boolean {
  return sample.length >= 2 && sample.readUInt16BE(0) === 0xfffe
}

function textOf(sample: Buffer): string | null {
  const encoding = isUtf16(sample) ? 'utf-16le' : 'utf-8'
  try {
    // `stream`: the sample may end inside a character.
    const text = new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true })
    return isReadable(text) ? text : null
  } catch {
    const text = new TextDecoder('windows-1252').decode(sample)
    return isReadable(text) ? text : null
  }
}

function isReadable(text: string): boolean {
  return text.length > 0 && !/[^\P{Cc}\t\n\v\f\r]/u.test(text)
}

const textTypes: Readonly<Record<string, string>> = { csv: 'text/csv', json: 'application/json' }

/** Text, when it is none that a browser or a shell would run. */
function plainTextType(sample: Buffer, extension: string): string | null {
  const text = textOf(sample)
  if (text === null || text.startsWith('#!') || markup.test(text) || isRunningExtension(extension))
    return null
  if (/^\s*<\?xml/.test(text)) return 'application/xml'
  if (/^\s*BEGIN:VCARD\r?\n/i.test(text)) return 'text/vcard'
  if (/^\s*BEGIN:VCALENDAR\r?\n/i.test(text)) return 'text/calendar'
  return textTypes[extension] ?? 'text/plain'
}

const running = /^http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1999\/XSL\/Transform)$/i
const maxXml = 32 * 1024 * 1024

/** Data in XML, and no page, vector image or program for one, however its namespaces are written. @throws DangerFound, XmlUnreadable */
async function judgeXml(file: RandomAccess): Promise<void> {
  if (file.sizeBytes > maxXml) throw new DangerFound('unreadable')
  await scanXml(await file.read(0, file.sizeBytes), {
    element: ({ uri, local }) => {
      if (running.test(uri) || /^(?:script|iframe|foreignobject)$/i.test(local))
        throw new DangerFound('active-content')
    },
    instruction: (target) => {
      if (/^xml-stylesheet$/i.test(target)) throw new DangerFound('active-content')
    },
  })
}

/** A type on the list of what is shown is looked through; any other is dangerous. */
async function judged(file: RandomAccess, mediaType: string | null): Promise<Judged> {
  if (mediaType === null || !shownTypes.has(mediaType))
    return { mediaType: mediaType ?? 'application/octet-stream', danger: 'dangerous-type' }
  return { mediaType, danger: await dangerIn(file, mediaType) }
}

async function dangerIn(file: RandomAccess, mediaType: string): Promise<Danger | null> {
  try {
    if (mediaType === 'application/xml') await judgeXml(file)
    if (mediaType === 'application/rtf') await judgeRichText(file)
    if (mediaType === 'application/pdf') await judgePdf(file)
    return null
  } catch (error) {
    if (error instanceof XmlUnreadable) return 'unreadable'
    if (error instanceof DangerFound) return error.danger
    throw error
  }
}

async function container(file: RandomAccess, head: Buffer): Promise<Judged | null> {
  if (head.toString('latin1', 0, 2) === 'PK')
    return judgeZip(file, (bytes, fileName) => {
      const inside = {
        sizeBytes: bytes.length,
        read: async (at: number, n: number) => bytes.subarray(at, at + n),
      }
      return byBytes(inside, bytes.subarray(0, sampleLength), extensionOf(fileName))
    })
  if (head.toString('hex', 0, 8) === 'd0cf11e0a1b11ae1') return judgeCompoundFile(file)
  if (head.toString('latin1', 0, 5) === '{\\rtf') return judged(file, 'application/rtf')
  return null
}

/**
 * What a file is, by its bytes; what the sender claims can only make it worse. Held back is whatever is not on the list of shown types,
 * whatever runs, fetches or hides something, and files that are two things at once.
 */
export async function sniffMediaType(
  file: RandomAccess,
  claimed: { readonly mediaType: string; readonly fileName: string | null },
): Promise<Judged> {
  const head = await file.read(0, sampleLength)
  const found = await byBytes(file, head, extensionOf(claimed.fileName ?? ''))
  if (found.danger !== null) return found
  if (isRunningType(claimed.mediaType)) return { ...found, danger: 'dangerous-type' }
  // A picture is drawn anew, nothing else that was in the file stays.
  if (isPicture(found.mediaType)) return found
  const archiveBehind = !head.subarray(0, 2).equals(Buffer.from('PK')) && (await zipEndOf(file)) !== null
  return { ...found, danger: archiveBehind ? 'hidden-program' : null }
}

async function byBytes(file: RandomAccess, head: Buffer, extension: string): Promise<Judged> {
  const contained = await container(file, head)
  if (contained !== null) return contained
  // A byte order mark looks like the beginning of an MPEG frame.
  if (isUtf16(head)) return judged(file, plainTextType(head, extension))
  const skipped = id3Length(head)
  const recognised = await fileTypeFromBuffer(skipped === 0 ? head : await file.read(skipped, sampleLength))
  if (recognised === undefined || recognised.mime === 'application/xml')
    return judged(file, plainTextType(head, extension))
  const [base = ''] = recognised.mime.split(';')
  const mediaType = sameAs[base] ?? base
  const film = mediaType === 'video/mp4' || mediaType === 'video/3gpp'
  if (film && !(await hasVideoTrack(file))) return judged(file, 'audio/mp4')
  return judged(file, mediaType)
}
