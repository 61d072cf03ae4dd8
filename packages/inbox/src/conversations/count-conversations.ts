import { asViewer, contentTeamsOf, prepared, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

export type ConversationCounts = {
  readonly open: number
  readonly mine: number
  readonly waiting: number
  readonly unread: number
}

const nothing: ConversationCounts = { open: 0, mine: 0, waiting: 0, unread: 0 }

/** Nobody reads more digits, and counting further would cost more the busier the office is. */
const countedUpTo = 9_999

function upTo(condition: string): string {
  return `(select count(*)::int from (select 1 from conversation
    where team_id = any($1::uuid[]) and state = 'open' and ${condition} limit ${countedUpTo}) as counted)`
}

const countsQuery = `select ${upTo('true')} as open, ${upTo('assignee_id = $2::uuid')} as mine,
  ${upTo('waiting_since is not null')} as waiting, ${upTo('unread_count > 0')} as unread`

/** How many open conversations of one's teams there are; each number stops at 9999. */
export async function countConversations(inbox: Inbox, viewer: Viewer): Promise<ConversationCounts> {
  const teams = contentTeamsOf(viewer)
  if (teams.length === 0) return nothing
  const query = prepared(countsQuery, [teams, viewer.accountId])
  const { rows } = await asViewer(inbox, viewer, ({ client }) => client.query<ConversationCounts>(query))
  return rows[0] ?? nothing
}
