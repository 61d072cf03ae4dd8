import type { Recipient } from '@buergerdraht/bsp'
import { open } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'

const preference = ['phone', 'bsuid', 'parent-bsuid']

/**
 * How a contact is addressed now: by number where it is known, else by user id, which never goes where a number belongs. Null: no
 * identity is left.
 */
export async function recipientOf(inbox: Inbox, contactId: string): Promise<Recipient | null> {
  const contact = await inbox.prisma.contact.findUnique({
    where: { id: contactId },
    select: { keyId: true, identities: { where: { endedAt: null }, orderBy: { sinceAt: 'desc' } } },
  })
  const identity = preference
    .map((kind) => contact?.identities.find((one) => one.kind === kind))
    .find((one) => one !== undefined)
  if (contact === null || identity === undefined) return null
  const key = await inbox.keys.get(contact.keyId)
  const value = open(key, additionalData.identity(identity.id), identity.valueSealed).toString('utf8')
  return identity.kind === 'phone' ? { phone: value } : { bsuid: value }
}
