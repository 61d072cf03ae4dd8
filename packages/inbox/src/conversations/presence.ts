import { type listPresences as endpoint, maxPresenceSilenceMs } from '@buergerdraht/contract'
import {
  asViewer,
  contentTeamsOf,
  conversationFor,
  lockUntilCommit,
  prepared,
  type Viewer,
} from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'

/** What a page of somebody's browser shows. */
export type Shown = {
  readonly tabId: string
  /** Null: nothing, or nobody looks at it. */
  readonly conversationId: string | null
  readonly writing: boolean
}

type Seen = { readonly id: string; readonly team_id: string; readonly writing: boolean }

/** Where somebody is, as colleagues see it: their pages together. */
async function seenOf(
  tx: Prisma.TransactionClient,
  accountId: string,
  since: Date,
): Promise<Map<string, Seen>> {
  const rows = await tx.$queryRaw<Seen[]>`
    select c.id, c.team_id, bool_or(p.writing) as writing from presence p join conversation c on c.id = p.conversation_id
    where p.account_id = ${accountId}::uuid and p.seen_at > ${since} group by c.id`
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Says what a page shows now. To be said again every ten seconds; who is silent for longer than {@link maxPresenceSilenceMs} is not there
 * any more. Colleagues hear of it when it changes something for them. @throws Refusal `not-found`
 */
export async function showPresence(
  inbox: Inbox,
  viewer: Viewer,
  { tabId, conversationId, writing }: Shown,
): Promise<void> {
  const { accountId } = viewer
  const now = inbox.now()
  const since = new Date(now.getTime() - maxPresenceSilenceMs)
  await asViewer(inbox, viewer, async ({ tx, client, publish }) => {
    if (conversationId !== null) await conversationFor(tx, viewer, conversationId)
    // Two pages of one person, one after the other: what colleagues hear is what both show together.
    await lockUntilCommit(client, 'presence', accountId)
    const before = await seenOf(tx, accountId, since)
    await tx.presence.deleteMany({ where: { accountId, OR: [{ tabId }, { seenAt: { lte: since } }] } })
    if (conversationId !== null) {
      await tx.presence.create({ data: { tabId, accountId, conversationId, writing, seenAt: now } })
    }
    const after = await seenOf(tx, accountId, since)
    for (const [id, { team_id: teamId }] of new Map([...before, ...after])) {
      if (before.get(id)?.writing === after.get(id)?.writing) continue
      publish({ type: 'presence.changed', teamId, conversationId: id, messageId: null })
    }
  })
}

const query = `select p.conversation_id, p.account_id, a.display_name, bool_or(p.writing) as writing, max(p.seen_at) as seen_at
  from presence p join conversation c on c.id = p.conversation_id join account a on a.id = p.account_id
  where c.team_id = any($1::uuid[]) and p.account_id <> $2::uuid and p.seen_at > $3 and a.disabled_at is null
  group by p.conversation_id, p.account_id, a.display_name order by min(p.seen_at), p.account_id`

type PresenceRow = {
  readonly conversation_id: string
  readonly account_id: string
  readonly display_name: string
  readonly writing: boolean
  readonly seen_at: Date
}

/** Colleagues of one's teams who have a conversation open, each once a conversation; not oneself. */
export async function listPresences(
  inbox: Inbox,
  viewer: Viewer,
): Promise<z.output<(typeof endpoint)['reply']>> {
  const since = new Date(inbox.now().getTime() - maxPresenceSilenceMs)
  const teams = contentTeamsOf(viewer)
  if (teams.length === 0) return { items: [] }
  const asked = prepared(query, [teams, viewer.accountId, since])
  const { rows } = await asViewer(inbox, viewer, ({ client }) => client.query<PresenceRow>(asked))
  return {
    items: rows.map((row) => ({
      conversationId: row.conversation_id,
      account: { id: row.account_id, displayName: row.display_name },
      writing: row.writing,
      until: new Date(row.seen_at.getTime() + maxPresenceSilenceMs).toISOString(),
    })),
  }
}
