import { crc32 } from 'node:zlib'
import { CanonicalJsonError, canonicalJson } from '../canonical-json.ts'
import { base64, bytesFromBase64 } from './base64.ts'
import { Malformed } from './malformed.ts'
import { hashLength } from './merkle-tree.ts'

/**
 * One leaf of a log as it is stored: its hash and, where the log keeps the text, the salt and entry that open it. An
 * entry that was pruned leaves only the hash, and the tree stays as it was.
 */
export type LogRecord = {
  leaf: Uint8Array
  /** `written` where it was read from a line. */
  opening?: { salt: Uint8Array; entry: unknown; written?: WrittenEntry }
}

/**
 * An entry as it stands in its line, in canonical JSON; and its form: the same with its whole numbers and its times of day left open. A log has many
 * entries and few forms, and of what was found of one text everything holds for another of its form but what is said of those.
 */
type WrittenEntry = { text: string; form: string }

const leftOpen = /:(?:0|[1-9]\d{0,14})(?=[,}])|T\d\d:\d\d(?=Z")/g

/** Forms of which a text was canonical. Other whole numbers of up to fifteen digits and other digits in a string leave it so (RFC 8785 section 3.2.2). */
const canonicalForms = new Set<string>()
/** Of some hundred bytes each. */
export const maxForms = 4096

const saltLength = 32

/** An entry of the ledger has a closed schema and stays below 8 kB; anything far above is not ours. */
export const maxLineBytes = 262_144

/**
 * `<index> <CRC-32 of index, space and JSON, 8 hex digits> <canonical JSON>` and a newline. The checksum tells damage
 * and torn writes from good lines before any key is at hand; it protects against accidents, the tree against people.
 */
export function formatLogLine(index: number, { leaf, opening }: LogRecord): string {
  // Keys in their order, which is the quicker way.
  const json = canonicalJson(
    opening === undefined
      ? { leaf: base64(leaf) }
      : { entry: opening.entry, leaf: base64(leaf), salt: base64(opening.salt) },
  )
  return lineOf(index, json)
}

function lineOf(index: number, json: string): string {
  const checksum = crc32(`${index} ${json}`)
  return `${index} ${checksum.toString(16).padStart(8, '0')} ${json}\n`
}

/**
 * Reads a line without its newline. One text stands for one record: whatever is not written exactly as
 * `formatLogLine` writes it is refused. @throws Malformed LOG_LINE_MALFORMED
 */
export function parseLogLine(line: Uint8Array, expectedIndex: number): LogRecord {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')
  const json = text.slice(text.indexOf('{'))
  const record = recordIn(json)
  if (record === undefined) throw malformed()
  const written = record.opening && writtenIn(json, record.leaf, record.opening.salt)
  const isKnown = written !== undefined && canonicalForms.has(written.form)
  if (
    !(isKnown ? text === lineOf(expectedIndex, json).slice(0, -1) : isWrittenSo(text, expectedIndex, record))
  )
    throw malformed()
  if (record.opening === undefined || written === undefined) return record
  if (!isKnown) {
    if (canonicalForms.size >= maxForms) canonicalForms.clear()
    canonicalForms.add(written.form)
  }
  return { leaf: record.leaf, opening: { ...record.opening, written } }
}

function malformed(): Malformed {
  return new Malformed('LOG_LINE_MALFORMED', 'The line is not the expected one or its checksum differs')
}

/** Undefined where what stands around the entry is not written as it is written here. */
function writtenIn(json: string, leaf: Uint8Array, salt: Uint8Array): WrittenEntry | undefined {
  const [before, after] = ['{"entry":', `,"leaf":"${base64(leaf)}","salt":"${base64(salt)}"}`]
  if (!json.startsWith(before) || !json.endsWith(after)) return undefined
  const text = json.slice(before.length, -after.length)
  return { text, form: text.replace(leftOpen, '#') }
}

function isWrittenSo(text: string, index: number, record: LogRecord): boolean {
  try {
    return formatLogLine(index, record) === `${text}\n`
  } catch (error) {
    // JSON that has no canonical form, such as 1e400 or a lone surrogate, was not written by us.
    if (error instanceof CanonicalJsonError) return false
    throw error
  }
}

/** The leaf in a JSON object, and what opens it where that is there; undefined where it has no leaf. */
export function recordIn(json: string): LogRecord | undefined {
  const { leaf, salt, entry } = parsedObject(json)
  const leafBytes = fixedBytes(leaf, hashLength)
  const saltBytes = fixedBytes(salt, saltLength)
  if (leafBytes === undefined) return undefined
  if (saltBytes === undefined || entry === undefined) return { leaf: leafBytes }
  return { leaf: leafBytes, opening: { salt: saltBytes, entry } }
}

function parsedObject(json: string): { leaf?: unknown; salt?: unknown; entry?: unknown } {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function fixedBytes(value: unknown, length: number): Uint8Array | undefined {
  const bytes = typeof value === 'string' ? bytesFromBase64(value) : undefined
  return bytes?.length === length ? bytes : undefined
}
