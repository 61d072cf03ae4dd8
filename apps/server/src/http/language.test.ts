import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  [undefined, 'de'],
  ['', 'de'],
  ['*', 'de'],
  ['fr-FR, fr;q=0.9', 'de'],
  ['en', 'en'],
  ['en-GB,en;q=0.9,de;q=0.8', 'en'],
  ['de-DE,de;q=0.9,en;q=0.8', 'de'],
  ['en;q=0.3, de;q=0.7', 'de'],
  ['en;q=0', 'de'],
  ['nonsense;;q=x,EN', 'en'],
])('Accept-Language %j gets %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
