import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { BspCredentials } from '../adapter.ts'
import { verifyDialog360Headers, verifyMetaSignature } from './authenticity.ts'

const metaCredentials: BspCredentials = {
  phoneNumberId: '300000000000001',
  wabaId: '200000000000001',
  baseUrl: 'https://graph.facebook.com/v26.0',
  apiKey: 'token',
  webhookSecrets: ['wire-test-secret', 'wire-test-secret-old'],
  webhookHeaders: {},
  verifyToken: 'wire-verify-token',
}
const dialog360Credentials: BspCredentials = {
  ...metaCredentials,
  webhookSecrets: ['wire-360-platform-secret'],
  webhookHeaders: { 'X-Inbox-Webhook-Key': 'wire-shared-header-value' },
}
const agreed = { 'x-inbox-webhook-key': 'wire-shared-header-value' }

function wireRequest(name: string): { headers: Record<string, string>; bytes: Buffer } {
  const file = JSON.parse(readFileSync(new URL(`../../wire/${name}.json`, import.meta.url), 'utf8'))
  const { headers = {}, rawBody, body } = file.request
  return { headers, bytes: Buffer.from(rawBody ?? JSON.stringify(body)) }
}

describe('Meta', () => {
  test.each([
    ['127-sig-escaped-unicode', 'valid'],
    ['128-sig-utf8', 'valid'],
    ['130-sig-missing', 'invalid'],
    ['131-sig-wrong', 'invalid'],
    ['133-sig-sha1-only', 'invalid'],
    ['134-sig-rotation', 'valid-old-secret'],
  ])('%s is %s', (name, authenticity) => {
    const { headers, bytes } = wireRequest(name)
    expect(verifyMetaSignature(bytes, headers, metaCredentials)).toBe(authenticity)
  })

  const bytes = Buffer.from('{"a":"ü"}')
  const digest = createHmac('sha256', 'wire-test-secret').update(bytes).digest('hex')

  test.each([
    ['without its prefix', digest],
    ['too short', `sha256=${digest.slice(0, 62)}`],
    ['too long', `sha256=${digest}00`],
    ['not hexadecimal', `sha256=${'z'.repeat(64)}`],
    ['empty', ''],
    ['sent twice', [`sha256=${digest}`, `sha256=${digest}`]],
    ['sent twice, as Node joins it', `sha256=${digest}, sha256=${digest}`],
    ['with something behind it', `sha256=${digest}zz`],
    ['with something before it', `x sha256=${digest}`],
    ['in base64', `sha256=${Buffer.from(digest, 'hex').toString('base64')}`],
  ])('a signature %s is invalid', (_title, header) => {
    expect(verifyMetaSignature(bytes, { 'x-hub-signature-256': header }, metaCredentials)).toBe('invalid')
    expect(verifyMetaSignature(bytes, { 'x-hub-signature-256': `sha256=${digest}` }, metaCredentials)).toBe(
      'valid',
    )
  })

  test('a signature in capitals is the same signature', () => {
    const headers = { 'x-hub-signature-256': `sha256=${digest.toUpperCase()}` }
    expect(verifyMetaSignature(bytes, headers, metaCredentials)).toBe('valid')
  })

  test('one changed byte is invalid', () => {
    const headers = { 'x-hub-signature-256': `sha256=${digest}` }
    expect(verifyMetaSignature(Buffer.from('{"a":"u"}'), headers, metaCredentials)).toBe('invalid')
  })

  test('without a secret, or with an empty one, nothing is valid', () => {
    const forged = createHmac('sha256', '').update(bytes).digest('hex')
    const headers = { 'x-hub-signature-256': `sha256=${forged}` }
    expect(verifyMetaSignature(bytes, headers, { ...metaCredentials, webhookSecrets: [] })).toBe('invalid')
    expect(verifyMetaSignature(bytes, headers, { ...metaCredentials, webhookSecrets: [''] })).toBe('invalid')
  })
})

