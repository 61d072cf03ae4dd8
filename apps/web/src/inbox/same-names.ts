import type { Conversation } from '../api.ts'

type Named = Pick<Conversation, 'contact'>

/** Names that more than one person in the list has. */
export function sharedNames(conversations: readonly Named[]): ReadonlySet<string> {
  const firstBearer = new Map<string, string>()
  const shared = new Set<string>()
  for (const { contact } of conversations) {
    const known = firstBearer.get(contact.displayName)
    if (known === undefined) firstBearer.set(contact.displayName, contact.id)
    else if (known !== contact.id) shared.add(contact.displayName)
  }
  return shared
}

/** What tells a person apart from others of the same name, as short as it can be said; null: nothing is known of them. */
export function apartBy({ maskedPhone, username, displayName }: Conversation['contact']): string | null {
  if (maskedPhone === displayName) return null
  const digits = /\d+$/.exec(maskedPhone ?? '')?.[0]
  if (digits !== undefined) return `…${digits}`
  return username === null ? null : `@${username}`
}
