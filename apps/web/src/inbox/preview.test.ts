import { expect, test } from 'vitest'
import { de } from '../ui/words/de.ts'
import { placeholderOf, previewOf } from './preview.ts'

test('a short text stands as it is, without writing marks', () => {
  expect(previewOf(de, { kind: 'text', text: 'Wann hat das *Bürgeramt*\n offen?' })).toBe(
    'Wann hat das Bürgeramt offen?',
  )
})

test('what only looks like a mark stays', () => {
  const text = 'Mein Zeichen AZ_32_1 und 2*3*4, siehe https://x.example/a_b_c'
  expect(previewOf(de, { kind: 'text', text })).toBe(text)
})

test('a long text ends between two words', () => {
  const line = previewOf(de, { kind: 'text', text: 'Kann man ohne Termin kommen? '.repeat(100) })
  expect(line.length).toBeLessThan(165)
  expect(line).toMatch(/(Kann|man|ohne|Termin|kommen\?) …$/)
})

test('a long text without gaps is never cut through a character', () => {
  expect(previewOf(de, { kind: 'text', text: `x${'👍'.repeat(200)}` })).toMatch(/^x(👍)+ …$/u)
})

test('an attempt to call is named, in the list and where it is told', () => {
  expect(previewOf(de, { kind: 'system', event: 'call-attempted', text: null })).toBe('Anruf versucht')
  const details = {
    kind: 'system' as const,
    event: 'call-attempted' as const,
    by: null,
    reason: null,
    cause: null,
    earlier: null,
  }
  expect(previewOf(de, { kind: 'system', text: null, details })).toBe('Anruf versucht')
})

test.each([
  ['hologram', de.special.unknownType('hologram')],
  ['constructor', de.special.unknownType('constructor')],
  ['image', de.special.notTransmitted],
  ['interactive', de.special.notTransmitted],
  ['poll_update', de.special.poll],
  ['edit', de.special.unsupported],
  ['unknown', de.special.unsupported],
])('in the place of a %s that cannot be shown stands: %s', (type, words) => {
  expect(placeholderOf(de, { kind: 'unsupported', type, unavailable: false })).toBe(words)
  expect(placeholderOf(de, { kind: 'unsupported', type, unavailable: true })).toBe(de.special.unavailable)
})
