import {
  Refusal,
  type readDraft as readEndpoint,
  type saveDraft as saveEndpoint,
} from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  contentTeamsOf,
  conversationFor,
  openJson,
  sealJson,
  type Viewer,
} from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { presentAttachment } from '../media/present-attachment.ts'
import { messageShown } from '../messages/list-messages.ts'
import { additionalData } from '../stored/additional-data.ts'

type Written = z.output<(typeof saveEndpoint)['body']>
type Draft = z.input<(typeof readEndpoint)['reply']>['draft']

/** What `draft.content_sealed` holds. */
type StoredDraft = Pick<Written, 'text' | 'replyTo'>

/**
 * Keeps what somebody has begun to answer, in the place of what was kept before; an empty draft is removed. Durable when it resolves,
 * may be repeated. Sealed with the conversation's key, so it goes with the conversation. @throws Refusal `not-found`
 */
export async function saveDraft(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  { text, replyTo, attachments }: Written,
): Promise<void> {
  await asViewer(inbox, viewer, async ({ tx }) => {
    const { id, keyId } = await conversationFor(tx, viewer, conversationId)
    const { accountId } = viewer
    if (text === '' && replyTo === null && attachments.length === 0) {
      await tx.draft.deleteMany({ where: { conversationId: id, accountId } })
      return
    }
    const key = await inbox.keys.get(keyId)
    const stored: StoredDraft = { text, replyTo }
    const draft = {
      contentSealed: Uint8Array.from(sealJson(key, additionalData.draft(id, accountId), stored)),
      attachmentIds: attachments,
      savedAt: inbox.now(),
    }
    await tx.draft.upsert({
      where: { conversationId_accountId: { conversationId: id, accountId } },
      create: { conversationId: id, accountId, ...draft },
      update: draft,
    })
  })
}

/** The viewer's own draft; null: there is none. Files that went meanwhile are left out. @throws Refusal `not-found` */
export async function readDraft(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
): Promise<{ draft: Draft }> {
  return asViewer(inbox, viewer, async (changing) => {
    const { tx } = changing
    const { id, keyId } = await conversationFor(tx, viewer, conversationId)
    const { accountId } = viewer
    const row = await tx.draft.findUnique({
      where: { conversationId_accountId: { conversationId: id, accountId } },
    })
    if (row === null) return { draft: null }
    const key = await inbox.keys.get(keyId)
    const { text, replyTo } = openJson<StoredDraft>(
      key,
      additionalData.draft(id, accountId),
      row.contentSealed,
    )
    const files = await tx.attachment.findMany({
      where: { id: { in: row.attachmentIds }, conversationId: id, messageId: null, uploadedBy: accountId },
    })
    const fileOf = new Map(files.map((file) => [file.id, presentAttachment(key, file)]))
    return {
      draft: {
        text,
        replyTo: replyTo === null ? null : await quoted(inbox, changing, viewer, id, replyTo),
        attachments: row.attachmentIds.flatMap((one) => fileOf.get(one) ?? []),
        savedAt: row.savedAt.toISOString(),
      },
    }
  })
}

async function quoted(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
) {
  try {
    const { id, direction, kind, text } = await messageShown(
      inbox,
      changing,
      viewer,
      conversationId,
      messageId,
    )
    return { id, direction, kind, text, outdated: false }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Where the viewer has begun an answer, newest first. */
export async function listDrafts(
  inbox: Inbox,
  viewer: Viewer,
): Promise<{ items: { conversationId: string; savedAt: string }[] }> {
  const teams = contentTeamsOf(viewer)
  if (teams.length === 0) return { items: [] }
  const { rows } = await asViewer(inbox, viewer, ({ client }) =>
    client.query<{ id: string; saved_at: Date }>(
      `select d.conversation_id as id, d.saved_at from draft d join conversation c on c.id = d.conversation_id
     where d.account_id = $1 and c.team_id = any($2::uuid[]) order by d.saved_at desc limit 1000`,
      [viewer.accountId, teams],
    ),
  )
  return { items: rows.map(({ id, saved_at }) => ({ conversationId: id, savedAt: saved_at.toISOString() })) }
}

/** What has been sent is no draft any more; what was written beside it stays. */
export async function forgetSentDraft(
  tx: Prisma.TransactionClient,
  key: Buffer,
  conversationId: string,
  accountId: string,
  sent: string,
): Promise<void> {
  const place = { conversationId_accountId: { conversationId, accountId } }
  const row = await tx.draft.findUnique({ where: place })
  if (row === null) return
  const { text } = openJson<StoredDraft>(
    key,
    additionalData.draft(conversationId, accountId),
    row.contentSealed,
  )
  if (text.trim() === sent.trim()) await tx.draft.delete({ where: place })
}
