import type { listTemplates as endpoint } from '@buergerdraht/contract'
import type { z } from 'zod'
import { conversationFor } from '../access.ts'
import type { Office } from '../office.ts'
import type { Viewer } from '../viewer.ts'

type Templates = z.input<(typeof endpoint)['reply']>

/** Approved templates of the conversation's channel, by name. @throws Refusal `not-found` */
export async function listTemplates(
  office: Office,
  viewer: Viewer,
  conversationId: string,
): Promise<Templates> {
  const { channelId } = await conversationFor(office.prisma, viewer, conversationId)
  const rows = await office.prisma.messageTemplate.findMany({
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
