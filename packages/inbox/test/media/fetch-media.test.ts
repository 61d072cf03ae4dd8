import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attachmentKey, deleteMedia, fetchMedia, presentAttachment, sweepMedia } from '../../src/index.ts'
import { type MediaOffice, openMediaOffice, type SentMedia } from './media-office.ts'
import { sample } from './sample.ts'

let here: MediaOffice
beforeEach(async () => {
  here = await openMediaOffice()
})
afterEach(() => here.close())

const minute = 60_000
const hour = 60 * minute

const photo: SentMedia = { kind: 'image', claimedType: 'image/jpeg', bytes: sample('photo-with-gps.jpg') }
const letter: SentMedia = {
  kind: 'document',
  claimedType: 'application/pdf',
  fileName: 'Antrag KANARIE.pdf',
  bytes: sample('letter.pdf'),
}

async function receiveAndFetch(media: SentMedia) {
  const id = await here.receive(media)
  await fetchMedia(here.office, id)
  return here.attachment(id)
}
function after(ms: number) {
  return here.setNow(new Date(here.office.now().getTime() + ms))
}
async function shownOf(id: string) {
  const row = await here.attachment(id)
  const { keyId } = await here.office.prisma.conversation.findUniqueOrThrow({
    where: { id: row.conversationId },
  })
  return presentAttachment(await attachmentKey(here.office.keys, row, keyId), row)
}

describe('a file that a citizen sent', () => {
  test('a photo: pending, then ready without its metadata, and the browsers hear of it', async () => {
    const id = await here.receive(photo)
    const before = await here.attachment(id)
    expect(before).toMatchObject({ state: 'pending', attempts: 0 })
    expect(before.deadlineAt).toEqual(
      new Date(Math.floor(here.office.now().getTime() / 1000) * 1000 + 7 * 24 * hour),
    )
    const events = (await here.published()).length

    await fetchMedia(here.office, id)

    const row = await here.attachment(id)
    const content = await here.contentOf(id)
    expect(row).toMatchObject({
      state: 'ready',
      mediaType: 'image/jpeg',
      width: 200,
      height: 320,
      previewWidth: 200,
      previewHeight: 320,
      sizeBytes: BigInt(content.length),
      nextTryAt: null,
    })
    expect((await sharp(content).metadata()).exif).toBeUndefined()
    expect(await sharp(await here.contentOf(id, 'preview')).metadata()).toMatchObject({ format: 'webp' })
    expect((await here.published()).slice(events)).toEqual([
      { type: 'message.changed', messageId: row.messageId, teamId: here.teamId },
    ])
  })

  test('a document: as it came, with name, pages and first page', async () => {
    const row = await receiveAndFetch(letter)
    expect(row).toMatchObject({ state: 'ready', mediaType: 'application/pdf', pages: 2 })
    expect((await here.contentOf(row.id)).equals(letter.bytes)).toBe(true)
    expect(await shownOf(row.id)).toMatchObject({
      fileName: 'Antrag KANARIE.pdf',
      sizeBytes: letter.bytes.length,
      pages: 2,
      preview: { width: 509, height: 720 },
      waveform: null,
    })
  })

  test('a voice note: duration and waveform', async () => {
    const row = await receiveAndFetch({
      kind: 'audio',
      voice: true,
      claimedType: 'audio/ogg; codecs=opus',
      bytes: sample('voice.ogg'),
    })
    expect(row).toMatchObject({ state: 'ready', kind: 'voice', mediaType: 'audio/ogg', durationMs: 2000 })
    expect((await shownOf(row.id)).waveform).toHaveLength(64)
  })

  test('a moving sticker stays one', async () => {
    const row = await receiveAndFetch({
      kind: 'sticker',
      claimedType: 'image/webp',
      bytes: sample('sticker-moving.webp'),
    })
    expect(row).toMatchObject({ state: 'ready', kind: 'sticker' })
    expect(await sharp(await here.contentOf(row.id)).metadata()).toMatchObject({ pages: 2 })
  })

  test('a film', async () => {
    const row = await receiveAndFetch({
      kind: 'video',
      claimedType: 'video/mp4',
      bytes: sample('clip-upright.mp4'),
    })
    expect(row).toMatchObject({ state: 'ready', width: 48, height: 64, durationMs: 1000 })
  })

  test('nothing of it can be read in the media folder, neither content nor name', async () => {
    await receiveAndFetch(photo)
    await receiveAndFetch(letter)
    const files = await here.filesOnDisk()
    expect(files).toHaveLength(4)
    for (const { path, bytes } of files) {
      expect(path).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.preview)?$/)
      // None so short that it would once be found in what is random.
      for (const canary of ['KANARIE', 'Antrag', '%PDF-1.', 'JFIF\0\x01', 'WEBPVP8', 'Exif\0\0'])
        expect(bytes.includes(canary), canary).toBe(false)
    }
  })

  test('is fetched once, however many workers are reminded', async () => {
    const id = await here.receive(photo)
    await Promise.all(Array.from({ length: 8 }, () => fetchMedia(here.office, id)))
    expect(here.provider.asked).toHaveLength(2)
    expect(await here.attachment(id)).toMatchObject({ state: 'ready', attempts: 1 })
  })

  test('that a killed worker had begun is taken up again when its claim has ended', async () => {
    const id = await here.receive(photo)
    let open: () => void = () => {}
    here.provider.gate = new Promise((resolve) => {
      open = resolve
    })
    const killed = new AbortController()
    const abandoned = fetchMedia(here.office, id, killed.signal)
    while (here.provider.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    // Nobody renews the claim, as the clock jumps and no half minute passes.
    await fetchMedia(here.office, id)
    expect(here.provider.asked).toHaveLength(1)
    after(3 * minute)
    expect(await sweepMedia(here.office)).toBe(1)
    open()
    await fetchMedia(here.office, id)
    expect(await here.attachment(id)).toMatchObject({ state: 'ready', attempts: 2 })
    await abandoned
    expect(await here.attachment(id)).toMatchObject({ state: 'ready', attempts: 2 })
    expect((await here.published()).filter(({ type }) => type === 'message.changed')).toHaveLength(1)
  })
})

