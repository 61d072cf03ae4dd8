import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hangUp, json, type LocalBsp, startLocalBsp } from '../../test/local-bsp.ts'
import { dialog360, meta } from './cloud-adapter.ts'

let bsp: LocalBsp
beforeAll(async () => {
  bsp = await startLocalBsp()
})
afterEach(() => {
  bsp.received.length = 0
})
afterAll(() => bsp.close())

function patience(): AbortSignal {
  return AbortSignal.timeout(5_000)
}

const body = { type: 'BODY', text: 'Ihr {{1}} liegt bereit.' }
const whole = {
  name: 'abholbereit',
  language: 'de',
  status: 'APPROVED',
  category: 'UTILITY',
  rejected_reason: 'NONE',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Guten Tag' },
    body,
    { type: 'FOOTER', text: 'Stadt Musterstadt' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Ja' },
        { type: 'URL', text: 'Termin', url: 'https://termine.example/{{1}}' },
        { type: 'PHONE_NUMBER', text: 'Anrufen', phone_number: '+493012345' },
        { type: 'COPY_CODE', text: 'Kopieren' },
      ],
    },
  ],
}

describe('the list at Meta', () => {
  function credentials() {
    return { ...bsp.credentials, wabaId: '200' }
  }

  test('is read with all its words, page after page, at our address whatever the answer names', async () => {
    bsp.answer(
      json(200, {
        data: [whole],
        paging: { cursors: { after: 'MQ==' }, next: 'https://elsewhere.example/steal' },
      }),
      json(200, {
        data: [{ ...whole, name: 'zweite', components: [body] }],
        paging: { cursors: { after: 'Mg==' } },
      }),
    )
    expect(await meta.listTemplates(credentials(), patience())).toEqual({
      outcome: 'found',
      templates: [
        {
          name: 'abholbereit',
          language: 'de',
          state: 'approved',
          category: 'UTILITY',
          reason: null,
          words: {
            header: { kind: 'text', text: 'Guten Tag' },
            body: 'Ihr {{1}} liegt bereit.',
            footer: 'Stadt Musterstadt',
            buttons: [
              { kind: 'reply', text: 'Ja', target: null },
              { kind: 'url', text: 'Termin', target: 'https://termine.example/{{1}}' },
              { kind: 'phone', text: 'Anrufen', target: '+493012345' },
              { kind: 'other', text: 'Kopieren', target: null },
            ],
          },
        },
        expect.objectContaining({
          name: 'zweite',
          words: expect.objectContaining({ header: null, buttons: [] }),
        }),
      ],
    })
    expect(bsp.received.map(({ url }) => url)).toEqual([
      '/200/message_templates?limit=100',
      '/200/message_templates?limit=100&after=MQ%3D%3D',
    ])
    expect(bsp.received[0]?.headers.authorization).toBe('Bearer key-of-the-channel')
  })

  test('needs the business account', async () => {
    expect(await meta.listTemplates(bsp.credentials, patience())).toEqual({
      outcome: 'refused',
      code: 'no-business-account',
    })
    expect(bsp.received).toEqual([])
  })

  test.each([
    [
      'a page that is refused refuses the whole',
      json(401, { error: { code: 190, message: 'expired' } }),
      '190',
    ],
    ['another answer than a list', json(200, { data: 'x' }), 'not-a-list'],
    ['nothing', json(500, {}), 'http-500'],
  ])('%s', async (_name, second, code) => {
    bsp.answer(json(200, { data: [whole], paging: { cursors: { after: 'a' }, next: 'x' } }), second)
    expect(await meta.listTemplates(credentials(), patience())).toEqual({ outcome: 'refused', code })
  })

  test('what nobody could send is left out; what cannot be shown says so; odd words are no codes', async () => {
    bsp.answer(
      json(200, {
        data: [
          null,
          7,
          { name: 'ohne_sprache' },
          {
            name: 'bild',
            language: 'de',
            status: 'approved',
            components: [{ type: 'HEADER', format: 'IMAGE' }, body],
          },
          {
            name: 'leer',
            language: 'de',
            status: 17,
            rejected_reason: 'Frau Müller, 0171 1234567',
            components: 'x',
          },
        ],
      }),
    )
    const list = await meta.listTemplates(credentials(), patience())
    expect(list).toMatchObject({
      outcome: 'found',
      templates: [
        { name: 'bild', state: 'approved', words: { header: { kind: 'image' } } },
        { name: 'leer', state: 'other', reason: null, words: null },
      ],
    })
  })
})

test('the list at 360dialog is counted through', async () => {
  const many = Array.from({ length: 100 }, (_, n) => ({ ...whole, name: `t${n}`, status: 'approved' }))
  bsp.answer(
    json(200, { waba_templates: many }),
    json(200, { waba_templates: [{ ...whole, status: 'submitted' }] }),
  )
  const list = await dialog360.listTemplates(bsp.credentials, patience())
  expect(list.outcome === 'found' && list.templates.map(({ state }) => state).at(-1)).toBe('other')
  expect(list.outcome === 'found' && list.templates).toHaveLength(101)
  expect(bsp.received.map(({ url }) => url)).toEqual([
    '/v1/configs/templates?limit=100',
    '/v1/configs/templates?limit=100&offset=100',
  ])
})

describe('a new template', () => {
  const draft = { name: 'neu', language: 'de', body: 'Ihr {{1}}.', footer: null, examples: ['Ausweis'] }

  test('is asked for as utility, with examples', async () => {
    bsp.answer(json(200, { id: '1', status: 'PENDING', category: 'UTILITY' }))
    expect(await dialog360.submitTemplate(draft, bsp.credentials, patience())).toEqual({
      outcome: 'submitted',
      state: 'pending',
    })
    expect(JSON.parse(bsp.received[0]?.body.toString() ?? '')).toEqual({
      name: 'neu',
      language: 'de',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Ihr {{1}}.', example: { body_text: [['Ausweis']] } }],
    })
  })

  test('that is refused says with which code, and one whose answer is lost that nobody knows', async () => {
    bsp.answer(json(400, { error: { code: 2388024, message: 'exists' } }))
    expect(await dialog360.submitTemplate(draft, bsp.credentials, patience())).toEqual({
      outcome: 'refused',
      code: '2388024',
    })
    bsp.answer(hangUp)
    expect(await dialog360.submitTemplate(draft, bsp.credentials, patience())).toMatchObject({
      outcome: 'ambiguous',
    })
  })
})

test('values go to header, body and button, by name where they have one', async () => {
  bsp.answer(json(200, { messages: [{ id: 'wamid.1' }] }))
  await dialog360.send(
    {
      recipient: { phone: '491713920011' },
      ownId: 'own',
      replyToProviderId: null,
      content: {
        kind: 'template',
        name: 'abholbereit',
        language: 'de',
        values: [
          { place: 'header', name: null, text: 'Bürgeramt' },
          { place: 'body', name: 'name', text: 'Frau Yılmaz' },
          { place: 'button', index: 1, text: 'abc' },
        ],
      },
    },
    bsp.credentials,
    patience(),
  )
  expect(JSON.parse(bsp.received[0]?.body.toString() ?? '').template.components).toEqual([
    { type: 'header', parameters: [{ type: 'text', text: 'Bürgeramt' }] },
    { type: 'body', parameters: [{ type: 'text', parameter_name: 'name', text: 'Frau Yılmaz' }] },
    { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'abc' }] },
  ])
})
