import { asViewer, conversationFor, open, recordAct, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'

/**
 * The full number of one person, with `+`; null: it is not known. The only way to it: lists and threads show it masked. Who asked for
 * which conversation is recorded. @throws Refusal `not-found`
 */
export async function readNumber(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
): Promise<{ number: string | null }> {
  const phone = await asViewer(inbox, viewer, async ({ tx }) => {
    const { contactId } = await conversationFor(tx, viewer, conversationId)
    await recordAct(tx, inbox.now(), viewer, {
      act: 'number-shown',
      object: { kind: 'conversation', id: conversationId },
    })
    return tx.contactIdentity.findFirst({
      where: { contactId, kind: 'phone', endedAt: null },
      orderBy: { sinceAt: 'desc' },
      include: { contact: { select: { keyId: true } } },
    })
  })
  if (phone === null) return { number: null }
  const key = (await inbox.keys.getMany([phone.contact.keyId])).get(phone.contact.keyId)
  if (key === undefined) return { number: null }
  const digits = open(key, additionalData.identity(phone.id), phone.valueSealed).toString('utf8')
  return { number: `+${digits.replace(/\D/g, '')}` }
}
