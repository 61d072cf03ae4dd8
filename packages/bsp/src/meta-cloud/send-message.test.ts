import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../../../testing/free-port.ts'
import { hangUp, json, type LocalBsp, neverAnswer, startLocalBsp } from '../../test/local-bsp.ts'
import type { SendCommand, SendContent } from '../adapter.ts'
import { dialog360, meta } from './cloud-adapter.ts'

let bsp: LocalBsp
beforeAll(async () => {
  bsp = await startLocalBsp()
})
beforeEach(() => {
  bsp.received.length = 0
})
afterAll(() => bsp.close())

const accepted = json(200, {
  messaging_product: 'whatsapp',
  contacts: [{ input: '491713920011', wa_id: '491713920011' }],
  messages: [{ id: 'wamid.ANSWER', message_status: 'accepted' }],
})
const command: SendCommand = {
  recipient: { phone: '491713920011' },
  ownId: '6f1c2b34-0000-4000-8000-000000000014',
  content: { kind: 'text', text: 'Donnerstag bis 18 Uhr.' },
  replyToProviderId: null,
}

function signal(): AbortSignal {
  return AbortSignal.timeout(5_000)
}

function lastBody(): unknown {
  return JSON.parse(String(bsp.received.at(-1)?.body))
}

function lastFields(): Record<string, unknown> {
  return { ...(lastBody() as object) }
}

function body(text: string) {
  return { place: 'body', name: null, text } as const
}

describe('what is sent', () => {
  test('text to a phone through 360dialog', async () => {
    bsp.answer(accepted)
    const outcome = await dialog360.send(command, bsp.credentials, signal())
    expect(outcome).toEqual({ outcome: 'accepted', providerMessageId: 'wamid.ANSWER' })
    expect(bsp.received[0]).toMatchObject({
      method: 'POST',
      url: '/messages',
      headers: { 'd360-api-key': 'key-of-the-channel', 'content-type': 'application/json' },
    })
    expect(bsp.received[0]?.headers['user-agent']).toMatch(/^Buergerdraht\//)
    expect(bsp.received[0]?.headers.authorization).toBeUndefined()
    expect(lastBody()).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '491713920011',
      type: 'text',
      text: { body: 'Donnerstag bis 18 Uhr.', preview_url: false },
      biz_opaque_callback_data: command.ownId,
    })
  })

  test('text through Meta goes to the number in the path, with a bearer token', async () => {
    bsp.answer(accepted)
    const credentials = { ...bsp.credentials, baseUrl: `${bsp.credentials.baseUrl}/v26.0/` }
    await meta.send(command, credentials, signal())
    expect(bsp.received[0]).toMatchObject({
      url: '/v26.0/300000000000001/messages',
      headers: { authorization: 'Bearer key-of-the-channel' },
    })
  })

  test('a BSUID is addressed by recipient, never by to', async () => {
    bsp.answer(accepted)
    const recipient = { bsuid: 'DE.7001000000000000022' }
    await dialog360.send({ ...command, recipient }, bsp.credentials, signal())
    expect(lastBody()).toMatchObject({ recipient: 'DE.7001000000000000022' })
    expect(lastBody()).not.toHaveProperty('to')
  })

  test('a quoted reply', async () => {
    bsp.answer(accepted)
    await dialog360.send({ ...command, replyToProviderId: 'wamid.QUOTED' }, bsp.credentials, signal())
    expect(lastBody()).toMatchObject({ context: { message_id: 'wamid.QUOTED' }, type: 'text' })
  })

  const file = { mediaId: '123', caption: 'Plan', fileName: 'Plan.pdf' }
  test.each<[SendContent, object]>([
    [
      { kind: 'image', ...file },
      { type: 'image', image: { id: '123', caption: 'Plan' } },
    ],
    [
      { kind: 'video', ...file, caption: null },
      { type: 'video', video: { id: '123' } },
    ],
    [
      { kind: 'audio', ...file },
      { type: 'audio', audio: { id: '123' } },
    ],
    [
      { kind: 'voice', ...file },
      { type: 'audio', audio: { id: '123', voice: true } },
    ],
    [
      { kind: 'sticker', ...file },
      { type: 'sticker', sticker: { id: '123' } },
    ],
    [
      { kind: 'document', ...file },
      { type: 'document', document: { id: '123', caption: 'Plan', filename: 'Plan.pdf' } },
    ],
    [
      { kind: 'document', ...file, caption: '', fileName: null },
      { type: 'document', document: { id: '123' } },
    ],
    [
      { kind: 'reaction', targetProviderId: 'wamid.T', emoji: '👍' },
      { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '👍' } },
    ],
    [
      { kind: 'reaction', targetProviderId: 'wamid.T', emoji: '' },
      { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '' } },
    ],
    [
      { kind: 'template', name: 'termin', language: 'de', values: [body('Frau\nYılmaz'), body('a     b')] },
      {
        type: 'template',
        template: {
          name: 'termin',
          language: { code: 'de' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: 'Frau Yılmaz' },
                { type: 'text', text: 'a b' },
              ],
            },
          ],
        },
      },
    ],
    [
      { kind: 'template', name: 'termin', language: 'de', values: [] },
      { type: 'template', template: { name: 'termin', language: { code: 'de' } } },
    ],
  ])('%j', async (content, expected) => {
    bsp.answer(accepted)
    await dialog360.send({ ...command, content }, bsp.credentials, signal())
    expect(lastBody()).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '491713920011',
      biz_opaque_callback_data: command.ownId,
      ...expected,
    })
  })
})

