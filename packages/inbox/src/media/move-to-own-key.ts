import { type AttachmentRow, change, open, seal, Unreadable } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { fileKeys, storeKey } from './attachment-key.ts'
import { MediaMissing, openPart, type Part, parts, storePart } from './media-store.ts'

const maxRows = 50

type Old = AttachmentRow & { readonly conversationKeyId: string }

function sealedAnew(from: Buffer, to: Buffer, place: string, sealed: Uint8Array | null) {
  return sealed === null ? null : Uint8Array.from(seal(to, place, open(from, place, sealed)))
}

/** What the row holds gets the attachment's own key, in one transaction; its files follow. False: somebody else has done it. */
async function moveRow(inbox: Inbox, row: Old): Promise<boolean> {
  const { id, fileNameSealed, sourceSealed, waveform } = row
  const former = await inbox.keys.get(row.conversationKeyId)
  const own = inbox.keys.make('attachment', id)
  const moved = await change(inbox, async ({ tx }) => {
    const { count } = await tx.attachment.updateMany({
      where: { id, sealedWith: 'conversation' },
      data: {
        sealedWith: 'moving',
        fileNameSealed: sealedAnew(former, own.bytes, additionalData.fileName(id), fileNameSealed),
        sourceSealed: sealedAnew(former, own.bytes, additionalData.mediaSource(id), sourceSealed),
        waveformSealed:
          waveform.length === 0
            ? null
            : Uint8Array.from(seal(own.bytes, additionalData.waveform(id), Uint8Array.from(waveform))),
        waveform: [],
      },
    })
    if (count > 0) await storeKey(tx, own)
    return count > 0
  })
  if (!moved) inbox.keys.forget(id)
  return moved
}

async function movePart(inbox: Inbox, row: Old, part: Part): Promise<void> {
  const [own, former] = await fileKeys(inbox.keys, { ...row, sealedWith: 'moving' }, row.conversationKeyId)
  if (former === undefined) return
  try {
    await (await openPart(inbox, [own], row.id, part)).close()
    return
  } catch (error) {
    if (error instanceof MediaMissing) return
    if (!(error instanceof Unreadable)) throw error
  }
  const file = await openPart(inbox, [former], row.id, part)
  try {
    await storePart(inbox, own, row.id, part, file.stream(), file.sizeBytes)
  } finally {
    await file.close()
  }
}

async function move(inbox: Inbox, row: Old): Promise<void> {
  if (row.sealedWith === 'conversation' && !(await moveRow(inbox, row))) return
  for (const part of parts) await movePart(inbox, row, part)
  await inbox.prisma.attachment.updateMany({
    where: { id: row.id, sealedWith: 'moving' },
    data: { sealedWith: 'own' },
  })
}

/**
 * Gives attachments from before each had a data key of its own one, newest first: first what their row holds, then their files, one by
 * one. Both keys read meanwhile. May be cut off anywhere and repeated; those that are still being fetched are left until they are here.
 * @returns how many were moved
 */
export async function moveToOwnKeys(inbox: Inbox, signal: AbortSignal): Promise<number> {
  let moved = 0
  for (let before = 'ffffffff-ffff-ffff-ffff-ffffffffffff'; !signal.aborted; ) {
    const rows = await inbox.prisma.attachment.findMany({
      where: { sealedWith: { not: 'own' }, state: { not: 'pending' }, id: { lt: before } },
      orderBy: { id: 'desc' },
      take: maxRows,
    })
    const conversations = await inbox.prisma.conversation.findMany({
      where: { id: { in: rows.map(({ conversationId }) => conversationId) } },
      select: { id: true, keyId: true },
    })
    const keyIds = new Map(conversations.map(({ id, keyId }) => [id, keyId]))
    for (const row of rows) {
      const conversationKeyId = keyIds.get(row.conversationId)
      if (signal.aborted || conversationKeyId === undefined) continue
      try {
        await move(inbox, { ...row, conversationKeyId })
        moved += 1
      } catch (error) {
        // One that is damaged must not hold up the others; it stays readable as far as it was.
        inbox.log.warn({ attachmentId: row.id, error }, 'media not moved to its own key')
      }
    }
    if (rows.length < maxRows) return moved
    before = rows.at(-1)?.id ?? before
  }
  return moved
}
