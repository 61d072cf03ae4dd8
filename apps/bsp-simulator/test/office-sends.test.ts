import { dialog360 } from '@buergerdraht/bsp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { erika, type FakeOffice, max, startFakeOffice } from './fake-office.ts'

let office: FakeOffice
beforeEach(async () => {
  office = await startFakeOffice()
  await office.connect()
})
afterEach(() => office.close())

const text = { kind: 'text', text: 'Donnerstag bis 18 Uhr.' } as const

async function citizenWrites(identity = erika): Promise<string> {
  const { body } = await office.call('POST', `/citizens/${identity}/messages`, { text: 'Guten Tag' })
  await office.hear('message')
  return (body as { id: string }).id
}

async function received(identity = erika): Promise<Record<string, unknown>[]> {
  const { body } = await office.call('GET', `/citizens/${identity}/messages`)
  return (body as { items: Record<string, unknown>[] }).items
}

async function acceptedId(outcome: ReturnType<FakeOffice['send']>): Promise<string> {
  const settled = await outcome
  if (settled.outcome !== 'accepted') throw new Error(JSON.stringify(settled))
  return settled.providerMessageId
}

test('an answer reaches the phone; sent, delivered and read come back with our own id', async () => {
  const asked = await citizenWrites()
  const id = await acceptedId(office.send(text, { replyToProviderId: asked }))
  const statuses = await office.hear('status', 3)
  expect(statuses.map(({ status }) => status).toSorted()).toEqual(['delivered', 'read', 'sent'])
  for (const status of statuses) {
    expect(status).toMatchObject({ providerMessageId: id, ownId: '6f1c2b34-0000-4000-8000-000000000001' })
  }
  expect(statuses.find(({ status }) => status === 'sent')?.priceCategory).toBe('service')
  expect(await received()).toMatchObject([
    { id, text: 'Donnerstag bis 18 Uhr.', replyTo: asked, status: 'read', direction: 'from-office' },
  ])
})

test('a citizen behind a username is reached by BSUID; in "to" it is accepted and goes nowhere', async () => {
  await citizenWrites(max)
  await acceptedId(office.send(text, { recipient: { phone: max } }))
  const id = await acceptedId(office.send({ kind: 'text', text: 'kommt an' }, { recipient: { bsuid: max } }))
  const statuses = await office.hear('status', 3)
  expect(new Set(statuses.map(({ providerMessageId }) => providerMessageId))).toEqual(new Set([id]))
  expect(await received(max)).toMatchObject([{ text: 'kommt an' }])
})

test('reaction, document and voice note', async () => {
  const asked = await citizenWrites()
  const upload = await dialog360.uploadMedia(
    {
      body: (async function* () {
        yield Buffer.from('%PDF-1.4 ...')
      })(),
      sizeBytes: 12,
      mediaType: 'application/pdf',
      fileName: 'Plan.pdf',
    },
    office.credentials,
    AbortSignal.timeout(60_000),
  )
  if (upload.outcome !== 'uploaded') throw new Error(upload.code)
  const file = { mediaId: upload.mediaId, caption: 'Der Plan', fileName: 'Plan.pdf' }
  await acceptedId(office.send({ kind: 'document', ...file }))
  await acceptedId(office.send({ kind: 'reaction', targetProviderId: asked, emoji: '👍' }))
  await office.hear('status', 4)
  expect(await received()).toMatchObject([
    { kind: 'document', text: 'Der Plan', media: { fileName: 'Plan.pdf', mediaType: 'application/pdf' } },
  ])
  const { body } = await office.call('GET', `/citizens/${erika}/messages?all=true`)
  expect(body).toMatchObject({ items: [{ id: asked, reactions: [{ by: 'office', emoji: '👍' }] }, {}] })
})

test('read marks and typing show on the phone', async () => {
  const first = await citizenWrites()
  const second = await citizenWrites()
  function read(id: string, typing: boolean) {
    return dialog360.markRead(id, typing, office.credentials, AbortSignal.timeout(60_000))
  }
  expect(await read(second, true)).toBe(true)
  const { body } = await office.call('GET', `/citizens/${erika}/messages?all=true`)
  expect(body).toMatchObject({
    items: [
      { id: first, status: 'read' },
      { id: second, status: 'read' },
    ],
    officeTypingUntil: expect.any(String),
  })
  expect(await read('wamid.NOBODY', false)).toBe(false)
})

