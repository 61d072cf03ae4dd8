/**
 * JSON Canonicalization Scheme (RFC 8785): one value, one text, so that a hash over the text is a hash over the value.
 *
 * Object keys are ordered by their UTF-16 code units (section 3.2.3), numbers and strings are written as ECMAScript
 * writes them (3.2.2.2, 3.2.2.3), no white space is added. The caller hashes the UTF-8 bytes of the answer.
 *
 * What I-JSON (RFC 7493) cannot carry is refused and never repaired: NaN and the infinities, lone surrogates,
 * `undefined`, holes in arrays, functions, symbols, bigints, and any object that is not a plain one (a Date or a Map
 * would be written differently by different people).
 *
 * @throws CanonicalJsonError with a closed code; the message never repeats the value.
 */
export function canonicalJson(value: unknown): string {
  if (!isInOrder(value, 0)) return written(value, 0)
  const text = JSON.stringify(value)
  return text.includes(escapedSurrogate) ? written(value, 0) : text
}

/** How ECMAScript writes half a surrogate pair; also in a text that says it itself, which is then looked at closely. */
const escapedSurrogate = '\\ud'

/**
 * Whether ECMAScript writes a value as the scheme does, half surrogate pairs apart: only values that I-JSON has, and the keys of each object
 * in order. What was read from canonical JSON is so, and that are all the lines of a log when it is checked.
 */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth > deepestNesting) return false
  if (Array.isArray(value)) {
    // By index: a hole reads as undefined.
    for (let index = 0; index < value.length; index++) if (!isInOrder(value[index], depth + 1)) return false
    return true
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  if (Object.getOwnPropertySymbols(value).length > 0) return false
  let before: string | undefined
  for (const key of Object.keys(value)) {
    if (before !== undefined && before > key) return false
    if (!isInOrder((value as Record<string, unknown>)[key], depth + 1)) return false
    before = key
  }
  return true
}

export type CanonicalJsonFault = 'NUMBER_NOT_FINITE' | 'LONE_SURROGATE' | 'NOT_JSON' | 'TOO_DEEP'

export class CanonicalJsonError extends TypeError {
  readonly code: CanonicalJsonFault

  constructor(code: CanonicalJsonFault) {
    super(`This value has no canonical JSON form: ${code}`)
    this.name = 'CanonicalJsonError'
    this.code = code
  }
}

/** Nothing of ours is nested deeper than ten levels; the bound turns a cycle into a clear refusal. */
const deepestNesting = 256

function written(value: unknown, depth: number): string {
  if (depth > deepestNesting) throw new CanonicalJsonError('TOO_DEEP')
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalJsonError('NUMBER_NOT_FINITE')
      return JSON.stringify(value)
    case 'string':
      return quoted(value)
    case 'object':
      return Array.isArray(value) ? writtenArray(value, depth) : writtenObject(value, depth)
    default:
      throw new CanonicalJsonError('NOT_JSON')
  }
}

function writtenArray(items: readonly unknown[], depth: number): string {
  const parts: string[] = []
  // By index and not by iterator: a hole reads as undefined and is refused like one.
  for (let index = 0; index < items.length; index++) parts.push(written(items[index], depth + 1))
  return `[${parts.join(',')}]`
}

function writtenObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError('NOT_JSON')
  if (Object.getOwnPropertySymbols(value).length > 0) throw new CanonicalJsonError('NOT_JSON')
  // Array.prototype.sort without a comparator orders strings by UTF-16 code units, as section 3.2.3 asks.
  const keys = Object.keys(value).sort()
  let text = ''
  for (const key of keys)
    text += `${text === '' ? '{' : ','}${quoted(key)}:${written((value as Record<string, unknown>)[key], depth + 1)}`
  return text === '' ? '{}' : `${text}}`
}

/** With the `u` flag a surrogate pair is one code point, so only an unpaired half matches. */
const loneSurrogate = /\p{Cs}/u

function quoted(text: string): string {
  if (loneSurrogate.test(text)) throw new CanonicalJsonError('LONE_SURROGATE')
  return JSON.stringify(text)
}
