import { expect, test } from 'vitest'
import { plain } from './markdown.ts'

test.each([
  ['# Titel', '\\# Titel'],
  ['a | b', 'a \\| b'],
  ['<script>', '\\<script\\>'],
  ['[x](y)', '\\[x\\](y)'],
  ['https://x.example', 'https\\://x.example'],
  ['WWW.x.example', 'WWW\\.x.example'],
  ['- Punkt', '\\- Punkt'],
  ['1. Punkt', '1\\. Punkt'],
  ['12) Punkt', '12\\) Punkt'],
  ['Zeile\r\n\r\n# zwei', 'Zeile \\# zwei'],
  ['a\\b', 'a\\\\b'],
  ['&lt;', '\\&lt;'],
  ['um\u202egekehrt', 'umgekehrt'],
  ['Art. 6 Abs. 1 lit. e, Bürger-Büro (1)', 'Art. 6 Abs. 1 lit. e, Bürger-Büro (1)'],
])('%j is written %j', (words, written) => {
  expect(plain(words)).toBe(written)
})
