import type { Attachment } from '@buergerdraht/contract'

/** Captions are shorter than texts at the provider. */
const maxCaptionLength = 1024
const captioned: ReadonlySet<Attachment['kind']> = new Set(['image', 'video', 'document'])

export type PartFile = {
  readonly id: string
  readonly kind: Attachment['kind']
}

/** One message of a reply. */
export type ReplyPart<F extends PartFile> = {
  readonly text: string | null
  readonly file: F | null
}

/**
 * The messages that a text and files become, in the order in which they are sent: each file its own message. The text is the caption
 * of the first file where the provider takes one; else it goes ahead. One message less is one message less to pay for.
 */
export function replyParts<F extends PartFile>(text: string | null, files: readonly F[]): ReplyPart<F>[] {
  const [first, ...others] = files
  if (first === undefined) return [{ text, file: null }]
  const rest = others.map((file) => ({ text: null, file }))
  if (text === null || (captioned.has(first.kind) && text.length <= maxCaptionLength)) {
    return [{ text, file: first }, ...rest]
  }
  return [{ text, file: null }, { text: null, file: first }, ...rest]
}
