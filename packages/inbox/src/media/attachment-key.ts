import type { AttachmentRow, Keys, NewDataKey } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'

/**
 * An attachment's data key has the attachment's own id, so that it can be destroyed before the conversation and with nothing but the
 * attachment. Attachments from before there were such keys are sealed with their conversation's until the worker has moved them.
 */
type Row = Pick<AttachmentRow, 'id' | 'sealedWith'>

function keyIdOf({ id, sealedWith }: Row, conversationKeyId: string): string {
  return sealedWith === 'conversation' ? conversationKeyId : id
}

/** The key of what the row holds, and of files that are written now. @throws KeyDestroyed */
export function attachmentKey(keys: Keys, row: Row, conversationKeyId: string): Promise<Buffer> {
  return keys.get(keyIdOf(row, conversationKeyId))
}

/** The same for many at once; one query for what is not in memory. Those whose key has been destroyed are missing. */
export async function attachmentKeys(
  keys: Keys,
  rows: readonly Row[],
  conversationKeyId: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const found = await keys.getMany(rows.map((row) => keyIdOf(row, conversationKeyId)))
  return new Map(
    rows.flatMap((row) => {
      const key = found.get(keyIdOf(row, conversationKeyId))
      return key === undefined ? [] : [[row.id, key] as const]
    }),
  )
}

/** Keys that its files may be sealed with, likeliest first: while it is being moved, a file may change between two looks. */
export async function fileKeys(
  keys: Keys,
  row: Row,
  conversationKeyId: string,
): Promise<readonly [Buffer, ...Buffer[]]> {
  const own = await attachmentKey(keys, row, conversationKeyId)
  return row.sealedWith === 'moving' ? [own, await keys.get(conversationKeyId), own] : [own]
}

/** In the transaction that makes the attachment's row. */
export async function storeKey(tx: Prisma.TransactionClient, { row }: NewDataKey): Promise<void> {
  // Whoever stores it need not be able to read it again: nothing is given back.
  await tx.dataKey.createMany({ data: [{ ...row, wrapped: Uint8Array.from(row.wrapped) }] })
}
