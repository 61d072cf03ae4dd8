import { type Correction, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  type ConversationRow,
  conversationFor,
  messageFor,
  newId,
  openJson,
  recordActOn,
  sealJson,
  type Viewer,
} from '@buergerdraht/office'
import { lockConversation } from '../conversations/waiting.ts'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'

/** What `correction.content_sealed` holds. */
export type StoredCorrection = { readonly contested: string; readonly correct: string }

/** What `correction.withdrawal_sealed` holds; `replacedBy`: the mark that stands in its place. */
type StoredWithdrawal = { readonly reason: string; readonly replacedBy: string | null }

type Row = {
  readonly id: string
  readonly message_id: string | null
  readonly content_sealed: Buffer
  readonly marked_at: Date
  readonly marked_by: string | null
  readonly withdrawn_at: Date | null
  readonly withdrawn_by: string | null
  readonly withdrawal_sealed: Buffer | null
}

/** Writes a mark down and says so. The conversation MUST be locked. @returns its id */
async function writeMark(
  inbox: Inbox,
  { client }: Change,
  viewer: Viewer,
  conversation: ConversationRow,
  messageId: string | null,
  { contested, correct }: StoredCorrection,
  now: Date,
): Promise<string> {
  const id = newId(now)
  const sealed = sealJson(await inbox.keys.get(conversation.keyId), additionalData.correction(id), {
    contested,
    correct,
  } satisfies StoredCorrection)
  await client.query(
    `insert into correction (id, conversation_id, message_id, content_sealed, request_id, marked_by, marked_at)
     values ($1, $2, $3, $4, (select id from data_subject_request where contact_id = $5 and kind = 'RECTIFICATION' and closed_at is null limit 1), $6, $7)`,
    [id, conversation.id, messageId, sealed, conversation.contactId, viewer.accountId, now],
  )
  await recordActOn(client, now, viewer, {
    act: 'correction-marked',
    object: objectOf(conversation, messageId),
  })
  return id
}

function objectOf({ id }: Pick<ConversationRow, 'id'>, messageId: string | null) {
  return messageId === null
    ? ({ kind: 'conversation', id } as const)
    : ({ kind: 'message', id: messageId } as const)
}

function tell({ publish }: Change, { id, teamId }: Pick<ConversationRow, 'id' | 'teamId'>): void {
  publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
}

/**
 * Marks what the person of a matter says is wrong, and what would be right (Art. 16 GDPR). What was written stays, because it is what was written; the
 * mark is shown with it and handed out with it, and goes with it. Where the person has a request for rectification open, the mark is of it.
 * @throws Refusal `not-allowed`, `not-found`
 */
export async function markCorrection(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  { messageId, ...mark }: StoredCorrection & { readonly messageId?: string | undefined },
): Promise<void> {
  const now = inbox.now()
  await asViewer(inbox, viewer, async (changing) => {
    const { tx } = changing
    const conversation =
      messageId === undefined
        ? await conversationFor(tx, viewer, conversationId)
        : (await messageFor(tx, viewer, conversationId, messageId)).conversation
    await lockConversation(tx, conversation.id)
    await writeMark(inbox, changing, viewer, conversation, messageId ?? null, mark, now)
    tell(changing, conversation)
  })
}

/**
 * Withdraws a mark, with a reason, or puts another one of the same in its place. It stays, and says so wherever it is shown, handed out or sealed from
 * then on; what is sealed already says what it said. Once: what is withdrawn stays withdrawn.
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` where it was withdrawn before
 */
export async function withdrawCorrection(
  inbox: Inbox,
  viewer: Viewer,
  { conversationId, correctionId }: { readonly conversationId: string; readonly correctionId: string },
  { reason, replacement }: { readonly reason: string; readonly replacement?: StoredCorrection | undefined },
): Promise<void> {
  const now = inbox.now()
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, client } = changing
    const conversation = await conversationFor(tx, viewer, conversationId)
    await lockConversation(tx, conversation.id)
    const { rows } = await client.query<Pick<Row, 'message_id' | 'withdrawn_at'>>(
      'select message_id, withdrawn_at from correction where id = $1 and conversation_id = $2',
      [correctionId, conversation.id],
    )
    const [mark] = rows
    if (mark === undefined) throw new Refusal('not-found')
    if (mark.withdrawn_at !== null) throw new Refusal('changed-meanwhile')
    const replacedBy =
      replacement === undefined
        ? null
        : await writeMark(inbox, changing, viewer, conversation, mark.message_id, replacement, now)
    await client.query(
      'update correction set withdrawn_at = $2, withdrawn_by = $3, withdrawal_sealed = $4 where id = $1',
      [
        correctionId,
        now,
        viewer.accountId,
        sealJson(
          await inbox.keys.get(conversation.keyId),
          additionalData.correctionWithdrawal(correctionId),
          { reason, replacedBy } satisfies StoredWithdrawal,
        ),
      ],
    )
    await recordActOn(client, now, viewer, {
      act: 'correction-withdrawn',
      object: objectOf(conversation, mark.message_id),
    })
    tell(changing, conversation)
  })
}

function withdrawalOf(
  key: Buffer,
  { id, withdrawn_at, withdrawn_by, withdrawal_sealed }: Row,
): Correction['withdrawn'] {
  if (withdrawn_at === null || withdrawal_sealed === null) return null
  const { reason, replacedBy } = openJson<StoredWithdrawal>(
    key,
    additionalData.correctionWithdrawal(id),
    withdrawal_sealed,
  )
  return { at: withdrawn_at.toISOString(), by: withdrawn_by, reason, replaced: replacedBy !== null }
}

/** The marks of a matter, oldest first; the caller has made sure that it may be seen. @param key of the conversation */
export async function correctionsOf(
  { client }: Pick<Change, 'client'>,
  conversationId: string,
  key: Buffer,
): Promise<Correction[]> {
  const { rows } = await client.query<Row>(
    `select k.id, k.message_id, k.content_sealed, k.marked_at, a.display_name as marked_by, k.withdrawn_at, w.display_name as withdrawn_by, k.withdrawal_sealed
     from correction k left join account a on a.id = k.marked_by left join account w on w.id = k.withdrawn_by
     where k.conversation_id = $1 order by k.marked_at, k.id`,
    [conversationId],
  )
  return rows.map((row) => ({
    id: row.id,
    messageId: row.message_id,
    ...openJson<StoredCorrection>(key, additionalData.correction(row.id), row.content_sealed),
    markedBy: row.marked_by,
    markedAt: row.marked_at.toISOString(),
    withdrawn: withdrawalOf(key, row),
  }))
}

/** @throws Refusal `not-found` */
export async function listCorrections(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
): Promise<Correction[]> {
  return asViewer(inbox, viewer, async (changing) => {
    const { id, keyId } = await conversationFor(changing.tx, viewer, conversationId)
    return correctionsOf(changing, id, await inbox.keys.get(keyId))
  })
}
