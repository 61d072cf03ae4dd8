import type { FilingPlanEntry } from '@buergerdraht/contract'
import { asViewer, type OfficeContext, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>

type Version = { readonly version: number; readonly entries: FilingPlanEntry[] }

export async function entriesOf(client: Client, version: number): Promise<FilingPlanEntry[]> {
  const { rows } = await client.query<FilingPlanEntry>(
    'select reference, title, years from filing_plan_entry where version = $1 order by reference collate "C"',
    [version],
  )
  return rows
}

/** The version in force; 0: there is none. */
export async function planInForce(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from filing_plan where approved_at is not null',
  )
  return rows[0]?.version ?? 0
}

async function readCurrent(client: Client) {
  const version = await planInForce(client)
  const { rows } = await client.query<{
    proposed_by: string | null
    approved_by: string | null
    approved_at: Date
  }>(
    `select approved_at, (select display_name from account where person_id = p.proposed_by order by disabled_at nulls first limit 1) as proposed_by,
       (select display_name from account where person_id = p.approved_by order by disabled_at nulls first limit 1) as approved_by
     from filing_plan p where version = $1`,
    [version],
  )
  const [row] = rows
  if (row === undefined) return null
  return {
    version,
    entries: await entriesOf(client, version),
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at.toISOString(),
  }
}

async function readProposed(client: Client, now: Date): Promise<Version | null> {
  const { rows } = await client.query<{ version: number }>(
    `select (payload ->> 'plan')::int as version from proposal where kind = 'change-filing-plan' and state = 'open' and expires_at > $1`,
    [now],
  )
  const [row] = rows
  return row === undefined ? null : { version: row.version, entries: await entriesOf(client, row.version) }
}

/** The filing plan, what is proposed in its place, and how many matters it leaves without a period. @throws Refusal `not-allowed` */
export async function readFilingPlan(office: OfficeContext, viewer: Viewer) {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ waiting: number }>(
        `select count(*)::int as waiting from conversation where cluster = 'DA03' and waits_for = 'VARIANT'`,
      )
      return {
        current: await readCurrent(client),
        proposed: await readProposed(client, office.now()),
        waiting: rows[0]?.waiting ?? 0,
      }
    }),
  )
}
