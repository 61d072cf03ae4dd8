import { describe, expect, test } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

describe('contentDisposition', () => {
  test.each([
    ['Antrag.pdf', `filename="Antrag.pdf"; filename*=UTF-8''Antrag.pdf`],
    ['Müll gebühr.pdf', `filename="Mull gebuhr.pdf"; filename*=UTF-8''M%C3%BCll%20geb%C3%BChr.pdf`],
    ['a"b\\c.pdf', `filename="a_b_c.pdf"; filename*=UTF-8''a%22b%5Cc.pdf`],
    [
      'a\r\nSet-Cookie: b.pdf',
      `filename="a__Set-Cookie: b.pdf"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b.pdf`,
    ],
    [`it's (1)*.pdf`, `filename="it's (1)*.pdf"; filename*=UTF-8''it%27s%20%281%29%2A.pdf`],
    ['100%.pdf', `filename="100_.pdf"; filename*=UTF-8''100%25.pdf`],
    ['🏛.pdf', `filename="_.pdf"; filename*=UTF-8''%F0%9F%8F%9B.pdf`],
    ['a\ud800b.pdf', `filename="a_b.pdf"; filename*=UTF-8''a_b.pdf`],
  ])('%j', (fileName, expected) => {
    expect(contentDisposition('attachment', fileName)).toBe(`attachment; ${expected}`)
  })
})
