import { useRef, useState } from 'react'
import type { Conversation } from '../api.ts'
import type { Order } from './conversation-order.ts'
import { arrange, hold, waitingOutside } from './list-arrangement.ts'

type Rows = {
  readonly rows: readonly Conversation[]
  readonly outside: number
  letIn(): void
}

/** The rows as they stand: in order, unless pointer or focus hold them where they are. */
export function useArrangement(
  fresh: readonly Conversation[],
  key: string,
  held: boolean,
  order: Order,
): Rows {
  const [state, setState] = useState(() => ({ fresh, key, held, shown: arrange(fresh) }))
  const known = useRef(new Map<string, Conversation>())
  for (const conversation of fresh) known.current.set(conversation.id, conversation)

  let { shown } = state
  if (state.fresh !== fresh || state.key !== key || state.held !== held) {
    const keeps = held && state.key === key && shown.ids.length > 0
    shown = keeps ? hold(shown, fresh) : arrange(fresh)
    setState({ fresh, key, held, shown })
  }
  return {
    rows: shown.ids.flatMap((id) => known.current.get(id) ?? []),
    outside: waitingOutside(shown, fresh, order),
    letIn: () => setState({ fresh, key, held, shown: arrange(fresh) }),
  }
}
