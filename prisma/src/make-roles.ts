import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loginRoles, viewerRoles } from './roles.ts'

const script = fileURLToPath(new URL('../roles.sql', import.meta.url))

/** The roles are not there, or the account may not take them on; somebody has to make them. The message says what is missing. */
export class RolesMissing extends Error {
  override readonly name = 'RolesMissing'
}

/**
 * Makes sure that the roles exist and goes on as the owner of the tables. A superuser makes them; for anybody else somebody has to have
 * done so. @throws RolesMissing
 */
export async function becomeOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ missing: string[]; superuser: boolean }>(
    `select array(select role from unnest($1::text[]) as role where not exists (select from pg_roles where rolname = role)) as missing,
       (select rolsuper from pg_roles where rolname = current_user) as superuser`,
    [[...Object.values(loginRoles), ...Object.values(viewerRoles)]],
  )
  const { missing = [], superuser = false } = rows[0] ?? {}
  if (superuser) await client.query(readFileSync(script, 'utf8'))
  else if (missing.length > 0) {
    throw new RolesMissing(
      `The database server has no role ${missing.join(', ')}: run prisma/roles.sql in the database as a superuser.`,
    )
  }
  try {
    await client.query(`set role ${loginRoles.owner}`)
  } catch {
    throw new RolesMissing(
      `This account may not act as ${loginRoles.owner}, who owns the tables: migrate with the owner's DATABASE_URL.`,
    )
  }
}

/**
 * Lets the two programs log in on a server of our own. Their passwords follow from the superuser's, so that an address stays the same.
 * @param url of a superuser, in the office's database
 * @returns the address for each
 */
export async function openLogins(url: string): Promise<{ readonly api: string; readonly worker: string }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    async function address(name: string): Promise<string> {
      const as = new URL(url)
      as.username = name
      as.password = createHmac('sha256', decodeURIComponent(as.password)).update(name).digest('base64url')
      await client.query(
        `alter role ${client.escapeIdentifier(name)} password ${client.escapeLiteral(as.password)}`,
      )
      return as.href
    }
    return { api: await address(loginRoles.api), worker: await address(loginRoles.worker) }
  } finally {
    await client.end()
  }
}
