import { ask, type Conversation } from '../api.ts'

/** So many are looked through; behind them nobody waits who is nobody's. */
const maxLooked = 100

/** Whether an answer is owed here, and by whoever asks: no colleague has taken it, and none is on its way. */
function waitsForMe(conversation: Conversation, me: string, underway: ReadonlySet<string>): boolean {
  const { id, assignee, waitingSince, lastMessage } = conversation
  const answered = lastMessage?.direction === 'outbound' && ['queued', 'sending'].includes(lastMessage.status)
  return waitingSince !== null && !answered && !underway.has(id) && (assignee === null || assignee.id === me)
}

/** Of those that wait, longest first: the next one behind `from`, from the beginning after the last. */
export function nextOf(
  waiting: readonly Conversation[],
  from: string | null,
  me: string,
  underway: ReadonlySet<string>,
): string | null {
  const at = waiting.findIndex(({ id }) => id === from)
  const inOrder = [...waiting.slice(at + 1), ...waiting.slice(0, Math.max(0, at))]
  return inOrder.find((one) => one.id !== from && waitsForMe(one, me, underway))?.id ?? null
}

/** The conversation whose citizen has waited longest behind `from`; null: nobody waits. Throws `Failure`. */
export async function nextWaiting(
  from: string | null,
  me: string,
  underway: ReadonlySet<string>,
): Promise<string | null> {
  const { items } = await ask('listConversations', { query: { order: 'waiting', limit: maxLooked } })
  return nextOf(items, from, me, underway)
}
