import { AccessCopy, PortableCopy, Refusal, schemaOfCopy } from '@buergerdraht/contract'
import { type Inbox, type NoticeGiven, noticesGiven, openMedia } from '@buergerdraht/inbox'
import {
  asViewer,
  type Change,
  recordActOn,
  recordOftenOn,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { zipStream } from '@buergerdraht/records'
import { typeset } from '../protocol/typeset.ts'
import { kindOf, type RequestRow } from '../requests/read-requests.ts'
import { readAgreement } from '../rules/agree-with-archive.ts'
import { CopyComposer, type PlacedFile, recipientsOf, ruleOf } from './compose-copy.ts'
import { wordsOf } from './copy-parts.ts'
import { copyRequest } from './copy-request.ts'
import { copyData, copyTemplate } from './copy-template.ts'
import { information } from './copy-words.ts'
import { partsFor } from './decide-redactions.ts'
import { readIdentity } from './read-identity.ts'
import { type Matter, type PersonRead, readPerson } from './read-person.ts'
import { Redactions } from './redactions.ts'

type Identity = AccessCopy['person']
type Read = {
  readonly request: RequestRow
  readonly person: PersonRead
  readonly identity: Identity
  readonly redactions: Redactions
  readonly accesses: AccessCopy['accesses']
  readonly personRule: AccessCopy['personRule']
  readonly notices: readonly NoticeGiven[]
  readonly vendors: readonly string[]
  readonly hasArchive: boolean
}

/** Whatever names one of these in the log of access, by whoever was signed in. */
async function accessesOf(
  { client }: Change,
  { id, contact_id }: RequestRow,
  matters: readonly Matter[],
): Promise<AccessCopy['accesses']> {
  const ids = matters.flatMap(({ conversation, messages, files }) => [
    conversation.id,
    ...messages.map((message) => message.id),
    ...[...files.values()].flat().map((file) => file.id),
  ])
  const { rows } = await client.query<{ at: Date; act: string; role: string }>(
    `select at, act, actor_role as role from audit_entry where object_id = any($1::uuid[]) and actor_role is not null order by id`,
    [[...ids, id, contact_id]],
  )
  return rows.map(({ at, act, role }) => ({ at: at.toISOString(), act, role }))
}

async function read(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  id: string,
  matter: string | null,
): Promise<Read> {
  const { client } = changing
  const request = await copyRequest(changing, id)
  if (request.outcome !== 'GRANTED') throw new Refusal('request-not-granted')
  const person = await readPerson(inbox, changing, viewer, request, matter)
  const identity = await readIdentity(inbox, changing, request.contact_id)
  const redactions = await Redactions.read(changing, id)
  return withOwnRights(changing, async () => {
    const { rows: contacts } = await client.query<{
      cluster: string
      rule_version: number
      due_at: Date | null
      waits_for: string | null
    }>('select cluster, rule_version, due_at, waits_for from contact where id = $1', [request.contact_id])
    const [contact] = contacts
    if (contact === undefined) throw new Refusal('not-found')
    const { rows: channels } = await client.query<{ vendor: string }>(
      'select distinct vendor from channel where id = any($1::uuid[]) order by vendor',
      [person.matters.map(({ conversation }) => conversation.channelId)],
    )
    return {
      request,
      person,
      identity,
      redactions,
      accesses: await accessesOf(changing, request, person.matters),
      personRule: ruleOf({
        cluster: contact.cluster,
        ruleVersion: contact.rule_version,
        dueAt: contact.due_at,
        waitsFor: contact.waits_for,
      }),
      notices: await noticesGiven(client, request.contact_id),
      vendors: channels.map(({ vendor }) => vendor),
      hasArchive: (await readAgreement(client)) !== null,
    }
  })
}

/** Files that cannot be handed out, looked at before the copy says that they are in it. */
async function unreadableFiles(inbox: Inbox, matters: readonly Matter[]): Promise<ReadonlySet<string>> {
  const unreadable = new Set<string>()
  for (const { conversation, files } of matters)
    for (const attachment of [...files.values()].flat()) {
      try {
        await (await openMedia(inbox, { attachment, conversation })).close()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        unreadable.add(attachment.id)
      }
    }
  return unreadable
}

async function* contentOf(inbox: Inbox, placed: PlacedFile): AsyncGenerator<Uint8Array> {
  const media = await openMedia(inbox, placed)
  try {
    yield* media.stream()
  } finally {
    await media.close()
  }
}

type Composed = {
  readonly copy: AccessCopy | PortableCopy
  readonly files: readonly PlacedFile[]
}

function compose(what: Read, unreadable: ReadonlySet<string>, now: Date): Composed {
  const { request, person, identity, redactions } = what
  const own = identity.identities.flatMap(({ kind, value }) =>
    kind === 'phone' ? [value.replace(/\D/g, '')] : [],
  )
  const parts = partsFor(request, person, own)
  // A file that nobody can open shows nothing of anybody.
  if (
    parts.some(
      (part) => redactions.isOpen(part) && !(part.attachmentId !== null && unreadable.has(part.attachmentId)),
    )
  )
    throw new Refusal('redaction-open')
  const composer = new CopyComposer(redactions, parts, unreadable)
  const every = {
    format: 'buergerdraht-personal-data',
    version: 1,
    request: { id: request.id, kind: kindOf(request), receivedAt: request.received_at.toISOString() },
    madeAt: now.toISOString(),
    person: identity,
    elsewhere: person.elsewhere.map((one) => ({ ...one })),
  } as const
  if (request.kind === 'PORTABILITY') {
    const matters = person.matters.map((matter) => composer.portable(matter, wordsOf))
    const copy = PortableCopy.parse({ ...every, article: 20, matters })
    return { copy, files: composer.files }
  }
  const matters = person.matters.map((matter) => composer.whole(matter, wordsOf))
  const copy = AccessCopy.parse({
    ...every,
    article: 15,
    information,
    recipients: recipientsOf(what.vendors, matters, what.hasArchive),
    personRule: what.personRule,
    notices: what.notices.map(({ version, variant, sentAt, status, deliveredAt, readAt, ...rule }) => ({
      version,
      variant,
      sentAt: sentAt.toISOString(),
      status,
      deliveredAt: deliveredAt?.toISOString() ?? null,
      readAt: readAt?.toISOString() ?? null,
      rule: ruleOf({ cluster: 'DA20', ...rule }),
    })),
    matters,
    accesses: what.accesses,
    blackedOut: composer.blackedOut,
  })
  return { copy, files: composer.files }
}

/** Writes down that it was made, of which teams, before anything of it is handed out. */
async function record(
  inbox: Inbox,
  viewer: Viewer,
  { request, person }: Read,
  format: string,
  now: Date,
): Promise<void> {
  await asViewer(inbox, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      for (const teamId of new Set(person.matters.map(({ conversation }) => conversation.teamId)))
        await client.query(
          `insert into request_part (request_id, team_id, made_at, made_by) values ($1, $2, $3, $4)
           on conflict (request_id, team_id) do update set made_at = excluded.made_at, made_by = excluded.made_by`,
          [request.id, teamId, now, viewer.accountId],
        )
      for (const { conversation } of person.matters)
        await recordOftenOn(client, now, viewer, {
          act: 'conversation-read',
          object: { kind: 'conversation', id: conversation.id },
        })
      await recordActOn(client, now, viewer, {
        act: 'copy-made',
        object: { kind: 'data-subject-request', id: request.id },
        facts: {
          format,
          matters: person.matters.length,
          messages: person.matters.reduce((sum, { messages }) => sum + messages.length, 0),
        },
      })
    }),
  )
}

