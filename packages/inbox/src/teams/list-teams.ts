import type { Team } from '@buergerdraht/contract'
import { asViewer, requireAdmin, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

/** The teams a channel can be given to, by name. @throws Refusal `not-allowed` */
export async function listTeams(inbox: Inbox, viewer: Viewer): Promise<{ items: Team[] }> {
  requireAdmin(viewer)
  const select = { id: true, name: true } as const
  const items = await asViewer(inbox, viewer, ({ tx }) =>
    tx.team.findMany({ select, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  )
  return { items }
}
