import type { TidyingDay } from '@buergerdraht/contract'
import { asViewer, type OfficeContext, requireMay, type Viewer } from '@buergerdraht/office'
import { leadAfterMs } from './tidying-days.ts'

type Row = {
  readonly team: string
  readonly month: string
  readonly opened_at: Date
  readonly lead_told_at: Date | null
  readonly dpo_told_at: Date | null
}

/** The days for tidying up of one's teams that are not done yet, the oldest first. @throws Refusal `not-allowed` */
export async function listTidyingDays(
  office: OfficeContext,
  viewer: Viewer,
): Promise<{ items: TidyingDay[] }> {
  requireMay(viewer, 'tidy-up')
  const { rows } = await asViewer(office, viewer, ({ client }) =>
    client.query<Row>(
      `select d.month::text, d.opened_at, d.lead_told_at, d.dpo_told_at, t.name as team from tidying_day d join team t on t.id = d.team_id
       where d.done_at is null order by d.opened_at, t.name`,
    ),
  )
  const items = rows.map(
    ({ team, month, opened_at, lead_told_at, dpo_told_at }): TidyingDay => ({
      team,
      month: month.slice(0, 7),
      decideBy: new Date(opened_at.getTime() + leadAfterMs).toISOString(),
      escalated: dpo_told_at !== null ? 'dpo' : lead_told_at !== null ? 'lead' : null,
    }),
  )
  return { items }
}
