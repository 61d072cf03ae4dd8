import { type AnswerVerdict, answerFaults, type HandOverAnswer } from '@buergerdraht/contract'
import { newId, type OfficeContext, recordActOn, requireMay, type Viewer } from '@buergerdraht/office'
import {
  lockCatalogueRequest,
  sentRequestOf,
  storeCatalogue,
} from '../catalogue-requests/catalogue-request.ts'
import { fingerprint, judgeAnswer, type Sent, type Verdict } from '../xdomea/judge-answer.ts'
import { type Answer, readMessage } from '../xdomea/read-message.ts'
import { asRecords } from './prepare-hand-over.ts'
import { partsOf } from './read-package.ts'
import { type Client, type HandOverRow, handOverColumns, sealedWords } from './rows.ts'

type Office = Pick<OfficeContext, 'keys' | 'now'>
type Read = Awaited<ReturnType<typeof readMessage>>

/**
 * The hand-over that an answer speaks of, locked until commit: by its process id; or, where that was lost with a restore and the hand-over made again from the
 * ledger, by the package that the answer names.
 */
async function handOverOf(client: Client, { processId, said }: Answer): Promise<HandOverRow | undefined> {
  const named = said.kind === 'import' ? said.objects.map(({ id }) => id) : []
  const { rows } = await client.query<HandOverRow>(
    `select ${handOverColumns} from hand_over h join archive_package p on p.id = h.package_id
     where h.id = $1 or h.ledger_entry is not null and h.package_id::text = any($2::text[])
     order by h.id = $1 desc, h.prepared_at desc limit 1 for no key update of h`,
    [processId, named],
  )
  return rows[0]
}

function endedAs({ state }: HandOverRow): Sent['saidBefore'] {
  return state === 'confirmed' ? 'taken' : state === 'rejected' ? 'rejected' : null
}

async function sentOf(client: Client, row: HandOverRow): Promise<Sent> {
  const { rows: answers } = await client.query<{ message: string; fingerprint: string }>(
    'select message, fingerprint from hand_over_answer where hand_over_id = $1 and accepted',
    [row.id],
  )
  const { rows: items } = await client.query<{ id: string }>(
    'select id from archive_item where package_id = $1',
    [row.package_id],
  )
  const words = answers.some(({ message }) => message === '0402' || message === '0506' || message === '0630')
  return {
    code: row.message,
    matters: new Set([row.package_id]),
    parts: partsOf(
      row.package_id,
      items.map(({ id }) => id),
    ),
    state: row.state === 'prepared' || row.state === 'withdrawn' ? row.state : 'sent',
    saidBefore: words ? null : endedAs(row),
    answers: new Map(answers.map((one) => [one.message, one.fingerprint])),
  }
}

/** What an accepted answer changes. */
async function apply(
  office: Office,
  client: Client,
  row: HandOverRow,
  verdict: Verdict,
  at: Date,
): Promise<void> {
  if ('refused' in verdict || verdict.accepted === 'valued') return
  if (verdict.accepted === 'received') {
    await client.query(
      `update hand_over set state = 'received', received_at = $2 where id = $1 and state = 'sent'`,
      [row.id, at],
    )
    return
  }
  const isTaken = verdict.accepted === 'taken'
  const [archiveReference] = verdict.accepted === 'taken' ? verdict.archiveReferences.values() : []
  const words = await sealedWords(office, row, {
    ...(verdict.accepted === 'rejected' ? { reasons: verdict.reasons } : {}),
    ...(archiveReference === undefined ? {} : { archiveReference }),
  })
  await client.query('update hand_over set state = $2, ended_at = $3, words_sealed = $4 where id = $1', [
    row.id,
    isTaken ? 'confirmed' : 'rejected',
    at,
    words,
  ])
}

function objectOf({ handOverId, catalogueRequestId }: HandOverAnswer) {
  if (handOverId !== null) return { object: { kind: 'hand-over', id: handOverId } as const }
  return catalogueRequestId === null
    ? {}
    : { object: { kind: 'catalogue-request', id: catalogueRequestId } as const }
}

