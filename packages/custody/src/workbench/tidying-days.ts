import type { Inbox } from '@buergerdraht/inbox'
import { asInstant, type Change, tellDpo, transaction } from '@buergerdraht/office'
import { europeBerlin } from '@buergerdraht/records'
import { finderInUse } from './finder-in-use.ts'
import { anythingWaits } from './list-candidates.ts'

const dayMs = 24 * 60 * 60 * 1000
/** From the day on which it was opened. */
export const leadAfterMs = 14 * dayMs
const dpoAfterMs = 28 * dayMs

type Day = {
  readonly month: string
  readonly opened_at: Date
  readonly lead_told_at: Date | null
  readonly dpo_told_at: Date | null
}
type Client = Change['client']

async function openDay(client: Client, teamId: string): Promise<Day | undefined> {
  const { rows } = await client.query<Day>(
    `select month::text, opened_at, lead_told_at, dpo_told_at from tidying_day where team_id = $1 and done_at is null for update`,
    [teamId],
  )
  return rows[0]
}

/** Opens the day of this month where something could go, and none of another month is still open. Once a month, whoever asks. */
async function begin(client: Client, finder: number, teamId: string, now: Date): Promise<number> {
  const month = `${europeBerlin.localDate(asInstant(now)).slice(0, 7)}-01`
  const { rowCount: had } = await client.query(
    'select 1 from tidying_day where team_id = $1 and month = $2',
    [teamId, month],
  )
  if (had !== 0 || !(await anythingWaits(client, finder, teamId, now, now))) return 0
  const { rowCount } = await client.query(
    'insert into tidying_day (team_id, month, opened_at) values ($1, $2, $3) on conflict do nothing',
    [teamId, month, now],
  )
  return rowCount ?? 0
}

async function note(client: Client, teamId: string, { month }: Day, column: string, now: Date) {
  await client.query(`update tidying_day set ${column} = $3 where team_id = $1 and month = $2`, [
    teamId,
    month,
    now,
  ])
}

async function goOn(client: Client, finder: number, teamId: string, now: Date): Promise<number> {
  const day = await openDay(client, teamId)
  if (day === undefined) return begin(client, finder, teamId, now)
  // Done is the day when nothing is left of what could go then: what has come since is the next one's.
  if (!(await anythingWaits(client, finder, teamId, now, day.opened_at))) {
    await note(client, teamId, day, 'done_at', now)
    return 1
  }
  const age = now.getTime() - day.opened_at.getTime()
  let told = 0
  if (age >= leadAfterMs && day.lead_told_at === null) {
    await note(client, teamId, day, 'lead_told_at', now)
    told += 1
  }
  if (age >= dpoAfterMs && day.dpo_told_at === null) {
    await note(client, teamId, day, 'dpo_told_at', now)
    const facts = { month: day.month.slice(0, 7) }
    await tellDpo(client, {
      kind: 'tidying-day',
      objectId: teamId,
      facts,
      proposedBy: null,
      decidedBy: null,
      at: now,
    })
    told += 1
  }
  return told
}

/**
 * Looks after each team's monthly day for tidying up: opens it where something could go, ends it when that is decided, tells the lead after fourteen
 * days and data protection after twenty-eight, each once. May be repeated and killed anywhere. Returns how many were opened, ended or told of.
 */
export async function sweepTidyingDays(
  inbox: Pick<Inbox, 'pool' | 'now' | 'ownPostalCodes'>,
): Promise<number> {
  const { pool, now } = inbox
  const { rows } = await pool.query<{ id: string }>('select id from team order by id')
  let changed = 0
  for (const { id } of rows)
    changed += await transaction(pool, ({ client }) => goOn(client, finderInUse(inbox), id, now()))
  return changed
}
