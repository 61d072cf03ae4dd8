import { type FieldRefusal, Refusal } from '@buergerdraht/contract'
import { CsvError, parse } from 'csv-parse/sync'

/** A line of a table, and where in the file it ends. */
export type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

export function refuse(path: string, fault: FieldRefusal['fault'], detail?: string | number): never {
  throw new Refusal('invalid-input', [{ path, fault, ...(detail === undefined ? {} : { detail }) }])
}

/** The bytes 80 to 9F of Windows-1252. Node.js 20 reads them as Latin-1 when it is asked for this encoding. */
const beyondLatin1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** UTF-8 with or without a mark, UTF-16 with one, or what older spreadsheets write: Windows-1252, in which every byte is a letter. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  if (utf16 !== null) return new TextDecoder(utf16).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (letter) => beyondLatin1[letter.charCodeAt(0) - 0x80] ?? letter)
  }
}

/** What separates the columns: of those there are, the one that is most frequent in the first line. */
function delimiterOf(text: string): string {
  const first = text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? ''
  function count(delimiter: string): number {
    return first.split(delimiter).length
  }
  return [';', ',', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

function rowsOf(text: string): Row[] {
  try {
    // A line break within quotation marks counts; `lines` is where a record ends.
    return parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      skipRecordsWithEmptyValues: true,
      trim: true,
    }) as unknown as Row[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = (error as CsvError & { readonly lines?: number }).lines ?? 1
    return refuse(`lines.${line}`, error.code.includes('QUOTE') ? 'quotes-open' : 'not-a-table')
  }
}

/**
 * A table from CSV as spreadsheets save it, with its header as the first row. @throws Refusal `invalid-input` where it is empty, too large, or none
 */
export function tableOf(bytes: Uint8Array, maxBytes: number): Row[] {
  if (bytes.length === 0) refuse('file', 'file-empty')
  if (bytes.length > maxBytes) refuse('file', 'max-characters', maxBytes)
  const text = decoded(bytes).replace(/^\uFEFF/, '')
  if (text.includes('\0')) refuse('file', 'not-a-table')
  if (text.trim() === '') refuse('file', 'file-empty')
  return rowsOf(text)
}

/**
 * Where each column stands, by the names that it may have, in lower case. @throws Refusal `invalid-input` with the columns that are missing
 */
export function placesOf<C extends string>(
  header: Row | undefined,
  names: Readonly<Record<C, readonly string[]>>,
): Readonly<Record<C, number>> {
  const given = (header?.record ?? []).map((name) => name.toLowerCase())
  const places = (Object.keys(names) as C[]).map(
    (column) => [column, given.findIndex((name) => names[column].includes(name))] as const,
  )
  const missing = places.flatMap(([column, place]) => (place === -1 ? [names[column][0] ?? column] : []))
  if (missing.length > 0) refuse('lines.1', 'columns-missing', missing.join(', '))
  return Object.fromEntries(places) as Record<C, number>
}
