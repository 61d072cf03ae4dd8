import type { listLostAnswers as endpoint } from '@buergerdraht/contract'
import { asViewer, contentTeamsOf, prepared, type Viewer } from '@buergerdraht/office'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { presentConversations } from './present-conversations.ts'
import { isLostSql } from './waiting.ts'

/** Until then an answer that did not arrive is its author's alone to look after; then a lead of the team hears of it too. */
export const leadHearsAfterMs = 60 * 60 * 1000
/** More are not looked through one by one. */
const maxItems = 50

type LostAnswers = z.output<(typeof endpoint)['reply']>

const query = `select m.id, m.conversation_id, m.author_id, a.display_name, m.failed_at, coalesce(m.failed_at, m.leased_at) as at
  from message m join conversation c on c.id = m.conversation_id left join account a on a.id = m.author_id
  where ${isLostSql('m')} and c.state = 'open' and c.team_id = any($1::uuid[])
    and (m.author_id = $2::uuid or coalesce(m.failed_at, m.leased_at) <= $3)
  order by at, m.id limit ${maxItems}`

/** One's own answers that did not arrive, and for a team lead what nobody has looked after for an hour; oldest first. */
export async function listLostAnswers(inbox: Inbox, viewer: Viewer): Promise<LostAnswers> {
  const teams = contentTeamsOf(viewer)
  if (teams.length === 0) return { items: [] }
  const leadHearsOf = viewer.role === 'team-lead' ? new Date(inbox.now().getTime() - leadHearsAfterMs) : null
  return asViewer(inbox, viewer, async (changing) => {
    const { rows } = await changing.client.query<{
      id: string
      conversation_id: string
      author_id: string | null
      display_name: string | null
      failed_at: Date | null
      at: Date
    }>(prepared(query, [teams, viewer.accountId, leadHearsOf]))
    const conversations = await presentConversations(inbox, changing, [
      ...new Set(rows.map((row) => row.conversation_id)),
    ])
    const citizenOf = new Map(conversations.map(({ id, contact }) => [id, contact.displayName]))
    return {
      items: rows.map((row) => ({
        conversationId: row.conversation_id,
        messageId: row.id,
        citizen: citizenOf.get(row.conversation_id) ?? '',
        author: row.author_id === null ? null : { id: row.author_id, displayName: row.display_name ?? '–' },
        status: row.failed_at === null ? 'unknown' : 'failed',
        at: row.at.toISOString(),
      })),
    }
  })
}
