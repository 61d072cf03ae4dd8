import { describe, expect, test } from 'vitest'
import { parseWebhook } from './webhook.ts'

const phone = '491713920011'
const bsuid = 'DE.7001000000000000011'
const other = 'DE.7001000000000000022'
const messageHead = { id: 'wamid.V', timestamp: '1794830400', from: phone, from_user_id: bsuid }
const contact = { profile: { name: 'Erika' }, wa_id: phone, user_id: bsuid }
const text = { type: 'text', text: { body: 'x' } }

function read(value: object, change: object = {}, webhook: object = {}): unknown {
  return parseWebhook(
    Buffer.from(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: '200000000000001', changes: [{ field: 'messages', value, ...change }] }],
        ...webhook,
      }),
    ),
  )
}

function messages(...items: readonly unknown[]): unknown {
  return read({ contacts: [contact], messages: items })
}

function unsupported(type: string, errorCode: string | null = null): object {
  return { type: 'message', opensWindow: false, content: { kind: 'unsupported', type, errorCode } }
}

describe('a payload that is missing, null or of another shape shows that something came', () => {
  const media = ['image', 'video', 'audio', 'document', 'sticker']
  const types = [...media, 'text', 'location', 'contacts', 'interactive', 'button', 'order']
  test.each(types)('%s', (type) => {
    for (const payload of [undefined, null, 'x', 5, []]) {
      expect([type, payload, messages({ ...messageHead, type, [type]: payload })]).toMatchObject([
        type,
        payload,
        [unsupported(type)],
      ])
    }
  })

  test.each([
    ['text', { body: null }],
    ['text', { body: 5 }],
    ['location', { latitude: 50 }],
    ['location', { latitude: 91, longitude: 0 }],
    ['location', { latitude: 'nowhere', longitude: '0' }],
    ['contacts', [null, 'x']],
    ['interactive', { type: 'tomorrow', tomorrow: {} }],
    ['interactive', { type: 'button_reply', button_reply: null }],
    ['interactive', { type: 'list_reply', list_reply: {} }],
    ['interactive', { type: 'nfm_reply', nfm_reply: { name: 'flow' } }],
    ['interactive', { type: 'call_permission_reply', call_permission_reply: {} }],
    ['button', {}],
  ])('%s %j', (type, payload) => {
    expect(messages({ ...messageHead, type, [type]: payload })).toMatchObject([unsupported(type)])
  })
})

describe('the reason why there is no content', () => {
  test.each([
    [{ type: 'image', errors: [{ code: 131052 }] }, 'image', '131052'],
    [{ type: 'unsupported', errors: [{ code: '131060' }] }, 'unsupported', '131060'],
    [{ type: 'unsupported', errors: [null, {}, { code: 131051 }] }, 'unsupported', '131051'],
    [{ type: 'unsupported', errors: {} }, 'unsupported', null],
    [{ type: 'unsupported', unsupported: { type: 'pin' } }, 'pin', null],
    [{ type: 'unsupported', unsupported: { type: 'free text, perhaps a name' } }, 'unsupported', null],
    [{ type: 'unknown', errors: [{ code: 501, details: 'x' }] }, 'unknown', '501'],
    [{ type: 'hölogramm' }, 'unknown', null],
    [{ type: null }, 'unknown', null],
  ])('%j', (message, type, code) => {
    expect(messages({ ...messageHead, ...message })).toMatchObject([unsupported(type, code)])
  })
})

describe('content that is whole enough', () => {
  test.each([
    [
      { type: 'image', image: { id: 77 } },
      { kind: 'image', text: null, media: { id: '77' } },
    ],
    [
      { type: 'image', image: { id: 2 ** 53 } },
      { kind: 'image', media: { id: null } },
    ],
    [
      { type: 'image', image: { id: '7', mime_type: 'IMAGE/PNG; x=1' } },
      { media: { mediaType: 'image/png' } },
    ],
    [{ type: 'audio', audio: { id: '7', voice: 'true' } }, { kind: 'audio' }],
    [{ type: 'document', document: { id: '7', filename: null } }, { media: { fileName: null } }],
    [
      { type: 'contacts', contacts: [{ name: null, phones: null }] },
      { contacts: [{ name: null, phones: [] }] },
    ],
    [{ type: 'contacts', contacts: [{ phones: [{ wa_id: phone }] }] }, { contacts: [{ phones: [phone] }] }],
    [
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'a' } } },
      { kind: 'choice', id: 'a', title: 'a' },
    ],
    [
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: { a: 1 } } } },
      { kind: 'form', answers: { a: '1' }, raw: '{"a":1}' },
    ],
    [
      { type: 'order', order: {} },
      { kind: 'order', text: null, items: [] },
    ],
    [
      { type: 'text', text: { body: '' } },
      { kind: 'text', text: '' },
    ],
  ])('%j', (message, content) => {
    expect(messages({ ...messageHead, ...message })).toMatchObject([{ type: 'message', content }])
  })
})

