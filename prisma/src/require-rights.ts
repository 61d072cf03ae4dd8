import pg from 'pg'
import { RolesMissing } from './make-roles.ts'
import { type LoginRole, loginRoles } from './roles.ts'

type Found = {
  readonly account: string
  readonly member: boolean
  readonly above: boolean
  readonly owner: boolean
}

const query = `select session_user as account,
  coalesce((select pg_has_role(session_user, oid, 'member') from pg_roles where rolname = $1), false) as member,
  (select rolsuper or rolbypassrls from pg_roles where rolname = session_user) as above,
  exists (select from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
    and pg_has_role(session_user, relowner, 'member')) as owner`

/**
 * That the account which the address names can work as this role, and as no more: neither as a superuser or past row-level security nor as
 * the owner of a table. More is borne outside production, where one address may serve for everything.
 * @throws RolesMissing with a sentence for whoever runs the database
 */
export async function requireRights(
  url: string,
  role: Exclude<LoginRole, 'owner'>,
  { production }: { readonly production: boolean },
): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const name = loginRoles[role]
    const { rows } = await client.query<Found>(query, [name])
    const [found] = rows
    if (found === undefined || !found.member) {
      throw new RolesMissing(
        `The account in DATABASE_URL may not work as ${name}: run prisma/roles.sql in the database as a superuser, and log in as ${name}.`,
      )
    }
    if (!production || !(found.above || found.owner)) return
    const why = found.above ? 'is a superuser or passes row-level security' : 'owns tables'
    throw new RolesMissing(
      `The account in DATABASE_URL ${why}: in production the ${role} logs in as ${name}.`,
    )
  } finally {
    await client.end()
  }
}
