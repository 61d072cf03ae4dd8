import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { getCountrySpecifications, isValidIBAN } from 'ibantools'
import { describe, expect, it, vi } from 'vitest'
import type { LocalDate } from '../law/instant.ts'
import { healthInsuranceNumbersIn } from './health-insurance-number.ts'
import { ibanLengths, ibansIn } from './iban.ts'
import { identityDocumentsIn } from './identity-document.ts'
import { personalDataIn } from './personal-data.ts'
import type { PiiKind } from './pii-match.ts'
import { taxIdsIn } from './tax-id.ts'

// Thousands of cases each, beside whatever else runs on the machine.
vi.setConfig({ testTimeout: 60_000 })

const vectors = new URL('../../vectors/detectors/', import.meta.url)

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, vectors), 'utf8'))
}

const writtenOn = '2026-06-03' as LocalDate

type Found = { kind: PiiKind; text: string; category?: string }

function foundIn(text: string, on: LocalDate | null): Found[] {
  return personalDataIn(text, on).map((match) => ({
    kind: match.kind,
    text: text.slice(match.start, match.end),
    ...('category' in match ? { category: match.category } : {}),
  }))
}

describe('vectors', () => {
  for (const file of readdirSync(new URL('valid/', vectors))) {
    const { title, cases } = read<{
      title: string
      cases: { why: string; text: string; writtenOn: LocalDate | null; matches: Found[] }[]
    }>(`valid/${file}`)
    describe(title, () => {
      it.each(cases)('$why', ({ text, writtenOn: on, matches }) => {
        expect(foundIn(text, on)).toEqual(matches)
      })
    })
  }

  for (const file of readdirSync(new URL('invalid/', vectors))) {
    const { title, kind, cases } = read<{
      title: string
      kind: PiiKind
      cases: { why: string; text: string; writtenOn: LocalDate | null }[]
    }>(`invalid/${file}`)
    describe(title, () => {
      it.each(cases)('$why', ({ text, writtenOn: on }) => {
        expect(foundIn(text, on).filter((each) => each.kind === kind)).toEqual([])
      })
    })
  }
})

