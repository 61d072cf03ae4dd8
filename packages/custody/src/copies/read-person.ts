import { type Correction, type Message, Refusal } from '@buergerdraht/contract'
import { additionalData, correctionsOf, type Inbox, presentMessages } from '@buergerdraht/inbox'
import {
  type AttachmentRow,
  type Change,
  type ConversationRow,
  contentTeamsOf,
  openJson,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { RequestRow } from '../requests/read-requests.ts'

/** More are made matter by matter; so many fit into memory and on paper. */
const maxMessages = 20_000
/** Messages that are opened together. */
const pageSize = 500

export type Matter = {
  readonly conversation: ConversationRow
  readonly team: string
  /** Null: it has been destroyed, and nothing of the content can be read. */
  readonly key: Buffer | null
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** By message. */
  readonly files: ReadonlyMap<string, readonly AttachmentRow[]>
  readonly notes: readonly { readonly accountId: string; readonly savedAt: Date; readonly text: string }[]
  readonly corrections: readonly Correction[]
}

/** Everything of a person that somebody is shown, and where the rest is. */
export type PersonRead = {
  readonly matters: readonly Matter[]
  readonly elsewhere: readonly { readonly team: string; readonly matters: number }[]
}

async function messagesOf(inbox: Inbox, changing: Change, conversation: ConversationRow): Promise<Message[]> {
  const all: Message[] = []
  for (;;) {
    const last = all.at(-1)
    const rows = await changing.tx.message.findMany({
      where: { conversationId: conversation.id },
      orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
      take: pageSize,
      ...(last === undefined ? {} : { cursor: { id: last.id }, skip: 1 }),
    })
    all.push(...(await presentMessages(inbox, changing, conversation, rows)))
    if (rows.length < pageSize) return all
  }
}

/** What colleagues have begun to answer: each is shown their own only, and the copy has all (cluster DA07). */
async function notesOf({ client }: Change, { id }: ConversationRow, key: Buffer): Promise<Matter['notes']> {
  await client.query(`set local app.copying = 'yes'`)
  const { rows } = await client.query<{ account_id: string; saved_at: Date; content_sealed: Buffer }>(
    'select account_id, saved_at, content_sealed from draft where conversation_id = $1 order by saved_at, account_id',
    [id],
  )
  await client.query(`set local app.copying = 'no'`)
  return rows.map(({ account_id, saved_at, content_sealed }) => ({
    accountId: account_id,
    savedAt: saved_at,
    text: openJson<{ text: string }>(key, additionalData.draft(id, account_id), content_sealed).text,
  }))
}

function byMessage(files: readonly AttachmentRow[]): Matter['files'] {
  const groups = new Map<string, AttachmentRow[]>()
  for (const file of files) {
    const id = file.messageId ?? ''
    groups.set(id, [...(groups.get(id) ?? []), file])
  }
  return groups
}

async function readMatter(
  inbox: Inbox,
  changing: Change,
  conversation: ConversationRow,
  team: string,
): Promise<Matter> {
  const key = (await inbox.keys.getMany([conversation.keyId])).get(conversation.keyId) ?? null
  if (key === null)
    return { conversation, team, key, messages: [], files: new Map(), notes: [], corrections: [] }
  const files = await changing.tx.attachment.findMany({
    where: { conversationId: conversation.id, messageId: { not: null } },
    orderBy: { id: 'asc' },
  })
  return {
    conversation,
    team,
    key,
    messages: await messagesOf(inbox, changing, conversation),
    files: byMessage(files),
    notes: await notesOf(changing, conversation, key),
    corrections: await correctionsOf(changing, conversation.id, key),
  }
}

/** Matters of the person that this viewer is not shown: another team's, or restricted; by team and number. */
async function elsewhereOf(
  changing: Change,
  contactId: string,
  shown: readonly string[],
): Promise<PersonRead['elsewhere']> {
  const { rows } = await withOwnRights(changing, () =>
    changing.client.query<{ team: string; matters: number }>(
      `select t.name as team, count(*)::int as matters from conversation c join team t on t.id = c.team_id
       where c.contact_id = $1 and c.condemned_by is null and c.id <> all($2::uuid[]) group by t.name order by t.name`,
      [contactId, shown],
    ),
  )
  return rows
}

/**
 * Everything of the person of a request that this viewer is shown, in their transaction: matters of their teams, people who were merged included,
 * because their matters are one person's. What is condemned is gone.
 * @param matter one of them alone
 * @throws Refusal `not-found` where there is none, `copy-too-large`
 */
export async function readPerson(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  { contact_id: contactId }: RequestRow,
  matter: string | null,
): Promise<PersonRead> {
  const { tx, client } = changing
  const rows = await tx.conversation.findMany({
    where: { contactId, condemnedBy: null, teamId: { in: contentTeamsOf(viewer) } },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    include: { team: { select: { name: true } } },
  })
  const chosen = rows.filter(({ id }) => matter === null || id === matter)
  if (chosen.length === 0) throw new Refusal('not-found')
  const { rowCount } = await client.query(
    `select 1 from message where conversation_id = any($1::uuid[]) limit ${maxMessages + 1}`,
    [chosen.map(({ id }) => id)],
  )
  if ((rowCount ?? 0) > maxMessages) throw new Refusal('copy-too-large')
  const matters: Matter[] = []
  for (const { team, ...conversation } of chosen)
    matters.push(await readMatter(inbox, changing, conversation, team.name))
  return {
    matters,
    elsewhere: await elsewhereOf(
      changing,
      contactId,
      rows.map(({ id }) => id),
    ),
  }
}
