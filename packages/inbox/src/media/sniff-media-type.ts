import { fileTypeFromBuffer } from 'file-type'
import { compoundFileType, richTextType, zipContentType } from './archive-content.ts'
import { extensionOf, isPicture, isRunningExtension, isRunningType, shownTypes } from './media-type.ts'
import { hasVideoTrack } from './mp4.ts'
import { type RandomAccess, zipEndOf } from './zip-directory.ts'

export type Sniffed = {
  /** As seen in the bytes; `application/octet-stream` where nothing was recognised. */
  readonly mediaType: string
  /** Not on the list of what is shown, or something in it runs. */
  readonly dangerous: boolean
}

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
const styledXml = /<\?xml-stylesheet|http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg)/i

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
  if (/^\s*<\?xml/.test(text)) return styledXml.test(text) ? null : 'application/xml'
  if (/^\s*BEGIN:VCARD\r?\n/i.test(text)) return 'text/vcard'
  if (/^\s*BEGIN:VCALENDAR\r?\n/i.test(text)) return 'text/calendar'
  return textTypes[extension] ?? 'text/plain'
}

function seen(mediaType: string | null): Sniffed {
  return {
    mediaType: mediaType ?? 'application/octet-stream',
    dangerous: mediaType === null || !shownTypes.has(mediaType),
  }
}

async function container(file: RandomAccess, head: Buffer): Promise<Sniffed | null> {
  function refusedAs(fallback: string, type: string | null): Sniffed {
    return type === null ? { mediaType: fallback, dangerous: true } : seen(type)
  }
  if (head.toString('latin1', 0, 2) === 'PK') return refusedAs('application/zip', await zipContentType(file))
  if (head.toString('hex', 0, 8) === 'd0cf11e0a1b11ae1')
    return refusedAs('application/x-cfb', await compoundFileType(file))
  if (head.toString('latin1', 0, 5) === '{\\rtf')
    return refusedAs('application/rtf', await richTextType(file))
  return null
}

/**
 * What a file is, by its bytes; what the sender claims can only make it worse. Dangerous is whatever is not
 * on the list of shown types: programs, scripts, pages, vector images, macros, archives with any of these or
 * that cannot be looked into, and files that are two things at once.
 */
export async function sniffMediaType(
  file: RandomAccess,
  claimed: { readonly mediaType: string; readonly fileName: string | null },
): Promise<Sniffed> {
  const head = await file.read(0, sampleLength)
  const extension = extensionOf(claimed.fileName ?? '')
  const found = await byBytes(file, head, extension)
  if (found.dangerous || isPicture(found.mediaType)) {
    // A picture is drawn anew, nothing else that was in the file stays.
    return { ...found, dangerous: found.dangerous || isRunningType(claimed.mediaType) }
  }
  const archiveBehind = !head.subarray(0, 2).equals(Buffer.from('PK')) && (await zipEndOf(file)) !== null
  return { ...found, dangerous: archiveBehind || isRunningType(claimed.mediaType) }
}

async function byBytes(file: RandomAccess, head: Buffer, extension: string): Promise<Sniffed> {
  const contained = await container(file, head)
  if (contained !== null) return contained
  // A byte order mark looks like the beginning of an MPEG frame.
  if (isUtf16(head)) return seen(plainTextType(head, extension))
  const skipped = id3Length(head)
  const recognised = await fileTypeFromBuffer(skipped === 0 ? head : await file.read(skipped, sampleLength))
  if (recognised === undefined || recognised.mime === 'application/xml')
    return seen(plainTextType(head, extension))
  const [base = ''] = recognised.mime.split(';')
  const mediaType = sameAs[base] ?? base
  const film = mediaType === 'video/mp4' || mediaType === 'video/3gpp'
  if (film && !(await hasVideoTrack(file))) return seen('audio/mp4')
  return seen(mediaType)
}
