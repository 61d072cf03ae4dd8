import { newId } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'

export type SearchableText = {
  readonly conversationId: string
  readonly teamId: string
  readonly messageId: string
  readonly at: Date
  readonly text: string
}

/**
 * Makes messages findable, in the transaction that stores them. When that fails, the caller MUST `forgetVocabulary`.
 */
export async function storeSearchTexts(
  inbox: Inbox,
  tx: Prisma.TransactionClient,
  texts: readonly SearchableText[],
): Promise<void> {
  const { tokens, prefixes } = inbox.search.tokensOf(texts.map(({ text }) => text))
  if (prefixes.length > 0) {
    // In one order everywhere, so that two transactions never wait for each other in a circle.
    const sorted = prefixes.toSorted((a, b) => Number(a.prefix > b.prefix) - Number(a.prefix < b.prefix))
    await tx.searchPrefix.createMany({ data: sorted, skipDuplicates: true })
  }
  const entries = texts.flatMap(({ conversationId, teamId, messageId, at }, n) => {
    const found = tokens[n] ?? []
    return found.length === 0 ? [] : [{ id: newId(at), conversationId, teamId, messageId, at, tokens: found }]
  })
  if (entries.length > 0) await tx.searchEntry.createMany({ data: entries })
}
