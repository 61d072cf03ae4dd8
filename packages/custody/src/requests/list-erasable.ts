import { type ErasableMessage, type Message, maxMessagesShown, may, Refusal } from '@buergerdraht/contract'
import { type Inbox, presentMessages } from '@buergerdraht/inbox'
import { asViewer, type Change, recordOftenOn, requireMay, type Viewer } from '@buergerdraht/office'
import { authorOf, wordsOf } from '../copies/copy-parts.ts'
import { partsOfPerson, storedIn } from './choose-part.ts'
import { type RequestRow, requestColumns } from './read-requests.ts'

type MessageRow = {
  readonly id: string
  readonly conversation_id: string
  readonly direction: Message['direction']
  readonly kind: Message['kind']
  readonly sent_at: Date
}
type FileRow = {
  readonly id: string
  readonly message_id: string
  readonly kind: ErasableMessage['files'][number]['kind']
  /** As text: it is a bigint. */
  readonly size_bytes: string | null
}

const ofPersonSql = `from message m join conversation c on c.id = m.conversation_id
  where c.contact_id = $1 and m.kind <> 'system'`

/** What they say, and what their files are called. That each matter was read is recorded. */
async function contentsOf(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<string, Message>> {
  const { tx, client } = changing
  const contents = new Map<string, Message>()
  const conversations = await tx.conversation.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.conversation_id))] } },
  })
  for (const conversation of conversations) {
    const ids = rows.flatMap((row) => (row.conversation_id === conversation.id ? row.id : []))
    const messages = await tx.message.findMany({ where: { id: { in: ids } } })
    for (const message of await presentMessages(inbox, changing, conversation, messages))
      contents.set(message.id, message)
    await recordOftenOn(client, inbox.now(), viewer, {
      act: 'conversation-read',
      object: { kind: 'conversation', id: conversation.id },
    })
  }
  return contents
}

/**
 * Messages and files of the person of a request for erasure, newest first, as far as this viewer is shown them: those of their teams with content, or all
 * without. @throws Refusal `not-allowed`, `not-found` also of another kind, `request-closed`, `request-decided`
 */
export async function listErasable(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { from }: { readonly from: number },
) {
  requireMay(viewer, 'see-requests')
  return asViewer(inbox, viewer, async (changing) => {
    const { client } = changing
    const { rows: requests } = await client.query<RequestRow>(
      `select ${requestColumns} from data_subject_request where id = $1 and kind = 'ERASURE'`,
      [id],
    )
    const [request] = requests
    if (request === undefined) throw new Refusal('not-found')
    if (request.closed_at !== null) throw new Refusal('request-closed')
    if (request.outcome !== null) throw new Refusal('request-decided')
    const { rows: totals } = await client.query<{ total: number }>(
      `select count(*)::int as total ${ofPersonSql}`,
      [request.contact_id],
    )
    const { rows } = await client.query<MessageRow>(
      `select m.id, m.conversation_id, m.direction, m.kind, m.sent_at ${ofPersonSql}
       order by m.sent_at desc, m.id desc offset $2 limit ${maxMessagesShown}`,
      [request.contact_id, from],
    )
    const { rows: files } = await client.query<FileRow>(
      'select id, message_id, kind, size_bytes::text from attachment where message_id = any($1::uuid[]) order by id',
      [rows.map((row) => row.id)],
    )
    const contents = may(viewer.role, 'answer-citizens')
      ? await contentsOf(inbox, changing, viewer, rows)
      : new Map<string, Message>()
    const stored = storedIn(request)
    const shown = await partsOfPerson(client, id, stored)
    return {
      items: rows.map((row): ErasableMessage => {
        const content = contents.get(row.id)
        return {
          id: row.id,
          conversationId: row.conversation_id,
          from: authorOf(row),
          at: row.sent_at.toISOString(),
          kind: row.kind,
          text: content === undefined ? null : wordsOf(content),
          files: files.flatMap((file) =>
            file.message_id === row.id
              ? {
                  id: file.id,
                  kind: file.kind,
                  name: content?.attachments.find((one) => one.id === file.id)?.fileName ?? null,
                  sizeBytes: file.size_bytes === null ? null : Number(file.size_bytes),
                }
              : [],
          ),
        }
      }),
      total: totals[0]?.total ?? 0,
      chosen: {
        messageIds: stored.messageIds.filter((one) => shown.has(one)),
        fileIds: stored.fileIds.filter((one) => shown.has(one)),
      },
    }
  })
}