describe('through either door, to either kind of address, the same is said', () => {
  const doors = [
    [dialog360, '/messages'],
    [meta, '/300000000000001/messages'],
  ] as const
  const contents: readonly SendContent[] = [
    { kind: 'text', text: 'Guten Tag' },
    { kind: 'voice', mediaId: '1', caption: null, fileName: null },
    { kind: 'document', mediaId: '1', caption: 'Plan', fileName: 'Plan.pdf' },
    { kind: 'reaction', targetProviderId: 'wamid.T', emoji: '👍' },
    { kind: 'template', name: 'termin', language: 'de', values: [body('1')] },
  ]

  test.each(contents)('$kind', async (content) => {
    for (const [adapter, url] of doors) {
      for (const recipient of [{ phone: '491713920011' }, { bsuid: 'DE.ENT.7001' }]) {
        bsp.answer(accepted)
        await adapter.send(
          { ...command, content, recipient, replyToProviderId: 'wamid.Q' },
          bsp.credentials,
          signal(),
        )
        expect(bsp.received.at(-1)?.url).toBe(url)
        const { to, recipient: user, type, context, biz_opaque_callback_data: ownId } = lastFields()
        expect({ to, user }).toEqual({ to: recipient.phone, user: recipient.bsuid })
        expect(type).toBe(content.kind === 'voice' ? 'audio' : content.kind)
        // A reaction names its message itself.
        expect(context).toEqual(content.kind === 'reaction' ? undefined : { message_id: 'wamid.Q' })
        expect(ownId).toBe(command.ownId)
      }
    }
  })
})

describe('what became of it', () => {
  test.each([
    ['held for quality', { messages: [{ id: 'wamid.H', message_status: 'held_for_quality_assessment' }] }],
    ['with unknown keys', { x: 1, messages: [{ id: 'wamid.H', y: {} }] }],
  ])('accepted: %s', async (_title, body) => {
    bsp.answer(json(200, body))
    expect(await dialog360.send(command, bsp.credentials, signal())).toEqual({
      outcome: 'accepted',
      providerMessageId: 'wamid.H',
    })
  })

  test.each([
    ['error with a code', json(400, { error: { code: 131047, message: 'x' } }), 'close-window', '131047'],
    ['server error with a code', json(500, { error: { code: 131016 } }), 'retry', '131016'],
    ['360dialog: key refused', json(401, { error: 'Invalid api_key' }), 'stop-channel', 'http-401'],
    ['404 without a body', json(404, null), 'stop-channel', 'http-404'],
  ] as const)('refused: %s', async (_title, answer, refusal, code) => {
    bsp.answer(answer)
    expect(await dialog360.send(command, bsp.credentials, signal())).toEqual({
      outcome: 'refused',
      refusal,
      code,
    })
  })

  test.each([
    ['502 without a code', json(502, { error: 'not available' }), 'http-502'],
    ['200 without an id', json(200, { messages: [] }), 'no-message-id'],
    ['200 that is no JSON', json(200, 'ok'), 'no-message-id'],
    ['connection ended after the request', hangUp, 'UND_ERR_SOCKET'],
  ] as const)('ambiguous: %s', async (_title, answer, code) => {
    bsp.answer(answer)
    expect(await dialog360.send(command, bsp.credentials, signal())).toEqual({ outcome: 'ambiguous', code })
    expect(bsp.received.length).toBe(1)
  })

  test('ambiguous: no answer in time', async () => {
    bsp.answer(neverAnswer)
    expect(await dialog360.send(command, bsp.credentials, AbortSignal.timeout(100))).toEqual({
      outcome: 'ambiguous',
      code: 'timeout',
    })
    expect(bsp.received.length).toBe(1)
  })

  test('refused: stopped before it began', async () => {
    expect(await dialog360.send(command, bsp.credentials, AbortSignal.abort())).toEqual({
      outcome: 'refused',
      refusal: 'retry',
      code: 'aborted',
    })
    expect(bsp.received.length).toBe(0)
  })

  test('refused: nobody listens', async () => {
    const credentials = { ...bsp.credentials, baseUrl: `http://127.0.0.1:${await freePort()}` }
    expect(await dialog360.send(command, credentials, signal())).toEqual({
      outcome: 'refused',
      refusal: 'retry',
      code: 'ECONNREFUSED',
    })
  })

  test('refused: a name that nobody has', async () => {
    const credentials = { ...bsp.credentials, baseUrl: 'http://bsp.invalid' }
    expect(await dialog360.send(command, credentials, signal())).toMatchObject({
      outcome: 'refused',
      refusal: 'retry',
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    })
  })

  test('redirects are not followed', async () => {
    bsp.answer((response) => response.writeHead(307, { location: '/elsewhere' }).end())
    expect(await dialog360.send(command, bsp.credentials, signal())).toEqual({
      outcome: 'refused',
      refusal: 'stop-channel',
      code: 'http-307',
    })
    expect(bsp.received.length).toBe(1)
  })
})

describe('read and typing', () => {
  test('marks as read', async () => {
    bsp.answer(json(200, { success: true }))
    expect(await dialog360.markRead('wamid.IN', false, bsp.credentials, signal())).toBe(true)
    expect(lastBody()).toEqual({ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN' })
  })

  test('shows that the office writes', async () => {
    bsp.answer(json(200, { success: true }))
    await meta.markRead('wamid.IN', true, bsp.credentials, signal())
    expect(lastBody()).toMatchObject({ typing_indicator: { type: 'text' } })
  })

  test.each([
    ['refused', json(400, { error: { code: 100 } })],
    ['unclear', json(200, {})],
    ['hung up', hangUp],
  ])('is false when %s', async (_title, answer) => {
    bsp.answer(answer)
    expect(await dialog360.markRead('wamid.IN', true, bsp.credentials, signal())).toBe(false)
  })
})
