import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inline } from './marked-line.ts'
import { type Block, parseMarkup, plainText } from './markup.ts'

function text(value: string): Inline {
  return { kind: 'text', text: value }
}
function item(marker: string, value: string) {
  return { marker, line: [text(value)] }
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
  'Mein Zeichen AZ_32_1 und 2*3*4',
  'Name: ____________',
  '**wichtig**',
  '*_*',
  'Wie geht`s und was gibt`s?',
  'nimm ` oder ` als Zeichen',
  'e\u0301*b*',
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
})

test.each([
  ['(', 'http://example.org/', ')'],
  ['(', 'https://example.org/a_(b)_c', ').'],
  ['[', 'https://example.org/a[1]', ']'],
  ['(siehe (', 'https://example.org/(a(b))', ')),'],
  ['„', 'https://example.org/x', '“.'],
  ['Aktenzeichen ', 'https://example.org/a_b_c', ''],
  ['', 'https://example.org/a_', ''],
  ['', 'https://example.org/#*', '!'],
])('%s%s%s: the link ends where its writer ended it', (before, href, after) => {
  expect(parseMarkup(before + href + after)).toEqual(
    line(
      ...(before === '' ? [] : [text(before)]),
      { kind: 'link', text: href, href },
      ...(after === '' ? [] : [text(after)]),
    ),
  )
})

test('a mark around a link is no part of it, and none within it closes one', () => {
  expect(parseMarkup('*https://example.org/a*')).toEqual(
    line({
      kind: 'bold',
      children: [{ kind: 'link', text: 'https://example.org/a', href: 'https://example.org/a' }],
    }),
  )
  const href = 'https://example.org/a_'
  expect(parseMarkup(`_x ${href}/b`)).toEqual(
    line(text('_x '), { kind: 'link', text: `${href}/b`, href: `${href}/b` }),
  )
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.org',
  'https://amt.example@boese.example/',
  'https://user:pw@boese.example/',
  'https://:pw@boese.example/',
  'http://',
  'xhttps://example.org',
])('%s is no link', (value) => {
  expect(parseMarkup(value)).toEqual(line(text(value)))
})

test('quotes and lists', () => {
  expect(parseMarkup('> eins\n> zwei\n- a\n- b\n3. c\n4. d\nEnde')).toEqual([
    { kind: 'quote', lines: [[text('eins')], [text('zwei')]] },
    { kind: 'bullets', items: [item('-', 'a'), item('-', 'b')] },
    { kind: 'numbers', items: [item('3.', 'c'), item('4.', 'd')] },
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

test('numbers stay those that were written', () => {
  expect(parseMarkup('Mögliche Termine:\n12. Dezember\n24. Dezember\n7. Januar')).toEqual([
    { kind: 'lines', lines: [[text('Mögliche Termine:')]] },
    { kind: 'numbers', items: [item('12.', 'Dezember'), item('24.', 'Dezember'), item('7.', 'Januar')] },
  ])
  expect(parseMarkup('007. Agent\n2026. Jahr')).toEqual([
    { kind: 'lines', lines: [[text('007. Agent')], [text('2026. Jahr')]] },
  ])
})

test.each([
  ['*sehr _wichtig_* und `code`', 'sehr wichtig und code'],
  [
    'Mein Zeichen AZ_32_1 und 2*3*4, siehe https://x.example/a_b_c',
    'Mein Zeichen AZ_32_1 und 2*3*4, siehe https://x.example/a_b_c',
  ],
  ['12. Dezember\n24. Dezember\n- 5 Grad\n> 18 Jahre', '12. Dezember\n24. Dezember\n- 5 Grad\n> 18 Jahre'],
  ['vor\n```\n*a*\n  b\n```\nnach', 'vor\n*a*\n  b\nnach'],
  ['a\n\nb\n', 'a\n\nb\n'],
])('%j is in plain text %j', (marked, plain) => {
  expect(plainText(marked)).toBe(plain)
})

const pieces = fc.oneof(
  fc.constantFrom(
    ...[
      '*',
      '_',
      '~',
      '`',
      '```',
      '\n',
      ' ',
      '> ',
      '- ',
      '1. ',
      '12. ',
      '(',
      ')',
      '[',
      ']',
      '.',
      '@',
      'http://',
    ],
    ...[
      'https://a',
      'a',
      'b',
      '7',
      'ä',
      '\u0301',
      '👍',
      '“',
      'http://a@',
      '*a ',
      '_b ',
      '\u2028',
      '\r',
      '\t',
    ],
  ),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
)
const unmarked = /[*_~`\s]/g

test('whatever is written: all of it is shown, but for marks', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const written = parts.join('')
      expect(plainText(written).replace(unmarked, '')).toBe(written.replace(unmarked, ''))
    }),
    { numRuns: 2_000 },
  )
})

// In time that grows with the square of the length one of these takes minutes, and the test ends by its time-out.
test('whatever is repeated to a long text is read in time that grows with its length', () => {
  const maxCharacters = 262_144
  fc.assert(
    fc.property(
      fc.array(pieces, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
      fc.array(pieces, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
      (start, tail) => {
        const text = start.padEnd(maxCharacters / 2, start) + tail.padEnd(maxCharacters / 2, tail)
        expect(plainText(text).replace(unmarked, '')).toBe(text.replace(unmarked, ''))
      },
    ),
    {
      numRuns: 60,
      examples: [
        ['http://a@', ')'],
        ['http://a', ')'],
        ['*a _b ~c `', '*_~`'],
        ['```\n', '\n'],
        ['`\n', '> '],
      ],
    },
  )
})
