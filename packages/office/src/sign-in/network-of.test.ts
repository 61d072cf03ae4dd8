import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'

test.each([
  ['203.0.113.1', '203.0.113.1'],
  ['::ffff:203.0.113.1', '203.0.113.1'],
  ['2001:db8:1:2::7', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002:aaaa:bbbb:cccc:dddd', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each([
  ['2001:db8::', ''],
  ['2001:db8::ffff:', ''],
  ['2001:db8:0:0:1:', ':1:1'],
  ['::', ''],
])('all addresses of an IPv6 network are one, also where zeros are left out: %s…', (beginning, end) => {
  const networks = Array.from({ length: 30 }, (_, n) =>
    networkOf(`${beginning}${(n + 1).toString(16)}${end}`),
  )
  expect(new Set(networks).size).toBe(1)
})
