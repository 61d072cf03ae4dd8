import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dialog360 } from '@buergerdraht/bsp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { erika, type FakeOffice, max, startFakeOffice } from './fake-office.ts'

let office: FakeOffice
beforeEach(async () => {
  office = await startFakeOffice()
  await office.connect()
})
afterEach(() => office.close())

async function writes(identity: string, message: object): Promise<string> {
  const { status, body } = await office.call('POST', `/citizens/${identity}/messages`, message)
  expect(status).toBe(201)
  return (body as { id: string }).id
}

test('a text reaches the office with number, BSUID and name', async () => {
  // WhatsApp's time has whole seconds.
  const begunAt = Math.floor(Date.now() / 1000) * 1000
  await office.call('PUT', `/citizens/${erika}`, { profileName: 'Erika Musterfrau' })
  const id = await writes(erika, { text: 'Guten Tag 🙂' })
  const [message] = await office.hear('message')
  expect(message).toMatchObject({
    providerMessageId: id,
    phoneNumberId: office.simulator.office.phoneNumberId,
    sender: { phone: erika, bsuid: expect.stringMatching(/^DE\.\d{19}$/), profileName: 'Erika Musterfrau' },
    content: { kind: 'text', text: 'Guten Tag 🙂' },
    opensWindow: true,
  })
  expect(message?.sentAt?.getTime()).toBeGreaterThanOrEqual(begunAt)
  expect(message?.sentAt?.getTime()).toBeLessThanOrEqual(Date.now())
  expect(office.deliveries.map(({ authenticity }) => authenticity)).toEqual(['valid'])
})

test('the same number has the same BSUID after a restart', async () => {
  const other = await startFakeOffice()
  const [here, there] = await Promise.all(
    [office, other].map((one) => one.call('PUT', `/citizens/${erika}`, {})),
  )
  expect(here?.body).toEqual(there?.body)
  await other.close()
})

test('behind a username the number never appears', async () => {
  await office.call('PUT', `/citizens/${max}`, { profileName: 'Max M.', username: 'max.beispiel' })
  await writes(max, { text: 'Hallo' })
  const [message] = await office.hear('message')
  expect(message?.sender).toEqual({
    phone: null,
    bsuid: max,
    parentBsuid: null,
    profileName: 'Max M.',
    username: 'max.beispiel',
  })
})

test('everything a citizen can send arrives as what it is', async () => {
  const quoted = await writes(erika, { text: 'erst' })
  await writes(erika, { text: 'dann', replyTo: quoted })
  await writes(erika, { text: 'weiter', forwarded: true })
  await writes(erika, { location: { latitude: 52.5, longitude: 13.4, name: 'Rathaus' } })
  await writes(erika, { contacts: [{ name: 'Hausverwaltung', phone: '+49 30 23125099' }] })
  await writes(erika, { wire: { type: 'hologram', hologram: { depth: 3 } } })
  const messages = await office.hear('message', 6)
  expect(messages.map(({ content, context }) => ({ content, context }))).toEqual([
    { content: { kind: 'text', text: 'erst' }, context: { replyToProviderId: null, forwarded: 'no' } },
    { content: { kind: 'text', text: 'dann' }, context: { replyToProviderId: quoted, forwarded: 'no' } },
    { content: { kind: 'text', text: 'weiter' }, context: { replyToProviderId: null, forwarded: 'once' } },
    {
      content: {
        kind: 'location',
        latitude: 52.5,
        longitude: 13.4,
        name: 'Rathaus',
        address: null,
        url: null,
      },
      context: { replyToProviderId: null, forwarded: 'no' },
    },
    {
      content: {
        kind: 'contacts',
        contacts: [
          {
            name: 'Hausverwaltung',
            phones: ['+49 30 23125099'],
            emails: [],
            organisation: null,
            requested: false,
          },
        ],
      },
      context: { replyToProviderId: null, forwarded: 'no' },
    },
    {
      content: { kind: 'unsupported', type: 'hologram', errorCode: null },
      context: { replyToProviderId: null, forwarded: 'no' },
    },
  ])
})

