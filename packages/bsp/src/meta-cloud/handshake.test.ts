import { expect, test } from 'vitest'
import type { BspCredentials } from '../adapter.ts'
import { answerHandshake } from './handshake.ts'

const credentials: BspCredentials = {
  phoneNumberId: '300000000000001',
  wabaId: null,
  baseUrl: 'https://graph.facebook.com/v26.0',
  apiKey: 'token',
  webhookSecrets: [],
  webhookHeaders: {},
  verifyToken: 'wire-verify-token',
}
const rightQuery = {
  'hub.mode': 'subscribe',
  'hub.challenge': '1158201444',
  'hub.verify_token': 'wire-verify-token',
}

test('the right token gets its challenge back', () => {
  expect(answerHandshake(rightQuery, credentials)).toEqual({ answer: 'challenge', challenge: '1158201444' })
})

test.each([
  ['a wrong token', { ...rightQuery, 'hub.verify_token': 'wire-verify-tokem' }],
  ['a longer token', { ...rightQuery, 'hub.verify_token': 'wire-verify-token ' }],
  ['an empty token', { ...rightQuery, 'hub.verify_token': '' }],
])('%s is refused', (_title, query) => {
  expect(answerHandshake(query, credentials)).toEqual({ answer: 'refused' })
})

test('credentials without a token refuse everybody', () => {
  const query = { ...rightQuery, 'hub.verify_token': '' }
  expect(answerHandshake(query, { ...credentials, verifyToken: '' })).toEqual({ answer: 'refused' })
})

test.each([
  ['no parameters', {}],
  ['no challenge', { ...rightQuery, 'hub.challenge': undefined }],
  ['the challenge twice', { ...rightQuery, 'hub.challenge': ['1', '2'] }],
  ['the token as a list', { ...rightQuery, 'hub.verify_token': ['wire-verify-token'] }],
  ['nested parameters', { hub: { mode: 'subscribe' } }],
  ['another mode', { ...rightQuery, 'hub.mode': 'unsubscribe' }],
  ['markup as challenge', { ...rightQuery, 'hub.challenge': '<script>alert(1)</script>' }],
  ['a challenge with a line break', { ...rightQuery, 'hub.challenge': '1\n2' }],
  ['a challenge without end', { ...rightQuery, 'hub.challenge': '1'.repeat(65) }],
])('%s is malformed', (_title, query) => {
  expect(answerHandshake(query, credentials)).toEqual({ answer: 'malformed' })
})
