import { expect, test } from 'vitest'
import { identitiesIn } from './find-by-identity.ts'

test.each([
  ['+49 171 3920011', [['phone', '491713920011']]],
  ['0049 171/39 200-11', [['phone', '491713920011']]],
  [
    '0171 3920011',
    [
      ['phone', '01713920011'],
      ['phone', '491713920011'],
    ],
  ],
  ['491713920011', [['phone', '491713920011']]],
  [
    'DE.7001000000000000022',
    [
      ['bsuid', 'DE.7001000000000000022'],
      ['parent-bsuid', 'DE.7001000000000000022'],
    ],
  ],
  ['12345', []],
  ['Paragraf 35', []],
  ['DE.7001 Hecke', []],
  ['', []],
])('%j spells out %j', (text, identities) => {
  expect(identitiesIn(text)).toEqual(identities)
})
