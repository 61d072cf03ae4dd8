import { expect, test } from 'vitest'
import { blackOut } from './redactions.ts'

const text = 'Meine Nachbarin Inge Kranz, 0171 5550123, hat es gesehen.'
function passage(words: string) {
  const begins = text.indexOf(words)
  return { begins, ends: begins + words.length }
}

test.each([
  [[], text],
  [[passage('Inge Kranz')], 'Meine Nachbarin [geschwärzt], 0171 5550123, hat es gesehen.'],
  // In any order; where they touch or overlap, one.
  [
    [passage('0171 5550123'), passage('Inge Kranz')],
    'Meine Nachbarin [geschwärzt], [geschwärzt], hat es gesehen.',
  ],
  [[passage('Inge Kranz'), passage('Kranz, 0171')], 'Meine Nachbarin [geschwärzt] 5550123, hat es gesehen.'],
  [[passage('Inge'), passage(' Kranz')], 'Meine Nachbarin [geschwärzt], 0171 5550123, hat es gesehen.'],
  [[passage('Inge Kranz'), passage('Kranz')], 'Meine Nachbarin [geschwärzt], 0171 5550123, hat es gesehen.'],
  [[passage('Meine')], '[geschwärzt] Nachbarin Inge Kranz, 0171 5550123, hat es gesehen.'],
  [[{ begins: 0, ends: text.length }], '[geschwärzt]'],
  [[passage('gesehen.')], 'Meine Nachbarin Inge Kranz, 0171 5550123, hat es [geschwärzt]'],
] as const)('without %j', (ranges, shown) => {
  expect(blackOut(text, ranges)).toBe(shown)
})
