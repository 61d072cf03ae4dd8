import { isAscii, isUtf8 } from 'node:buffer'
import { type FilingPlanEntry, filingPlanYears, maxFilingPlanBytes, Refusal } from '@buergerdraht/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filingPlanFile } from './read-csv.ts'

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}
function faultsOf(file: Uint8Array | string): string[] {
  try {
    filingPlanFile(typeof file === 'string' ? bytes(file) : file)
  } catch (error) {
    if (error instanceof Refusal) return error.fields.map(({ path, fault }) => `${path} ${fault}`)
    throw error
  }
  return []
}

/** Letters that Windows-1252 has, with what tables trip over. */
const word = fc
  .array(fc.constantFrom('a', 'B', 'ä', 'ß', 'é', '€', '„', '–', ' ', ',', ';', '"', '.', '1'), {
    minLength: 1,
    maxLength: 30,
  })
  .map((letters) => letters.join('').replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '')
const plan = fc
  .uniqueArray(
    fc.record({ reference: word, title: word, years: fc.constantFrom(null, ...filingPlanYears) }),
    { minLength: 1, maxLength: 20, selector: ({ reference }) => reference.toLowerCase() },
  )
  .filter((entries) => entries.some(({ years }) => years !== null))

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
function csvOf(entries: readonly FilingPlanEntry[], delimiter: string, lineEnd: string): string {
  const rows = entries.map(({ reference, title, years }) => [
    quoted(reference),
    quoted(title),
    String(years ?? ''),
  ])
  return [['Kennzeichen', 'Bezeichnung', 'Frist'], ...rows].map((row) => row.join(delimiter)).join(lineEnd)
}
/** Of the letters above only these three are elsewhere in Windows-1252 than in Latin-1. */
const elsewhere: Readonly<Record<string, number>> = { '€': 0x80, '„': 0x84, '–': 0x96 }
const encoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': bytes,
  'UTF-8 with a mark': (text) => bytes(`\uFEFF${text}`),
  'Windows-1252': (text) => Uint8Array.from([...text], (letter) => elsewhere[letter] ?? letter.charCodeAt(0)),
  'UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
}

describe.each(Object.keys(encoders))('in %s', (encoding) => {
  test.each([';', ',', '\t'])('a plan separated by %j is read as it was written', (delimiter) => {
    fc.assert(
      fc.property(plan, fc.constantFrom('\n', '\r\n'), (entries, lineEnd) => {
        const file = encoders[encoding]?.(csvOf(entries, delimiter, lineEnd)) ?? expect.fail()
        // “ä€–” in Windows-1252 are the bytes of one letter in UTF-8: nobody can tell which was meant.
        fc.pre(encoding !== 'Windows-1252' || isAscii(file) || !isUtf8(file))
        expect(filingPlanFile(file)).toEqual({ entries, rounded: [] })
      }),
    )
  })
})

test('whatever the bytes are, they are a plan or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', 'Nr;Titel;Jahre\n'), (noise, head) => {
      expect(Array.isArray(faultsOf(Buffer.concat([bytes(head), noise])))).toBe(true)
    }),
  )
})

test('periods are years, for good, or none; others become the next longer standard period, and it is said', () => {
  const file =
    'Aktenzeichen;Betreff;Aufbewahrungsfrist\n10;Rat;\n10.1;Sitzungen;6 Jahre\n10.2;Satzungen;dauernd\n20;Steuern;10\n'
  expect(filingPlanFile(bytes(file))).toEqual({
    entries: [
      { reference: '10', title: 'Rat', years: null },
      { reference: '10.1', title: 'Sitzungen', years: 10 },
      { reference: '10.2', title: 'Satzungen', years: 30 },
      { reference: '20', title: 'Steuern', years: 10 },
    ],
    rounded: [
      { line: 3, reference: '10.1', from: '6 Jahre', to: 10 },
      { line: 4, reference: '10.2', from: 'dauernd', to: 30 },
    ],
  })
})

const head = 'Kennzeichen;Bezeichnung;Frist\n'
test.each([
  ['', ['file file-empty']],
  [' \n\n', ['file file-empty']],
  ['Kennzeichen;Bezeichnung\n10;Rat', ['lines.1 columns-missing']],
  ['{"plan": []}', ['lines.1 quotes-open']],
  [
    `${head}10;Rat;31\n11;Wahl;ewig\n;Ohne;5`,
    ['lines.2.columns.3 years-unknown', 'lines.3.columns.3 years-unknown', 'lines.4.columns.1 missing'],
  ],
  [
    `${head}10;Rat;5\n11;;5\n10;Noch einmal;1`,
    ['lines.3.columns.2 missing', 'lines.4.columns.1 listed-before'],
  ],
  [`${head}10;"Rat;5\n11;Wahl;5`, ['lines.3 quotes-open']],
  [`${head}10;"Zwei\nZeilen";5\n11;Wahl;0`, ['lines.4.columns.3 years-unknown']],
  [
    `${head}${'1'.repeat(61)};${'x'.repeat(201)};5`,
    ['lines.2.columns.1 max-characters', 'lines.2.columns.2 max-characters'],
  ],
  [`${head}10;Rat;\n11;Wahl;`, ['file no-period-at-all']],
  [`${head}PK\0\u0003;x;5`, ['file not-a-table']],
])('nonsense is refused where it stands: %j', (file, faults) => {
  expect(faultsOf(file)).toEqual(faults)
})

test('a file that is too large is not looked into, and of many faults twenty are told', () => {
  const rows = Array.from({ length: 5001 }, (_, n) => `${n};x;5`)
  expect(faultsOf(`${head}${rows.join('\n')}`)).toEqual(['file max-entries'])
  expect(faultsOf(new Uint8Array(maxFilingPlanBytes + 1))).toEqual(['file max-characters'])
  expect(faultsOf(`${head}${'10;Rat;ewig\n'.repeat(100)}`)).toHaveLength(20)
})
