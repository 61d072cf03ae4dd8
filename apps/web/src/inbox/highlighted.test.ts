import { expect, test } from 'vitest'
import { withoutMarks } from './highlighted.tsx'

test.each([
  ['Wann hat das *Bürgeramt* offen?', 'Bürgeramt', 'Wann hat das Bürgeramt offen?'],
  ['*Achtung*: _Halteverbot_ am ~Freitag~ Samstag', 'Halteverbot', 'Achtung: Halteverbot am Freitag Samstag'],
  ['AZ_32_1 und 2*3*4', '2*3*4', 'AZ_32_1 und 2*3*4'],
  ['```Wertstoffhof```', 'Wertstoffhof', 'Wertstoffhof'],
])('what was found in “%s” is still marked once the writing marks are gone', (text, found, plain) => {
  const start = text.indexOf(found)
  const seen = withoutMarks(text, [[start, start + found.length]])
  expect(seen.text).toBe(plain)
  expect(seen.matches.map(([from, to]) => seen.text.slice(from, to))).toEqual([found])
})