describe('what is not shown', () => {
  test.each<[string, SentMedia, object]>([
    [
      'a program',
      {
        kind: 'document',
        claimedType: 'application/x-msdownload',
        fileName: 'update.exe',
        bytes: Buffer.from('MZ\0\0'),
      },
      { state: 'quarantined', quarantine: 'dangerous-type' },
    ],
    [
      'a page that says it is a photo',
      { ...photo, bytes: Buffer.from('<html><script>alert(1)</script>') },
      { state: 'quarantined', quarantine: 'dangerous-type' },
    ],
    [
      'an SVG with a script',
      {
        kind: 'document',
        claimedType: 'text/plain',
        fileName: 'x.txt',
        bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      },
      { state: 'quarantined', quarantine: 'dangerous-type' },
    ],
    [
      'a picture with too many pixels',
      { ...photo, claimedType: 'image/png', bytes: sample('pixel-bomb.png') },
      { state: 'quarantined', quarantine: 'too-many-pixels' },
    ],
    [
      'a document that says it is a photo',
      { ...photo, bytes: sample('letter.pdf') },
      { state: 'quarantined', quarantine: 'integrity' },
    ],
    [
      'an archive with a program',
      {
        kind: 'document',
        claimedType: 'application/zip',
        fileName: 'fotos.zip',
        bytes: sample('with-program.zip'),
      },
      { state: 'quarantined', quarantine: 'hidden-program' },
    ],
    [
      'a zip bomb',
      { kind: 'document', claimedType: 'application/zip', fileName: 'fotos.zip', bytes: sample('bomb.zip') },
      { state: 'quarantined', quarantine: 'unreadable' },
    ],
    [
      'two files in one',
      { ...letter, bytes: sample('letter-and-archive.pdf') },
      { state: 'quarantined', quarantine: 'hidden-program' },
    ],
  ])('%s: kept encrypted, never served', async (_, media, expected) => {
    const row = await receiveAndFetch(media)
    expect(row).toMatchObject(expected)
    expect(await here.filesOnDisk()).toHaveLength(1)
    await expect(here.contentOf(row.id)).rejects.toMatchObject({ code: 'attachment-not-ready' })
    await expect(here.contentOf(row.id, 'preview')).rejects.toMatchObject({ code: 'attachment-not-ready' })
    expect((await here.published()).at(-1)).toMatchObject({
      type: 'message.changed',
      messageId: row.messageId,
    })
  })

  test.each<[string, Partial<SentMedia>]>([
    ['SHA-256 of the webhook', { claimedSha256: Buffer.alloc(32, 7).toString('base64') }],
    ['SHA-256 of the look-up', { saidSha256: 'a'.repeat(64) }],
  ])('content that does not fit the %s: fetched once more, then quarantined', async (_, lie) => {
    const row = await receiveAndFetch({ ...photo, ...lie })
    expect(row).toMatchObject({ state: 'quarantined', quarantine: 'integrity' })
    expect(here.provider.asked).toHaveLength(4)
    await expect(here.contentOf(row.id)).rejects.toMatchObject({ code: 'attachment-not-ready' })
  })

  test('content that fits the second time is ready', async () => {
    let downloads = 0
    const row = await receiveAndFetch({
      ...photo,
      download: (response) => {
        downloads += 1
        response.writeHead(200).end(downloads === 1 ? Buffer.from('<html>sorry') : photo.bytes)
      },
    })
    expect(row).toMatchObject({ state: 'ready', attempts: 1 })
  })

  test('what the look-up calls larger than 100 MB is not even fetched', async () => {
    const row = await receiveAndFetch({ ...letter, saidSize: 105_906_176 })
    expect(row.state).toBe('too-large')
    expect(here.provider.asked).toHaveLength(1)
  })

  test('what turns out to be larger than 100 MB is left off, nothing of it stays', async () => {
    const piece = randomBytes(1024 * 1024)
    let sent = 0
    const row = await receiveAndFetch({
      ...letter,
      download: (response) => {
        response.writeHead(200)
        function more() {
          while (sent < 110 && !response.destroyed) {
            sent += 1
            if (!response.write(piece)) return response.once('drain', more)
          }
          return response.end()
        }
        more()
      },
    })
    expect(row.state).toBe('too-large')
    expect(await here.filesOnDisk()).toEqual([])
  })

  test('an id that no request may be built from', async () => {
    await expect(here.receive({ ...photo, mediaId: '../../v1/configs' })).rejects.toThrow('did not remind')
    const row = await here.office.prisma.attachment.findFirstOrThrow()
    expect(row.state).toBe('failed')
    expect(here.provider.asked).toEqual([])
  })
})

