import { expect, test } from 'vitest'
import { webLink } from './web-link.ts'

test.each([
  ['https://example.org/a_(b)_c?x=1#y', 'https://example.org/a_(b)_c?x=1#y'],
  ['HTTP://Example.org', 'http://example.org/'],
  ['https://bürger.example/ä', 'https://xn--brger-kva.example/%C3%A4'],
])('%s can be followed', (text, href) => {
  expect(webLink(text)).toBe(href)
})

test.each([
  'https://amt.example@boese.example/',
  'https://user:pw@boese.example/',
  'https://:pw@boese.example/',
  'https://amt.example%2F@boese.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.org',
  '//example.org',
  'example.org',
  'https://',
  '',
])('%s cannot', (text) => {
  expect(webLink(text)).toBeNull()
})
