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

/** What `draft.content_sealed` holds; what was kept by version 0.1 knows nothing that is unsent. */
type StoredDraft = Pick<Written, 'text' | 'replyTo'> & Partial<Written>

function isEmpty({ text, replyTo, attachments, unsent }: Written): boolean {
  return text === '' && replyTo === null && attachments.length === 0 && unsent.length === 0
}

function filesOf({ attachments, unsent }: Written): string[] {
  return [...unsent.flatMap((one) => one.attachments), ...attachments]
}

/** Of what was sent, what this conversation does not have. */
async function stillUnsent(
  tx: Prisma.TransactionClient,
  conversationId: string,
  unsent: Written['unsent'],
): Promise<Written['unsent']> {
  if (unsent.length === 0) return []
  const stored = await tx.message.findMany({
    where: { conversationId, clientId: { in: unsent.map(({ clientId }) => clientId) } },
    select: { clientId: true },
  })
  return unsent.filter(({ clientId }) => !stored.some((one) => one.clientId === clientId))
}

/**
 * Keeps what somebody has begun to answer, in the place of what was kept before; an empty draft is removed. Durable when it resolves,
 * may be repeated. Sealed with the conversation's key, so it goes with the conversation. @throws Refusal `not-found`
 */
export async function saveDraft(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  written: Written,
): Promise<void> {
  await asViewer(inbox, viewer, async ({ tx }) => {
    const { id, keyId } = await conversationFor(tx, viewer, conversationId)
    const { accountId } = viewer
    const unsent = await stillUnsent(tx, id, written.unsent)
    const key = await inbox.keys.get(keyId)
    await store(tx, key, { conversationId: id, accountId }, { ...written, unsent }, inbox.now())
  })
}

async function store(
  tx: Prisma.TransactionClient,
  key: Buffer,
  { conversationId, accountId }: { readonly conversationId: string; readonly accountId: string },
  written: Written,
  savedAt: Date,
): Promise<void> {
  if (isEmpty(written)) {
    await tx.draft.deleteMany({ where: { conversationId, accountId } })
    return
  }
  const draft = {
    contentSealed: Uint8Array.from(
      sealJson(key, additionalData.draft(conversationId, accountId), written satisfies StoredDraft),
    ),
    attachmentIds: filesOf(written),
    savedAt,
  }
  await tx.draft.upsert({
    where: { conversationId_accountId: { conversationId, accountId } },
    create: { conversationId, accountId, ...draft },
    update: draft,
  })
}

function openStored(
  key: Buffer,
  {
    conversationId,
    accountId,
    contentSealed,
    attachmentIds,
  }: {
    readonly conversationId: string
    readonly accountId: string
    readonly contentSealed: Uint8Array
    readonly attachmentIds: readonly string[]
  },
): Written {
  const stored = openJson<StoredDraft>(key, additionalData.draft(conversationId, accountId), contentSealed)
  return { attachments: [...attachmentIds], unsent: [], ...stored }
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
    const kept = openStored(key, row)
    // It may have been stored since, or at the same moment: then it is no draft.
    const parts = [...(await stillUnsent(tx, id, kept.unsent)), kept]
    const attachmentIds = parts.flatMap(({ attachments }) => attachments)
    const replyTo = parts.find((part) => part.replyTo !== null)?.replyTo ?? null
    const files = await tx.attachment.findMany({
      where: { id: { in: attachmentIds }, conversationId: id, messageId: null, uploadedBy: accountId },
    })
    const fileOf = new Map(files.map((file) => [file.id, presentAttachment(key, file)]))
    return {
      draft: {
        text: parts.flatMap(({ text }) => (text === '' ? [] : [text])).join('\n\n'),
        replyTo: replyTo === null ? null : await quoted(inbox, changing, viewer, id, replyTo),
        attachments: attachmentIds.flatMap((one) => fileOf.get(one) ?? []),
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
  place: { readonly conversationId: string; readonly accountId: string },
  sent: { readonly clientId: string; readonly text?: string | undefined },
): Promise<void> {
  const row = await tx.draft.findUnique({ where: { conversationId_accountId: place } })
  if (row === null) return
  const kept = openStored(key, row)
  const unsent = kept.unsent.filter(({ clientId }) => clientId !== sent.clientId)
  const rest =
    kept.text.trim() === (sent.text ?? '').trim() ? { text: '', replyTo: null, attachments: [] } : kept
  await store(tx, key, place, { ...rest, unsent }, row.savedAt)
}
