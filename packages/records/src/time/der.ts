import { compareBytes, isSameBytes, joinedBytes } from './bytes.ts'

/**
 * A strict reader and a small writer for DER (ITU-T X.690 sections 8, 10 and 11): definite, shortest lengths, low tag
 * numbers, no trailing bytes, and each primitive in its only spelling. One value has one encoding here, so nothing can
 * hide in another one.
 */
export type Der = { tag: number; content: Uint8Array; raw: Uint8Array }

export class NotDer extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'NotDer'
  }
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** [n], constructed. */
  context: (n: number) => 0xa0 | n,
  /** [n], primitive. */
  contextPrimitive: (n: number) => 0x80 | n,
} as const

const maxDepth = 40
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

/**
 * Reads everything down to the leaves: tags, lengths and the spelling of each INTEGER, BOOLEAN, NULL and OBJECT IDENTIFIER.
 * The order of a SET OF is looked at where it is told that it matters (`isAscending`): authorities put certificates in
 * any order (RFC 5652 section 5.1 asks for none). @throws NotDer
 */
export function requireDer(bytes: Uint8Array): Der {
  const value = readDer(bytes)
  descend(value, 0)
  return value
}

function descend(value: Der, depth: number): void {
  if (depth > maxDepth) throw new NotDer('The values are nested too deeply')
  if ((value.tag & 0x20) === 0) {
    requirePrimitive(value)
    return
  }
  const isUniversal = value.tag < 0x40
  if (isUniversal && value.tag !== tags.sequence && value.tag !== tags.set)
    throw new NotDer('A primitive value is written in pieces')
  for (const child of children(value)) descend(child, depth + 1)
}

function requirePrimitive({ tag, content }: Der): void {
  const [first = 0, second = 0] = content
  const isInteger = tag === tags.integer || tag === tags.enumerated
  if (isInteger && content.length === 0) throw new NotDer('An integer is empty')
  if (
    isInteger &&
    content.length > 1 &&
    ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  )
    throw new NotDer('An integer is not in its shortest form')
  if (tag === tags.boolean && (content.length !== 1 || (first !== 0 && first !== 0xff)))
    throw new NotDer('A boolean is neither 00 nor FF')
  if (tag === tags.null && content.length > 0) throw new NotDer('A null has content')
  if (tag === tags.bitString) requireBitString(content)
  if (tag === tags.objectIdentifier) requireObjectIdentifier(content)
  if (tag === tags.sequence - 0x20 || tag === tags.set - 0x20) throw new NotDer('A sequence is primitive')
}

function requireBitString(content: Uint8Array): void {
  const [unused] = content
  const last = content.at(-1) ?? 0
  if (unused === undefined || unused > 7 || (unused > 0 && content.length === 1))
    throw new NotDer('A bit string is malformed')
  if (content.length > 1 && (last & ((1 << unused) - 1)) !== 0) throw new NotDer('Unused bits are not zero')
}

function requireObjectIdentifier(content: Uint8Array): void {
  function startsArc(at: number) {
    return at === 0 || (content[at - 1] ?? 0) < 0x80
  }
  const isPadded = content.some((byte, at) => byte === 0x80 && startsArc(at))
  if (content.length === 0 || (content.at(-1) ?? 0) >= 0x80 || isPadded)
    throw new NotDer('An object identifier is malformed')
}

/** Whether the members stand in the order of DER, ascending and none twice the same place (X.690 section 11.6). */
export function isAscending(members: readonly Der[]): boolean {
  return members.every(
    (member, at) => at === 0 || compareBytes(members[at - 1]?.raw ?? member.raw, member.raw) <= 0,
  )
}

/** A BOOLEAN. @throws NotDer */
export function readBoolean(value: Der | undefined): boolean {
  return contentOf(value, tags.boolean)[0] === 0xff
}

/** An INTEGER from 0 to 2^31 − 1, or undefined when it is another number. @throws NotDer */
export function readSmallInteger(value: Der | undefined, tag: number = tags.integer): number | undefined {
  const content = contentOf(value, tag)
  const [first = 0x80] = content
  if (first >= 0x80 || content.length > 4) return undefined
  return content.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The bytes of a BIT STRING of whole bytes. @throws NotDer */
export function readBytesOfBits(value: Der | undefined): Uint8Array {
  const content = contentOf(value, tags.bitString)
  if (content[0] !== 0) throw new NotDer('The bits are not whole bytes')
  return content.subarray(1)
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

/** Whether the fields of an AlgorithmIdentifier have no parameters or NULL, which many write instead (RFC 5754 section 2). */
export function hasNoParameters([, parameters, extra]: readonly Der[]): boolean {
  return extra === undefined && (parameters === undefined || isSameBytes(parameters.raw, derNull))
}

export function writeDer(tag: number, ...contents: Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0)
  return joinedBytes([Uint8Array.of(tag), lengthBytes(length), ...contents])
}

/** A SET OF: its members in ascending order of their encodings (X.690 section 11.6). */
export function writeSetOf(tag: number, members: Uint8Array[]): Uint8Array {
  return writeDer(tag, ...members.toSorted(compareBytes))
}

export function writeObjectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return writeDer(tags.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** @throws NotDer */
export function readObjectIdentifier(value: Der | undefined): string {
  const content = contentOf(value, tags.objectIdentifier)
  requireObjectIdentifier(content)
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
