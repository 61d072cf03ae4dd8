import { expect, test } from 'vitest'
import { statusEventOf } from './status.ts'

const path = 'entry[0].changes[0].value.statuses[0]'
const sentStatus = { id: 'wamid.OUT', status: 'sent', timestamp: '1794830404' }

function read(status: unknown) {
  return statusEventOf(status, path, '300000000000001')
}

test.each([
  [undefined, null],
  [null, null],
  [{}, null],
  [{ billable: true, pricing_model: 'CBP', category: 'service' }, 'service'],
  [{ pricing_model: 'PMP', type: 'free_customer_service', category: 'utility' }, 'utility'],
  [{ pricing_model: 'PMP', pricing_type: 'regular', category: 'marketing_lite' }, 'marketing_lite'],
  [{ category: 'authentication_international' }, 'authentication_international'],
  [{ category: 'free text, perhaps a name' }, null],
  [{ category: '491713920011' }, null],
])('pricing %j has the category %j', (pricing, priceCategory) => {
  expect(read({ ...sentStatus, pricing, conversation: null })).toMatchObject({
    type: 'status',
    priceCategory,
  })
})

test.each([
  [undefined, null],
  [null, null],
  [{}, null],
  [[], null],
  [[null], null],
  [[{ title: 'no code' }], null],
  [[{ code: '131047', error_data: { details: 'x' } }], '131047'],
  [[null, { code: 131026 }], '131026'],
  [[{ code: 1e20 }], null],
  [[{ code: 491713920011 }], null],
])('errors %j give the code %j', (errors, errorCode) => {
  expect(read({ ...sentStatus, status: 'failed', errors })).toMatchObject({ status: 'failed', errorCode })
  expect(read({ ...sentStatus, status: 'delivered', errors })).toMatchObject({ errorCode: null })
})

test.each([
  [{ timestamp: 1794830404 }, '2026-11-16T12:00:04.000Z'],
  [{ timestamp: '1794830404000' }, '2026-11-16T12:00:04.000Z'],
])('%j is %s', (fields, at) => {
  expect(read({ ...sentStatus, ...fields })).toMatchObject({ at: new Date(at) })
})

test.each([undefined, null, '', 0, 'soon', '4102444800'])('a time %j is none', (timestamp) => {
  expect(read({ ...sentStatus, timestamp })).toMatchObject({ type: 'status', at: null })
})

test.each([
  [{ status: 'deleted' }, { type: 'ignored', reason: 'status-unknown-value' }],
  [{ status: null }, { type: 'ignored', reason: 'status-unknown-value' }],
  [{ recipient_type: 'group' }, { type: 'ignored', reason: 'group-status' }],
  [{ id: 5 }, { type: 'unreadable', code: 'no-message-id' }],
  [
    { recipient_id: null, recipient_user_id: 'DE.7' },
    { type: 'status', status: 'sent' },
  ],
  [{ biz_opaque_callback_data: 5 }, { type: 'status', ownId: null }],
])('%j', (fields, event) => {
  expect(read({ ...sentStatus, ...fields })).toMatchObject(event)
})
