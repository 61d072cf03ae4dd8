import type { FilingDecision, Role } from '@buergerdraht/contract'
import { additionalData, type Inbox, maskedPhoneOf, noticesGiven } from '@buergerdraht/inbox'
import {
  type AttachmentRow,
  type Change,
  type ConversationRow,
  change,
  openJson,
  type Rules,
  readRules,
} from '@buergerdraht/office'
import { classCode, classOfVariant, type Filing, type Variant } from '@buergerdraht/records'
import type { ChatRecord } from '../archive/chat-record.ts'
import { readIdentity } from '../copies/read-identity.ts'
import { readWritten } from './read-written.ts'

/** A matter as it stood at one moment: this is sealed, and nothing else. */
export type MatterRead = {
  readonly conversation: ConversationRow
  /** Ids of files are those of attachments, and none of their bytes has been read. */
  readonly record: Omit<ChatRecord, 'continues' | 'sealedAt'>
  readonly attachments: readonly AttachmentRow[]
  /** Another after whatever would have to be sealed too. */
  readonly state: string
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
    ...(await readWritten(inbox, changing, conversation, key)),
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
