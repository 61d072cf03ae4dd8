import { randomUUID } from 'node:crypto'
import { attachmentFor } from '@buergerdraht/office'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listMessages } from '../../src/index.ts'
import { safeFileName } from '../../src/media/safe-file-name.ts'
import { type Desk, openDesk, refusalOf } from '../desk/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

test('the file of a message that its sender has taken back is not handed out by its id either', async () => {
  const { office, yilmaz } = desk
  const conversationId = await desk.citizenWrites({ text: 'Mit Foto' })
  const [message] = (await listMessages(office, yilmaz, conversationId, { limit: 1 })).items
  const messageId = message?.id ?? ''
  const id = randomUUID()
  await office.prisma.attachment.create({
    data: {
      id,
      conversationId,
      messageId,
      kind: 'image',
      mediaType: 'image/jpeg',
      createdAt: office.now(),
    },
  })
  expect((await attachmentFor(office.prisma, yilmaz, id)).attachment.id).toBe(id)
  await office.prisma.message.update({ where: { id: messageId }, data: { revokedAt: office.now() } })
  expect(await refusalOf(attachmentFor(office.prisma, yilmaz, id))).toBe('not-found')
})

test.each([
  ['dots', `a${'.'.repeat(1_000_000)}a.pdf`],
  ['blanks and dots', `a${'. '.repeat(500_000)}a.pdf`],
  ['dots before the extension', `a${'.'.repeat(1_000_000)}.pdf`],
  ['slashes', `${'/'.repeat(1_000_000)}a.pdf`],
  ['signs in two halves', `${'📄'.repeat(500_000)}.pdf`],
])('a file name of a megabyte costs no time: %s', (_, name) => {
  const safe = safeFileName(name, 'document', 'application/pdf')
  expect(safe).toMatch(/\.pdf$/)
  expect(safe).not.toMatch(/\p{Cs}/u)
})
