import type { Team } from '@buergerdraht/contract'
import { requireAdmin } from '../access.ts'
import type { Office } from '../office.ts'
import type { Viewer } from '../viewer.ts'

/** The teams a channel can be given to, by name. @throws Refusal `not-allowed` */
export async function listTeams(office: Office, viewer: Viewer): Promise<{ items: Team[] }> {
  requireAdmin(viewer)
  const select = { id: true, name: true } as const
  return { items: await office.prisma.team.findMany({ select, orderBy: [{ name: 'asc' }, { id: 'asc' }] }) }
}
