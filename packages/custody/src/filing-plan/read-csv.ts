import {
  type FieldRefusal,
  type FilingPlanEntry,
  type FilingPlanFile,
  filingPlanYears,
  maxFilingPlanBytes,
  maxFilingPlanEntries,
  Refusal,
} from '@buergerdraht/contract'
import { CsvError, parse } from 'csv-parse/sync'

/** Faults that are told at once; whoever has mended them reads the file again. */
const maxFaults = 20
const maxRounded = 100

type Column = 'reference' | 'title' | 'years'

/** What towns call the columns, in lower case. */
const names: Readonly<Record<Column, readonly string[]>> = {
  reference: [
    'kennzeichen',
    'aktenzeichen',
    'aktenplannummer',
    'aktenplan',
    'aktenplankennzeichen',
    'gliederungsnummer',
    'nummer',
    'nr',
    'nr.',
    'az',
    'az.',
    'reference',
  ],
  title: ['bezeichnung', 'betreff', 'titel', 'inhalt', 'benennung', 'title'],
  years: [
    'aufbewahrungsfrist',
    'aufbewahrungsfrist (jahre)',
    'aufbewahrung',
    'frist',
    'frist (jahre)',
    'jahre',
    'period',
    'years',
  ],
}
const columns = ['reference', 'title', 'years'] as const

type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

function refuse(path: string, fault: FieldRefusal['fault'], detail?: string | number): never {
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

/** Where each column stands. @throws Refusal `invalid-input` with the columns that are missing */
function placesOf(header: Row | undefined): Readonly<Record<Column, number>> {
  const given = (header?.record ?? []).map((name) => name.toLowerCase())
  const places = columns.map((column) => given.findIndex((name) => names[column].includes(name)))
  const missing = columns.filter((_, index) => places[index] === -1).map((column) => names[column][0])
  if (missing.length > 0) refuse('lines.1', 'columns-missing', missing.join(', '))
  return Object.fromEntries(columns.map((column, index) => [column, places[index]])) as Record<Column, number>
}

type Years = FilingPlanEntry['years']

/** Undefined: that is no period. What is between two standard periods becomes the longer one. */
function yearsOf(text: string): Years | undefined {
  if (text === '') return null
  // For good is the archive's to decide; the office offers it after the longest period at the latest.
  if (/^(d|dauernd|dauerhaft|permanent|unbefristet)$/i.test(text)) return 30
  const number = /^(\d{1,2})(?:[.,]0+)?\s*(?:jahre?|j\.?|a|years?|y)?$/i.exec(text)?.[1]
  const years = number === undefined ? 0 : Number(number)
  return years < 1 ? undefined : filingPlanYears.find((standard) => standard >= years)
}

function isStandard(text: string, years: Years): boolean {
  return text === '' || Number.parseInt(text, 10) === years
}

/**
 * Reads a filing plan from CSV as spreadsheets save it. Nothing is stored. Faults name line and column, counted from one, and up to twenty of
 * them at once. @throws Refusal `invalid-input`
 */
export function filingPlanFile(bytes: Uint8Array): FilingPlanFile {
  if (bytes.length === 0) refuse('file', 'file-empty')
  if (bytes.length > maxFilingPlanBytes) refuse('file', 'max-characters', maxFilingPlanBytes)
  const text = decoded(bytes).replace(/^\uFEFF/, '')
  if (text.includes('\0')) refuse('file', 'not-a-table')
  if (text.trim() === '') refuse('file', 'file-empty')
  const [header, ...rows] = rowsOf(text)
  const places = placesOf(header)
  if (rows.length > maxFilingPlanEntries) refuse('file', 'max-entries', maxFilingPlanEntries)
  const faults: FieldRefusal[] = []
  const entries: FilingPlanEntry[] = []
  const rounded: FilingPlanFile['rounded'] = []
  const seen = new Map<string, number>()
  for (const { record, info } of rows) {
    const line = info.lines
    function fault(column: Column, code: FieldRefusal['fault'], detail?: number): void {
      faults.push({
        path: `lines.${line}.columns.${places[column] + 1}`,
        fault: code,
        ...(detail === undefined ? {} : { detail }),
      })
    }
    const [reference = '', title = '', period = ''] = columns.map((column) =>
      (record[places[column]] ?? '').normalize('NFC').replace(/\s+/g, ' ').trim(),
    )
    const before = faults.length
    const key = reference.toLowerCase()
    const listed = seen.get(key)
    if (reference === '') fault('reference', 'missing')
    else if (reference.length > 60) fault('reference', 'max-characters', 60)
    else if (listed !== undefined) fault('reference', 'listed-before', listed)
    else seen.set(key, line)
    if (title === '') fault('title', 'missing')
    else if (title.length > 200) fault('title', 'max-characters', 200)
    const years = yearsOf(period)
    if (years === undefined) fault('years', 'years-unknown')
    else if (faults.length === before) {
      entries.push({ reference, title, years })
      if (years !== null && !isStandard(period, years))
        rounded.push({ line, reference, from: period, to: years })
    }
    if (faults.length >= maxFaults) break
  }
  if (faults.length > 0) throw new Refusal('invalid-input', faults.slice(0, maxFaults))
  if (!entries.some(({ years }) => years !== null)) refuse('file', 'no-period-at-all')
  return { entries, rounded: rounded.slice(0, maxRounded) }
}
