/**
 * A strict reader and a small writer for DER (ITU-T X.690 section 10): definite, shortest lengths, low tag numbers, no
 * trailing bytes. It reads evidence records (RFC 4998), for which there is no library, and stands as a gate before
 * the ASN.1 library, which also accepts BER: one value has one encoding here, so nothing can hide in another one.
 */
export type Der = { tag: number; content: Uint8Array; raw: Uint8Array }

export class NotDer extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'NotDer'
  }
}

export const tags = {
  integer: 0x02,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** [n], constructed. */
  context: (n: number) => 0xa0 | n,
} as const

const deepest = 40
const derNull = Uint8Array.of(0x05, 0x00)

/** Reads one value that fills the bytes. @throws NotDer */
export function readDer(bytes: Uint8Array): Der {
  const value = readAt(bytes, 0)
  if (value.raw.length !== bytes.length) throw new NotDer('There are bytes after the value')
  return value
}

/** The values inside a constructed one. @throws NotDer */
export function children({ tag, content }: Der): Der[] {
  if ((tag & 0x20) === 0) throw new NotDer('The value is not constructed')
  const values: Der[] = []
  for (let at = 0; at < content.length; ) {
    const value = readAt(content, at)
    values.push(value)
    at += value.raw.length
  }
  return values
}

/** The values inside a value that must have this tag. @throws NotDer */
export function childrenOf(value: Der | undefined, tag: number): Der[] {
  if (value?.tag !== tag) throw new NotDer('A value has another tag than it should')
  return children(value)
}

export function contentOf(value: Der | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new NotDer('A value has another tag than it should')
  return value.content
}

/** Reads everything down to the leaves, so that a later reader meets nothing but DER. @throws NotDer */
export function requireDer(bytes: Uint8Array): Der {
  const value = readDer(bytes)
  descend(value, 0)
  return value
}

function descend(value: Der, depth: number): void {
  if (depth > deepest) throw new NotDer('The values are nested too deeply')
  if ((value.tag & 0x20) === 0) return
  for (const child of children(value)) descend(child, depth + 1)
}

function readAt(bytes: Uint8Array, at: number): Der {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) throw new NotDer('The value is cut off')
  if ((tag & 0x1f) === 0x1f) throw new NotDer('High tag numbers are not used here')
  const { length, start } = readLength(bytes, at + 1, first)
  if (start + length > bytes.length) throw new NotDer('The value is cut off')
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(at, start + length) }
}

function readLength(bytes: Uint8Array, at: number, first: number): { length: number; start: number } {
  if (first < 0x80) return { length: first, start: at + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 4) throw new NotDer('The length is indefinite or too long')
  let length = 0
  for (const byte of bytes.subarray(at + 1, at + 1 + count)) length = length * 256 + byte
  if (length < 0x80 || length < 256 ** (count - 1)) throw new NotDer('The length is not the shortest')
  return { length, start: at + 1 + count }
}

/** Whether an AlgorithmIdentifier has no parameters or NULL, which many write instead. */
export function hasNoParameters(algorithm: Der): boolean {
  const [, parameters, extra] = childrenOf(algorithm, tags.sequence)
  return extra === undefined && (parameters === undefined || Buffer.compare(parameters.raw, derNull) === 0)
}

export function writeDer(tag: number, ...contents: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag), lengthBytes(content.length), content])
}

/** A SET OF: its members in ascending order of their encodings (X.690 section 11.6). */
export function writeSetOf(tag: number, members: Uint8Array[]): Uint8Array {
  return writeDer(tag, ...members.toSorted(Buffer.compare))
}

export function writeObjectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return writeDer(tags.objectIdentifier, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** @throws NotDer */
export function readObjectIdentifier(value: Der | undefined): string {
  const content = contentOf(value, tags.objectIdentifier)
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [first] = arcs
  if (first === undefined) throw new NotDer('An object identifier is empty')
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...arcs.slice(1)].join('.')
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

function base128(arc: number): number[] {
  const bytes = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift((rest % 128) | 0x80)
  return bytes
}
