import type { Message } from '@buergerdraht/contract'
import {
  type Change,
  type ConversationRow,
  type MessageRow,
  open,
  openJson,
  prepared,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { attachmentKeys } from '../media/attachment-key.ts'
import { presentAttachment } from '../media/present-attachment.ts'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'
import { failureOf } from './failure-reason.ts'
import { messageStatusOf } from './message-status.ts'
import { detailsOf, previewOf, textOf } from './present-content.ts'

/** A message that reached us so much later than it was sent counts as late. */
const lateMs = 10 * 60 * 1000

const mediaKinds: ReadonlySet<string> = new Set(['image', 'video', 'audio', 'voice', 'document', 'sticker'])

type ReactionRow = {
  readonly id: string
  readonly messageId: string
  readonly sender: string
  readonly emojiSealed: Buffer | null
}

const reactionsQuery = `select id, message_id as "messageId", sender, emoji_sealed as "emojiSealed" from reaction
  where message_id = any($1::uuid[]) and replaced_at is null order by at, id`

function byMessage<T extends { readonly messageId: string | null }>(
  rows: readonly T[],
): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>()
  for (const row of rows) groups.set(row.messageId, [...(groups.get(row.messageId) ?? []), row])
  return groups
}

/** Bytes as something to look up by. */
function hexOf(mac: Uint8Array | null): string | null {
  return mac && Buffer.from(mac).toString('hex')
}

/** What belongs to the messages of a page, fetched in one go for all of them. */
async function companionsOf(
  inbox: Inbox,
  { tx, client }: Change,
  conversation: ConversationRow,
  messages: readonly MessageRow[],
) {
  const withFiles = messages.flatMap(({ id, kind }) => (mediaKinds.has(kind) ? [id] : []))
  const quotedIds = messages.flatMap(({ replyToId }) => replyToId ?? [])
  // Known by the provider's id alone: the quoted message, or its id, came later than what quotes it.
  const quotedMacs = messages.flatMap(({ replyToId, replyToMac }) =>
    replyToId === null && replyToMac !== null ? replyToMac : [],
  )
  const authorIds = [...new Set(messages.flatMap(({ authorId }) => authorId ?? []))]
  const edited = messages.flatMap(({ id, editedAt }) => (editedAt === null ? [] : [id]))
  const attachments =
    withFiles.length === 0
      ? []
      : await tx.attachment.findMany({ where: { messageId: { in: withFiles } }, orderBy: { id: 'asc' } })
  const erasedFiles =
    withFiles.length === 0
      ? []
      : await tx.erasedFile.findMany({
          where: { messageId: { in: withFiles } },
          orderBy: { ledgerEntry: 'asc' },
        })
  const reactions = await client.query<ReactionRow>(prepared(reactionsQuery, [messages.map(({ id }) => id)]))
  const quotes =
    quotedIds.length === 0 && quotedMacs.length === 0
      ? []
      : await tx.message.findMany({
          where: {
            conversationId: conversation.id,
            OR: [
              { id: { in: quotedIds } },
              { channelId: conversation.channelId, providerIdMac: { in: quotedMacs } },
            ],
          },
          select: {
            id: true,
            direction: true,
            kind: true,
            contentSealed: true,
            revokedAt: true,
            editedAt: true,
            statementId: true,
            providerIdMac: true,
          },
        })
  const authors =
    authorIds.length === 0
      ? []
      : await tx.account.findMany({
          where: { id: { in: authorIds } },
          select: { id: true, displayName: true },
        })
  const versions =
    edited.length === 0
      ? []
      : await tx.messageVersion.findMany({
          where: { messageId: { in: edited } },
          orderBy: [{ saidAt: 'asc' }, { version: 'asc' }],
        })
  const quotedEdited = quotes.flatMap(({ id, editedAt }) => (editedAt === null ? [] : [id]))
  const quotedVersions =
    quotedEdited.length === 0
      ? []
      : await tx.messageVersion.findMany({
          where: { messageId: { in: quotedEdited } },
          orderBy: [{ saidAt: 'asc' }, { version: 'asc' }],
        })
  return {
    attachmentsOf: byMessage(attachments),
    erasedFilesOf: byMessage(erasedFiles),
    attachmentKeys: await attachmentKeys(inbox.keys, attachments, conversation.keyId),
    reactionsOf: byMessage(reactions.rows),
    quoteOf: new Map(
      quotes.flatMap((one) => [[one.id, one] as const, [hexOf(one.providerIdMac), one] as const]),
    ),
    versionsOf: byMessage(versions),
    quotedVersionsOf: byMessage(quotedVersions),
    authorOf: new Map(authors.map((one) => [one.id, one])),
  }
}

type Companions = Awaited<ReturnType<typeof companionsOf>>
type Sealed = Pick<MessageRow, 'id' | 'contentSealed' | 'revokedAt'>

/** Null: revoked by its sender, or not here. */
function contentOf(key: Buffer, { id, contentSealed, revokedAt }: Sealed): StoredContent | null {
  return contentSealed === null || revokedAt !== null
    ? null
    : openJson<StoredContent>(key, additionalData.content(id), contentSealed)
}

/**
 * The wording that a message quotes, where it has been edited since; undefined: it has not, or nothing was kept. Whether the author
 * of an answer had seen an edit, the order of arrival tells better than clocks.
 */
