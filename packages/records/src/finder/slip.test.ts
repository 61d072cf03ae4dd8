import { expect, test } from 'vitest'
import { isOneSlip, slipIndex } from './slip.ts'

const right = ['ausweis', 'passport', 'fuhrerschein', 'geburtsdatum', 'паспорт', 'telefonnummer']

/** Every way to write a word with one slip behind its first letter. */
function slips(word: string): string[] {
  const letters = [...word]
  return letters.flatMap((letter, at) =>
    at === 0
      ? []
      : [
          letters.toSpliced(at, 1),
          letters.toSpliced(at, 1, 'q'),
          letters.toSpliced(at, 0, 'q'),
          letters.toSpliced(at, 2, letters[at + 1] ?? '', letter),
        ].map((each) => each.join('')),
  )
}

test('a word with one slip anywhere behind its first letter is found, of short and long ones alike', () => {
  const find = slipIndex(right)
  const missed = right.flatMap((word) =>
    slips(word).filter((written) => written !== word && find(written) !== word),
  )
  expect(missed).toEqual([])
})

test('a word with two slips is not found, nor one with another first letter, nor the word itself', () => {
  const find = slipIndex(right)
  for (const written of ['auqweqs', 'paqsporq', 'gebqrtsdqtum', 'qusweis', 'ausweis', 'auswe', 'ausweiszz'])
    expect(`${written} ${find(written)}`).toBe(`${written} undefined`)
})

test('more than one letter more or less is no slip', () => {
  expect(isOneSlip('ausweis', 'ausweisen')).toBe(false)
  expect(isOneSlip('ausweis', 'auswe')).toBe(false)
  expect(isOneSlip('ausweis', 'auswei')).toBe(true)
})
