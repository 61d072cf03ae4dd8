import { expect, test } from 'vitest'
import { de } from '../ui/words/de.ts'
import { wordsForRefusal } from './provider-refusal.ts'

const host = 'waba-v2.360dialog.io'
const p = de.channels.provider

test.each([
  ['http-401', p.keyRefused(host, 'http-401')],
  ['190', p.keyRefused(host, '190')],
  ['ECONNREFUSED', p.unreachable(host, 'ECONNREFUSED')],
  ['CERT_HAS_EXPIRED', p.unreachable(host, 'CERT_HAS_EXPIRED')],
  ['timeout', p.late(host)],
  ['http-503', p.broken(host, 'http-503')],
  ['100', p.refused(host, '100')],
  ['host-not-allowed', p.notAllowed(host)],
  ['channel-disabled', p.disabled],
  ['no-business-account', p.noAccount],
  ['not-a-list', p.notUnderstood(host)],
])('%s is said in words, with the host', (code, words) => {
  expect(wordsForRefusal(p, host, code)).toBe(words)
})
