import { createHash } from 'node:crypto'
import { type BspEvent, dialog360 } from '@buergerdraht/bsp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { erika, type FakeOffice, startFakeOffice } from './fake-office.ts'

let office: FakeOffice
beforeEach(async () => {
  office = await startFakeOffice({ webhookSecret: 'platform-secret' })
  await office.connect()
  await writes('Guten Tag')
  await office.hear('message')
})
afterEach(() => office.close())

const answerText = { kind: 'text', text: 'Antwort' } as const

async function writes(text: string): Promise<void> {
  expect((await office.call('POST', `/citizens/${erika}/messages`, { text })).status).toBe(201)
}

async function faults(settings: object): Promise<void> {
  expect((await office.call('PUT', '/faults', settings)).status).toBe(200)
}

function statuses(): string[] {
  return office.events.flatMap((event) => (event.type === 'status' ? event.status : []))
}

function textOf(event: BspEvent): string {
  return event.type === 'message' && event.content.kind === 'text' ? event.content.text : ''
}

describe('webhooks', () => {
  test('are signed when a platform secret is agreed', () => {
    expect(office.deliveries).toMatchObject([{ authenticity: 'valid' }])
  })

  test('are repeated, later and later, until they are answered with 200', async () => {
    office.answers = [503, 500, 404].map((status) => (response) => void response.writeHead(status).end())
    await writes('zweite')
    await office.hear('message', 5)
    const [, first = 0, second = 0, third = 0, fourth = 0] = office.deliveries.map((one) => one.receivedAtMs)
    // Twice as long each time; a busy machine may only make it longer.
    expect(second - first).toBeGreaterThan(18)
    expect(third - second).toBeGreaterThan(38)
    expect(fourth - third).toBeGreaterThan(78)
    expect(office.events.slice(1).map(textOf)).toEqual(['zweite', 'zweite', 'zweite', 'zweite'])
    await expect
      .poll(async () => (await office.call('GET', '/office')).body)
      .toMatchObject({ deliveries: { delivered: 2, waiting: 0, lastFailure: null } })
  })

  test('do not follow redirects, and survive a connection that ends', async () => {
    office.answers = [
      (response) => void response.writeHead(302, { location: `${office.webhookUrl}/elsewhere` }).end(),
      (response) => void response.destroy(),
    ]
    await writes('zweite')
    await office.hear('message', 4)
    expect(office.deliveries.length).toBe(4)
  })

  test('what waits is shown', async () => {
    office.answers = Array(50).fill((response: { writeHead(status: number): { end(): void } }) => {
      response.writeHead(503).end()
    })
    await writes('zweite')
    await expect
      .poll(async () => (await office.call('GET', '/office')).body)
      .toMatchObject({ deliveries: { waiting: 1, lastFailure: '503' } })
  })

  test('can arrive several times', async () => {
    await faults({ webhooks: { copies: 3 } })
    await writes('dreifach')
    const messages = await office.hear('message', 4)
    expect(new Set(messages.map(({ providerMessageId }) => providerMessageId)).size).toBe(2)
  })

  test('can arrive in reverse', async () => {
    await faults({ webhooks: { reorderMs: 60_000, reorderCount: 3 } })
    for (const text of ['1', '2', '3']) await writes(text)
    await office.hear('message', 4)
    expect(office.events.slice(1).map(textOf)).toEqual(['3', '2', '1'])
  })

  test('can be late', async () => {
    await faults({ webhooks: { delayMs: 150 } })
    const startedAt = performance.now()
    await writes('spät')
    await office.hear('message', 2)
    expect(performance.now() - startedAt).toBeGreaterThan(140)
  })
})