describe('IBAN against an independent implementation', () => {
  it('knows the same lengths', () => {
    const theirs = getCountrySpecifications()
    for (const [country, length] of Object.entries(ibanLengths)) {
      expect({ country, length }).toEqual({ country, length: theirs[country]?.chars })
    }
    // Territories that ibantools lists apart use the IBANs of their mother country.
    const territories = ['AX', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'TF', 'WF', 'YT']
    const registered = Object.entries(theirs).filter(([, specification]) => specification.IBANRegistry)
    const missing = registered.map(([country]) => country).filter((country) => !(country in ibanLengths))
    expect(missing.sort()).toEqual(territories)
  })

  it('agrees on German IBANs, right and wrong', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
        fc.boolean(),
        fc.nat({ max: 99 }),
        (bban, right, other) => {
          const account = bban.toString().padStart(18, '0')
          const checksum = 98n - (BigInt(`${account}131400`) % 97n)
          const digits = right ? checksum.toString() : other.toString()
          const iban = `DE${digits.padStart(2, '0')}${account}`
          expect(ibansIn(iban)).toHaveLength(isValidIBAN(iban) ? 1 : 0)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('check digits', () => {
  it.each([
    ['IBAN', 'DE89370400440532013000', ibansIn],
    ['tax id', '86095742719', taxIdsIn],
    ['health insurance number', 'A123456780', healthInsuranceNumbersIn],
    ['identity card', 'L01X00T471', (text: string) => identityDocumentsIn(text, [])],
  ] as const)('of the %s catch every single wrong digit', (_name, number, detect) => {
    expect(detect(number)).toHaveLength(1)
    for (let index = 0; index < number.length; index++) {
      if (!/[0-9]/.test(number.charAt(index))) continue
      for (let digit = 0; digit < 10; digit++) {
        const changed = `${number.slice(0, index)}${digit}${number.slice(index + 1)}`
        if (changed !== number)
          expect({ changed, found: detect(changed).length }).toEqual({ changed, found: 0 })
      }
    }
  })
})

describe('every text', () => {
  const fragments = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'DE89370400440532013000',
      '0151 12345678',
      'geb. 12.08.1964',
      'a@b.de',
      'A123456780',
      'Krebs',
      'Ausweis L01X00T47',
      '86095742719',
      '+',
      '(',
      '@',
      '\ud83d',
      '<',
      '\u00a0',
    ),
  )

  it('gives ordered matches that do not overlap and lie inside it', () => {
    fc.assert(
      fc.property(fc.array(fragments), fc.constantFrom('', ' ', '\n', ', '), (parts, glue) => {
        const text = parts.join(glue)
        let free = 0
        for (const { start, end } of personalDataIn(text, writtenOn)) {
          expect(start >= free && end > start && end <= text.length).toBe(true)
          free = end
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('gives nothing of its content in a match', () => {
    const [match] = personalDataIn('DE89370400440532013000', null)
    expect(match).toEqual({ kind: 'IBAN', start: 0, end: 22 })
  })
})

describe('documents that other states print, and licences', () => {
  function documentsIn(text: string): string[] {
    return personalDataIn(text, '2026-06-03' as LocalDate)
      .filter(({ kind }) => kind === 'IDENTITY_DOCUMENT')
      .map(({ start, end }) => text.slice(start, end))
  }
  it.each([
    ['Führerschein Nr. B072RXK2I55, aus Kassel', 'B072RXK2I55'],
    ['my driving licence no. MORGA753116SM9IJ', 'MORGA753116SM9IJ'],
    ['prawo jazdy nr 04829/17/1426', '04829/17/1426'],
    ['yeni kimlik seri no A48K29173', 'A48K29173'],
    ['AusweisnrL8ZK4TX2P', 'L8ZK4TX2P'],
    ['Aufenthaltstitel, Kartennummer Y4TX7K2C9', 'Y4TX7K2C9'],
  ])('%s', (text, serial) => {
    expect(documentsIn(text)).toEqual([serial])
  })

  it.each([
    'Führerschein liegt bei, Rechnung B072RXK2I55',
    'Führerschein, Zähler 1EMH0048291736',
    'Kartennummer der Bücherei 00482917',
    'Führerschein seit 1998, Klasse BE, C1E',
  ])('none: %s', (text) => {
    expect(documentsIn(text)).toEqual([])
  })
})

describe('identity documents as people write them', () => {
  it.each([
    ['Ausweis LO1XOOT47 abgegeben', ['LO1XOOT47']],
    ['Ausweisnummer l2t8k4oxm', ['l2t8k4oxm']],
    [
      'Reisepass C wie Cäsar, 7, F wie Friedrich, 1, 1, R wie Richard, 3, 0, N wie Nordpol',
      ['C wie Cäsar, 7, F wie Friedrich, 1, 1, R wie Richard, 3, 0, N wie Nordpol'],
    ],
    ['belgischer Ausweis 592-4829137-46', ['592-4829137-46']],
    ['паспорт ФК482913', ['ФК482913']],
    ['dowód seria CAB numer 482913', ['CAB numer 482913']],
    ['ehliyet no 482913', ['482913']],
    ['Führerschein J 04 20 A B 1 C 2 2', ['J 04 20 A B 1 C 2 2']],
    ['Mein Ausweis L2T8K40XM, der meiner Tochter LK8T02X4M', ['L2T8K40XM', 'LK8T02X4M']],
  ])('%j', (text, numbers) => {
    expect(
      foundIn(text, writtenOn)
        .filter(({ kind }) => kind === 'IDENTITY_DOCUMENT')
        .map((each) => each.text),
    ).toEqual(numbers)
  })

  it.each([
    'Ersatzteil LO1XOOT47 fehlt',
    'Rechnung 592-4829137-46',
    'Ausweis ist da. Ticket 482913',
    'Sendung ФК482913',
  ])('none: %j', (text) => {
    expect(foundIn(text, writtenOn).filter(({ kind }) => kind === 'IDENTITY_DOCUMENT')).toEqual([])
  })
})

describe('the number of a document', () => {
  it.each([
    ['Fahrerlaubnisnr T2040RF8G43', 'T2040RF8G43'],
    ['Aufenthaltskartennummer YP4K8T204', 'YP4K8T204'],
    ['Kinderreispassnr. F5829137', 'F5829137'],
    ['asuweis L4K8T21XN', 'L4K8T21XN'],
  ])('%j has its name, joined or mistyped, before it', (text, value) => {
    expect(foundIn(text, writtenOn)).toEqual([{ kind: 'IDENTITY_DOCUMENT', text: value }])
  })

  it.each(['Parkausweisnr 5829137', 'Hausausweisnr 5829137', 'sprawa numer 5829137', 'Vorgangsnr 5829137'])(
    '%j is of something else',
    (text) => {
      expect(foundIn(text, writtenOn)).toEqual([])
    },
  )

  it('may begin far before its first digit', () => {
    const text = 'Ausweis L - X - L - X - T - P - K - T - 4'
    expect(foundIn(text, writtenOn)).toEqual([{ kind: 'IDENTITY_DOCUMENT', text: text.slice(8) }])
  })
})
