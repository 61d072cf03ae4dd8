import { expect, test } from 'vitest'
import { de } from '../ui/words/de.ts'
import { previewOf } from './preview.ts'

test('a short text stands as it is, without writing marks', () => {
  expect(previewOf(de, { kind: 'text', text: 'Wann hat das *Bürgeramt*\n offen?' })).toBe(
    'Wann hat das Bürgeramt offen?',
  )
})

test('a long text ends between two words', () => {
  const line = previewOf(de, { kind: 'text', text: 'Kann man ohne Termin kommen? '.repeat(100) })
  expect(line.length).toBeLessThan(165)
  expect(line).toMatch(/(Kann|man|ohne|Termin|kommen\?) …$/)
})

test('a long text without gaps is never cut through a character', () => {
  expect(previewOf(de, { kind: 'text', text: `x${'👍'.repeat(200)}` })).toMatch(/^x(👍)+ …$/u)
})
