import { expect, test } from 'vitest'
import { emojiSet, findEmoji } from './emoji-set.ts'

test('each is there once', () => {
  expect(new Set(emojiSet.map(([emoji]) => emoji)).size).toBe(emojiSet.length)
})

test('found by the beginnings of words, with and without umlauts', () => {
  expect(findEmoji('müll')).toEqual(['🚮', '🗑️'])
  expect(findEmoji('MULL tonne')).toEqual(['🗑️'])
  expect(findEmoji('Gruß')).toEqual(['👋'])
  expect(findEmoji('gruss')).toEqual(['👋'])
  expect(findEmoji('raum')).toEqual([])
  expect(findEmoji('')).toHaveLength(emojiSet.length)
})
