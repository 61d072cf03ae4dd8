import {
  type HandOver,
  type HandOverAnswer,
  type HandOverFailure,
  type HandOverMessage,
  type HandOverState,
  type HandOverWay,
  handOverDays,
  Refusal,
} from '@buergerdraht/contract'
import { KeyDestroyed, type OfficeContext, openJson, sealJson } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { XdomeaVersion } from '../xdomea/profile.ts'

export type Client = Pick<PoolClient, 'query'>

export type HandOverRow = {
  readonly id: string
  readonly package_id: string
  readonly message: HandOverMessage
  readonly version: XdomeaVersion
  readonly way: HandOverWay
  readonly state: HandOverState
  readonly prepared_at: Date
  readonly sent_at: Date | null
  readonly received_at: Date | null
  readonly ended_at: Date | null
  readonly words_sealed: Buffer | null
  readonly attempts: number
  readonly failure: HandOverFailure | null
  /** Item of the package under whose key the words are. */
  readonly metadata_item: string
}

export const handOverColumns = `h.id, h.package_id, h.message, h.version, h.way, h.state, h.prepared_at, h.sent_at, h.received_at, h.ended_at, h.words_sealed,
  h.attempts, h.failure, p.metadata_item`
const fromSql = 'from hand_over h join archive_package p on p.id = h.package_id'

/** Sent so long ago that it counts as failed, as SQL over `h` with the moment as `$1`. */
export const lateSql = `(h.state in ('sent', 'received') and h.sent_at <= $1::timestamptz - interval '${handOverDays} days')`

export const handOversSql = `select ${handOverColumns}, ${lateSql} as late ${fromSql}`

/** One hand-over, locked until commit. @throws Refusal `not-found` */
export async function lockHandOver(client: Client, id: string): Promise<HandOverRow> {
  const { rows } = await client.query<HandOverRow>(
    `select ${handOverColumns} ${fromSql} where h.id = $1 for no key update of h`,
    [id],
  )
  if (rows[0] === undefined) throw new Refusal('not-found')
  return rows[0]
}

/** One hand-over as it is shown. @throws Refusal `not-found` */
export async function readShown(client: Client, now: Date, id: string): Promise<HandOver> {
  const { rows } = await client.query<HandOverRow & { late: boolean }>(`${handOversSql} where h.id = $2`, [
    now,
    id,
  ])
  if (rows[0] === undefined) throw new Refusal('not-found')
  return presented(rows[0])
}

export function presented(row: HandOverRow & { readonly late: boolean }): HandOver {
  const { id, message, way, state, late, attempts, failure } = row
  return {
    id,
    packageId: row.package_id,
    message,
    way,
    state,
    late,
    preparedAt: row.prepared_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    attempts,
    failure,
  }
}

export type AnswerRow = Omit<HandOverAnswer, 'handOverId' | 'catalogueRequestId' | 'at'> & {
  readonly hand_over_id: string | null
  readonly catalogue_request_id: string | null
  readonly at: Date
}
export const answerColumns = 'id, hand_over_id, catalogue_request_id, at, message, verdict, accepted, place'

export function presentedAnswer({
  hand_over_id,
  catalogue_request_id,
  at,
  ...row
}: AnswerRow): HandOverAnswer {
  return {
    ...row,
    handOverId: hand_over_id,
    catalogueRequestId: catalogue_request_id,
    at: at.toISOString(),
  }
}

/** What people have said of a hand-over. It may name somebody, so it lies under a key of the package and goes with it. */
export type Words = {
  readonly reasons?: readonly string[]
  readonly archiveReference?: string
  readonly downloadReason?: string
  readonly confirmation?: string
}

function placeOfWords(id: string): string {
  return `hand_over.words:${id}`
}

/** Null: they are erased with the package, or there are none. */
export async function openWords(
  { keys }: Pick<OfficeContext, 'keys'>,
  row: HandOverRow,
): Promise<Words | null> {
  if (row.words_sealed === null) return null
  try {
    return openJson<Words>(await keys.get(row.metadata_item), placeOfWords(row.id), row.words_sealed)
  } catch (error) {
    if (!(error instanceof KeyDestroyed)) throw error
    return null
  }
}

/** What was said before with what is said now, sealed; null where the package is erased: then nothing is kept of it. */
export async function sealedWords(
  office: Pick<OfficeContext, 'keys'>,
  row: HandOverRow,
  said: Words,
): Promise<Buffer | null> {
  const before = await openWords(office, row)
  try {
    const key = await office.keys.get(row.metadata_item)
    return sealJson(key, placeOfWords(row.id), { ...before, ...said })
  } catch (error) {
    if (!(error instanceof KeyDestroyed)) throw error
    return null
  }
}
