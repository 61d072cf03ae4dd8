import { type Der, NotDer, readDer, requireDer, tags, writeDer } from './der.ts'

const maxDepth = 40
const constructedOctetString = tags.octetString | 0x20

/**
 * Reads what may come in BER, strictly where BER leaves no choice. `isDer` is false when it was not in DER.
 * @throws NotDer
 */
export function readBer(bytes: Uint8Array): { value: Der; isDer: boolean } {
  try {
    return { value: requireDer(bytes), isDer: true }
  } catch (error) {
    if (!(error instanceof NotDer)) throw error
    return { value: requireDer(derFromBer(bytes)), isDer: false }
  }
}

/**
 * DER of what CMS may write in BER (RFC 5652 section 2: only signed attributes and authenticated ones must be DER): indefinite
 * lengths (X.690 section 8.1.3.6), lengths that are not the shortest, octet strings in pieces (section 8.7). Everything else stays
 * as it is, so that what else is not DER is still found. Time and memory are linear for each of at most 40 levels. @throws NotDer
 */
function derFromBer(bytes: Uint8Array): Uint8Array {
  const { der, end } = rewritten(bytes, 0, 0)
  if (end !== bytes.length) throw new NotDer('There are bytes after the value')
  return der
}

function rewritten(bytes: Uint8Array, at: number, depth: number): { der: Uint8Array; end: number } {
  const tag = bytes[at]
  if (tag === undefined || (tag & 0x1f) === 0x1f) throw new NotDer('A tag is cut off or high')
  if (depth > maxDepth) throw new NotDer('The values are nested too deeply')
  const { start, length } = lengthAt(bytes, at + 1)
  const isConstructed = (tag & 0x20) !== 0
  if (!isConstructed) {
    if (length === undefined) throw new NotDer('A primitive value has an indefinite length')
    const end = start + length
    if (end > bytes.length) throw new NotDer('The value is cut off')
    return { der: writeDer(tag, bytes.subarray(start, end)), end }
  }
  const children: Uint8Array[] = []
  let next = start
  while (length === undefined ? !isEnd(bytes, next) : next < start + length) {
    const child = rewritten(bytes, next, depth + 1)
    children.push(child.der)
    next = child.end
  }
  if (length !== undefined && next !== start + length) throw new NotDer('A value reaches beyond its frame')
  const end = length === undefined ? next + 2 : next
  return { der: tag === constructedOctetString ? joined(children) : writeDer(tag, ...children), end }
}

/** One octet string of its pieces. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const contents = pieces.map((piece) => {
    const { tag, content } = readDer(piece)
    if (tag !== tags.octetString) throw new NotDer('A piece of an octet string is none')
    return content
  })
  return writeDer(tags.octetString, ...contents)
}

/** Two zero bytes end a value of indefinite length. */
function isEnd(bytes: Uint8Array, at: number): boolean {
  if (at + 2 > bytes.length) throw new NotDer('The value is cut off')
  return bytes[at] === 0 && bytes[at + 1] === 0
}

/** The length of a value, undefined when it is indefinite, and where its content begins. */
function lengthAt(bytes: Uint8Array, at: number): { length: number | undefined; start: number } {
  const first = bytes[at]
  if (first === undefined) throw new NotDer('The value is cut off')
  if (first === 0x80) return { length: undefined, start: at + 1 }
  if (first < 0x80) return { length: first, start: at + 1 }
  const count = first & 0x7f
  if (count > 8) throw new NotDer('The length is too long')
  let length = 0
  for (let byte = 1; byte <= count; byte++) length = length * 256 + (bytes[at + byte] ?? 0)
  // What is longer than all bytes is cut off, whatever a number of this size loses.
  if (length > bytes.length) throw new NotDer('The value is cut off')
  return { length, start: at + 1 + count }
}
