import type { IdentityKind } from './identity.ts'

type Mergeable = {
  readonly openConversationId: string | null
  readonly identities: ReadonlyMap<IdentityKind, unknown>
}

/**
 * Two contacts that one webhook shows to be one person become one, but only where nothing speaks against it: neither has an
 * identity that contradicts the other's, and at most one has an open case. What `People` then does counts for everything in the batch.
 */
export function mayMerge(from: Mergeable, into: Mergeable): boolean {
  return (
    (from.openConversationId === null || into.openConversationId === null) &&
    [...from.identities.keys()].every((kind) => !into.identities.has(kind))
  )
}
