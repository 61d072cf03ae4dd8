import { additionalData, contentText, type Inbox, type StoredContent } from '@buergerdraht/inbox'
import { asInstant, openJson } from '@buergerdraht/office'
import { europeBerlin, type Conversation as Matter, type SeenMessage, wordingOf } from '@buergerdraht/records'
import type { PoolClient } from 'pg'

/** A matter with more is looked at by nobody but a person: memory stays flat, and half a matter says nothing about the whole. */
const maxMessages = 1000
/** Other matters of the same person that are compared word by word, the newest. */
const maxElsewhere = 30

/** So many messages of other matters are opened at once for that: with more the oldest matters are not compared. */
const maxMessagesElsewhere = 10_000

type Client = Pick<PoolClient, 'query'>

type MatterRow = {
  readonly id: string
  readonly contact_id: string
  readonly key_id: string
  readonly filed: boolean
  readonly loose_files: number
  readonly files: number
  readonly messages: number
}

type MessageRow = {
  readonly id: string
  readonly conversation_id: string
  readonly direction: 'inbound' | 'outbound'
  readonly sent_at: Date
  readonly content_sealed: Buffer | null
}

const mattersSql = `select c.id, c.contact_id, c.key_id, c.file_reference_sealed is not null as filed,
    (select count(*)::int from attachment a where a.conversation_id = c.id) as files,
    (select count(*)::int from attachment a where a.conversation_id = c.id and a.message_id is null) as loose_files,
    (select count(*)::int from (select from message m where m.conversation_id = c.id limit ${maxMessages + 1}) m) as messages
  from (select *, row_number() over (partition by contact_id order by opened_at desc, id desc) as nth from conversation
    where contact_id = any($1::uuid[]) and condemned_by is null and restricted_at is null) c
  where c.nth <= ${maxElsewhere} or c.id = any($2::uuid[]) order by c.nth, c.id`

/** What was not delivered was not said, and what was taken back is unsaid. The privacy notice is the same for everybody, and no answer. */
const messagesSql = `select id, conversation_id, direction, sent_at, case when revoked_at is null then content_sealed end as content_sealed
  from message where conversation_id = any($1::uuid[]) and kind <> 'system' and notice_version is null
    and (send_state is null or send_state = 'accepted') order by conversation_id, sent_at, id`

function grouped<T>(rows: readonly T[], of: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(of(row))
    if (group === undefined) groups.set(of(row), [row])
    else group.push(row)
  }
  return groups
}

/** Why a matter is left to people, whatever the finder would say: its key is gone or something in it does not open; it is too long. */
export type Unseen = 'UNREADABLE' | 'TOO_LONG'

function seen(key: Buffer, row: MessageRow): SeenMessage {
  const stored =
    row.content_sealed === null
      ? null
      : openJson<StoredContent>(key, additionalData.content(row.id), row.content_sealed)
  return {
    text: stored === null || stored.content.kind === 'system' ? '' : contentText(stored.content),
    direction: row.direction === 'inbound' ? 'IN' : 'OUT',
    writtenOn: europeBerlin.localDate(asInstant(row.sent_at)),
  }
}

function seenOf(
  row: MatterRow,
  key: Buffer | undefined,
  messages: readonly MessageRow[],
): readonly SeenMessage[] | Unseen {
  if (row.messages > maxMessages) return 'TOO_LONG'
  if (key === undefined) return 'UNREADABLE'
  try {
    return messages.map((message) => seen(key, message))
  } catch {
    // Sealed for another place, or no JSON: never a reason to leave all the others unseen.
    return 'UNREADABLE'
  }
}

/**
 * Matters as the finder sees them, decrypted for this one look; the other matters of the same people are compared word by word.
 * @param contacts of all of them
 */
export async function seenMatters(
  { keys, ownPostalCodes }: Pick<Inbox, 'keys' | 'ownPostalCodes'>,
  client: Client,
  contacts: readonly string[],
  wanted: readonly string[],
): Promise<ReadonlyMap<string, Matter | Unseen>> {
  const { rows } = await client.query<MatterRow>(mattersSql, [contacts, wanted])
  const isWanted = new Set(wanted)
  let elsewhere = 0
  const short = rows.filter(({ id, messages }) => {
    if (messages > maxMessages) return false
    if (!isWanted.has(id)) elsewhere += messages
    return isWanted.has(id) || elsewhere <= maxMessagesElsewhere
  })
  const [keyOf, { rows: messages }] = [
    await keys.getMany(rows.map((row) => row.key_id)),
    await client.query<MessageRow>(messagesSql, [short.map(({ id }) => id)]),
  ]
  const messagesOf = grouped(messages, (message) => message.conversation_id)
  const texts = new Map(
    rows.map((row) => [row.id, seenOf(row, keyOf.get(row.key_id), messagesOf.get(row.id) ?? [])]),
  )
  const ofContact = grouped(rows, (row) => row.contact_id)
  const wordings = new Map<string, readonly string[]>()
  for (const siblings of ofContact.values()) {
    if (siblings.length === 1) continue
    for (const { id } of siblings) {
      const said = texts.get(id)
      if (typeof said !== 'object') continue
      wordings.set(
        id,
        said.filter(({ direction }) => direction === 'IN').map(({ text }) => wordingOf(text)),
      )
    }
  }
  return new Map<string, Matter | Unseen>(
    rows
      .filter(({ id }) => isWanted.has(id))
      .map((row): [string, Matter | Unseen] => {
        const said = texts.get(row.id) ?? 'UNREADABLE'
        if (typeof said === 'string') return [row.id, said]
        const others = (ofContact.get(row.contact_id) ?? []).filter(({ id }) => id !== row.id)
        return [
          row.id,
          {
            messages: said,
            media: Array.from({ length: row.files }, (_, at) => ({
              referencedByMessage: at >= row.loose_files,
            })),
            hasFileReference: row.filed,
            // Neither notes nor office hours are kept yet.
            hasNote: false,
            receivedOutsideOfficeHours: false,
            acceptedAt: null,
            ownPostalCodes,
            wordingsElsewhere: new Set(others.flatMap(({ id }) => wordings.get(id) ?? [])),
          },
        ]
      }),
  )
}