describe('a provider in trouble', () => {
  test('is asked again, slowly, until the file is there', async () => {
    here.provider.failWith = 503
    const id = await here.receive(photo)
    const waits: number[] = []
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await fetchMedia(here.office, id)
      const row = await here.attachment(id)
      expect(row.state).toBe('pending')
      const wait = (row.nextTryAt?.getTime() ?? 0) - here.office.now().getTime()
      waits.push(wait / minute)
      await fetchMedia(here.office, id)
      after(wait)
    }
    expect(waits).toEqual([1, 15, 120, 720, 1440, 1440])
    expect(here.provider.asked).toHaveLength(6)
    expect(await sweepMedia(here.office)).toBe(1)
    here.provider.failWith = null
    await fetchMedia(here.office, id)
    expect((await here.attachment(id)).state).toBe('ready')
  })

  test('is not asked after seven days: the file has expired', async () => {
    here.provider.failWith = 503
    const id = await here.receive(photo)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await fetchMedia(here.office, id)
      const { nextTryAt, state } = await here.attachment(id)
      if (state !== 'pending') break
      here.setNow(nextTryAt ?? here.office.now())
    }
    expect(await here.attachment(id)).toMatchObject({ state: 'expired', nextTryAt: null })
    expect(here.provider.asked.length).toBeLessThan(15)
  })

  test('has forgotten the file', async () => {
    const id = await here.receive(photo)
    here.provider.files.clear()
    await fetchMedia(here.office, id)
    expect((await here.attachment(id)).state).toBe('expired')
  })

  test('refuses the key: the file is fetched when the administrator has set it right', async () => {
    const row = await receiveAndFetch(photo)
    expect(row.state).toBe('ready')
    here.provider.failWith = 401
    const refused = await receiveAndFetch({ ...photo, mediaId: '77' })
    expect(refused.state).toBe('pending')
    here.provider.failWith = null
    after(2 * minute)
    await fetchMedia(here.office, refused.id)
    expect((await here.attachment(refused.id)).state).toBe('ready')
  })

  test('hangs up in the middle: nothing stays, and it is tried again', async () => {
    const row = await receiveAndFetch({
      ...letter,
      download: (response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('x'.repeat(500), () => response.destroy())
      },
    })
    expect(row.state).toBe('pending')
    expect(await here.filesOnDisk()).toEqual([])
  })

  test('is spared after ten faults, by all workers together, and asked again later', async () => {
    here.provider.failWith = 500
    const ids: string[] = []
    for (let i = 0; i < 40; i += 1) ids.push(await here.receive({ ...photo, mediaId: `8${i}` }))
    await Promise.all(ids.map((id) => fetchMedia(here.office, id)))
    const asked = here.provider.asked.length
    // 360dialog blocks the number at 20.
    expect(asked).toBeGreaterThanOrEqual(10)
    expect(asked).toBeLessThanOrEqual(16)
    const channel = await here.office.prisma.channel.findUniqueOrThrow({ where: { id: here.channelId } })
    expect(channel.mediaRestsUntil).toEqual(new Date(here.office.now().getTime() + 30 * minute))
    expect(await here.office.prisma.channelNotice.findMany()).toMatchObject([
      { code: 'media-breaker-open', channelId: here.channelId, dismissedAt: null },
    ])
    expect((await here.published()).at(-1)).toMatchObject({ type: 'channel.changed', teamId: null })

    after(29 * minute)
    await Promise.all(ids.map((id) => fetchMedia(here.office, id)))
    expect(here.provider.asked).toHaveLength(asked)

    // The faults of the last hour still count: never more than 16 within one.
    after(2 * minute)
    await Promise.all(ids.map((id) => fetchMedia(here.office, id)))
    expect(here.provider.asked.length).toBeLessThanOrEqual(16)

    after(31 * minute)
    await Promise.all(ids.map((id) => fetchMedia(here.office, id)))
    expect(here.provider.asked.length).toBeGreaterThan(16)
    expect(here.provider.asked.length).toBeLessThanOrEqual(32)

    here.provider.failWith = null
    function pending() {
      return here.office.prisma.attachment.count({ where: { state: 'pending' } })
    }
    for (let rounds = 0; rounds < 20 && (await pending()) > 0; rounds += 1) {
      after(31 * minute)
      for (const id of ids) await fetchMedia(here.office, id)
    }
    const states = await here.office.prisma.attachment.groupBy({ by: ['state'], _count: true })
    expect(states).toEqual([{ state: 'ready', _count: 40 }])
  })
})

