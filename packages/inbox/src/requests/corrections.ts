import type { Correction } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  conversationFor,
  messageFor,
  newId,
  openJson,
  recordActOn,
  sealJson,
  type Viewer,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'

/** What `correction.content_sealed` holds. */
export type StoredCorrection = { readonly contested: string; readonly correct: string }

type Row = {
  readonly id: string
  readonly message_id: string | null
  readonly content_sealed: Buffer
  readonly marked_at: Date
  readonly marked_by: string | null
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
  { messageId, contested, correct }: StoredCorrection & { readonly messageId?: string | undefined },
): Promise<void> {
  const now = inbox.now()
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, client, publish } = changing
    const conversation =
      messageId === undefined
        ? await conversationFor(tx, viewer, conversationId)
        : (await messageFor(tx, viewer, conversationId, messageId)).conversation
    const id = newId(now)
    const sealed = sealJson(await inbox.keys.get(conversation.keyId), additionalData.correction(id), {
      contested,
      correct,
    } satisfies StoredCorrection)
    await client.query(
      `insert into correction (id, conversation_id, message_id, content_sealed, request_id, marked_by, marked_at)
       values ($1, $2, $3, $4, (select id from data_subject_request where contact_id = $5 and kind = 'RECTIFICATION' and closed_at is null limit 1), $6, $7)`,
      [id, conversation.id, messageId ?? null, sealed, conversation.contactId, viewer.accountId, now],
    )
    await recordActOn(client, now, viewer, {
      act: 'correction-marked',
      object:
        messageId === undefined
          ? { kind: 'conversation', id: conversation.id }
          : { kind: 'message', id: messageId },
    })
    publish({
      type: 'conversation.changed',
      teamId: conversation.teamId,
      conversationId: conversation.id,
      messageId: null,
    })
  })
}

/** The marks of a matter, oldest first; the caller has made sure that it may be seen. @param key of the conversation */
export async function correctionsOf(
  { client }: Pick<Change, 'client'>,
  conversationId: string,
  key: Buffer,
): Promise<Correction[]> {
  const { rows } = await client.query<Row>(
    `select k.id, k.message_id, k.content_sealed, k.marked_at, a.display_name as marked_by from correction k left join account a on a.id = k.marked_by
     where k.conversation_id = $1 order by k.marked_at, k.id`,
    [conversationId],
  )
  return rows.map(({ id, message_id, content_sealed, marked_at, marked_by }) => ({
    id,
    messageId: message_id,
    ...openJson<StoredCorrection>(key, additionalData.correction(id), content_sealed),
    markedBy: marked_by,
    markedAt: marked_at.toISOString(),
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