test('a citizen who reads on the phone reads when they look, or never says so', async () => {
  await citizenWrites()
  await office.call('PUT', `/citizens/${erika}`, { reading: 'on-the-phone' })
  await acceptedId(office.send(text))
  await office.hear('status', 2)
  expect(await received()).toMatchObject([{ status: 'delivered' }])
  await office.call('POST', `/citizens/${erika}/looks`)
  expect((await office.hear('status', 3)).at(-1)?.status).toBe('read')

  await office.call('PUT', `/citizens/${erika}`, { reading: 'never' })
  await acceptedId(office.send(text))
  await office.hear('status', 5)
  await office.call('POST', `/citizens/${erika}/looks`)
  expect(await received()).toMatchObject([{}, { status: 'read' }])
  expect(office.events.filter((event) => event.type === 'status').length).toBe(5)
})

describe('what fails later', () => {
  test.each([
    ['nobody has written in 24 hours', null, { kind: 'text', text: 'x' }, '131047'],
    ['the citizen has blocked the office', { blocked: true }, text, '131026'],
  ] as const)('%s', async (_title, profile, content, errorCode) => {
    if (profile) {
      await citizenWrites()
      await office.call('PUT', `/citizens/${erika}`, profile)
    }
    const id = await acceptedId(office.send(content))
    expect(await office.hear('status')).toMatchObject([
      { providerMessageId: id, status: 'failed', errorCode },
    ])
    expect(await received()).toEqual([])
  })

  test('the window closes after 24 hours, and templates reach beyond it', async () => {
    let now = Date.now()
    const later = await startFakeOffice({ now: () => now })
    await later.connect()
    await later.call('POST', `/citizens/${erika}/messages`, { text: 'Guten Tag' })
    now += 86_400_000
    await later.send(text)
    expect(await later.hear('status')).toMatchObject([{ status: 'failed', errorCode: '131047' }])
    await later.send({ kind: 'template', name: 'rueckfrage_offen', language: 'de', values: [] })
    await later.hear('status', 3)
    const { body } = await later.call('GET', `/citizens/${erika}/messages`)
    expect(body).toMatchObject({ items: [{ text: expect.stringContaining('Rückfrage') }] })
    await later.close()
  })

  test('a file of the wrong kind', async () => {
    await citizenWrites()
    const upload = await dialog360.uploadMedia(
      {
        body: (async function* () {
          yield Buffer.from('GIF89a')
        })(),
        sizeBytes: 6,
        mediaType: 'image/gif',
        fileName: 'x.gif',
      },
      office.credentials,
      AbortSignal.timeout(60_000),
    )
    if (upload.outcome !== 'uploaded') throw new Error(upload.code)
    await acceptedId(office.send({ kind: 'image', mediaId: upload.mediaId, caption: null, fileName: null }))
    expect(await office.hear('status')).toMatchObject([{ status: 'failed', errorCode: '131053' }])
  })
})

test.each([
  ['audio/ogg', false],
  ['audio/ogg; codecs=opus', true],
])('a voice note uploaded as %s is delivered: %s', async (mediaType, delivered) => {
  await citizenWrites()
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', mediaType)
  form.set('file', new Blob(['OggS'], { type: mediaType }), 'Antwort.ogg')
  const uploaded = await fetch(`${office.credentials.baseUrl}/media`, {
    method: 'POST',
    headers: { 'd360-api-key': office.credentials.apiKey },
    body: form,
  })
  const { id } = (await uploaded.json()) as { id: string }
  await acceptedId(office.send({ kind: 'voice', mediaId: id, caption: null, fileName: null }))
  const [status] = await office.hear('status')
  expect(status).toMatchObject(delivered ? { status: 'sent' } : { status: 'failed', errorCode: '131053' })
})

describe('what is refused at once', () => {
  test('a wrong key', async () => {
    const credentials = { ...office.credentials, apiKey: 'another' }
    const command = { recipient: { phone: erika }, ownId: 'x', content: text, replyToProviderId: null }
    expect(await dialog360.send(command, credentials, AbortSignal.timeout(60_000))).toEqual({
      outcome: 'refused',
      refusal: 'stop-channel',
      code: 'http-401',
    })
  })

  test.each([
    ['text of 4097 characters', { kind: 'text', text: 'x'.repeat(4097) }, '100'],
    ['an unknown file', { kind: 'image', mediaId: '123', caption: null, fileName: null }, '131009'],
  ] as const)('%s', async (_title, content, code) => {
    await citizenWrites()
    expect(await office.send(content)).toEqual({ outcome: 'refused', refusal: 'final', code })
  })

  test('nobody to send to', async () => {
    const response = await fetch(`${office.simulator.url}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'd360-api-key': office.credentials.apiKey },
      body: JSON.stringify({ messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } }),
    })
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 131008 } }])
  })
})
