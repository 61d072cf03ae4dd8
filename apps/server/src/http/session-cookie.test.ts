import { expect, test } from 'vitest'
import { deviceCookie, deviceOf, sessionCookie, sessionTokenOf } from './session-cookie.ts'

const token = 'a'.repeat(43)

test('what is set is what is read', () => {
  expect(sessionTokenOf(sessionCookie(token).split(';')[0])).toBe(token)
  expect(deviceOf(`${sessionCookie(token).split(';')[0]}; ${deviceCookie('a.b-_1').split(';')[0]}`)).toBe(
    'a.b-_1',
  )
  expect(deviceOf('x__Host-device=a')).toBeNull()
  expect(deviceOf('__Host-device="a"')).toBeNull()
})

test.each([
  [`other=1; __Host-session=${token}; more=2`, token],
  [undefined, null],
  ['', null],
  [`session=${token}`, null],
  [`x__Host-session=${token}`, null],
  [`__Host-session=${token}a`, null],
  ['__Host-session=short', null],
  [`__Host-session="${token}"`, null],
])('%j', (header, expected) => {
  expect(sessionTokenOf(header)).toBe(expected)
})
