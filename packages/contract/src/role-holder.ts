import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { personStates } from './people.ts'
import { roles } from './policy.ts'
import { Team } from './team.ts'

/** Somebody by the account's id, which is the pseudonym: the same as in the audit log. */
const RoleHolder = z.object({
  id: z.uuid(),
  role: z.enum(roles),
  teams: z.array(Team),
  state: z.enum(personStates),
})
export type RoleHolder = z.infer<typeof RoleHolder>

export const listRoleHolders = endpoint({
  method: 'GET',
  path: '/role-holders',
  summary: 'Who holds which role, in which teams, without names.',
  access: 'see-roles',
  query: z.object({
    role: z.enum(roles).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({
    /** Accounts that can sign in, by role. */
    counts: z.object(
      Object.fromEntries(roles.map((role) => [role, z.int()])) as Record<(typeof roles)[number], z.ZodInt>,
    ),
    items: z.array(RoleHolder),
    nextCursor: z.string().nullable(),
  }),
  refusals: [],
})
export type RoleHolderQuery = z.output<typeof listRoleHolders.query>
