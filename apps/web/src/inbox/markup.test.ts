import { expect, test } from 'vitest'
import { type Block, type Inline, parseMarkup } from './markup.ts'

function text(value: string): Inline {
  return { kind: 'text', text: value }
}
function line(...inlines: Inline[]): Block[] {
  return [{ kind: 'lines', lines: [inlines] }]
}

test('the four marks', () => {
  expect(parseMarkup('a *b* _c_ ~d~ `e`')).toEqual(
    line(
      text('a '),
      { kind: 'bold', children: [text('b')] },
      text(' '),
      { kind: 'italic', children: [text('c')] },
      text(' '),
      { kind: 'strike', children: [text('d')] },
      text(' '),
      { kind: 'code', text: 'e' },
    ),
  )
})

test('marks inside marks', () => {
  expect(parseMarkup('*sehr _wichtig_*')).toEqual(
    line({ kind: 'bold', children: [text('sehr '), { kind: 'italic', children: [text('wichtig')] }] }),
  )
})

test.each([
  '2*3*4',
  'snake_case_name',
  'kein * fett * hier',
  '**',
  '*offen',
  'a* b*',
  '5 ~ 6 ~ 7',
  '`',
  '``',
])('%s has no mark', (value) => {
  expect(parseMarkup(value)).toEqual(line(text(value)))
})

test('HTML stays text', () => {
  const html = '<script>alert(1)</script><img src=x onerror=alert(1)>'
  expect(parseMarkup(html)).toEqual(line(text(html)))
})

test('links: http and https, without the sentence around them', () => {
  expect(parseMarkup('Siehe https://example.org/a_b_(c). Danke')).toEqual(
    line(
      text('Siehe '),
      { kind: 'link', text: 'https://example.org/a_b_(c)', href: 'https://example.org/a_b_(c)' },
      text('. Danke'),
    ),
  )
  expect(parseMarkup('(http://example.org)')).toEqual(
    line(text('('), { kind: 'link', text: 'http://example.org', href: 'http://example.org/' }, text(')')),
  )
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.org',
  'https://amt.example@boese.example/',
  'http://',
  'xhttps://example.org',
])('%s is no link', (value) => {
  expect(parseMarkup(value)).toEqual(line(text(value)))
})

test('quotes and lists', () => {
  expect(parseMarkup('> eins\n> zwei\n- a\n- b\n3. c\n4. d\nEnde')).toEqual([
    { kind: 'quote', lines: [[text('eins')], [text('zwei')]] },
    { kind: 'list', start: null, items: [[text('a')], [text('b')]] },
    { kind: 'list', start: 3, items: [[text('c')], [text('d')]] },
    { kind: 'lines', lines: [[text('Ende')]] },
  ])
})

test('a fence over lines keeps everything as it is, within a line it is code', () => {
  expect(parseMarkup('vor\n```\n*a*\n  b\n```\nnach')).toEqual([
    { kind: 'lines', lines: [[text('vor')]] },
    { kind: 'mono', text: '*a*\n  b' },
    { kind: 'lines', lines: [[text('nach')]] },
  ])
  expect(parseMarkup('```*a*```')).toEqual(line({ kind: 'code', text: '*a*' }))
})

test('empty lines stay', () => {
  expect(parseMarkup('a\n\nb')).toEqual([{ kind: 'lines', lines: [[text('a')], [], [text('b')]] }])
})

// In time that grows with the square of the length this would take minutes and run into the test's time-out.
test('a long hostile text is read in time that grows with its length', () => {
  expect(parseMarkup('*a _b ~c `'.repeat(6_000))).toHaveLength(1)
  parseMarkup('> '.repeat(20_000))
  parseMarkup('```\n'.repeat(10_000))
  parseMarkup(`\`\`\`${'\n'.repeat(60_000)}`)
  parseMarkup(`\`\`\`${'\n'.repeat(30_000)}\`${'\n'.repeat(30_000)}`)
})