/** Writes down an answer and what follows from it, in the transaction of the caller. @param viewer null: nobody has brought it */
export async function take(
  office: Office,
  client: Client,
  read: Read,
  viewer: Viewer | null,
): Promise<HandOverAnswer> {
  const at = office.now()
  const answer = 'answer' in read ? read.answer : null
  const row = answer === null ? undefined : await handOverOf(client, answer)
  const request =
    answer === null || row !== undefined ? undefined : await lockCatalogueRequest(client, answer.processId)
  const sent =
    row !== undefined ? await sentOf(client, row) : request && (await sentRequestOf(client, request))
  const verdict = answer === null ? null : judgeAnswer(answer, sent)
  const fault = 'unreadable' in read ? read.unreadable : null
  const said = verdict === null ? fault?.fault : 'refused' in verdict ? verdict.refused : verdict.accepted
  if (said === undefined) throw new Error('An answer has a verdict')
  const taken: HandOverAnswer = {
    id: newId(at),
    handOverId: row?.id ?? null,
    catalogueRequestId: request?.id ?? null,
    at: at.toISOString(),
    message: answer?.code ?? null,
    verdict: said,
    accepted: verdict !== null && 'accepted' in verdict,
    place: fault?.place?.slice(0, 500) ?? null,
  }
  await client.query(
    `insert into hand_over_answer (id, hand_over_id, at, brought_by, message, fingerprint, verdict, accepted, place, catalogue_request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      taken.id,
      taken.handOverId,
      at,
      viewer?.accountId ?? null,
      taken.message,
      answer === null ? null : fingerprint(answer),
      taken.verdict,
      taken.accepted,
      taken.place,
      taken.catalogueRequestId,
    ],
  )
  if (row !== undefined && verdict !== null) await apply(office, client, row, verdict, at)
  if (request !== undefined && verdict !== null && 'values' in verdict)
    await storeCatalogue(client, request, verdict.values, at)
  await recordActOn(client, at, viewer, {
    act: 'hand-over-answered',
    ...objectOf(taken),
    facts: {
      verdict: taken.verdict,
      ...(taken.message === null ? {} : { message: `xdomea-${taken.message}` }),
    },
  })
  return taken
}

const accepted = {
  received: {
    de: 'Die Gegenseite hat die Übergabe empfangen. Übernommen ist sie damit noch nicht.',
    en: 'The other side has received the hand-over. With that it is not taken over yet.',
  },
  taken: {
    de: 'Die Gegenseite hat die Übernahme bestätigt.',
    en: 'The other side has confirmed that it has taken it over.',
  },
  rejected: {
    de: 'Die Gegenseite hat die Übernahme abgelehnt. Unsere Fassung bleibt.',
    en: 'The other side has refused to take it over. Our copy stays.',
  },
  valued: {
    de: 'Das Archiv hat seinen Bewertungskatalog geschickt. Er steht bei der Vereinbarung mit dem Archiv; es gilt erst, was dort vorgeschlagen und gebilligt ist.',
    en: 'The archive has sent its valuation catalogue. It stands with the agreement with the archive; only what is proposed and approved there holds.',
  },
} as const

/** What is said of a verdict, in both languages. */
function sentenceOf(verdict: AnswerVerdict) {
  return verdict in accepted
    ? accepted[verdict as keyof typeof accepted]
    : answerFaults[verdict as keyof typeof answerFaults]
}

/**
 * Takes in an answer that somebody has brought. Whatever it is it is written down, with its verdict; a refused one changes nothing.
 * @throws Refusal `not-allowed`
 */
export async function takeHandOverAnswer(office: OfficeContext, viewer: Viewer, bytes: Uint8Array) {
  requireMay(viewer, 'hand-over')
  const read = await readMessage(bytes)
  const taken = await asRecords(office, viewer, ({ client }) => take(office, client, read, viewer))
  return { ...taken, sentence: sentenceOf(taken.verdict) }
}