function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

export type CopyFormat = 'zip' | 'json' | 'pdf'

/**
 * The copy of a person's data (Art. 15 (3), Art. 20 GDPR), as far as this viewer is shown them, with everything blacked out that was decided to be
 * another person's: what is blacked out is in no byte of it. Made anew each time and kept nowhere. That it was made is recorded first.
 * @param matter of one alone
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `identity-unconfirmed`, `request-not-granted`, `redaction-open`, `copy-too-large`
 */
export async function makeCopy(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  format: CopyFormat,
  matter: string | null,
): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
  requireMay(viewer, 'make-copies')
  const now = inbox.now()
  const what = await asViewer(inbox, viewer, (changing) => read(inbox, changing, viewer, id, matter))
  const unreadable = await unreadableFiles(inbox, what.person.matters)
  const { copy, files } = compose(what, unreadable, now)
  const pdf =
    format === 'json'
      ? null
      : await typeset({ template: copyTemplate, data: JSON.stringify(copyData(copy)), foreign: true })
  await record(inbox, viewer, what, format, now)
  if (pdf !== null && format === 'pdf') return pdf
  if (pdf === null) return bytesOf(copy)
  return zipStream([
    { name: 'daten.json', content: [bytesOf(copy)] },
    { name: 'daten.schema.json', content: [bytesOf(schemaOfCopy(copy.article))] },
    { name: 'auskunft.pdf', content: [pdf] },
    ...files.map((placed) => ({ name: placed.path, content: contentOf(inbox, placed) })),
  ])
}
