import { expect, test } from 'vitest'
import { mayTalkTo } from './allowed-address.ts'

const bspHosts = new Set(['waba-v2.360dialog.io', 'graph.example:8443', '127.0.0.1'])

test.each([
  ['https://waba-v2.360dialog.io', true],
  ['https://waba-v2.360dialog.io:444/v1', true],
  ['https://graph.example:8443', true],
  ['http://127.0.0.1:8081', true],
  ['http://waba-v2.360dialog.io', false],
  ['https://graph.example', false],
  ['https://waba-v2.360dialog.io.evil.example', false],
  ['https://evil.example/waba-v2.360dialog.io', false],
  ['https://waba-v2.360dialog.io@evil.example', false],
  ['https://user:secret@waba-v2.360dialog.io', false],
  ['http://169.254.169.254/latest', false],
  ['http://localhost:8081', false],
  ['ftp://127.0.0.1', false],
])('%s: %s', (address, allowed) => {
  expect(mayTalkTo({ bspHosts }, address)).toBe(allowed)
})
