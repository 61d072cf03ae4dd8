import type { Role } from '@buergerdraht/contract'

/** A role as Prisma's client names it: no hyphens. */
export function storedRole(role: Role): Exclude<Role, 'team-lead'> | 'team_lead' {
  return role === 'team-lead' ? 'team_lead' : role
}
