import { randomBytes, randomUUID } from 'node:crypto'
import type { Viewer } from '@buergerdraht/office'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dropUnusedUploads, fetchMedia, storeUpload } from '../../src/index.ts'
import { type MediaOffice, openMediaOffice } from './media-office.ts'
import { sample } from './sample.ts'

let here: MediaOffice
let viewer: Viewer
let conversationId: string
let messageId: string

beforeEach(async () => {
  here = await openMediaOffice()
  const id = await here.receive({
    kind: 'document',
    claimedType: 'application/pdf',
    bytes: sample('letter.pdf'),
  })
  await fetchMedia(here.office, id)
  const row = await here.attachment(id)
  conversationId = row.conversationId
  messageId = row.messageId ?? ''
  const account = await here.office.prisma.account.create({
    data: { email: 'clerk@example.org', displayName: 'Frau Amt', role: 'clerk' },
  })
  viewer = { accountId: account.id, displayName: 'Frau Amt', role: 'clerk', teamIds: [here.teamId] }
})
afterEach(() => here.close())

function upload(bytes: Buffer, fileName: string, asDocument = false) {
  return storeUpload(here.office, viewer, {
    conversationId,
    fileName,
    mediaType: 'application/octet-stream',
    body: (async function* () {
      yield bytes
    })(),
    asDocument,
  })
}

test('an upload belongs to its conversation, to no message yet, and to who made it', async () => {
  const { id } = await upload(sample('photo-with-gps.jpg'), 'Foto KANARIE.jpg')
  expect(await here.attachment(id)).toMatchObject({
    conversationId,
    messageId: null,
    uploadedBy: viewer.accountId,
    state: 'ready',
    kind: 'image',
  })
  const files = (await here.filesOnDisk()).filter(({ path }) => path.includes(id))
  expect(files).toHaveLength(2)
  for (const { bytes } of files) expect(bytes.includes('KANARIE')).toBe(false)
  const { fileNameSealed } = await here.attachment(id)
  expect(Buffer.from(fileNameSealed ?? '').includes('KANARIE')).toBe(false)
})

test('a photo of more than 5 MB goes scaled, or as the document it was', async () => {
  const noise = sharp(randomBytes(2000 * 2000 * 3), { raw: { width: 2000, height: 2000, channels: 3 } })
  const png = await noise.png().toBuffer()
  const photo = await upload(png, 'a.png')
  expect(photo).toMatchObject({ kind: 'image', mediaType: 'image/jpeg', fileName: 'a.jpg' })
  expect(photo.scaledFrom).toEqual({ sizeBytes: png.length, width: 2000, height: 2000 })
  expect(photo.sizeBytes).toBeLessThanOrEqual(5 * 1024 * 1024)
  expect((await sharp(await here.contentOf(photo.id)).metadata()).width).toBe(photo.width)
  const original = await upload(png, 'a.png', true)
  expect(original).toMatchObject({ kind: 'document', mediaType: 'image/png', width: 2000, scaledFrom: null })
  expect(original.sizeBytes).toBeGreaterThan(5 * 1024 * 1024)
  expect((await here.filesOnDisk()).every(({ path }) => !path.includes('received'))).toBe(true)
})

test.each([
  ['an empty file', Buffer.alloc(0), 'invalid-input'],
  ['a picture of 400 megapixels', sample('pixel-bomb.png'), 'picture-too-large'],
  ['a letter with macros', sample('macro.docx'), 'file-held-back'],
  ['a file with a password', sample('locked.pdf'), 'file-held-back'],
  ['an unknown file', randomBytes(1000), 'media-type-refused'],
])('%s is refused with a sentence of its own, and nothing is left', async (_, bytes, code) => {
  const before = await here.filesOnDisk()
  await expect(upload(bytes, 'a')).rejects.toMatchObject({ code })
  expect(await here.filesOnDisk()).toHaveLength(before.length)
  expect(await here.office.prisma.attachment.count()).toBe(1)
})

test('an upload that was not sent is deleted after a day; one that was sent, and one of today, stay', async () => {
  const unused = await upload(sample('letter.pdf'), 'a.pdf')
  const sent = await upload(sample('letter.pdf'), 'b.pdf')
  await here.office.prisma.attachment.update({ where: { id: sent.id }, data: { messageId } })
  here.setNow(new Date(here.office.now().getTime() + 23 * 3600 * 1000))
  const young = await upload(sample('letter.pdf'), 'c.pdf')
  expect(await dropUnusedUploads(here.office)).toBe(0)
  here.setNow(new Date(here.office.now().getTime() + 2 * 3600 * 1000))
  expect(await dropUnusedUploads(here.office)).toBe(1)
  const paths = (await here.filesOnDisk()).map(({ path }) => path)
  function has(id: string) {
    return paths.some((path) => path.includes(id))
  }
  expect([has(unused.id), has(sent.id), has(young.id)]).toEqual([false, true, true])
  expect(await here.office.prisma.attachment.findUnique({ where: { id: unused.id } })).toBeNull()
})

test('of what one account never sends, the oldest goes when there is too much of it', async () => {
  const own = await upload(sample('letter.pdf'), 'a.pdf')
  const { prisma } = here.office
  const row = await here.attachment(own.id)
  function unsent(count: number, sizeBytes: bigint, uploadedBy: string | null) {
    return prisma.attachment.createMany({
      data: Array.from({ length: count }, () => ({ ...row, id: randomUUID(), sizeBytes, uploadedBy })),
    })
  }
  function left() {
    return prisma.attachment.count({ where: { messageId: null, uploadedBy: viewer.accountId } })
  }
  const stranger = randomUUID()
  await unsent(100, 1n, stranger)
  await unsent(98, 1n, viewer.accountId)
  here.setNow(new Date(here.office.now().getTime() + 1000))
  await upload(sample('letter.pdf'), 'b.pdf')
  expect(await left()).toBe(100)
  here.setNow(new Date(here.office.now().getTime() + 1000))
  const last = await upload(sample('letter.pdf'), 'c.pdf')
  expect(await left()).toBe(100)
  await prisma.attachment.updateMany({
    where: { uploadedBy: viewer.accountId, id: { not: last.id } },
    data: { sizeBytes: 300n * 1024n * 1024n },
  })
  await upload(sample('letter.pdf'), 'd.pdf')
  expect(await left()).toBe(5)
  expect(await prisma.attachment.count({ where: { uploadedBy: stranger } })).toBe(100)
})

test('so many uploads of one account at once are refused, and one that ends makes room', async () => {
  const gates: (() => void)[] = []
  function slow() {
    return storeUpload(here.office, viewer, {
      conversationId,
      fileName: 'a.txt',
      mediaType: 'text/plain',
      body: (async function* () {
        await new Promise<void>((open) => gates.push(open))
        yield Buffer.from('text')
      })(),
    })
  }
  const running = Array.from({ length: 12 }, slow)
  await expect(slow()).rejects.toMatchObject({ code: 'too-many-requests' })
  await expect.poll(() => gates.length, { timeout: 60_000 }).toBe(12)
  for (const open of gates) open()
  await Promise.all(running)
  expect((await upload(sample('letter.pdf'), 'a.pdf')).state).toBe('ready')
})
