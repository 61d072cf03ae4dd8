import { expect, test } from 'vitest'
import { snippetOf } from './search-snippet.ts'

test('a short text stays whole', () => {
  expect(snippetOf('Hecke schneiden', [[0, 5]])).toEqual({ text: 'Hecke schneiden', matches: [[0, 5]] })
})

test('a long text is cut around the first match, and the matches still cover their words', () => {
  const text = `${'vorher '.repeat(100)}Hecke und noch einmal Hecke ${'nachher '.repeat(100)}Hecke`
  const first = text.indexOf('Hecke')
  const second = text.indexOf('Hecke', first + 1)
  const last = text.lastIndexOf('Hecke')
  const snippet = snippetOf(
    text,
    [first, second, last].map((at) => [at, at + 5]),
  )
  expect(snippet.text.length).toBeLessThan(260)
  expect(snippet.text).toMatch(/^… vorher .* …$/)
  expect(snippet.matches.map(([start, end]) => snippet.text.slice(start, end))).toEqual(['Hecke', 'Hecke'])
})

test('a match that is cut at the end is marked as far as it is shown', () => {
  const text = 'w'.repeat(1000)
  const { text: shown, matches } = snippetOf(text, [[0, 1000]])
  expect(matches).toEqual([[0, 240]])
  expect(shown).toBe(`${'w'.repeat(240)} …`)
})

test('a surrogate pair is never cut in half', () => {
  const text = '🌻'.repeat(400)
  for (const start of [100, 101, 300, 301]) {
    expect(snippetOf(text, [[start, start + 1]]).text).not.toMatch(/\p{Surrogate}/u)
  }
})
