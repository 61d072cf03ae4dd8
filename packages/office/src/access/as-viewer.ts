import type { Role } from '@buergerdraht/contract'
import { type ViewerRole, viewerRoles } from '@buergerdraht/prisma'
import { type Change, type Changing, change } from '../database/publish.ts'
import type { Viewer } from './viewer.ts'

/** What the database takes a role for. Nobody but staff has content: there `app.teams` says whose. */
const viewerRoleOf: Readonly<Record<Role, ViewerRole>> = {
  clerk: 'staff',
  'team-lead': 'staff',
  records: 'records',
  dpo: 'metadata',
  admin: 'technical',
  auditor: 'auditor',
}

/** Stands between quotation marks in a statement that takes no parameters. */
function requireId(id: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Error('Teams and accounts are named by their ids.')
  return id
}

/**
 * The gate: the only way to a connection for somebody who asks. Runs `work` in a transaction in which the database itself grants what this
 * person's role may and hides what is not their teams'; role and teams travel with `begin`, so the gate costs no round trip of its own. What
 * `work` throws takes everything back; what it publishes is told after the commit.
 *
 * Inside, use `tx` (Prisma) and `client` (SQL) alone, one statement after the other; `office.prisma` and `office.pool` are the program's own
 * and see everything. Call out (provider, files) before or after, never inside.
 * @param mode as of `transaction`, e.g. `read only`
 */
export async function asViewer<T>(
  office: Changing,
  viewer: Viewer,
  work: (change: Change) => Promise<T>,
  mode = '',
): Promise<T> {
  const role = viewerRoles[viewerRoleOf[viewer.role]]
  const teams = viewer.teamIds.map(requireId).join()
  const account = requireId(viewer.accountId)
  // Of restricted matters (Art. 18 GDPR) know those who answer for the team.
  const knows = viewer.role === 'team-lead' ? 'yes' : 'no'
  const rights = `set local role ${role}; set local app.teams = '{${teams}}'; set local app.account = '${account}'; set local app.knows_restricted = '${knows}'`
  return change(office, work, `${mode}; ${rights}`)
}

/**
 * For what somebody has the right to order and not the right to do themselves, because it takes keys that their role cannot read: runs
 * `work` in the same transaction with the program's own rights. The caller has made sure before, as the viewer, that it may be done.
 */
export async function withOwnRights<T>({ client }: Change, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ role: string }>('select current_user as role')
  await client.query('set local role to default')
  const done = await work()
  await client.query(`set local role ${client.escapeIdentifier(rows[0]?.role ?? '')}`)
  return done
}
