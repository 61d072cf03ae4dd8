import { type ConversationRead, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  contentTeamsOf,
  conversationFor,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { noticeInForce } from '../privacy-notice/read-notice.ts'
import { presentFiling } from '../retention/filing.ts'
import { presentConversations } from './present-conversations.ts'

/** More of them than anybody looks through; the search finds the others. */
const maxEarlier = 50

/** The privacy notice in force; whoever answers may read what everybody is sent. */
function noticeToGive(changing: Change): Promise<ConversationRead['noticeToGive']> {
  return withOwnRights(changing, async () => {
    const version = await noticeInForce(changing.client)
    const { rows } = await changing.client.query<{ version: number; text: string }>(
      'select version, text from privacy_notice where version = $1',
      [version],
    )
    return rows[0] ?? null
  })
}

/** One conversation as the desk shows it, with those of the same person before it, and the open one after it, that this viewer may see. @throws Refusal `not-found` */
export function readConversation(inbox: Inbox, viewer: Viewer, id: string): Promise<ConversationRead> {
  return asViewer(inbox, viewer, async (changing) => {
    const { tx, client } = changing
    const row = await conversationFor(tx, viewer, id)
    const { id: known, contactId, openedAt, keyId, cluster, restrictedAt } = row
    const key = (await inbox.keys.getMany([keyId])).get(keyId)
    const [conversation] = await presentConversations(inbox, changing, [known])
    if (conversation === undefined) throw new Refusal('not-found')
    const earlier = await tx.conversation.findMany({
      where: {
        contactId,
        id: { not: known },
        openedAt: { lte: openedAt },
        teamId: { in: contentTeamsOf(viewer) },
      },
      select: { id: true, openedAt: true, closedAt: true },
      orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      take: maxEarlier,
    })
    const open = await tx.conversation.findFirst({
      where: { contactId, id: { not: known }, state: 'open', teamId: { in: contentTeamsOf(viewer) } },
      select: { id: true },
    })
    const { rows } = await client.query<{ held: boolean }>('select is_held($1, $1, $2, $3) as held', [
      known,
      contactId,
      cluster,
    ])
    return {
      ...conversation,
      filing: presentFiling(row, key),
      held: rows[0]?.held === true,
      restrictedSince: restrictedAt?.toISOString() ?? null,
      earlier: earlier.map((one) => ({
        id: one.id,
        openedAt: one.openedAt.toISOString(),
        closedAt: one.closedAt?.toISOString() ?? null,
      })),
      noticeToGive: conversation.channel.receivesOnly ? await noticeToGive(changing) : null,
      answeredIn: open?.id ?? null,
    }
  })
}
