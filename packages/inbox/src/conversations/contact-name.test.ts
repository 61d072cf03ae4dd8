import { describe, expect, test } from 'vitest'
import { displayNameOf, maskedPhoneOf } from './contact-name.ts'

test.each([
  ['491713920011', '+49 171 ···· 011'],
  ['+49 171 3920011', '+49 171 ···· 011'],
  ['493023125010', '+49 302 ···· 010'],
  ['15551234567', '+1 555 ···· 567'],
  ['3546123456', '+354 ···· 56'],
  ['4930123456', '+49 ···· 56'],
  ['12345', null],
  ['', null],
  [null, null],
])('the number %j is shown as %j', (phone, shown) => {
  expect(maskedPhoneOf(phone)).toBe(shown)
})

test.each(['491713920011', '4930123456', '3546123456', '861012345678'])(
  'at least four digits of %s stay hidden',
  (phone) => {
    const shown = maskedPhoneOf(phone)?.replace(/\D/g, '') ?? ''
    expect(phone.length - shown.length).toBeGreaterThanOrEqual(4)
  },
)

describe('a contact is called', () => {
  const nobody = { name: null, username: null, phone: null }
  test.each([
    [{ ...nobody, name: 'Erika M.', username: 'erika', phone: '491713920011' }, 'Erika M.'],
    [{ ...nobody, username: 'max.beispiel', phone: '491713920011' }, '@max.beispiel'],
    [{ ...nobody, username: '@max.beispiel' }, '@max.beispiel'],
    [{ ...nobody, phone: '491713920011' }, '+49 171 ···· 011'],
    [nobody, 'Unbekannt'],
    [{ ...nobody, name: ' \u200b\u202e ' }, 'Unbekannt'],
    [{ ...nobody, name: '🌻👩🏽‍🌾' }, '🌻👩🏽‍🌾'],
    [{ ...nobody, name: '~' }, '~'],
    [{ ...nobody, name: 'Ba\u202emu\nrt' }, 'Bamu rt'],
    [{ ...nobody, name: `Z${'\u0300'.repeat(40)}algo` }, `Z${'\u0300'.repeat(3)}algo`],
    [{ ...nobody, name: 'x'.repeat(300) }, 'x'.repeat(80)],
  ])('%j: %s', (contact, name) => {
    expect(displayNameOf(contact)).toBe(name)
  })
})
