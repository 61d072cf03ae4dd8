import { ask, type Conversation } from '../api.ts'

/** So many are asked for at once. */
const pageSize = 100

/** Whether an answer is owed here, and by whoever asks: no colleague has taken it, and none is on its way. */
function waitsForMe(conversation: Conversation, me: string, underway: ReadonlySet<string>): boolean {
  const { id, assignee, waitingSince, lastMessage } = conversation
  const answered = lastMessage?.direction === 'outbound' && ['queued', 'sending'].includes(lastMessage.status)
  return waitingSince !== null && !answered && !underway.has(id) && (assignee === null || assignee.id === me)
}

/** Where one is among those that wait. `since`: since when it waited when one went there; null: one did not come by going on. */
export type Place = { readonly id: string; readonly since: string | null }

/**
 * Of those that wait, longest first: the next one behind `from`, from the beginning after the last. What was closed or answered meanwhile
 * still has its place: whoever was passed over there comes again after the others, not after each of them.
 */
export function nextOf(
  waiting: readonly Conversation[],
  from: Place | null,
  me: string,
  underway: ReadonlySet<string>,
): Conversation | null {
  const { id = null, since = null } = from ?? {}
  const itself = waiting.findIndex((one) => one.id === id)
  const behind =
    since === null
      ? -1
      : waiting.findLastIndex(({ waitingSince }) => waitingSince !== null && waitingSince <= since)
  const at = itself === -1 ? behind : itself
  const inOrder = [...waiting.slice(at + 1), ...waiting.slice(0, at + 1)]
  return inOrder.find((one) => one.id !== id && waitsForMe(one, me, underway)) ?? null
}

/** The conversation whose citizen has waited longest behind `from`; null: nobody waits. Throws `Failure`. */
export async function nextWaiting(
  from: Place | null,
  me: string,
  underway: ReadonlySet<string>,
): Promise<Conversation | null> {
  const waiting: Conversation[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { order: 'waiting', limit: pageSize, cursor } as const
    const { items, nextCursor } = await ask('listConversations', { query })
    waiting.push(...items.filter(({ waitingSince }) => waitingSince !== null))
    // Behind the last who waits come those who do not.
    cursor = items.at(-1)?.waitingSince == null ? null : nextCursor
  }
  return nextOf(waiting, from, me, underway)
}
