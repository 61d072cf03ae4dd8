import type { TidyingDay } from '@buergerdraht/contract'
import type { Change } from '@buergerdraht/office'

type Row = {
  readonly team: string
  readonly month: string
  readonly opened_at: Date
  readonly lead_told_at: Date | null
  readonly dpo_told_at: Date | null
}

/** The oldest open day of the viewer's teams, in a transaction of theirs. */
export async function readTidyingDay({ client }: Change): Promise<TidyingDay | null> {
  const { rows } = await client.query<Row>(
    `select d.month::text, d.opened_at, d.lead_told_at, d.dpo_told_at, t.name as team from tidying_day d join team t on t.id = d.team_id
     where d.done_at is null order by d.opened_at, t.name limit 1`,
  )
  const [day] = rows
  if (day === undefined) return null
  const escalated = day.dpo_told_at !== null ? 'dpo' : day.lead_told_at !== null ? 'lead' : null
  return { team: day.team, month: day.month.slice(0, 7), openedAt: day.opened_at.toISOString(), escalated }
}
