import { type PeopleSearch, type Person, Refusal, type Role } from '@buergerdraht/contract'
import type { PoolClient } from 'pg'
import { requireMay } from '../access/access.ts'
import { asViewer, withOwnRights } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Change } from '../database/publish.ts'
import type { OfficeContext } from '../office-context.ts'
import { teamsSql } from './teams-of-account.ts'

type Row = {
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly role: Role
  readonly teams: Person['teams']
  readonly deputy_id: string | null
  readonly deputy_name: string | null
  readonly state: Person['state']
  readonly created_at: Date
  readonly invited_until: Date | null
  readonly revision: number
}

/** Of a row `a` of `account` with its invitation `i`, if there is one. */
export const stateSql = `case when a.disabled_at is not null then 'disabled' when i.account_id is not null then 'invited' else 'active' end`
const select = `select a.id, a.email, a.display_name, a.role::text as role, a.created_at, a.revision, a.deputy_id, d.display_name as deputy_name,
    ${stateSql} as state, i.expires_at as invited_until,
    ${teamsSql('a')} as teams
  from account a left join account d on d.id = a.deputy_id left join invitation i on i.account_id = a.id`

/** Roles that wait for their second person, by account. */
async function proposedRoles(changing: Change, ids: readonly string[], at: Date): Promise<Map<string, Role>> {
  const { rows } = await withOwnRights(changing, () =>
    changing.client.query<{ account_id: string; role: Role }>(
      `select object_id as account_id, payload ->> 'role' as role from proposal
       where kind = 'grant-role' and state = 'open' and expires_at > $2 and object_id = any($1::uuid[])`,
      [ids, at],
    ),
  )
  return new Map(rows.map((row) => [row.account_id, row.role]))
}

async function presented(changing: Change, rows: readonly Row[], at: Date): Promise<Person[]> {
  const ids = rows.map(({ id }) => id)
  const proposed = await proposedRoles(changing, ids, at)
  return rows.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    email: row.email,
    role: row.role,
    teams: row.teams,
    deputy: row.deputy_id === null ? null : { id: row.deputy_id, displayName: row.deputy_name ?? '' },
    state: row.state,
    createdAt: row.created_at.toISOString(),
    invitedUntil: row.invited_until?.toISOString() ?? null,
    proposedRole: proposed.get(row.id) ?? null,
    revision: row.revision,
  }))
}

/** The last one of a page; the next one begins after it. */
function cursorOf({ displayName, id }: Person): string {
  return Buffer.from(JSON.stringify([displayName, id])).toString('base64url')
}

function positionOf(cursor: string | undefined): { name: string; id: string } | null {
  if (cursor === undefined) return null
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (typeof name === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return { name, id }
  } catch {
    // Not one of ours.
  }
  throw new Refusal('invalid-input', [{ path: 'cursor', fault: 'cursor-unknown' }])
}

/** Who works here, by name. `q` is part of a name or an address. @throws Refusal `not-allowed`, `invalid-input` */
export async function listPeople(
  office: OfficeContext,
  viewer: Viewer,
  { q = '', role, team, state: wanted, cursor, limit }: PeopleSearch,
): Promise<{ items: Person[]; nextCursor: string | null }> {
  requireMay(viewer, 'see-people')
  const after = positionOf(cursor)
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return asViewer(office, viewer, async (changing) => {
    const { rows } = await changing.client.query<Row>(
      `${select} where ($1 = '%%' or a.display_name ilike $1 or a.email ilike $1) and ($2::role is null or a.role = $2::role)
         and ($3::uuid is null or exists (select 1 from team_member m where m.account_id = a.id and m.team_id = $3))
         and ($4::text is null or ${stateSql} = $4)
         and ($5::text is null or (a.display_name, a.id) > ($5, $6::uuid))
       order by a.display_name, a.id limit $7`,
      [
        pattern,
        role ?? null,
        team ?? null,
        wanted ?? null,
        after?.name ?? null,
        after?.id ?? null,
        limit + 1,
      ],
    )
    const items = await presented(changing, rows.slice(0, limit), office.now())
    const last = items.at(-1)
    return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
  })
}

/** In the transaction that has changed it. @throws Refusal `not-found` */
export async function personIn(changing: Change, id: string, at: Date): Promise<Person> {
  const { rows } = await changing.client.query<Row>(`${select} where a.id = $1`, [id])
  const [person] = await presented(changing, rows, at)
  if (person === undefined) throw new Refusal('not-found')
  return person
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function readPerson(office: OfficeContext, viewer: Viewer, id: string): Promise<Person> {
  requireMay(viewer, 'see-people')
  return asViewer(office, viewer, (changing) => personIn(changing, id, office.now()))
}

/** @throws Refusal `invalid-input` that names the field */
export async function requireTeams(
  client: Pick<PoolClient, 'query'>,
  path: string,
  ids: readonly string[],
): Promise<void> {
  const { rowCount } = await client.query('select 1 from team where id = any($1::uuid[])', [ids])
  if (rowCount !== new Set(ids).size) throw new Refusal('invalid-input', [{ path, fault: 'no-such-team' }])
}
