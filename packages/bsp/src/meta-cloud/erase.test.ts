import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { hangUp, json, type LocalBsp, startLocalBsp } from '../../test/local-bsp.ts'
import { dialog360, meta } from './cloud-adapter.ts'

let bsp: LocalBsp
beforeAll(async () => {
  bsp = await startLocalBsp()
})
afterEach(() => {
  bsp.received.length = 0
})
afterAll(() => bsp.close())

function patience(): AbortSignal {
  return AbortSignal.timeout(5_000)
}
const file = { kind: 'media', id: '4711' } as const
const entry = { kind: 'contact-entry', bsuid: 'DE.7001000000000000022' } as const

test('a file is deleted where it is fetched, an entry where the number is addressed', async () => {
  const { credentials } = bsp
  bsp.answer(json(200, { success: true }))
  for (const adapter of [dialog360, meta]) {
    expect(await adapter.erase(file, credentials, patience())).toEqual({ outcome: 'erased' })
    expect(await adapter.erase(entry, credentials, patience())).toEqual({ outcome: 'erased' })
  }
  expect(bsp.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'DELETE /4711',
    'DELETE /contact_book',
    `DELETE /4711?phone_number_id=${credentials.phoneNumberId}`,
    `DELETE /${credentials.phoneNumberId}/contact_book`,
  ])
  expect(JSON.parse(String(bsp.received[1]?.body))).toEqual({
    messaging_product: 'whatsapp',
    bsuid: entry.bsuid,
  })
  expect(bsp.received[1]?.headers['d360-api-key']).toBe(credentials.apiKey)
})

test('a file that is gone already is erased, and so is a person of whom there is no entry', async () => {
  bsp.answer(json(404, {}))
  expect(await dialog360.erase(file, bsp.credentials, patience())).toEqual({ outcome: 'erased' })
  bsp.answer(json(400, { error: { code: 100, message: 'does not exist' } }))
  expect(await meta.erase(file, bsp.credentials, patience())).toEqual({ outcome: 'erased' })
  bsp.answer(json(200, { success: true, deleted: false }))
  expect(await dialog360.erase(entry, bsp.credentials, patience())).toEqual({ outcome: 'erased' })
})

test.each([
  ['an entry asked for in the wrong place', entry, json(404, {}), 'refused', 'http-404'],
  ['a key that is not taken', file, json(401, { error: 'Invalid api_key' }), 'refused', 'http-401'],
  ['another place', file, json(302, {}), 'refused', 'redirect'],
  ['too much at once', file, json(429, {}), 'later', 'http-429'],
  ['a server that is down', entry, json(502, { error: 'not available' }), 'later', 'http-502'],
  ['trouble that passes', entry, json(400, { error: { code: 131000 } }), 'later', '131000'],
  ['an answer that says nothing', file, json(200, { hello: 'there' }), 'later', 'unclear-answer'],
] as const)('%s is told apart', async (_what, what, answer, outcome, code) => {
  bsp.answer(answer)
  expect(await dialog360.erase(what, bsp.credentials, patience())).toEqual({ outcome, code })
})

test('a connection that breaks off says nothing, and what fits into no address is not asked for', async () => {
  bsp.answer(hangUp)
  expect(await dialog360.erase(file, bsp.credentials, patience())).toMatchObject({ outcome: 'later' })
  bsp.received.length = 0
  expect(await dialog360.erase({ kind: 'media', id: '../x' }, bsp.credentials, patience())).toEqual({
    outcome: 'refused',
    code: 'not-addressable',
  })
  expect(
    await dialog360.erase(
      { kind: 'contact-entry', bsuid: 'DE.ENT.7001000000000000022' },
      bsp.credentials,
      patience(),
    ),
  ).toMatchObject({ outcome: 'refused' })
  expect(bsp.received).toEqual([])
})
