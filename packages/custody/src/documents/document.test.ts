import { expect, test } from 'vitest'
import { differences, type OfficeDocument, table, text } from './document.ts'

function documentWith(...blocks: OfficeDocument['sections'][number]['blocks']): OfficeDocument {
  return { title: 'T', basis: 'B', sections: [{ heading: '1 Eins', level: 1, blocks }] }
}

const columns = ['Regel', 'Frist', 'Archiv']

test('a changed cell, a new row and a row that is gone are named; the order says nothing', () => {
  const before = documentWith(
    table(columns, [
      ['A', '1', 'x'],
      ['B', '2', 'x'],
      ['C', '3', 'x'],
    ]),
  )
  const after = documentWith(
    table(columns, [
      ['D', '4', 'y'],
      ['C', '3', 'x'],
      ['B', '5', 'x'],
    ]),
  )
  expect(differences(before, after)).toEqual([
    '1 Eins – entfallen: A (Frist: 1; Archiv: x)',
    '1 Eins – neu: D (Frist: 4; Archiv: y)',
    '1 Eins – geändert: B, Frist: bisher „2“, jetzt „5“',
  ])
  expect(differences(before, before)).toEqual([])
})

test('two rows of one name are two, and tables beside each other keep theirs apart', () => {
  const twice = table(columns, [
    ['A', '1', 'x'],
    ['A', '2', 'x'],
  ])
  const changed = table(columns, [
    ['A', '3', 'x'],
    ['A', '2', 'x'],
  ])
  expect(differences(documentWith(twice), documentWith(changed))).toEqual([
    '1 Eins – geändert: A, Frist: bisher „1“, jetzt „3“',
  ])
  const [one, other] = [table(['Regel', 'Wert'], [['A', '1']]), table(['Rolle', 'Wert'], [['A', '2']])]
  expect(differences(documentWith(one, other), documentWith(other, one))).toEqual([])
})

test('sentences and sections that come and go are named, and a column that is new', () => {
  const before = documentWith(text('Alt.'), table(['Regel', 'Frist'], [['A', '1']]))
  expect(
    differences(before, documentWith(text('Neu.'), table(['Regel', 'Archiv', 'Frist'], [['A', 'x', '1']]))),
  ).toEqual([
    '1 Eins – entfallen: Alt.',
    '1 Eins – neu: Neu.',
    '1 Eins – geändert: A, Archiv: bisher „–“, jetzt „x“',
  ])
  const none = { ...before, sections: [] }
  expect(differences(before, none)).toEqual(['1 Eins – entfallen: Alt.', '1 Eins – entfallen: A (Frist: 1)'])
  expect(differences(none, before)).toEqual(['1 Eins – neu: Alt.', '1 Eins – neu: A (Frist: 1)'])
})
