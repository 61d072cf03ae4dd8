import { seal } from '@buergerdraht/office'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  additionalData,
  attachmentKey,
  fetchMedia,
  moveToOwnKeys,
  presentAttachment,
  removeNamedMedia,
} from '../../src/index.ts'
import { openPart, parts, storePart } from '../../src/media/media-store.ts'
import { type MediaOffice, openMediaOffice } from './media-office.ts'
import { sample } from './sample.ts'

const letter = sample('letter.pdf')
const never = new AbortController().signal

let here: MediaOffice
beforeEach(async () => {
  here = await openMediaOffice()
})
afterEach(() => here.close())

async function receive(): Promise<string> {
  const id = await here.receive({
    kind: 'document',
    claimedType: 'application/pdf',
    fileName: 'Antrag.pdf',
    bytes: letter,
  })
  await fetchMedia(here.office, id)
  return id
}

async function conversationKey(): Promise<{ id: string; bytes: Buffer }> {
  const { keyId } = await here.office.prisma.conversation.findFirstOrThrow()
  return { id: keyId, bytes: await here.office.keys.get(keyId) }
}

async function shown(id: string) {
  const row = await here.attachment(id)
  const key = await attachmentKey(here.office.keys, row, (await conversationKey()).id)
  return presentAttachment(key, row)
}

const waveform = Array.from({ length: 64 }, (_, n) => n)

/** As it lay there before attachments had keys of their own. */
async function makeOld(id: string): Promise<void> {
  const { office } = here
  const { bytes: former } = await conversationKey()
  const own = await office.keys.get(id)
  for (const part of parts) {
    const file = await openPart(office, [own], id, part).catch(() => null)
    if (file === null) continue
    const plain = await file.read(0, file.sizeBytes)
    await file.close()
    const pieces = (async function* () {
      yield plain
    })()
    await storePart(office, former, id, part, pieces, plain.length)
  }
  await office.prisma.attachment.update({
    where: { id },
    data: {
      sealedWith: 'conversation',
      fileNameSealed: Uint8Array.from(seal(former, additionalData.fileName(id), 'Antrag.pdf')),
      sourceSealed: null,
      waveform,
      waveformSealed: null,
    },
  })
  await office.prisma.dataKey.delete({ where: { id } })
  office.keys.forget(id)
}

test('an attachment has a key of its own, and without it nothing of it can be read', async () => {
  const id = await receive()
  expect((await here.attachment(id)).sealedWith).toBe('own')
  expect((await shown(id)).fileName).toBe('Antrag.pdf')
  expect(await here.contentOf(id)).toEqual(letter)
  await here.office.prisma.dataKey.delete({ where: { id } })
  here.office.keys.forget(id)
  await expect(here.contentOf(id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(shown(id)).rejects.toThrow('has been destroyed')
  const { bytes } = await conversationKey()
  await expect(openPart(here.office, [bytes], id, 'content')).rejects.toThrow('cannot be opened')
})

test('the key goes with the attachment, those of others stay', async () => {
  const [kept, deleted] = [await receive(), await receive()]
  const { messageId } = await here.attachment(deleted)
  await here.office.prisma.message.delete({ where: { id: messageId ?? '' } })
  const left = await here.office.prisma.dataKey.findMany({ where: { purpose: 'attachment' } })
  expect(left.map(({ id }) => id)).toEqual([kept])
  expect(await removeNamedMedia(here.office)).toBe(1)
  await expect(here.office.keys.get(deleted)).rejects.toThrow('has been destroyed')
})

test('one from before is readable as it is, and is moved to a key of its own', async () => {
  const id = await receive()
  const preview = await here.contentOf(id, 'preview')
  expect(preview.subarray(8, 12).toString()).toBe('WEBP')
  await makeOld(id)
  expect(await here.contentOf(id)).toEqual(letter)
  expect(await shown(id)).toMatchObject({ fileName: 'Antrag.pdf', waveform })
  expect(await moveToOwnKeys(here.office, never)).toBe(1)
  expect(await moveToOwnKeys(here.office, never)).toBe(0)
  expect(await here.attachment(id)).toMatchObject({ sealedWith: 'own', waveform: [] })
  expect(await here.contentOf(id)).toEqual(letter)
  expect(await here.contentOf(id, 'preview')).toEqual(preview)
  expect(await shown(id)).toMatchObject({ fileName: 'Antrag.pdf', waveform })
  const { bytes } = await conversationKey()
  for (const part of ['content', 'preview'] as const)
    await expect(openPart(here.office, [bytes], id, part)).rejects.toThrow('cannot be opened')
})

test('moving that was cut off between two files goes on, and what is shown stays readable', async () => {
  const id = await receive()
  await makeOld(id)
  const { bytes: former } = await conversationKey()
  await moveToOwnKeys(here.office, never)
  // The row and one file are moved, the other is not yet.
  const own = await here.office.keys.get(id)
  const preview = await openPart(here.office, [own], id, 'preview')
  const plain = await preview.read(0, preview.sizeBytes)
  await preview.close()
  const pieces = (async function* () {
    yield plain
  })()
  await storePart(here.office, former, id, 'preview', pieces, plain.length)
  await here.office.prisma.attachment.update({ where: { id }, data: { sealedWith: 'moving' } })
  expect(await here.contentOf(id, 'preview')).toEqual(plain)
  expect(await here.contentOf(id)).toEqual(letter)
  expect(await moveToOwnKeys(here.office, never)).toBe(1)
  expect(await here.contentOf(id, 'preview')).toEqual(plain)
  await expect(openPart(here.office, [former], id, 'preview')).rejects.toThrow('cannot be opened')
})

test('of what the sender claims, only a type of ours is stored in the clear', async () => {
  const id = await here.receive({ kind: 'document', claimedType: 'x-canary/491713920011', bytes: letter })
  expect((await here.attachment(id)).mediaType).toBe('application/octet-stream')
  await fetchMedia(here.office, id)
  expect(await here.attachment(id)).toMatchObject({ state: 'ready', mediaType: 'application/pdf' })
})
