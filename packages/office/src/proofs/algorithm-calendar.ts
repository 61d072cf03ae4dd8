import { createHash } from 'node:crypto'
import {
  type CalendarDraft,
  type CalendarOfAlgorithms,
  type FieldRefusal,
  Refusal,
  type StandingOfCalendar,
} from '@buergerdraht/contract'
import { type AlgorithmCalendar, canonicalJson, plannedAlgorithmCalendar } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { requireMay } from '../access/access.ts'
import { asViewer, withOwnRights } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ProposalKind, ProposalKinds } from '../approvals/proposal-kind.ts'
import { propose } from '../approvals/propose.ts'
import type { OfficeContext } from '../office-context.ts'

type Client = Pick<PoolClient, 'query'>

/** So long before something ends it is shown, and renewed: a year, in which new time stamps can be had. */
const calendarLeadDays = 365

/** What holds now: what two persons have decided last, else what the program brings along. */
export async function calendarInForce(client: Client): Promise<AlgorithmCalendar> {
  const { rows } = await client.query<{ calendar: CalendarOfAlgorithms }>(
    'select calendar from algorithm_calendar order by decided_at desc limit 1',
  )
  return rows[0]?.calendar ?? plannedAlgorithmCalendar
}

/** PostgreSQL's `jsonb` keeps no order of names: what is compared is put into one. */
function wordFor(calendar: AlgorithmCalendar): string {
  return createHash('sha256').update(canonicalJson(calendar)).digest('hex')
}

/** Last days in the order in which they are shown, each with its place in the form. */
function lastDays({
  hash,
  signature,
}: Pick<AlgorithmCalendar, 'hash' | 'signature'>): Map<string, [string, string]> {
  const hashes = Object.entries(hash).map(([name, until]): [string, [string, string]] => [
    name,
    [`hash.${name}`, until],
  ])
  const signatures = signature.map(({ scheme, bits, until }, at): [string, [string, string]] => [
    `${scheme} ${bits}`,
    [`signature.${at}.until`, until],
  ])
  return new Map([...hashes, ...signatures])
}

/**
 * What cannot be decided: the same key length twice; that something is relied on again which had ended before; or that something goes that
 * the one in force speaks of, since what was signed with it has to be judged for ever.
 */
function faultsOf(draft: CalendarDraft, current: AlgorithmCalendar, today: string): FieldRefusal[] {
  const [proposed, holds] = [lastDays(draft), lastDays(current)]
  if (proposed.size < 8 + draft.signature.length) return [{ path: 'signature', fault: 'named-twice' }]
  const faults: FieldRefusal[] = []
  for (const [name, [, until]] of holds) {
    const next = proposed.get(name)
    if (next === undefined) faults.push({ path: 'signature', fault: 'missing' })
    else if (until < today && next[1] > until) faults.push({ path: next[0], fault: 'not-possible' })
  }
  return faults
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** What holds, who has decided it, and what waits for a second person. @throws Refusal `not-allowed` */
export async function readAlgorithmCalendar(
  office: OfficeContext,
  viewer: Viewer,
): Promise<StandingOfCalendar> {
  requireMay(viewer, 'see-algorithm-calendar')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ at: Date; by: string | null; second: string | null }>(
        `select decided_at as at, (select display_name from account where person_id = c.proposed_by order by disabled_at nulls first limit 1) as by,
           (select display_name from account where person_id = c.approved_by order by disabled_at nulls first limit 1) as second
         from algorithm_calendar c order by decided_at desc limit 1`,
      )
      const { rows: open } = await client.query<{ payload: CalendarOfAlgorithms }>(
        `select payload from proposal where kind = 'change-algorithm-calendar' and state = 'open' and expires_at > $1`,
        [office.now()],
      )
      const [decided] = rows
      const { asOf, source, hash, signature } = await calendarInForce(client)
      return {
        current: { asOf, source, hash, signature: [...signature] },
        decided:
          decided === undefined
            ? null
            : { at: decided.at.toISOString(), proposedBy: decided.by, approvedBy: decided.second },
        proposed: open[0]?.payload ?? null,
        leadDays: calendarLeadDays,
      }
    }),
  )
}

/** Proposes it, whole, as of today. @throws Refusal `not-allowed`, `invalid-input`, `proposal-open` */
export async function proposeAlgorithmCalendar(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  draft: CalendarDraft,
): Promise<void> {
  requireMay(viewer, 'change-algorithm-calendar')
  await asViewer(office, viewer, async (changing) => {
    const today = dayOf(office.now())
    const current = await withOwnRights(changing, () => calendarInForce(changing.client))
    const faults = faultsOf(draft, current, today)
    if (faults.length > 0) throw new Refusal('invalid-input', faults)
    await propose(office, kinds, changing, viewer, 'change-algorithm-calendar', { asOf: today, ...draft })
  })
}

/** It holds with the approval, for every time stamp that is asked for and every renewal afterwards. Earlier ones stay as they were. */
export function changingOfAlgorithmCalendar(): ProposalKind<CalendarOfAlgorithms> {
  return {
    object: () => null,
    concerns: () => null,
    facts: (calendar) => ({ algorithms: lastDays(calendar).size }),
    basis: async ({ client }) => wordFor(await calendarInForce(client)),
    async apply({ client }, { payload, at, proposedBy, approvedBy }) {
      await client.query(
        `insert into algorithm_calendar (decided_at, calendar, proposed_by, approved_by)
         select $1, $2, (select person_id from account where id = $3), (select person_id from account where id = $4)`,
        [at, JSON.stringify(payload), proposedBy, approvedBy],
      )
    },
  }
}
