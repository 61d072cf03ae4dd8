import type { Correction, FilingDecision, Message, Role } from '@buergerdraht/contract'
import {
  additionalData,
  correctionsOf,
  detailsOf,
  type Inbox,
  maskedPhoneOf,
  noticesGiven,
  presentMessages,
  type StoredContent,
  textOf,
} from '@buergerdraht/inbox'
import {
  type AttachmentRow,
  type Change,
  type ConversationRow,
  change,
  type MessageRow,
  open,
  openJson,
  type Rules,
  readRules,
} from '@buergerdraht/office'
import { classCode, classOfVariant, type Filing, type Variant } from '@buergerdraht/records'
import type { ChatFile, ChatMessage, ChatRecord } from '../archive/chat-record.ts'
import { readIdentity } from '../copies/read-identity.ts'

/** A matter as it stood at one moment: this is sealed, and nothing else. */
export type MatterRead = {
  readonly conversation: ConversationRow
  /** Ids of files are those of attachments, and none of their bytes has been read. */
  readonly record: Omit<ChatRecord, 'continues' | 'sealedAt'>
  readonly attachments: readonly AttachmentRow[]
  /** Another after whatever would have to be sealed too. */
  readonly state: string
}

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

/** The class as the rule has it. */
function classOf(rules: Rules, { cluster, ruleVersion, variant }: ConversationRow): string {
  const retention = rules.find((rule) => rule.cluster === cluster && rule.version === ruleVersion)?.retention
  const own = retention === undefined ? null : classOfVariant(retention, variant as Variant | null)
  if (own === null) throw new Error('What is sealed is under a rule with periods')
  return classCode(own)
}

function relevanceOf({ cluster, filing }: ConversationRow): FilingDecision['relevance'] {
  const isFile = (filing as Filing) === 'HANDOVER_OPEN' || (filing as Filing) === 'FILED'
  if (!isFile) return 'none'
  return cluster === 'DA03' ? 'to-file' : 'already-filed'
}

/** Who said whether it belongs to a file, as long as the log of access keeps it. */
async function filingOf(
  { client }: Change,
  conversation: ConversationRow,
  rules: Rules,
  archiveBasis: string | null,
): Promise<ChatRecord['filing']> {
  const { rows } = await client.query<{ at: Date; role: Role; filing: FilingDecision['relevance'] | null }>(
    `select at, actor_role as role, facts ->> 'filing' as filing from audit_entry
     where object_id = $1 and act in ('conversation-closed', 'filing-decided', 'workbench-decided') order by id desc limit 1`,
    [conversation.id],
  )
  return {
    relevance: relevanceOf(conversation),
    decidedAt: rows[0]?.at.toISOString() ?? null,
    role: rows[0]?.role ?? null,
    cluster: conversation.cluster,
    rule: `LR-${conversation.cluster}@${conversation.ruleVersion}`,
    class: classOf(rules, conversation),
    archiveBasis,
  }
}

async function recordOf(
  inbox: Inbox,
  changing: Change,
  conversation: ConversationRow,
  authority: string,
  archiveBasis: string | null,
): Promise<MatterRead['record']> {
  const { tx, client } = changing
  const key = await inbox.keys.get(conversation.keyId)
  const channel = await tx.channel.findUniqueOrThrow({ where: { id: conversation.channelId } })
  const team = await tx.team.findUniqueOrThrow({ where: { id: conversation.teamId } })
  const person = await readIdentity(inbox, changing, conversation.contactId)
  const phone =
    person.identities.findLast(({ kind, until }) => kind === 'phone' && until === null)?.value ?? null
  const beside = await readBeside(changing, conversation.id, key)
  const { fileReferenceSealed, openedAt, closedAt } = conversation
  if (closedAt === null) throw new Error('What is sealed is closed')
  return {
    format: 'buergerdraht-chat',
    v: 1,
    conversation: conversation.id,
    office: { name: authority, team: team.name },
    channel: { name: channel.name, number: channel.displayPhoneNumber, vendor: channel.vendor },
    citizen: {
      name: person.profileName,
      username: person.username,
      maskedNumber: maskedPhoneOf(phone),
      number: phone === null ? null : `+${phone.replace(/\D/g, '')}`,
    },
    fileReference:
      fileReferenceSealed === null
        ? null
        : openJson<string>(
            key,
            additionalData.fileReference(conversation.id),
            Buffer.from(fileReferenceSealed),
          ),
    openedAt: openedAt.toISOString(),
    closedAt: closedAt.toISOString(),
    filing: await filingOf(changing, conversation, await readRules(client), archiveBasis),
    notices: (await noticesGiven(client, conversation.contactId)).map(
      ({ version, variant, sentAt, status, deliveredAt }) => ({
        version: variant === 'plain' ? `${version}` : `${version} (Leichte Sprache)`,
        sentAt: sentAt.toISOString(),
        status,
        deliveredAt: deliveredAt?.toISOString() ?? null,
      }),
    ),
    messages: await messagesOf(inbox, changing, conversation, key, beside),
    corrections: beside.corrections.get(null) ?? [],
  }
}

