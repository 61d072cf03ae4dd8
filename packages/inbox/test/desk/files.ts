import { newId } from '@buergerdraht/office'
import { storePart } from '../../src/media/media-store.ts'
import type { Desk } from './desk.ts'

/** A file that Frau Yılmaz has uploaded for a reply. @returns its id */
export async function uploadedFile(
  { office, yilmaz }: Desk,
  conversationId: string,
  kind: 'image' | 'document',
  bytes: Uint8Array = Buffer.from(`bytes of ${kind}`),
): Promise<string> {
  const { keyId } = await office.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  const id = newId(office.now())
  const plain = (async function* () {
    yield bytes
  })()
  await storePart(office, await office.keys.get(keyId), id, 'content', plain, bytes.length)
  await office.prisma.attachment.create({
    data: {
      id,
      conversationId,
      kind,
      state: 'ready',
      mediaType: kind === 'image' ? 'image/jpeg' : 'application/pdf',
      sizeBytes: bytes.length,
      createdAt: office.now(),
      uploadedBy: yilmaz.accountId,
    },
  })
  return id
}
