import type { Correction, Message, Role } from '@buergerdraht/contract'
import {
  additionalData,
  correctionsOf,
  detailsOf,
  type Inbox,
  presentMessages,
  type StoredContent,
  textOf,
} from '@buergerdraht/inbox'
import { type Change, type ConversationRow, type MessageRow, open, openJson } from '@buergerdraht/office'
import type { ChatFile, ChatMessage, ChatRecord } from '../archive/chat-record.ts'

const pageSize = 500

/** What a message said is sealed too when its sender has taken it back, as far as it was here. */
function contentOf(key: Buffer, { id, contentSealed }: MessageRow): StoredContent | null {
  return contentSealed === null
    ? null
    : openJson<StoredContent>(key, additionalData.content(id), contentSealed)
}

function nameless(details: Message['details']): Message['details'] {
  return details?.kind === 'system' ? { ...details, by: null } : details
}

type Beside = {
  readonly versions: ReadonlyMap<string, ChatMessage['versions']>
  readonly reactions: ReadonlyMap<string, ChatMessage['reactions']>
  readonly corrections: ReadonlyMap<string | null, ChatMessage['corrections']>
  readonly roles: ReadonlyMap<string, Role>
}

function collected<K, T>(pairs: readonly (readonly [K, T])[]): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}

async function readBeside({ client }: Change, id: string, key: Buffer): Promise<Beside> {
  const { rows: versions } = await client.query<{
    message_id: string
    content_sealed: Buffer
    said_at: Date
  }>(
    `select v.message_id, v.content_sealed, v.said_at from message_version v join message m on m.id = v.message_id
     where m.conversation_id = $1 order by v.said_at, v.version`,
    [id],
  )
  const { rows: reactions } = await client.query<{
    id: string
    message_id: string
    sender: 'citizen' | 'office'
    emoji_sealed: Buffer | null
    at: Date
  }>(
    `select r.id, r.message_id, r.sender, r.emoji_sealed, r.at from reaction r join message m on m.id = r.message_id
     where m.conversation_id = $1 order by r.at, r.id`,
    [id],
  )
  const { rows: roles } = await client.query<{ id: string; role: Role }>(
    'select distinct a.id, a.role::text as role from message m join account a on a.id = m.author_id where m.conversation_id = $1',
    [id],
  )
  return {
    versions: collected(
      versions.map(({ message_id, content_sealed, said_at }) => [
        message_id,
        {
          text: textOf(
            openJson<StoredContent>(key, additionalData.content(message_id), content_sealed).content,
          ),
          saidAt: said_at.toISOString(),
        },
      ]),
    ),
    reactions: collected(
      reactions.map(({ id: reaction, message_id, sender, emoji_sealed, at }) => [
        message_id,
        {
          from: sender,
          emoji:
            emoji_sealed === null
              ? null
              : open(key, additionalData.emoji(reaction), emoji_sealed).toString('utf8'),
          at: at.toISOString(),
        },
      ]),
    ),
    corrections: collected(
      (await correctionsOf({ client }, id, key)).map(
        ({ messageId, contested, correct, markedAt, withdrawn }) => [
          messageId,
          { contested, correct, markedAt, ...(withdrawn !== null && { withdrawn: withdrawalOf(withdrawn) }) },
        ],
      ),
    ),
    roles: new Map(roles.map((row) => [row.id, row.role])),
  }
}

function withdrawalOf({ at, reason, replaced }: NonNullable<Correction['withdrawn']>) {
  return { at, reason, replaced }
}

function fileOf(shown: Message['attachments'][number]): ChatFile {
  const { id, kind, state, fileName, mediaType, sizeBytes, durationMs, waveform, pages, width, height } =
    shown
  return {
    id,
    kind,
    state,
    fileName,
    mediaType,
    sizeBytes,
    sha256: null,
    durationMs,
    waveform,
    pages,
    width,
    height,
  }
}

function sendingOf(row: MessageRow, shown: Message, roles: Beside['roles']): ChatMessage['sending'] {
  if (row.direction !== 'outbound') return null
  function at(moment: Date | null): string | null {
    return moment?.toISOString() ?? null
  }
  return {
    role: row.authorId === null ? null : (roles.get(row.authorId) ?? null),
    pseudonym: row.authorId,
    fromApp: row.fromApp,
    status: shown.status,
    acceptedAt: at(row.acceptedAt),
    sentAt: at(row.statusSentAt),
    deliveredAt: at(row.deliveredAt),
    readAt: at(row.readAt),
    playedAt: at(row.playedAt),
    failedAt: at(row.failedAt),
    errorCode: row.errorCode,
  }
}

function messageOf(
  row: MessageRow,
  shown: Message,
  files: readonly ChatFile[],
  key: Buffer,
  beside: Beside,
): ChatMessage {
  const stored = contentOf(key, row)
  const { id, direction, kind, sentAt, receivedAt, editedAt, revokedAt, forwarded, replyTo } = shown
  return {
    id,
    direction,
    kind,
    text: stored === null ? null : textOf(stored.content),
    details:
      stored === null ? null : nameless(row.noticeVersion === null ? detailsOf(stored) : shown.details),
    sentAt,
    receivedAt,
    versions: beside.versions.get(id) ?? [],
    editedAt,
    revokedAt,
    forwarded,
    referral: stored?.referral ?? null,
    quoted:
      replyTo === null
        ? null
        : { id: replyTo.id, direction: replyTo.direction, kind: replyTo.kind, text: replyTo.text },
    reactions: beside.reactions.get(id) ?? [],
    files,
    sending: sendingOf(row, shown, beside.roles),
    corrections: beside.corrections.get(id) ?? [],
  }
}

/** What was written in a matter, in the order in which it was sent, and what the matter itself is contested for. */
export type WrittenMatter = Pick<ChatRecord, 'messages' | 'corrections'>

/**
 * Reads every message of a matter as it is sealed: with its versions, reactions, statuses, corrections and files, the role of who answered, and with its
 * content also where it was taken back. Files have the ids of their attachments, and none of their bytes is read.
 * @param changing the snapshot in which the matter is read
 */
export async function readWritten(
  inbox: Inbox,
  changing: Change,
  conversation: ConversationRow,
  key: Buffer,
): Promise<WrittenMatter> {
  const beside = await readBeside(changing, conversation.id, key)
  return {
    messages: await messagesOf(inbox, changing, conversation, key, beside),
    corrections: beside.corrections.get(null) ?? [],
  }
}

/** Files are of their message also when it was taken back: the desk shows none then. */
async function messagesOf(
  inbox: Inbox,
  changing: Change,
  conversation: ConversationRow,
  key: Buffer,
  beside: Beside,
): Promise<ChatMessage[]> {
  const all: ChatMessage[] = []
  for (let after: string | undefined; ; ) {
    const rows = await changing.tx.message.findMany({
      where: { conversationId: conversation.id },
      orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
      take: pageSize,
      ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
    })
    const kept = rows.map((row) => ({ ...row, revokedAt: null }))
    const shown = await presentMessages(inbox, changing, conversation, kept)
    for (const [at, row] of rows.entries()) {
      const one = shown[at]
      if (one === undefined) throw new Error('Every message is presented')
      const asItIs = { ...one, revokedAt: row.revokedAt?.toISOString() ?? null }
      all.push(messageOf(row, asItIs, one.attachments.map(fileOf), key, beside))
    }
    if (rows.length < pageSize) return all
    after = rows.at(-1)?.id
  }
}
