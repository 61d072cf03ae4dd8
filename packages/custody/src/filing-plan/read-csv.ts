import {
  type FieldRefusal,
  type FilingPlanEntry,
  type FilingPlanFile,
  filingPlanYears,
  maxFilingPlanBytes,
  maxFilingPlanEntries,
  Refusal,
} from '@buergerdraht/contract'
import { placesOf, refuse, tableOf } from '../csv/read-table.ts'

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
  const [header, ...rows] = tableOf(bytes, maxFilingPlanBytes)
  const places = placesOf(header, names)
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
