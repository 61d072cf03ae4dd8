import { hexOf, latin1Of } from './bytes.ts'
import { childrenOf, type Der, NotDer, readObjectIdentifier, tags } from './der.ts'

/**
 * A Name reduced to what RFC 5280 section 7.1 compares: attributes as sets within each relative name, texts whatever their
 * string type, without regard to case, to white space around and its length within (RFC 4518). Equal names have equal
 * keys. @throws NotDer
 */
export function nameKey(name: Der | undefined): string[] {
  return childrenOf(name, tags.sequence).map((relative) =>
    childrenOf(relative, tags.set)
      .map((attribute) => {
        const [type, value] = childrenOf(attribute, tags.sequence)
        if (value === undefined) throw new NotDer('An attribute of a name has no value')
        const text = textOf(value)
        const compared = text === undefined ? `#${hexOf(value.raw)}` : `=${folded(text)}`
        return JSON.stringify([readObjectIdentifier(type), compared])
      })
      .sort()
      .join('+'),
  )
}

export function isSameName(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((relative, at) => relative === other[at])
}

/** A Name for a person: the last common name or organisation in it, else empty. @throws NotDer */
export function nameForPeople(name: Der | undefined): string {
  const attributes = childrenOf(name, tags.sequence)
    .flatMap((relative) => childrenOf(relative, tags.set))
    .map((attribute) => childrenOf(attribute, tags.sequence))
  const texts = attributes.flatMap(([type, value]) => {
    const label = labels.get(readObjectIdentifier(type))
    const text = value && textOf(value)
    return label === undefined || text === undefined ? [] : [`${label}=${text}`]
  })
  return texts.join(', ')
}

const labels = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.97', 'organizationIdentifier'],
])

/** The text of any of the string types of a DirectoryString, or of IA5String and NumericString. */
function textOf({ tag, content }: Der): string | undefined {
  switch (tag) {
    case 0x0c:
      return new TextDecoder().decode(content)
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
      return latin1Of(content)
    case 0x1c:
      return wide(content)
    case 0x1e:
      return doubled(content)
    default:
      return undefined
  }
}

/** BMPString: two bytes a unit of UTF-16. */
function doubled(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined
  const units = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: bytes.length / 2 }, (_, at) =>
    String.fromCharCode(units.getUint16(at * 2)),
  ).join('')
}

/** UniversalString: four bytes a character. */
function wide(bytes: Uint8Array): string | undefined {
  if (bytes.length % 4 !== 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const points = Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(at * 4))
  return points.every((point) => point <= 0x10ffff)
    ? points.map((point) => String.fromCodePoint(point)).join('')
    : undefined
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim().replace(/\s+/gu, ' ')
}
