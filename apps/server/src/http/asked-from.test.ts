import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { fingerprintOf } from './asked-from.ts'

const pem = execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'ed25519',
    '-nodes',
    '-subj',
    '/CN=device',
    '-days',
    '1',
    '-keyout',
    '/dev/null',
  ],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
)
const { raw, fingerprint256 } = new X509Certificate(pem)
const digits = fingerprint256.replaceAll(':', '').toLowerCase()

test('a certificate has one fingerprint, however the proxy hands it on', () => {
  for (const value of [fingerprint256, digits, `:${raw.toString('base64')}:`, encodeURIComponent(pem)])
    expect(fingerprintOf(value)).toBe(digits)
})

test('what is none has none', () => {
  const sha1 = digits.slice(0, 40)
  for (const value of [
    '',
    '(null)',
    sha1,
    `${digits}00`,
    '::',
    ':AAAA:',
    '-----BEGIN%20CERTIFICATE-----%zz',
    'SUCCESS',
  ])
    expect(fingerprintOf(value), value).toBeNull()
})