describe('360dialog', () => {
  test.each([
    ['136-d360-header-wrong', 'invalid'],
    ['137-d360-signature-ok', 'valid'],
  ])('%s is %s', (name, authenticity) => {
    const { headers, bytes } = wireRequest(name)
    expect(verifyDialog360Headers(bytes, headers, dialog360Credentials)).toBe(authenticity)
  })

  const bytes = Buffer.from('{"entry":[]}')
  const digest = createHmac('sha256', 'wire-360-platform-secret').update(bytes).digest()

  test.each([
    ['hexadecimal', digest.toString('hex'), 'valid'],
    ['hexadecimal in capitals', digest.toString('hex').toUpperCase(), 'valid'],
    ['hexadecimal with prefix', `sha256=${digest.toString('hex')}`, 'valid'],
    ['base64', digest.toString('base64'), 'valid'],
    ['base64 for URLs', digest.toString('base64url'), 'valid'],
    ['sent twice, as Node joins it', `${digest.toString('base64')}, ${digest.toString('base64')}`, 'invalid'],
    ['with something behind it', `${digest.toString('base64')}!!`, 'invalid'],
    ['of other bytes', createHmac('sha256', 'x').update(bytes).digest('hex'), 'invalid'],
    ['empty', '', 'invalid'],
  ])('a signature that is %s', (_title, signature, authenticity) => {
    const headers = { ...agreed, 'x-360dialog-signature': signature }
    expect(verifyDialog360Headers(bytes, headers, dialog360Credentials)).toBe(authenticity)
  })

  test('a right signature does not replace the agreed header', () => {
    const headers = { 'x-360dialog-signature': digest.toString('hex') }
    expect(verifyDialog360Headers(bytes, headers, dialog360Credentials)).toBe('invalid')
  })

  test('an unsigned webhook with the agreed headers is valid only where no secret is set', () => {
    expect(verifyDialog360Headers(bytes, agreed, dialog360Credentials)).toBe('invalid')
    expect(verifyDialog360Headers(bytes, agreed, { ...dialog360Credentials, webhookSecrets: [''] })).toBe(
      'invalid',
    )
    expect(verifyDialog360Headers(bytes, agreed, { ...dialog360Credentials, webhookSecrets: [] })).toBe(
      'valid',
    )
  })

  test('a signature nobody can check is not looked at', () => {
    const headers = { ...agreed, 'x-360dialog-signature': 'whatever' }
    expect(verifyDialog360Headers(bytes, headers, { ...dialog360Credentials, webhookSecrets: [] })).toBe(
      'valid',
    )
  })

  test('all agreed headers must match', () => {
    const webhookHeaders = { 'x-one': '1', Authorization: 'Basic abc' }
    const credentials = { ...dialog360Credentials, webhookSecrets: [], webhookHeaders }
    expect(verifyDialog360Headers(bytes, { 'x-one': '1' }, credentials)).toBe('invalid')
    expect(verifyDialog360Headers(bytes, { 'x-one': '1', authorization: 'Basic abd' }, credentials)).toBe(
      'invalid',
    )
    expect(verifyDialog360Headers(bytes, { 'x-one': '1', authorization: 'Basic abc' }, credentials)).toBe(
      'valid',
    )
  })

  test('with nothing agreed nothing is valid, with only a secret the signature is required', () => {
    const headers = { 'x-360dialog-signature': digest.toString('hex') }
    const open = { ...dialog360Credentials, webhookHeaders: {}, webhookSecrets: [] }
    expect(verifyDialog360Headers(bytes, headers, open)).toBe('invalid')
    const signedOnly = { ...dialog360Credentials, webhookHeaders: {} }
    expect(verifyDialog360Headers(bytes, {}, signedOnly)).toBe('invalid')
    expect(verifyDialog360Headers(bytes, headers, signedOnly)).toBe('valid')
    const emptyValue = { ...dialog360Credentials, webhookSecrets: [], webhookHeaders: { 'x-key': '' } }
    expect(verifyDialog360Headers(bytes, { 'x-key': '' }, emptyValue)).toBe('invalid')
  })
})
