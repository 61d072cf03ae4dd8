import { type Role, type RoleHolder, type RoleHolderQuery, roles } from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import { asViewer } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import type { OfficeContext } from '../office-context.ts'
import { stateSql } from './list-people.ts'
import { teamsSql } from './teams-of-account.ts'

/** Who holds which role and is in which teams, by ids alone. @throws Refusal `not-allowed` */
export async function listRoleHolders(
  office: OfficeContext,
  viewer: Viewer,
  { role, cursor, limit }: RoleHolderQuery,
): Promise<{ counts: Record<Role, number>; items: RoleHolder[]; nextCursor: string | null }> {
  requireMay(viewer, 'see-roles')
  return asViewer(office, viewer, async ({ client }) => {
    const { rows: counted } = await client.query<{ role: Role; n: number }>(
      'select role::text as role, count(*)::int as n from account where disabled_at is null group by role',
    )
    const { rows } = await client.query<RoleHolder>(
      `select a.id, a.role::text as role,
         ${stateSql} as state,
         ${teamsSql('a')} as teams
       from account a left join invitation i on i.account_id = a.id
       where ($1::role is null or a.role = $1::role) and ($2::uuid is null or a.id > $2) order by a.id limit $3`,
      [role ?? null, cursor ?? null, limit + 1],
    )
    const items = rows.slice(0, limit)
    const known = new Map(counted.map((one) => [one.role, one.n]))
    return {
      counts: Object.fromEntries(roles.map((one) => [one, known.get(one) ?? 0])) as Record<Role, number>,
      items,
      nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    }
  })
}
