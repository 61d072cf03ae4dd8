import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, hangUp, json, type LocalBsp, neverAnswer, startLocalBsp } from '../../test/local-bsp.ts'
import type { MediaOutcome } from '../adapter.ts'
import { dialog360, meta } from './cloud-adapter.ts'
import { MediaTooLarge } from './fetch-media.ts'

let bsp: LocalBsp
beforeAll(async () => {
  bsp = await startLocalBsp()
})
beforeEach(() => {
  bsp.received.length = 0
})
afterAll(() => bsp.close())

const pictureBytes = Buffer.from('a picture, as far as anybody here is concerned')
const sha256 = createHash('sha256').update(pictureBytes)
const digest = sha256.digest()
const lookaside = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7&ext=1794830700&hash=SYN'

function signal(): AbortSignal {
  return AbortSignal.timeout(5_000)
}

function bytes(body: Buffer, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(200, { 'content-type': 'image/jpeg', ...headers }).end(body)
}

function found(url: string, extra: object = {}): Answer {
  return json(200, {
    messaging_product: 'whatsapp',
    url,
    mime_type: 'audio/ogg; codecs=opus',
    sha256: digest.toString('hex'),
    file_size: String(pictureBytes.length),
    id: '7',
    ...extra,
  })
}

async function bodyOf(outcome: MediaOutcome): Promise<Buffer> {
  if (outcome.outcome !== 'found') throw new Error(`expected a file, got ${JSON.stringify(outcome)}`)
  const chunks: Uint8Array[] = []
  for await (const chunk of outcome.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const media = { id: '7', url: null, maxBytes: 1_000 }

describe('fetching', () => {
  test("360dialog: resolves the id, then reads from 360dialog's host, path and query unchanged", async () => {
    bsp.answer(found(lookaside), bytes(pictureBytes))
    const outcome = await dialog360.fetchMedia(media, bsp.credentials, signal())
    expect(outcome).toMatchObject({
      outcome: 'found',
      sizeBytes: null,
      mediaType: 'audio/ogg',
      sha256: digest.toString('hex'),
    })
    expect(await bodyOf(outcome)).toEqual(pictureBytes)
    expect(bsp.received.map((request) => request.url)).toEqual([
      '/7',
      '/whatsapp_business/attachments/?mid=7&ext=1794830700&hash=SYN',
    ])
    for (const { headers } of bsp.received) expect(headers['d360-api-key']).toBe('key-of-the-channel')
  })

  test('Meta: asks for the id of this number, and takes a base64 digest', async () => {
    bsp.answer(
      found(`${bsp.credentials.baseUrl}/file`, { sha256: digest.toString('base64') }),
      bytes(pictureBytes, { 'content-length': String(pictureBytes.length) }),
    )
    const outcome = await meta.fetchMedia(media, bsp.credentials, signal())
    expect(outcome).toMatchObject({ sizeBytes: pictureBytes.length, sha256: digest.toString('hex') })
    expect(await bodyOf(outcome)).toEqual(pictureBytes)
    expect(bsp.received[0]).toMatchObject({
      url: '/7?phone_number_id=300000000000001',
      headers: { authorization: 'Bearer key-of-the-channel' },
    })
  })

  test('a ready address saves the look-up', async () => {
    bsp.answer(bytes(pictureBytes))
    const outcome = await dialog360.fetchMedia({ ...media, url: lookaside }, bsp.credentials, signal())
    expect(await bodyOf(outcome)).toEqual(pictureBytes)
    expect(outcome).toMatchObject({ mediaType: 'image/jpeg', sha256: null })
    expect(bsp.received.length).toBe(1)
  })

  test.each([401, 404, 410])('an address that has expired (%i) is resolved once again', async (status) => {
    bsp.answer(json(status, {}), found(lookaside), bytes(pictureBytes))
    const outcome = await dialog360.fetchMedia({ ...media, url: lookaside }, bsp.credentials, signal())
    expect(await bodyOf(outcome)).toEqual(pictureBytes)
    expect(bsp.received.length).toBe(3)
  })

  test('an address that expires twice is gone', async () => {
    bsp.answer(found(lookaside), json(404, {}), found(lookaside), json(404, {}))
    expect(await dialog360.fetchMedia(media, bsp.credentials, signal())).toEqual({ outcome: 'gone' })
    expect(bsp.received.length).toBe(4)
  })

  test.each([
    ['404', json(404, {})],
    ['code 100', json(400, { error: { code: 100, error_subcode: 33, message: 'does not exist' } })],
  ])('an id that is no longer known (%s) is gone', async (_title, answer) => {
    bsp.answer(answer)
    expect(await dialog360.fetchMedia(media, bsp.credentials, signal())).toEqual({ outcome: 'gone' })
  })

  test.each([
    ['500', json(500, {}), 'http-500', true],
    ['429', json(429, {}), 'http-429', true],
    ['a rate limit', json(400, { error: 'exceeded the endpoint rate limit' }), '80007', true],
    ['131052', json(400, { error: { code: 131052 } }), '131052', true],
    ['a look-up without address', json(200, { id: '7' }), 'no-url', false],
    ['a lost connection', hangUp, 'UND_ERR_SOCKET', false],
  ] as const)('%s is worth another try', async (_title, answer, code, countsAgainstLimit) => {
    bsp.answer(answer)
    expect(await dialog360.fetchMedia(media, bsp.credentials, signal())).toEqual({
      outcome: 'retry',
      code,
      countsAgainstLimit,
    })
  })

  test('no answer in time is worth another try', async () => {
    bsp.answer(neverAnswer)
    expect(await dialog360.fetchMedia(media, bsp.credentials, AbortSignal.timeout(100))).toEqual({
      outcome: 'retry',
      code: 'timeout',
      countsAgainstLimit: false,
    })
  })

  test('a refused key is refused', async () => {
    bsp.answer(json(401, { error: { code: 190 } }))
    expect(await meta.fetchMedia(media, bsp.credentials, signal())).toEqual({
      outcome: 'refused',
      code: '190',
    })
  })

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'https://lookaside.fbsbx.com.evil.example/x',
    'https://evil.example/lookaside.fbsbx.com',
    'http://lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com:8443/x',
    'https://user:pass@lookaside.fbsbx.com/x',
    'file:///etc/passwd',
    'not an address',
  ])('no request leaves for %s', async (url) => {
    bsp.answer(found(url))
    for (const adapter of [meta, dialog360]) {
      expect(await adapter.fetchMedia(media, bsp.credentials, signal())).toEqual({
        outcome: 'refused',
        code: 'host-not-allowed',
      })
      bsp.received.length = 0
      // Handed in directly it is not used either: the id is resolved instead.
      await adapter.fetchMedia({ ...media, url }, bsp.credentials, signal())
      expect(bsp.received.map((request) => request.url.split('?')[0])).toEqual(['/7'])
      bsp.received.length = 0
    }
  })

  test('redirects are refused, wherever they lead', async () => {
    const redirect: Answer = (response) =>
      response.writeHead(302, { location: `${bsp.credentials.baseUrl}/secret` }).end()
    bsp.answer(found(lookaside), redirect)
    expect(await dialog360.fetchMedia(media, bsp.credentials, signal())).toEqual({
      outcome: 'refused',
      code: 'redirect',
    })
    expect(bsp.received.length).toBe(2)
  })

  test.each(['../me', 'a/b', '', 'x'.repeat(129), '7?x=1'])(
    'no request is made for the id %j',
    async (id) => {
      expect(await dialog360.fetchMedia({ ...media, id }, bsp.credentials, signal())).toEqual({
        outcome: 'refused',
        code: 'bad-media-id',
      })
      expect(bsp.received.length).toBe(0)
    },
  )

  test('a file announced as too large is not downloaded', async () => {
    bsp.answer(found(lookaside, { file_size: 105_906_176 }))
    expect(await dialog360.fetchMedia(media, bsp.credentials, signal())).toEqual({
      outcome: 'too-large',
      sizeBytes: 105_906_176,
    })
    bsp.answer(bytes(Buffer.alloc(2_000), { 'content-length': '2000' }))
    expect(await dialog360.fetchMedia({ ...media, url: lookaside }, bsp.credentials, signal())).toEqual({
      outcome: 'too-large',
      sizeBytes: 2_000,
    })
  })

  test('a file that lies about its size is cut off while it streams', async () => {
    let written = 0
    bsp.answer(found(lookaside, { file_size: 10 }), (response) => {
      response.writeHead(200)
      const timer = setInterval(() => {
        written += 400
        response.write(Buffer.alloc(400))
      }, 5)
      response.on('close', () => clearInterval(timer))
    })
    const outcome = await dialog360.fetchMedia(media, bsp.credentials, signal())
    await expect(bodyOf(outcome)).rejects.toBeInstanceOf(MediaTooLarge)
    expect(written).toBeLessThan(10_000)
  })

  test('a file that breaks off throws', async () => {
    bsp.answer(found(lookaside), (response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write(Buffer.alloc(100))
      setTimeout(() => response.destroy(), 20)
    })
    await expect(bodyOf(await dialog360.fetchMedia(media, bsp.credentials, signal()))).rejects.toThrow()
  })
})

