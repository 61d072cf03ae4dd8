import type { listTemplates as endpoint } from '@buergerdraht/contract'
import { conversationFor, type Viewer } from '@buergerdraht/office'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'

type Templates = z.input<(typeof endpoint)['reply']>

/** Approved templates of the conversation's channel, by name. @throws Refusal `not-found` */
export async function listTemplates(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
): Promise<Templates> {
  const { channelId } = await conversationFor(inbox.prisma, viewer, conversationId)
  const rows = await inbox.prisma.messageTemplate.findMany({
    where: { channelId, state: 'approved' },
    orderBy: [{ name: 'asc' }, { language: 'asc' }],
  })
  return {
    items: rows.map(({ name, language, category, body, parameterCount }) => ({
      name,
      language,
      category,
      text: body,
      parameterCount,
    })),
  }
}
