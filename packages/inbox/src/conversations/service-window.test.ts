import { expect, test } from 'vitest'
import { windowClosesAt, windowIsOpen } from './service-window.ts'

function at(time: string) {
  return new Date(`2026-11-${time}Z`)
}
const lastInboundAt = at('16T12:00:00')

test('it closes 24 hours after the citizen’s last message, less five minutes', () => {
  expect(windowClosesAt({ lastInboundAt, windowShutAt: null })).toEqual(at('17T11:55:00'))
})

test.each([
  ['16T12:00:00', true],
  ['17T11:54:59.999', true],
  ['17T11:55:00', false],
  ['18T00:00:00', false],
])('at %s it is open: %s', (now, open) => {
  expect(windowIsOpen({ lastInboundAt, windowShutAt: null }, at(now))).toBe(open)
})

test('nobody opened it: there is none', () => {
  expect(windowClosesAt({ lastInboundAt: null, windowShutAt: at('16T13:00:00') })).toBeNull()
  expect(windowIsOpen({ lastInboundAt: null, windowShutAt: null }, lastInboundAt)).toBe(false)
})

test('the provider’s word counts from when it was given, until the citizen writes again', () => {
  const windowShutAt = at('16T13:00:00')
  expect(windowClosesAt({ lastInboundAt, windowShutAt })).toEqual(windowShutAt)
  expect(windowIsOpen({ lastInboundAt, windowShutAt }, at('16T13:00:00'))).toBe(false)
  expect(windowIsOpen({ lastInboundAt: at('16T13:00:01'), windowShutAt }, at('16T13:00:02'))).toBe(true)
})

test('24 hours are 24 hours on the day the clocks change', () => {
  const saturday = new Date('2026-10-24T14:00:00Z')
  const facts = { lastInboundAt: saturday, windowShutAt: null }
  expect(windowClosesAt(facts)).toEqual(new Date('2026-10-25T13:55:00Z'))
})
