import { type AttachmentRow, change } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'
import { removeMedia } from './media-removal.ts'

/** An attachment that this worker, and nobody else, is busy with. */
export type Lease = {
  readonly attachment: AttachmentRow
  readonly channelId: string
  readonly keyId: string
}

const leaseMs = 2 * 60 * 1000
const renewMs = 30 * 1000

function leaseEnd(inbox: Pick<Inbox, 'now'>) {
  return new Date(inbox.now().getTime() + leaseMs)
}

/**
 * Takes a pending attachment whose time has come; null: there is nothing to do, or somebody is at it. The
 * lease ends by itself two minutes after its holder has stopped renewing it, so that a killed worker's files
 * are taken up by another.
 */
export async function leaseMedia(inbox: Inbox, attachmentId: string): Promise<Lease | null> {
  const now = inbox.now()
  const { count } = await inbox.prisma.attachment.updateMany({
    where: {
      id: attachmentId,
      state: 'pending',
      messageId: { not: null },
      OR: [{ nextTryAt: null }, { nextTryAt: { lte: now } }],
    },
    data: { attempts: { increment: 1 }, nextTryAt: leaseEnd(inbox) },
  })
  if (count === 0) return null
  const attachment = await inbox.prisma.attachment.findUnique({ where: { id: attachmentId } })
  if (attachment === null) return null
  const conversation = await inbox.prisma.conversation.findUnique({
    where: { id: attachment.conversationId },
    select: { channelId: true, keyId: true },
  })
  if (conversation === null) return null
  const key = attachment.sealedWith === 'conversation' ? conversation.keyId : attachment.id
  return { attachment, channelId: conversation.channelId, keyId: key }
}

// The number of attempts tells whose lease it is.
function held({ attachment }: Lease) {
  return {
    id: attachment.id,
    state: 'pending',
    attempts: attachment.attempts,
  }
}

/** Keeps a lease while `work` runs. */
export async function whileLeased<T>(inbox: Inbox, lease: Lease, work: () => Promise<T>): Promise<T> {
  const renewing = setInterval(() => {
    inbox.prisma.attachment
      .updateMany({ where: held(lease), data: { nextTryAt: leaseEnd(inbox) } })
      .catch((error: unknown) => inbox.log.warn({ error }, 'media lease not renewed'))
  }, renewMs)
  try {
    return await work()
  } finally {
    clearInterval(renewing)
  }
}

/**
 * Gives a lease back; the attachment is taken up again after `delayMs`. What was not `tried` does not count
 * as an attempt.
 */
export async function postpone(
  inbox: Inbox,
  lease: Lease,
  delayMs: number,
  { tried = true }: { readonly tried?: boolean } = {},
): Promise<void> {
  const { count } = await inbox.prisma.attachment.updateMany({
    where: held(lease),
    data: {
      nextTryAt: new Date(inbox.now().getTime() + delayMs),
      attempts: { decrement: tried ? 0 : 1 },
    },
  })
  if (count > 0) await inbox.remind({ job: 'fetch-media', attachmentId: lease.attachment.id }, delayMs)
}

/**
 * Ends an attachment's being pending and tells the browsers, in one transaction. The files MUST be durable
 * before. Where the attachment has been deleted meanwhile, its files go as well; where the lease was lost,
 * nothing happens.
 */
export async function conclude(
  inbox: Inbox,
  lease: Lease,
  data: Prisma.AttachmentUpdateManyMutationInput & { readonly state: string },
): Promise<void> {
  const { id, conversationId, messageId } = lease.attachment
  const concluded = await change(inbox, async ({ tx, publish }) => {
    const { count } = await tx.attachment.updateMany({
      where: held(lease),
      data: { ...data, nextTryAt: null },
    })
    if (count === 0) return false
    const conversation = await tx.conversation.findUnique({
      where: { id: conversationId },
      select: { teamId: true },
    })
    publish({ type: 'message.changed', teamId: conversation?.teamId ?? null, conversationId, messageId })
    return true
  })
  if (concluded) return
  const row = await inbox.prisma.attachment.findUnique({ where: { id }, select: { id: true } })
  if (row === null) await removeMedia(inbox, [id])
}
