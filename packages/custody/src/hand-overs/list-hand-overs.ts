import { type AnswerLook, type HandOver, type HandOverAnswer, Refusal } from '@buergerdraht/contract'
import { type OfficeContext, requireMay, type Viewer } from '@buergerdraht/office'
import { answerBoxes } from './answer-box.ts'
import { type HandOverPlace, messagesOf, waysOf } from './place.ts'
import { asRecords } from './prepare-hand-over.ts'
import {
  type AnswerRow,
  answerColumns,
  type Client,
  type HandOverRow,
  handOversSql,
  lateSql,
  openWords,
  presented,
  presentedAnswer,
} from './rows.ts'

const maxListed = 200
const maxRefused = 50

/** Which of them, at the moment `$1`. */
const lists = {
  open: `h.state in ('prepared', 'sent', 'received') and not ${lateSql}`,
  late: lateSql,
  confirmed: `h.state = 'confirmed'`,
  rejected: `h.state = 'rejected'`,
  all: '$1::timestamptz is not null',
} as const
export type HandOverList = keyof typeof lists

type Counts = Readonly<Record<Exclude<HandOverList, 'all'>, number>>

const countsSql = `select ${(['open', 'late', 'confirmed', 'rejected'] as const)
  .map((name) => `count(*) filter (where ${lists[name]})::int as ${name}`)
  .join(', ')} from hand_over h`

type LookRow = Pick<AnswerLook, 'way' | 'fault'> & {
  readonly looked_at: Date | null
  readonly failing_since: Date | null
}

/** Of each place that is set up; what an earlier setting left behind is not shown. */
async function readLooks(client: Client, place: HandOverPlace): Promise<AnswerLook[]> {
  const { rows } = await client.query<LookRow>('select way, looked_at, failing_since, fault from answer_look')
  return answerBoxes(place).map(({ way }) => {
    const row = rows.find((one) => one.way === way)
    return {
      way,
      lookedAt: row?.looked_at?.toISOString() ?? null,
      failingSince: row?.failing_since?.toISOString() ?? null,
      fault: row?.fault ?? null,
    }
  })
}

/** What is handed over, newest first, and which answers were refused. @throws Refusal `not-allowed` */
export async function listHandOvers(
  office: OfficeContext,
  viewer: Viewer,
  place: HandOverPlace,
  { of, packageId }: { readonly of: HandOverList; readonly packageId: string | null },
) {
  requireMay(viewer, 'see-hand-overs')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const counted = await client.query<Counts>(countsSql, [now])
    const [counts] = counted.rows
    if (counts === undefined) throw new Error('A count has a row')
    const { rows } = await client.query<HandOverRow & { late: boolean }>(
      `${handOversSql} where ${lists[of]} and ($2::uuid is null or h.package_id = $2) order by h.prepared_at desc, h.id limit ${maxListed}`,
      [now, packageId],
    )
    const refused = await client.query<AnswerRow & { package_id: string | null }>(
      `select ${answerColumns}, (select h.package_id from hand_over h where h.id = a.hand_over_id) as package_id
       from hand_over_answer a where not accepted order by at desc, id limit ${maxRefused}`,
    )
    return {
      counts,
      ways: waysOf(place),
      messages: messagesOf(place),
      looks: await readLooks(client, place),
      items: rows.map(presented),
      refused: refused.rows.map(({ package_id, ...answer }) => ({
        ...presentedAnswer(answer),
        packageId: package_id,
      })),
    }
  })
}

/** One hand-over with what was said about it. @throws Refusal `not-allowed`, `not-found` */
export async function readHandOver(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
): Promise<
  HandOver & {
    reasons: string[]
    archiveReference: string | null
    downloadReason: string | null
    confirmation: string | null
    answers: HandOverAnswer[]
  }
> {
  requireMay(viewer, 'hand-over')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const { rows } = await client.query<HandOverRow & { late: boolean }>(`${handOversSql} where h.id = $2`, [
      now,
      id,
    ])
    const [row] = rows
    if (row === undefined) throw new Refusal('not-found')
    const words = await openWords(office, row)
    const answers = await client.query<AnswerRow>(
      `select ${answerColumns} from hand_over_answer where hand_over_id = $1 order by at, id`,
      [id],
    )
    return {
      ...presented(row),
      reasons: [...(words?.reasons ?? [])],
      archiveReference: words?.archiveReference ?? null,
      downloadReason: words?.downloadReason ?? null,
      confirmation: words?.confirmation ?? null,
      answers: answers.rows.map(presentedAnswer),
    }
  })
}
