import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { TextDecoder } from 'node:util'
import { SaxesParser, type SaxesTagNS } from 'saxes'

/** What is looked at of a document in XML; each may throw to end the scan. */
export type XmlLook = {
  readonly element?: (tag: SaxesTagNS) => void
  readonly elementEnd?: (tag: SaxesTagNS) => void
  readonly text?: (text: string) => void
  /** A processing instruction other than the declaration. */
  readonly instruction?: (target: string) => void
}

/** Not well-formed, or with something that this parser reads otherwise than others might. */
export class XmlUnreadable extends Error {
  constructor() {
    super('The XML cannot be judged.')
    this.name = 'XmlUnreadable'
  }
}

const maxDepth = 256
const pieceLength = 64 * 1024
/** Whatever a byte below 128 is in one of these, it is in all. */
const harmlessEncodings = /^(?:utf-?8|us-ascii|ascii|iso-8859-(?:1|15)|windows-1252|utf-16(?:le)?)$/i

function decoderFor(bytes: Buffer): TextDecoder {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  const [, declared = 'utf-8'] = /encoding\s*=\s*["']([^"']+)/.exec(bytes.toString('latin1', 0, 200)) ?? []
  if (/^(?:iso-8859|windows|us-|ascii)/i.test(declared)) return new TextDecoder('windows-1252')
  return new TextDecoder('utf-8', { fatal: true })
}

/**
 * Reads XML (1.0, with namespaces) as a browser or an office program would. Linear: no document type with its entities and defaults is
 * read, and elements lie in one another only so deep.
 * @throws XmlUnreadable, and what `look` throws
 */
export async function scanXml(bytes: Buffer, look: XmlLook): Promise<void> {
  let depth = 0
  let broken = false
  const parser = new SaxesParser({ xmlns: true, position: false })
  parser.on('error', () => {
    broken = true
  })
  parser.on('doctype', () => {
    broken = true
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !harmlessEncodings.test(encoding)) broken = true
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > maxDepth) broken = true
    if (!broken) look.element?.(tag)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    if (!broken) look.elementEnd?.(tag)
  })
  parser.on('text', (text) => look.text?.(text))
  parser.on('cdata', (text) => look.text?.(text))
  parser.on('processinginstruction', ({ target }) => look.instruction?.(target))
  const decoder = decoderFor(bytes)
  for (let at = 0; at < bytes.length; at += pieceLength) {
    parser.write(decoded(decoder, bytes.subarray(at, at + pieceLength), at + pieceLength < bytes.length))
    if (broken) throw new XmlUnreadable()
    await yieldToOthers()
  }
  parser.close()
  if (broken) throw new XmlUnreadable()
}

function decoded(decoder: TextDecoder, piece: Buffer, stream: boolean): string {
  try {
    return decoder.decode(piece, { stream })
  } catch {
    throw new XmlUnreadable()
  }
}
