import type { Recipient } from '@buergerdraht/bsp'
import type { Office } from '../office.ts'
import { places } from '../places.ts'
import { open } from '../sealing.ts'

const preference = ['phone', 'bsuid', 'parent-bsuid']

/**
 * How a contact is addressed now: by number where it is known, else by user id, which never goes where a number belongs. Null: no
 * identity is left.
 */
export async function recipientOf(office: Office, contactId: string): Promise<Recipient | null> {
  const contact = await office.prisma.contact.findUnique({
    where: { id: contactId },
    select: { keyId: true, identities: { where: { endedAt: null }, orderBy: { sinceAt: 'desc' } } },
  })
  const identity = preference
    .map((kind) => contact?.identities.find((one) => one.kind === kind))
    .find((one) => one !== undefined)
  if (contact === null || identity === undefined) return null
  const key = await office.keys.get(contact.keyId)
  const value = open(key, places.identity(identity.id), identity.valueSealed).toString('utf8')
  return identity.kind === 'phone' ? { phone: value } : { bsuid: value }
}
