import { type DataSubjectRequest, maxLookedThrough, Refusal } from '@buergerdraht/contract'
import { type Change, type OfficeContext, type Viewer, withOwnRights } from '@buergerdraht/office'
import { handle } from './handle-request.ts'
import type { RequestRow } from './read-requests.ts'

type Client = Change['client']
type Ids = { readonly messageIds: readonly string[]; readonly fileIds: readonly string[] }
/** By the id of a message or file; of a file the message that it is of. */
type Found = ReadonlyMap<string, string | null>

/** Which of these are of the person of a request, as far as whoever asks is shown them. Lines of the system are nobody's data. */
export async function partsOfPerson(
  client: Client,
  id: string,
  { messageIds, fileIds }: Ids,
): Promise<Found> {
  const { rows } = await client.query<{ id: string; message: string | null }>(
    `select n.id, n.message from data_subject_request r join conversation c on c.contact_id = r.contact_id join (
       select id, conversation_id, null::uuid as message from message where id = any($2::uuid[]) and kind <> 'system'
       union all select id, conversation_id, message_id from attachment where id = any($3::uuid[]) and message_id is not null) n on n.conversation_id = c.id
     where r.id = $1`,
    [id, messageIds, fileIds],
  )
  return new Map(rows.map((row) => [row.id, row.message]))
}

export function storedIn({ chosen_messages, chosen_files }: RequestRow): Ids {
  return { messageIds: chosen_messages, fileIds: chosen_files }
}

/**
 * Says what a request for erasure is about, until it is decided: everything of the person, or messages with their files, and files alone. What another
 * team has chosen of its own stays chosen, what is gone by now does not.
 * @throws Refusal `not-allowed`, `not-found` also of another kind, `request-closed`, `request-decided`, `changed-meanwhile`, `nothing-chosen`,
 *   `too-much-chosen`, `chosen-not-there` also for what is another person's or another team's
 */
export function choosePart(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  asked: Ids & { readonly everything: boolean; readonly seen: string | null },
): Promise<DataSubjectRequest> {
  return handle(
    office,
    viewer,
    'see-requests',
    id,
    async (changing, row) => {
      const stored = storedIn(row)
      const both = {
        messageIds: [...asked.messageIds, ...stored.messageIds],
        fileIds: [...asked.fileIds, ...stored.fileIds],
      }
      return {
        shown: await partsOfPerson(changing.client, id, both),
        there: await withOwnRights(changing, () => partsOfPerson(changing.client, id, stored)),
      }
    },
    (row, now, { shown, there }) => {
      if (row.kind !== 'ERASURE') throw new Refusal('not-found')
      if (row.outcome !== null) throw new Refusal('request-decided')
      if ((row.chosen_at?.toISOString() ?? null) !== asked.seen) throw new Refusal('changed-meanwhile')
      if (asked.everything)
        return {
          act: 'request-part-chosen',
          facts: { everything: true },
          set: { chosen_at: null, chosen_messages: [], chosen_files: [] },
        }
      function withOthers(ids: readonly string[], stored: readonly string[]): Set<string> {
        return new Set([...ids, ...stored.filter((one) => there.has(one) && !shown.has(one))])
      }
      const messages = withOthers(asked.messageIds, row.chosen_messages)
      // A file goes with its message where both are chosen.
      const files = [...withOthers(asked.fileIds, row.chosen_files)].filter(
        (one) => !messages.has(shown.get(one) ?? there.get(one) ?? ''),
      )
      if (messages.size + files.length === 0) throw new Refusal('nothing-chosen')
      if (messages.size + files.length > maxLookedThrough) throw new Refusal('too-much-chosen')
      const isThere =
        asked.messageIds.every((one) => shown.get(one) === null) &&
        asked.fileIds.every((one) => typeof shown.get(one) === 'string')
      if (!isThere) throw new Refusal('chosen-not-there')
      return {
        act: 'request-part-chosen',
        facts: { messages: messages.size, files: files.length },
        set: { chosen_at: now, chosen_messages: [...messages], chosen_files: files },
      }
    },
  )
}