function quotedVersion(
  message: MessageRow,
  quoted: Companions['quoteOf'] extends Map<unknown, infer Q> ? Q : never,
  { quotedVersionsOf }: Companions,
) {
  const { answersUpTo, sentAt } = message
  if (quoted.editedAt === null || quoted.statementId === null) return undefined
  const unseen = answersUpTo === null ? quoted.editedAt > sentAt : quoted.statementId > answersUpTo
  const versions = quotedVersionsOf.get(quoted.id) ?? []
  return unseen ? (versions.findLast(({ saidAt }) => saidAt <= sentAt) ?? versions[0]) : undefined
}

function quoteOf(key: Buffer, message: MessageRow, companions: Companions): Message['replyTo'] {
  if (message.replyToId === null && message.replyToMac === null) return null
  const quoted = companions.quoteOf.get(message.replyToId ?? hexOf(message.replyToMac))
  if (quoted === undefined) return { id: null, direction: null, kind: null, text: null, outdated: false }
  const version = quotedVersion(message, quoted, companions)
  const content = contentOf(key, { ...quoted, contentSealed: version?.contentSealed ?? quoted.contentSealed })
  return {
    id: quoted.id,
    direction: quoted.direction as Message['direction'],
    kind: quoted.kind as Message['kind'],
    text: content === null ? null : previewOf(content.content),
    outdated: version !== undefined,
  }
}

function failureShown(status: Message['status'], message: MessageRow): Message['failure'] {
  if (status !== 'failed') return null
  const { reason, retryable } = failureOf(message.errorCode)
  return { reason, code: message.errorCode ?? 'none', retryable: retryable && message.settledAt === null }
}

/** The privacy notice is the office's own doing, like other lines of the system: its text stands behind it. */
function shownAs(message: MessageRow, stored: StoredContent | null): Pick<Message, 'kind' | 'details'> {
  if (message.noticeVersion === null)
    return { kind: message.kind as Message['kind'], details: stored === null ? null : detailsOf(stored) }
  const notice = message.noticeVersion
  return {
    kind: 'system',
    details: {
      kind: 'system',
      event: 'privacy-notice',
      by: null,
      reason: null,
      cause: null,
      earlier: null,
      notice,
    },
  }
}

function presentMessage(key: Buffer, message: MessageRow, companions: Companions): Message {
  const revoked = message.revokedAt !== null
  const stored = contentOf(key, message)
  const status = messageStatusOf(message)
  const author = message.authorId === null ? undefined : companions.authorOf.get(message.authorId)
  const attachments = revoked ? [] : (companions.attachmentsOf.get(message.id) ?? [])
  return {
    id: message.id,
    statementId: message.statementId ?? message.id,
    conversationId: message.conversationId,
    direction: message.direction as Message['direction'],
    ...shownAs(message, stored),
    text: stored === null ? null : textOf(stored.content),
    sentAt: message.sentAt.toISOString(),
    receivedAt: message.receivedAt.toISOString(),
    late: message.direction === 'inbound' && message.receivedAt.getTime() - message.sentAt.getTime() > lateMs,
    status,
    statusAt: {
      sent: message.statusSentAt?.toISOString() ?? null,
      delivered: message.deliveredAt?.toISOString() ?? null,
      read: (message.readAt ?? message.playedAt)?.toISOString() ?? null,
      failed: message.failedAt?.toISOString() ?? null,
    },
    failure: failureShown(status, message),
    settledAt: message.settledAt?.toISOString() ?? null,
    attachments: attachments.flatMap((attachment) => {
      const own = companions.attachmentKeys.get(attachment.id)
      return own === undefined ? [] : [presentAttachment(own, attachment)]
    }),
    erasedFiles: (companions.erasedFilesOf.get(message.id) ?? []).map(
      ({ files, erasedAt, rule, ground }) => ({
        files,
        at: erasedAt.toISOString(),
        rule,
        ground,
      }),
    ),
    reactions: (companions.reactionsOf.get(message.id) ?? []).flatMap(({ id, sender, emojiSealed }) =>
      emojiSealed === null
        ? []
        : [
            {
              from: sender === 'office' ? ('office' as const) : ('citizen' as const),
              emoji: open(key, additionalData.emoji(id), emojiSealed).toString('utf8'),
            },
          ],
    ),
    replyTo: revoked ? null : quoteOf(key, message, companions),
    forwarded: message.forwarded as Message['forwarded'],
    referral: stored?.referral ?? null,
    editedAt: message.editedAt?.toISOString() ?? null,
    versions: revoked
      ? []
      : (companions.versionsOf.get(message.id) ?? []).map(({ contentSealed }, n, all) => ({
          text: textOf(
            openJson<StoredContent>(key, additionalData.content(message.id), contentSealed).content,
          ),
          until: (all[n + 1]?.saidAt ?? message.editedAt ?? message.sentAt).toISOString(),
        })),
    revokedAt: message.revokedAt?.toISOString() ?? null,
    author: author ?? null,
    fromApp: message.fromApp,
    clientId: message.clientId,
  }
}

/**
 * Messages of one conversation as the desk shows them, in the order given: at most seven queries however many there are. The caller has made
 * sure that the conversation may be seen. @throws KeyDestroyed
 */
export async function presentMessages(
  inbox: Inbox,
  changing: Change,
  conversation: ConversationRow,
  messages: readonly MessageRow[],
): Promise<Message[]> {
  if (messages.length === 0) return []
  const key = await inbox.keys.get(conversation.keyId)
  const companions = await companionsOf(inbox, changing, conversation, messages)
  return messages.map((message) => presentMessage(key, message, companions))
}
