import { expect, test } from 'vitest'
import { markedPieces, occurrences } from './marked-pieces.ts'

test('a text is in pieces by what is thought of them, and blacked out counts before left', () => {
  const pieces = markedPieces(
    'Inge, 0171 55',
    [{ begins: 6, ends: 13 }],
    [
      { begins: 0, ends: 4, blacked: true },
      { begins: 6, ends: 13, blacked: false },
      { begins: 11, ends: 13, blacked: true },
    ],
  )
  expect(pieces).toEqual([
    { text: 'Inge', mark: 'blacked' },
    { text: ', ', mark: null },
    { text: '0171 ', mark: 'left' },
    { text: '55', mark: 'blacked' },
  ])
  expect(markedPieces('Hallo 1', [{ begins: 6, ends: 7 }], []).map(({ mark }) => mark)).toEqual([
    null,
    'found',
  ])
})

test.each([
  ['Inge und INGE', 'inge', [0, 9]],
  ['a.b und axb', 'a.b', [0]],
  ['İnge und inge', 'inge', [9]],
  ['nichts', '  ', []],
] as const)('in %j %j stands at %j', (text, wanted, places) => {
  expect(occurrences(text, wanted).map(({ begins }) => begins)).toEqual(places)
})
