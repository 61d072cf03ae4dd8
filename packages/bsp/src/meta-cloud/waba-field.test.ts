import { expect, test } from 'vitest'
import { wabaFieldEventOf } from './waba-field.ts'

const place = { path: 'entry[0].changes[0].value', wabaId: '200000000000001' }

test.each([
  [{ event: 'ACCOUNT_RESTRICTION' }, 'restricted', 'ACCOUNT_RESTRICTION', true],
  [{ event: 'DISABLED_UPDATE' }, 'disabled', 'DISABLED_UPDATE', true],
  [{ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: ['DISABLE'] } }, 'disabled', 'DISABLE', true],
  [
    { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE' } },
    'disabled',
    'SCHEDULE_FOR_DISABLE',
    false,
  ],
  [{ event: 'PARTNER_ADDED' }, 'other', 'account_update PARTNER_ADDED', false],
  [{ event: null }, 'other', 'account_update', false],
  [{}, 'other', 'account_update', false],
])('account_update %j', (value, code, detail, stopsSending) => {
  expect(wabaFieldEventOf('account_update', value, place)).toEqual({
    type: 'waba',
    ...place,
    phoneNumberId: null,
    code,
    detail,
    stopsSending,
  })
})

test.each([
  ['account_alerts', { alert_type: 'OBA_APPROVED' }, 'account_alerts OBA_APPROVED'],
  [
    'account_alerts',
    { alert_info: { alert_type: 'OBA_REJECTED', alert_description: 'free text' } },
    'account_alerts OBA_REJECTED',
  ],
  ['account_review_update', { decision: 'APPROVED' }, 'account_review_update APPROVED'],
  ['business_capability_update', { max_phone_numbers_per_business: 2 }, 'business_capability_update'],
  ['security', { event: 'PIN_RESET_REQUEST', requester: '1234' }, 'security PIN_RESET_REQUEST'],
  ['phone_number_quality_update', { event: 'UNFLAGGED', current_limit: 'TIER_1K' }, 'UNFLAGGED TIER_1K'],
  ['phone_number_name_update', { decision: 'DEFERRED', requested_verified_name: 'free text' }, 'DEFERRED'],
])('%s %j says %s', (field, value, detail) => {
  expect(wabaFieldEventOf(field, value, place)).toMatchObject({ detail, stopsSending: false })
})

test.each([
  ['APPROVED', 'approved'],
  ['REINSTATED', 'approved'],
  ['IN_APPEAL', 'rejected'],
  ['LIMIT_EXCEEDED', 'paused'],
  ['PENDING_DELETION', 'disabled'],
  ['DELETED', 'disabled'],
  ['LOCKED', 'disabled'],
  ['TOMORROW', 'other'],
  [null, 'other'],
])('a template that is %s is %s', (event, state) => {
  const value = { event, message_template_name: 'termin', message_template_language: 'de', reason: 'NONE' }
  expect(wabaFieldEventOf('message_template_status_update', value, place)).toMatchObject({
    type: 'template',
    name: 'termin',
    state,
    reason: null,
  })
})

test.each([null, 'x', []])('a value %j cannot be read', (value) => {
  expect(wabaFieldEventOf('account_update', value, place)).toEqual({
    type: 'unreadable',
    code: 'wrong-shape',
    path: place.path,
    phoneNumberId: null,
  })
})
