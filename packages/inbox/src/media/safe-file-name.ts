import type { Attachment } from '@buergerdraht/contract'
import { extensionOf, isKnownExtension, shownTypes } from './media-type.ts'

const maxBytes = 150
/** What is read of a claimed name: its beginning, and its end for the extension. Patterns get slow on megabytes. */
const maxRead = { beginning: 700, end: 100 } as const

const names: Record<Attachment['kind'], string> = {
  image: 'Bild',
  video: 'Video',
  audio: 'Audio',
  voice: 'Sprachnachricht',
  document: 'Dokument',
  sticker: 'Sticker',
}

/** Device names that Windows opens instead of a file, whatever follows the dot. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

function cutTo(text: string, bytes: number): string {
  let kept = ''
  let length = 0
  for (const sign of text) {
    length += Buffer.byteLength(sign)
    if (length > bytes) break
    kept += sign
  }
  return kept
}

function readable(claimed: string): string {
  const { beginning, end } = maxRead
  return claimed.length <= beginning + end ? claimed : claimed.slice(0, beginning) + claimed.slice(-end)
}

/**
 * A name to show and to save under, from one a stranger chose. No folders, no control characters, no signs
 * that turn the direction of reading or cannot be seen (Unicode UTR 36 §2.10), nothing that Windows, macOS or
 * Linux forbids or treats specially, at most 150 bytes. The extension fits the type, so that nothing opens as
 * what it is not. Where nothing is left, the kind is the name: `Dokument.pdf`.
 */
export function safeFileName(claimed: string | null, kind: Attachment['kind'], mediaType: string): string {
  const cleaned = readable(claimed ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/^.*[/\\]/s, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
    .replace(deviceName, '_$&')
  const claimedExtension = extensionOf(cleaned)
  const fitting = shownTypes.get(mediaType)?.extensions
  const extension =
    fitting === undefined || fitting.includes(claimedExtension) ? claimedExtension : fitting[0]
  const stem =
    isKnownExtension(claimedExtension) || extension === claimedExtension
      ? cleaned.slice(0, cleaned.length - (claimedExtension === '' ? 0 : claimedExtension.length + 1))
      : cleaned
  const ending = extension === '' ? '' : `.${extension}`
  const short = cutTo(stem.replace(/[. ]+$/u, ''), maxBytes - Buffer.byteLength(ending)).trimEnd()
  return `${short === '' ? names[kind] : short}${ending}`
}
