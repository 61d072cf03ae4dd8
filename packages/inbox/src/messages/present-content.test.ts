import { expect, test } from 'vitest'
import type { StoredContent } from '../stored/additional-data.ts'
import { detailsOf, previewOf, textOf } from './present-content.ts'

const place = {
  kind: 'location',
  latitude: 52.5,
  longitude: 13.4,
  name: 'Rathaus',
  address: 'Markt 1',
  url: null,
} as const
function stored(content: StoredContent['content'], by?: string): StoredContent {
  return {
    content,
    referral: null,
    ...(by === undefined ? {} : { by }),
  }
}

test.each([
  ['https://example.org/rathaus', 'https://example.org/rathaus'],
  ['https://user:pw@boese.example/', null],
  ['https://amt.example@boese.example/', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['not an address', null],
  [null, null],
])('the address %j of a place is handed on as %j', (url, shown) => {
  expect(detailsOf(stored({ ...place, url }))).toMatchObject({ url: shown })
})

test.each([
  [{ kind: 'text', text: 'Guten Tag' }, 'Guten Tag', 'Guten Tag'],
  [place, null, 'Rathaus'],
  [{ ...place, name: null }, null, 'Markt 1'],
  [{ kind: 'choice', id: '1', title: 'Ja', description: null }, null, 'Ja'],
  [{ kind: 'form', answers: null, raw: '{' }, null, null],
  [{ kind: 'unsupported', type: 'poll_creation', errorCode: '131051' }, null, null],
] as const)('%j has the text %j and the preview %j', (content, text, preview) => {
  expect([textOf(content), previewOf(content)]).toEqual([text, preview])
})

test('a system line names who did it; the provider’s own names nobody', () => {
  expect(detailsOf(stored({ kind: 'system', event: 'claimed' }, 'Frau Yılmaz'))).toEqual({
    kind: 'system',
    event: 'claimed',
    by: 'Frau Yılmaz',
    reason: null,
    cause: null,
    earlier: null,
  })
  expect(detailsOf(stored({ kind: 'system', event: 'number-changed' }))).toMatchObject({ by: null })
})

test.each([
  ['131060', true],
  ['131051', false],
  [null, false],
])('unsupported content with code %s exists on the phone only: %s', (errorCode, unavailable) => {
  const content = { kind: 'unsupported', type: 'unknown', errorCode } as const
  expect(detailsOf(stored(content))).toEqual({ kind: 'unsupported', type: 'unknown', unavailable })
})