test('reactions, edits, deletions and calls', async () => {
  const id = await writes(erika, { text: 'alt' })
  await office.hear('message')
  await office.call('POST', `/citizens/${erika}/reactions`, { messageId: id, emoji: '👍' })
  await office.call('POST', `/citizens/${erika}/reactions`, { messageId: id, emoji: '' })
  expect(
    (await office.hear('reaction', 2)).map(({ targetProviderId, emoji }) => [targetProviderId, emoji]),
  ).toEqual([
    [id, '👍'],
    [id, null],
  ])
  await office.call('POST', `/citizens/${erika}/edits`, { messageId: id, text: 'neu' })
  expect(await office.hear('edit')).toMatchObject([
    { originalProviderId: id, content: { kind: 'text', text: 'neu' } },
  ])
  await office.call('POST', `/citizens/${erika}/revocations`, { messageId: id })
  expect(await office.hear('revoke')).toMatchObject([{ originalProviderId: id }])
  const call = await office.call('POST', `/citizens/${erika}/calls`)
  expect(await office.hear('call')).toMatchObject([
    { providerMessageId: (call.body as { id: string }).id, sender: { phone: erika } },
  ])
})

test.each(['photo', 'voice', 'pdf', 'sticker'] as const)(
  'the sample %s can be fetched, whole',
  async (sample) => {
    await office.call('POST', `/citizens/${erika}/media`, { sample })
    const [message] = await office.hear('message')
    const content = message?.content
    if (!content || !('media' in content) || content.media.id === null) throw new Error('no file arrived')
    // By its ready address, and by its id alone.
    for (const url of [content.media.url, null]) {
      const file = await dialog360.fetchMedia(
        { id: content.media.id, url, maxBytes: 1_000_000 },
        office.credentials,
        AbortSignal.timeout(60_000),
      )
      if (file.outcome !== 'found') throw new Error(file.outcome)
      const hash = createHash('sha256')
      for await (const chunk of file.body) hash.update(chunk)
      expect(hash.digest('hex')).toBe(content.media.sha256)
      expect(file.mediaType).toBe(content.media.mediaType)
    }
  },
)

test('a file as a form, and one as base64', async () => {
  const bytes = readFileSync(new URL('../samples/schlagloch.jpg', import.meta.url))
  const form = new FormData()
  form.append('caption', 'Schlagloch Hauptstraße')
  form.append('file', new File([bytes], 'foto.jpg', { type: 'image/jpeg' }))
  const response = await fetch(`${office.simulator.url}/citizens/${erika}/media`, {
    method: 'POST',
    body: form,
  })
  expect(response.status).toBe(201)
  await office.call('POST', `/citizens/${erika}/media`, {
    base64: bytes.toString('base64'),
    mediaType: 'application/pdf',
    fileName: 'Plan.pdf',
  })
  const digest = createHash('sha256').update(bytes).digest('hex')
  expect((await office.hear('message', 2)).map(({ content }) => content)).toMatchObject([
    { kind: 'image', text: 'Schlagloch Hauptstraße', media: { mediaType: 'image/jpeg', sha256: digest } },
    { kind: 'document', text: null, media: { mediaType: 'application/pdf', fileName: 'Plan.pdf' } },
  ])
})

test.each([
  ['POST', '/citizens/erika/messages', { text: 'x' }, 400, 'identity'],
  ['POST', `/citizens/${erika}/messages`, {}, 400, 'text'],
  ['POST', `/citizens/${erika}/messages`, { text: '' }, 400, 'text'],
  [
    'POST',
    `/citizens/${erika}/messages`,
    { location: { latitude: 91, longitude: 0 } },
    400,
    'location.latitude',
  ],
  ['POST', `/citizens/${erika}/media`, { sample: 'nothing' }, 400, 'sample'],
  ['POST', `/citizens/${erika}/reactions`, { messageId: 'wamid.NOBODY', emoji: '👍' }, 404, 'messageId'],
  ['PUT', `/citizens/${erika}`, { reading: 'sometimes' }, 400, 'reading'],
  ['GET', '/files/0', undefined, 404, 'mediaId'],
])('%s %s %j is answered with %i for %s', async (method, path, body, status, field) => {
  const answer = await office.call(method, path, body)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({ code: 'bad-request', message: expect.any(String) })
  expect(Object.keys((answer.body as { fields: object }).fields)).toEqual([field])
})

test('the plus that people put before a number is left away', async () => {
  await writes(`%2B${erika}`, { text: 'Mit Plus' })
  const { body } = await office.call('GET', `/citizens/${erika}/messages?all=true`)
  expect(body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ text: 'Mit Plus' })]),
  })
})

test('without an office nobody can write, and it says so', async () => {
  const alone = await startFakeOffice()
  expect(await alone.call('POST', `/citizens/${erika}/messages`, { text: 'Hallo?' })).toMatchObject({
    status: 409,
    body: { code: 'no-webhook' },
  })
  expect((await alone.call('GET', `/citizens/${erika}/messages?all=true`)).body).toMatchObject({ items: [] })
  await alone.close()
})
