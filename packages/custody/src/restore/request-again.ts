import { asInstant, newId } from '@buergerdraht/office'
import { answerDue, europeBerlin, parseLocalDate } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { ActEntry } from '../ledger/acts.ts'
import { type Found, foundAt, type Hits } from './found-by-marks.ts'
import { momentOf, type Outcome, persons } from './outcome.ts'

type Client = Pick<PoolClient, 'query'>
type RequestEntry = Extract<ActEntry, { type: 'REQUEST' }>
type Marked = Readonly<Record<'request' | 'contact' | 'conversation', string | null>> & {
  /** What was chosen, as far as the backup knows it; undefined: the request is about everything. */
  readonly part: { readonly messages: readonly string[]; readonly files: readonly string[] } | undefined
}
type Row = {
  readonly id: string
  readonly received_at: Date
  readonly due_at: Date
  readonly extended_at: Date | null
  readonly has_part: boolean
}

function markedBy(entry: RequestEntry, marks: Hits): Marked {
  const found = foundAt(marks, entry.marks) ?? []
  function idsOf(kind: Found['kind']): string[] {
    return found.flatMap((one) => (one.kind === kind ? one.id : []))
  }
  const { messages = 0, attachments = 0 } = entry.objects
  return {
    request: idsOf('request')[0] ?? null,
    contact: idsOf('contact')[0] ?? null,
    conversation: idsOf('conversation')[0] ?? null,
    part:
      messages + attachments === 0 ? undefined : { messages: idsOf('message'), files: idsOf('attachment') },
  }
}

/** The request that is meant: of the backup, or the open one that was made again. A person has one of a kind at a time. */
async function readMeant(
  client: Client,
  { kind }: RequestEntry,
  { request, contact }: Marked,
): Promise<Row | null> {
  const { rows } = await client.query<Row>(
    `select id, received_at, due_at, extended_at, exists (select from request_part p where p.request_id = r.id) as has_part
     from data_subject_request r where case when $1::uuid is null then contact_id = $2 and kind = $3 and ledger_entry is not null and closed_at is null
       else id = $1 end`,
    [request, contact, kind],
  )
  return rows[0] ?? null
}

/** Opens it again for the person whom the backup knows, in their matter or in their newest. @returns false: they have none here */
async function openAgain(
  client: Client,
  entry: RequestEntry,
  { contact, conversation }: Marked,
  place: number,
): Promise<boolean> {
  const day = parseLocalDate(entry.receivedOn)
  if (contact === null || day === undefined) return false
  const receivedAt = europeBerlin.startOfDay(day)
  const { rowCount } = await client.query(
    `insert into data_subject_request (id, kind, contact_id, conversation_id, opened_by, opened_role, received_at, due_at, ledger_entry)
     select $1::uuid, $2::text, $3::uuid, c.id, $4::uuid, 'records', $5::timestamptz, $6::timestamptz, $7::int
     from conversation c where c.contact_id = $3 order by c.id is not distinct from $8::uuid desc, c.id desc limit 1`,
    [
      newId(momentOf(entry)),
      entry.kind,
      contact,
      persons[0],
      receivedAt,
      answerDue(receivedAt, 'plain'),
      place,
      conversation,
    ],
  )
  return rowCount === 1
}

/**
 * What the entry knows of it and the row does not. What was decided before stays as it is; what an erasure is about is as the last entry before the decision
 * says, for a part is never everything. @returns whether anything was
 */
async function bringUpTo(client: Client, entry: RequestEntry, { part }: Marked, row: Row): Promise<boolean> {
  const at = momentOf(entry)
  const [by] = persons
  const due =
    entry.extended !== undefined && row.extended_at === null
      ? answerDue(asInstant(row.received_at), 'extended')
      : row.due_at
  const { rowCount } = await client.query(
    `update data_subject_request set
       identity = coalesce(identity, $2), identified_at = coalesce(identified_at, case when $2::text is not null then $9::timestamptz end),
       identified_by = coalesce(identified_by, case when $2::text is not null then $8::uuid end),
       extension_reason = coalesce(extension_reason, $3), extended_at = coalesce(extended_at, case when $3::text is not null then $9::timestamptz end),
       extended_by = coalesce(extended_by, case when $3::text is not null then $8::uuid end), due_at = $10,
       outcome = coalesce(outcome, $4), ground = case when outcome is null then $5::text else ground end,
       exception = case when outcome is null then $6::text else exception end,
       decided_at = coalesce(decided_at, case when $4::text is not null then $9::timestamptz end),
       decided_by = coalesce(decided_by, case when $4::text is not null then $8::uuid end),
       closed_at = coalesce(closed_at, case when $7 then $9::timestamptz end), closed_by = coalesce(closed_by, case when $7 then $8::uuid end),
       chosen_at = case when outcome is not null then chosen_at when $11 then $9::timestamptz end,
       chosen_messages = case when outcome is null then $12::uuid[] else chosen_messages end,
       chosen_files = case when outcome is null then $13::uuid[] else chosen_files end
     where id = $1 and (identity is null and $2::text is not null or extended_at is null and $3::text is not null or outcome is null and $4::text is not null
       or closed_at is null and $7 or outcome is null and (chosen_messages, chosen_files) is distinct from ($12::uuid[], $13::uuid[]))`,
    [
      row.id,
      entry.identity ?? null,
      entry.extended ?? null,
      entry.outcome ?? null,
      entry.ground ?? null,
      entry.exception ?? null,
      entry.state === 'ANSWERED',
      by,
      at,
      due,
      part !== undefined,
      part?.messages ?? [],
      part?.files ?? [],
    ],
  )
  return rowCount === 1
}

/**
 * How a request stood. Of a person whom the backup does not know, and of a copy that was made and of which it does not know, somebody is told, because a
 * request must not be forgotten and a copy not be given twice.
 * @param isLast no later entry says more of this request
 */
export async function requestAgain(
  client: Client,
  entry: RequestEntry,
  { marks, place, isLast }: { readonly marks: Hits; readonly place: number; readonly isLast: boolean },
): Promise<Outcome> {
  const isOpen = entry.state === 'OPEN'
  const marked = markedBy(entry, marks)
  let row = await readMeant(client, entry, marked)
  const isMade = row === null && (await openAgain(client, entry, marked, place))
  if (isMade) row = await readMeant(client, entry, marked)
  if (row === null) return isOpen && isLast ? 'anew' : null
  const isChanged = await bringUpTo(client, entry, marked, row)
  if (entry.copy === 'MADE' && isOpen && isLast && !row.has_part) return 'anew'
  return isMade || isChanged ? 'decisions' : null
}
