import { asInstant } from '@buergerdraht/office'
import { type ClusterCode, catalogue, europeBerlin, type LocalDate } from '@buergerdraht/records'
import type { PoolClient } from 'pg'

/** What the list for the archive says of a matter without opening it: whose, of which kind, from when to when, and how much. */
export type Described = {
  readonly id: string
  readonly team: string
  readonly cluster: ClusterCode
  readonly from: LocalDate
  readonly to: LocalDate
  readonly messages: number
  readonly files: number
}

type Row = Omit<Described, 'from' | 'to'> & { readonly opened_at: Date; readonly ended_at: Date }

/** In the order of the list: by team and kind, the oldest first. */
export async function describeMatters(
  client: Pick<PoolClient, 'query'>,
  ids: readonly string[],
): Promise<readonly Described[]> {
  const { rows } = await client.query<Row>(
    `select c.id, t.name as team, c.cluster, c.opened_at, coalesce(c.closed_at, c.last_message_at) as ended_at,
       (select count(*)::int from message m where m.conversation_id = c.id) as messages,
       (select count(*)::int from attachment a where a.conversation_id = c.id) as files
     from conversation c join team t on t.id = c.team_id where c.id = any($1::uuid[])
     order by t.name, c.cluster, c.opened_at, c.id`,
    [ids],
  )
  return rows.map(({ opened_at, ended_at, ...row }) => ({
    ...row,
    from: europeBerlin.localDate(asInstant(opened_at)),
    to: europeBerlin.localDate(asInstant(ended_at)),
  }))
}

/** By team and kind: how many, and from the oldest to the youngest. */
export function groupsOf(matters: readonly Described[]) {
  const groups = new Map<string, Described[]>()
  for (const one of matters) {
    const key = `${one.team}\n${one.cluster}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const days = own.flatMap(({ from, to }) => [from, to]).toSorted()
    return [
      {
        team: first.team,
        cluster: first.cluster,
        title: catalogue[first.cluster].title,
        matters: own.length,
        from: days[0] ?? first.from,
        to: days.at(-1) ?? first.to,
        messages: own.reduce((sum, { messages }) => sum + messages, 0),
        files: own.reduce((sum, { files }) => sum + files, 0),
      },
    ]
  })
}