describe('uploading', () => {
  async function* inTwoParts(): AsyncGenerator<Uint8Array> {
    yield pictureBytes.subarray(0, 10)
    yield pictureBytes.subarray(10)
  }
  function file() {
    return {
      body: inTwoParts(),
      sizeBytes: pictureBytes.length,
      mediaType: 'image/jpeg',
      fileName: 'Plan "A"\r\nx: y.jpg',
    }
  }

  test('sends one multipart form with a known length', async () => {
    bsp.answer(json(200, { id: '4490709327384033' }))
    expect(await dialog360.uploadMedia(file(), bsp.credentials, signal())).toEqual({
      outcome: 'uploaded',
      mediaId: '4490709327384033',
    })
    const [request] = bsp.received
    expect(request).toMatchObject({ method: 'POST', url: '/media' })
    expect(request?.headers['content-length']).toBe(String(request?.body.length))
    const form = await new Response(request?.body, {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData()
    expect(form.get('messaging_product')).toBe('whatsapp')
    expect(form.get('type')).toBe('image/jpeg')
    const uploaded = form.get('file')
    if (!(uploaded instanceof File)) throw new Error('no file in the form')
    expect(uploaded.type).toBe('image/jpeg')
    expect(Buffer.from(await uploaded.arrayBuffer())).toEqual(pictureBytes)
    expect(request?.headers).not.toHaveProperty('x')
  })

  test.each(['audio/ogg', 'audio/ogg; codecs=opus'])('%s names its codec', async (mediaType) => {
    bsp.answer(json(200, { id: '1' }))
    await dialog360.uploadMedia({ ...file(), mediaType, fileName: 'Antwort.ogg' }, bsp.credentials, signal())
    const [request] = bsp.received
    const form = await new Response(request?.body, {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData()
    expect(form.get('type')).toBe('audio/ogg; codecs=opus')
    expect(String(request?.body)).toContain('content-type: audio/ogg; codecs=opus\r\n')
  })

  test('Meta: goes to the number', async () => {
    bsp.answer(json(200, { id: 'media-id' }))
    await meta.uploadMedia(file(), bsp.credentials, signal())
    expect(bsp.received[0]?.url).toBe('/300000000000001/media')
  })

  test.each([
    ['131053', json(400, { error: { code: 131053 } }), 'retry', '131053'],
    ['400 of 360dialog', json(400, { error: 'lack of payment' }), 'stop-channel', '131042'],
    ['413', json(413, null), 'final', 'http-413'],
    ['500', json(500, {}), 'retry', 'http-500'],
    ['200 without an id', json(200, {}), 'retry', 'http-200'],
    ['200 with an id nobody may use', json(200, { id: '../x' }), 'retry', 'http-200'],
    ['a lost connection', hangUp, 'retry', 'UND_ERR_SOCKET'],
  ] as const)('%s', async (_title, answer, refusal, code) => {
    bsp.answer(answer)
    expect(await dialog360.uploadMedia(file(), bsp.credentials, signal())).toEqual({
      outcome: 'refused',
      refusal,
      code,
    })
  })

  test('a source that fails refuses with a retry', async () => {
    bsp.answer(json(200, { id: '1' }))
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield pictureBytes.subarray(0, 3)
      throw new Error('the disk is gone')
    }
    expect(
      await dialog360.uploadMedia({ ...file(), body: broken() }, bsp.credentials, signal()),
    ).toMatchObject({
      outcome: 'refused',
      refusal: 'retry',
    })
  })
})