describe('context and referral', () => {
  test.each([
    [null, null, 'no'],
    ['x', null, 'no'],
    [{ id: 5 }, null, 'no'],
    [{ forwarded: true }, null, 'once'],
    [{ forwarded: true, frequently_forwarded: true }, null, 'many'],
    [{ id: 'wamid.Q', forwarded: 'yes' }, 'wamid.Q', 'no'],
    [{ id: 'wamid.Q', referred_product: { catalog_id: '1' } }, 'wamid.Q', 'no'],
  ])('%j', (context, replyToProviderId, forwarded) => {
    expect(messages({ ...messageHead, ...text, context })).toMatchObject([
      { context: { replyToProviderId, forwarded } },
    ])
  })

  test('of a referral nothing stays that follows a person', () => {
    const referral = { source_type: 'post', headline: 'H', ctwa_clid: 'c', image_url: 'https://x', ref: 'r' }
    expect(messages({ ...messageHead, ...text, referral })).toMatchObject([
      { referral: { sourceType: 'post', headline: 'H' } },
    ])
    expect(JSON.stringify(messages({ ...messageHead, ...text, referral }))).not.toMatch(/clid|https/)
  })
})

describe('who it is from', () => {
  const nobody = { type: 'unreadable', code: 'no-identity' }
  test.each([
    ['+491713920011', undefined, nobody],
    ['abc', '../x', nobody],
    [undefined, 'de.7', nobody],
    [undefined, `DE.${'7'.repeat(129)}`, nobody],
    [undefined, `DE.${'7'.repeat(128)}`, { sender: { phone: null } }],
    [undefined, 'DE.ENT.7', { sender: { bsuid: 'DE.ENT.7' } }],
    [other, undefined, { sender: { phone: null, bsuid: other } }],
    ['', bsuid, { sender: { phone: null, bsuid: bsuid } }],
    [491713920011, null, { sender: { phone: phone, bsuid: null } }],
  ])('%j and %j', (from, from_user_id, event) => {
    expect(read({ messages: [{ ...messageHead, ...text, from, from_user_id }] })).toMatchObject([event])
  })

  test('ids that cannot be used are not replaced by those of the only contact', () => {
    const from = "49171'; DROP TABLE"
    const items = [messageHead, { ...messageHead, id: 'wamid.W', from, from_user_id: undefined }]
    expect(messages(...items.map((item) => ({ ...item, ...text })))).toMatchObject([
      { type: 'message' },
      nobody,
    ])
  })

  test('without any id one of two contacts is not guessed', () => {
    const item = { ...messageHead, ...text, from: undefined, from_user_id: undefined }
    const contacts = [contact, { user_id: other }]
    expect(read({ contacts, messages: [item] })).toMatchObject([nobody])
  })

  test.each(['', null])('a group id %j is none', (group_id) => {
    expect(messages({ ...messageHead, ...text, group_id })).toMatchObject([{ type: 'message' }])
  })

  test.each([' ', '', null, 5, {}])('an id %j is none', (id) => {
    expect(messages({ ...messageHead, ...text, id })).toMatchObject([
      { type: 'unreadable', code: 'no-message-id' },
    ])
  })
})

describe('edits, revocations and reactions that say too little', () => {
  test.each([
    ['edit', null],
    ['edit', { original_message_id: 'wamid.O' }],
    ['edit', { original_message_id: 5, message: text }],
    // A placeholder must not take the place of words that are stored.
    ['edit', { original_message_id: 'wamid.O', message: { type: 'tomorrow' } }],
    ['revoke', null],
    ['revoke', {}],
    ['reaction', null],
    ['reaction', { emoji: '👍' }],
    ['reaction', { message_id: 'wamid.O', emoji: 5 }],
    ['reaction', { message_id: 'wamid.O', emoji: 'x'.repeat(65) }],
  ])('%s %j', (type, payload) => {
    expect(messages({ ...messageHead, type, [type]: payload })).toMatchObject([
      { type: 'unreadable', code: 'wrong-shape' },
    ])
  })
})

describe('system messages', () => {
  function system(payload: object, head: object = {}) {
    return read({
      messages: [{ id: 'wamid.S', timestamp: '1794830400', type: 'system', system: payload, ...head }],
    })
  }

  test.each(['user_changed_user_id', 'user_id_update'])('%s', (type) => {
    expect(system({ type, previous_user_id: bsuid, user_id: other })).toMatchObject([
      { code: 'user-id-changed', previous: { bsuid: bsuid }, current: { bsuid: other } },
    ])
  })

  test('a changed security code without a sender names the person itself', () => {
    expect(system({ type: 'customer_identity_changed', customer: phone, identity: 'hash' })).toMatchObject([
      { type: 'identity-change', code: 'identity-key-changed', previous: { phone: phone } },
    ])
    expect(system({ type: 'user_identity_changed', user_id: bsuid, wa_id: '' })).toMatchObject([
      { code: 'identity-key-changed', previous: { phone: null, bsuid: bsuid } },
    ])
  })
})

describe('envelopes', () => {
  test.each([
    ['object null', {}, { object: null }],
    ['field null', { field: null }, {}],
  ])('%s is read like one that says nothing', (_title, change, webhook) => {
    expect(read({ messages: [{ ...messageHead, ...text }] }, change, webhook)).toMatchObject([
      { type: 'message' },
    ])
  })

  test.each(['standby', 'flows', 'user_preferences', 'group_lifecycle_update', 'user_id_update', 5])(
    'the field %j is counted, whatever it holds',
    (field) => {
      expect(read({ messages: [{ ...messageHead, ...text }] }, { field })).toMatchObject([
        { type: 'ignored', reason: 'other-field' },
      ])
    },
  )
})