describe('when something goes wrong here', () => {
  test('what was received is not fetched again when the description was cut off', async () => {
    const id = await here.receive(photo)
    await fetchMedia(here.office, id)
    const { length } = here.provider.asked
    // As after a crash between receiving and concluding: the row is pending, the bytes are here as `received`.
    const { storePart } = await import('../../src/media/media-store.ts')
    async function* bytes() {
      yield photo.bytes
    }
    await deleteMedia(here.office, [id])
    await storePart(here.office, await here.office.keys.get(id), id, 'received', bytes(), 1e6)
    await here.office.prisma.attachment.update({ where: { id }, data: { state: 'pending' } })
    await fetchMedia(here.office, id)
    expect((await here.attachment(id)).state).toBe('ready')
    expect(here.provider.asked).toHaveLength(length)
    expect((await here.filesOnDisk()).map(({ path }) => path.slice(39))).toEqual(
      expect.arrayContaining(['', '.preview']),
    )
  })

  test('a full or missing disk is a defect: the attachment stays pending', async () => {
    const id = await here.receive(photo)
    await rm(here.office.mediaDir, { recursive: true })
    await writeFile(here.office.mediaDir, 'not a folder')
    await expect(fetchMedia(here.office, id)).rejects.toThrow(/ENOTDIR|EEXIST/)
    expect((await here.attachment(id)).state).toBe('pending')
    await rm(here.office.mediaDir)
    after(3 * minute)
    await fetchMedia(here.office, id)
    expect((await here.attachment(id)).state).toBe('ready')
  })

  test('a conversation deleted while its file comes in leaves no file behind', async () => {
    const id = await here.receive(photo)
    let open: () => void = () => {}
    here.provider.gate = new Promise((resolve) => {
      open = resolve
    })
    const fetching = fetchMedia(here.office, id)
    while (here.provider.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await here.office.prisma.conversation.deleteMany()
    open()
    await fetching
    expect(await here.filesOnDisk()).toEqual([])
  })

  test('a changed file is not served', async () => {
    const row = await receiveAndFetch(letter)
    const [file] = (await here.filesOnDisk()).filter(({ path }) => !path.endsWith('.preview'))
    const bytes = Buffer.from(file?.bytes ?? '')
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
    await writeFile(join(here.office.mediaDir, file?.path ?? ''), bytes)
    await expect(here.contentOf(row.id)).rejects.toMatchObject({ code: 'attachment-not-ready' })
    expect(here.logged.map(({ event }) => event)).toContain('media damaged')
  })
})