/** By what {@link MatterRead.state} is asked for again, with the conversation locked. */
export const stateSql = `select concat_ws(' ', c.key_id, c.closed_at, c.filing, c.cluster, c.rule_version, c.variant, md5(c.file_reference_sealed),
    (select concat_ws(' ', count(*), max(m.id::text), max(m.edited_at), max(m.revoked_at)) from message m where m.conversation_id = c.id),
    (select concat_ws(' ', count(*), max(r.id::text)) from reaction r join message m on m.id = r.message_id where m.conversation_id = c.id),
    (select concat_ws(' ', count(*), max(k.id::text), max(k.withdrawn_at), count(k.withdrawn_at)) from correction k where k.conversation_id = c.id),
    (select string_agg(a.id::text || a.state || coalesce(a.message_id::text, ''), ' ' order by a.id) from attachment a where a.conversation_id = c.id)) as state
  from conversation c where c.id = $1`

type Standing = {
  /** What the archive's decision is filed under; null: it has not decided that it wants the matter, or has it already. */
  readonly basis: string | null
  /** Somebody has demanded that it is not processed (Art. 18 GDPR). */
  readonly restricted: boolean
}

async function standingOf(
  { client }: Change,
  { id, contactId }: Pick<ConversationRow, 'id' | 'contactId'>,
): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `select (select i.basis from archive_offer_item i where i.conversation_id = $1 and i.valuation = 'A' and i.transfer <> 'CONFIRMED') as basis,
       exists (select from legal_hold h where h.kind = 'restriction' and h.ended_at is null and h.object_id in ($1, $2)) as restricted`,
    [id, contactId],
  )
  return rows[0] ?? { basis: null, restricted: true }
}

/**
 * Reads a matter as it is at one moment, from one snapshot of the database. Null: it is not there, neither closed to the file nor wanted by the public
 * archive, or something keeps it from being processed: it is condemned, restricted (Art. 18 GDPR), offered to the archive without a decision, or an
 * answer of it or a file is on its way.
 * @throws KeyDestroyed
 */
export async function readMatter(inbox: Inbox, id: string, authority: string): Promise<MatterRead | null> {
  return change(
    inbox,
    async (changing) => {
      const { tx, client } = changing
      const conversation = await tx.conversation.findUnique({ where: { id } })
      if (conversation === null) return null
      const standing = await standingOf(changing, conversation)
      if (!isToBeSealed(conversation, standing)) return null
      const { rows: moving } = await client.query(
        `select from message where conversation_id = $1 and send_state in ('queued', 'sending')
         union all select from attachment where conversation_id = $1 and message_id is not null and state = 'pending' limit 1`,
        [id],
      )
      if (moving.length > 0) return null
      const { rows } = await client.query<{ state: string }>(stateSql, [id])
      const attachments = await tx.attachment.findMany({
        where: { conversationId: id, messageId: { not: null } },
        orderBy: { id: 'asc' },
      })
      return {
        conversation,
        record: await recordOf(inbox, changing, conversation, authority, standing.basis),
        attachments,
        state: rows[0]?.state ?? '',
      }
    },
    'isolation level repeatable read, read only',
  )
}

/**
 * Whether a matter is one that is sealed: closed, and nothing keeps it from being processed; to the file, or wanted by the archive. What is offered is
 * hidden like what is restricted: the decision that the archive wants it lets it be sealed, and be handed over.
 */
function isToBeSealed(
  { state, cluster, filing, condemnedBy, restrictedAt }: ConversationRow,
  { basis, restricted }: Standing,
): boolean {
  if (state !== 'closed' || condemnedBy !== null || restricted) return false
  if (basis !== null) return true
  return cluster === 'DA03' && (filing === 'HANDOVER_OPEN' || filing === 'FILED') && restrictedAt === null
}