describe('sending', () => {
  test.each([
    ['a server error', { answer: 'server-error' }, { outcome: 'ambiguous', code: 'http-502' }],
    [
      'a code on demand',
      { answer: 'refuse', code: 131056 },
      { outcome: 'refused', refusal: 'slow-citizen', code: '131056' },
    ],
    [
      "360dialog's own refusal",
      { answer: 'refuse', httpStatus: 403 },
      { outcome: 'refused', refusal: 'stop-channel', code: 'http-403' },
    ],
  ])('%s: nothing was sent', async (_title, api, outcome) => {
    await faults({ api })
    expect(await office.send(answerText)).toEqual(outcome)
    // What is accepted next has statuses, and they are the only ones.
    await faults({})
    const accepted = await office.send(answerText)
    const heard = await office.hear('status', 3)
    const [id, ...others] = new Set(heard.map(({ providerMessageId }) => providerMessageId))
    expect(accepted).toEqual({ outcome: 'accepted', providerMessageId: id })
    expect(others).toEqual([])
  })

  test.each([
    ['time-out-after-accept', 'timeout', 1_000],
    ['hang-up-after-accept', 'UND_ERR_SOCKET', 60_000],
  ])('%s: ambiguous, and settled by a status with our own id', async (answer, code, patienceMs) => {
    await faults({ api: { answer } })
    const send = dialog360.send(
      { recipient: { phone: erika }, ownId: 'own-77', content: answerText, replyToProviderId: null },
      office.credentials,
      AbortSignal.timeout(patienceMs),
    )
    expect(await send).toEqual({ outcome: 'ambiguous', code })
    expect((await office.hear('status', 3)).map(({ ownId }) => ownId)).toEqual(['own-77', 'own-77', 'own-77'])
  })

  test('faults can be counted, and taken back', async () => {
    await faults({ api: { answer: 'server-error', times: 2 } })
    const outcomes = [
      await office.send(answerText),
      await office.send(answerText),
      await office.send(answerText),
    ]
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ambiguous', 'ambiguous', 'accepted'])
    await faults({ api: { answer: 'server-error' } })
    await office.call('DELETE', '/faults')
    expect((await office.send(answerText)).outcome).toBe('accepted')
  })

  test('slow', async () => {
    await faults({ api: { delayMs: 120 } })
    const startedAt = performance.now()
    expect((await office.send(answerText)).outcome).toBe('accepted')
    expect(performance.now() - startedAt).toBeGreaterThan(115)
  })

  test('a wrong fault is named', async () => {
    expect(await office.call('PUT', '/faults', { api: { answer: 'explode' } })).toMatchObject({
      status: 400,
      body: { code: 'bad-request', message: expect.stringContaining('api.answer') },
    })
  })
})

describe('statuses', () => {
  test('can be lost', async () => {
    await faults({ statuses: { drop: ['sent', 'delivered'] } })
    await office.send(answerText)
    await office.hear('status')
    expect(statuses()).toEqual(['read'])
  })

  test('can overtake the answer to their request', async () => {
    await faults({ statuses: { beforeAnswer: true } })
    const outcome = await office.send(answerText)
    expect(statuses()).toEqual(['sent'])
    await office.hear('status', 3)
    expect(outcome).toMatchObject({
      providerMessageId: office.events.find((event) => event.type === 'status')?.providerMessageId,
    })
    expect(statuses()).toEqual(['sent', 'delivered', 'read'])
  })

  test('can say that a message failed', async () => {
    await faults({ statuses: { fail: 131042 } })
    await office.send(answerText)
    expect(await office.hear('status')).toMatchObject([{ status: 'failed', errorCode: '131042' }])
  })
})

describe('files', () => {
  async function fetchPhoto(useReadyAddress: boolean) {
    await office.call('POST', `/citizens/${erika}/media`, { sample: 'photo' })
    const content = (await office.hear('message', 2)).at(-1)?.content
    if (!content || !('media' in content) || content.media.id === null) throw new Error('no file arrived')
    const media = {
      id: content.media.id,
      url: useReadyAddress ? content.media.url : null,
      maxBytes: 1_000_000,
    }
    return {
      sha256: content.media.sha256,
      outcome: await dialog360.fetchMedia(media, office.credentials, AbortSignal.timeout(60_000)),
    }
  }

  test.each([
    ['expired', { expired: true }, { outcome: 'gone' }],
    ['with addresses that end at once', { addressExpired: true }, { outcome: 'gone' }],
    ['too large', { huge: true }, { outcome: 'too-large', sizeBytes: 105_906_176 }],
  ])('%s', async (_title, media, outcome) => {
    await faults({ media })
    for (const ready of [true, false]) expect((await fetchPhoto(ready)).outcome).toEqual(outcome)
  })

  test('behind a server error', async () => {
    await faults({ media: { serverError: true } })
    expect((await fetchPhoto(false)).outcome).toEqual({
      outcome: 'retry',
      code: 'http-500',
      countsAgainstLimit: true,
    })
    expect((await fetchPhoto(true)).outcome).toMatchObject({ outcome: 'retry', code: 'http-500' })
  })

  test('damaged on the way', async () => {
    await faults({ media: { corrupt: true } })
    const { outcome, sha256 } = await fetchPhoto(true)
    if (outcome.outcome !== 'found') throw new Error(outcome.outcome)
    const hash = createHash('sha256')
    for await (const chunk of outcome.body) hash.update(chunk)
    expect(hash.digest('hex')).not.toBe(sha256)
  })
})
