import { expect, test } from 'vitest'
import { fold, stemOf, wordsIn } from './words.ts'

test.each([
  ['Łukasz', 'lukasz'],
  ['Søren', 'soren'],
  ['Søren', 'Soeren'],
  ['Yıldız', 'yildiz'],
  ['YILDIZ', 'yildiz'],
  ['İnci', 'inci'],
  ['Müller', 'mueller'],
  ['Ångström', 'angstrom'],
  ['Æsop', 'aesop'],
  ['Đorđe', 'dorde'],
  ['Þóra', 'thora'],
  ['ﬁlip', 'Filip'],
  ['Strauß', 'STRAUSS'],
  ['Жуков', 'zhukov'],
  ['Γιώργος', 'giorgos'],
  ['Նարեկ', 'narek'],
  ['გიორგი', 'giorgi'],
  ['Ｍａｒｉａ', 'maria'],
])('%s and %s are one name', (written, typed) => {
  expect(fold(written)).toBe(fold(typed))
})

test.each([
  ['neue', 'neu'],
  ['Quelle', 'Qulle'],
  ['ь', ''],
])('%s and %s are not', (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
})

test('what is typed of a name in another script is the beginning of that name', () => {
  for (const name of ['Жуков', 'Γιώργος', 'Łukasz', 'Yıldız']) {
    for (let length = 1; length <= name.length; length += 1) {
      expect(fold(name)).toMatch(new RegExp(`^${fold(name.slice(0, length))}`))
    }
  }
})

test('forms of a word have one stem, umlauts or not, and words that mean nothing have none', () => {
  for (const form of ['Häuser', 'Haus', 'Hauses', 'haeuser']) expect(stemOf(fold(form))).toBe('haus')
  for (const word of ['der', 'und', 'Für', 'fuer', 'über']) expect(stemOf(fold(word))).toBeNull()
})

test('places are those of the word as written', () => {
  const text = 'Frau Łucja Œuvre, ﬁxe Idee'
  expect(wordsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Frau',
    'Łucja',
    'Œuvre',
    'ﬁxe',
    'Idee',
  ])
})
