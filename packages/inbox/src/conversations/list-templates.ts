import { type listTemplates as endpoint, placeholdersOf, wantsFile } from '@buergerdraht/contract'
import { asViewer, conversationFor, type Viewer } from '@buergerdraht/office'
import type { z } from 'zod'
import { storedWords } from '../channels/channel-templates.ts'
import type { Inbox } from '../inbox.ts'

type Templates = z.input<(typeof endpoint)['reply']>

/** Approved templates of the conversation's channel that can be sent from here, by name. @throws Refusal `not-found` */
export async function listTemplates(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
): Promise<Templates> {
  const rows = await asViewer(inbox, viewer, async ({ tx }) => {
    const { channelId } = await conversationFor(tx, viewer, conversationId)
    return tx.messageTemplate.findMany({
      where: { channelId, state: 'approved' },
      orderBy: [{ name: 'asc' }, { language: 'asc' }],
    })
  })
  return {
    items: rows.flatMap(({ name, language, category, words: stored }) => {
      const words = storedWords(stored)
      if (words === null || wantsFile(words)) return []
      const parameters = placeholdersOf(words).map(({ key }) => key)
      return { name, language, category, text: words.body, words, parameters }
    }),
  }
}
