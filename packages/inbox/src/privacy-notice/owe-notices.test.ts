import { expect, test } from 'vitest'
import { asksForEasyLanguage } from './owe-notices.ts'

test.each(['LEICHT', 'leicht', ' Leicht! ', 'Leichte Sprache', '„LEICHT“', 'leicht.'])(
  '%s asks for it',
  (text) => {
    expect(asksForEasyLanguage(text)).toBe(true)
  },
)

test.each(['', '?', 'Das ist leicht', 'leicht verständlich', 'LEICHTER', 'Sprache', 'nicht leicht'])(
  '“%s” does not',
  (text) => {
    expect(asksForEasyLanguage(text)).toBe(false)
  },
)
