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

function entities(...ids: readonly unknown[]) {
  return {
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [
        ...ids.map((id) => ({ entity_type: 'PHONE_NUMBER', id })),
        { entity_type: 'WABA', id: 'a-business-account' },
      ],
    },
  }
}

test('360dialog names the number that the key is for', async () => {
  const { credentials } = bsp
  bsp.answer(json(200, entities(credentials.phoneNumberId)))
  expect(await dialog360.proveNumber(credentials, patience())).toEqual({ outcome: 'same' })
  expect(bsp.received[0]).toMatchObject({ method: 'GET', url: '/health_status' })
  bsp.answer(json(200, entities('999')))
  expect(await dialog360.proveNumber(credentials, patience())).toEqual({
    outcome: 'other',
    code: 'other-number',
  })
})

test('Meta answers for the number that it is asked for, to whom it belongs', async () => {
  const { credentials } = bsp
  bsp.answer(json(200, { id: credentials.phoneNumberId }))
  expect(await meta.proveNumber(credentials, patience())).toEqual({ outcome: 'same' })
  bsp.answer(json(400, { error: { code: 100, message: 'does not exist' } }))
  expect(await meta.proveNumber(credentials, patience())).toEqual({ outcome: 'other', code: 'http-400' })
})

test.each([401, 403, 404])('a key that is not taken (%i) is not the number’s', async (status) => {
  bsp.answer(json(status, { error: 'Invalid api_key' }))
  expect(await dialog360.proveNumber(bsp.credentials, patience())).toEqual({
    outcome: 'other',
    code: `http-${status}`,
  })
})

test.each([
  ['down', json(503, {})],
  ['busy', json(429, {})],
  ['hangs up', hangUp],
  ['says something else', json(200, { hello: 'there' })],
  ['names no number', json(200, entities())],
  ['names nonsense', json(200, entities(17, null))],
])('a provider that is %s says nothing', async (_name, answer) => {
  bsp.answer(answer)
  expect(await dialog360.proveNumber(bsp.credentials, patience())).toMatchObject({ outcome: 'unknown' })
})
