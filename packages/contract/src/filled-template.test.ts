import { expect, test } from 'vitest'
import { filledIn, placeholdersOf, wantsFile } from './filled-template.ts'
import type { TemplateWords } from './template.ts'

const words: TemplateWords = {
  header: { kind: 'text', text: 'Ihr Anliegen beim {{1}}' },
  body: 'Guten Tag {{1}}, Ihr {{2}} liegt bereit. Bis bald, {{1}}! {{ 3 }} {{}} {x}',
  footer: 'Stadt {{1}}',
  buttons: [
    { kind: 'reply', text: '{{1}}', target: null },
    { kind: 'url', text: 'Termin', target: 'https://termine.example/{{1}}' },
    { kind: 'phone', text: 'Anrufen', target: '{{1}}' },
  ],
}

test('each place counts anew, each placeholder is asked for once, and a footer has none', () => {
  expect(placeholdersOf(words).map(({ key }) => key)).toEqual(['header.1', '1', '2', 'button1.1'])
})

test('values stand in their places, and what is missing stays as it is', () => {
  const filled = filledIn(
    words,
    new Map([
      ['header.1', 'Bürgeramt'],
      ['1', 'Frau {{2}}'],
      ['button1.1', 'abc'],
    ]),
  )
  expect(filled.header).toEqual({ kind: 'text', text: 'Ihr Anliegen beim Bürgeramt' })
  // A value is no template.
  expect(filled.body).toBe(
    'Guten Tag Frau {{2}}, Ihr {{2}} liegt bereit. Bis bald, Frau {{2}}! {{ 3 }} {{}} {x}',
  )
  expect(filled.footer).toBe('Stadt {{1}}')
  expect(filled.buttons.map(({ target }) => target)).toEqual([null, 'https://termine.example/abc', '{{1}}'])
})

test('a placeholder may have any name, also one that objects have', () => {
  const named: TemplateWords = { header: null, body: '{{constructor}} {{name}}', footer: null, buttons: [] }
  expect(placeholdersOf(named).map(({ key }) => key)).toEqual(['constructor', 'name'])
  expect(filledIn(named, new Map()).body).toBe('{{constructor}} {{name}}')
})

test('a header that is a file cannot be filled in here', () => {
  expect(wantsFile({ ...words, header: { kind: 'document' } })).toBe(true)
  expect(wantsFile(words)).toBe(false)
})
