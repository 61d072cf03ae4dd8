import { useState } from 'react'
import type { Decision } from './decision-form.tsx'

type Decisions = {
  /** In the order in which they were made. */
  readonly all: readonly Decision[]
  of(id: string): Decision | undefined
  make(decision: Decision): void
  /** Takes back what was decided about one. */
  takeBack(id: string): void
  clear(): void
}

/** What is decided on this page and not submitted: at most one decision about each matter. */
export function useDecisions(): Decisions {
  const [all, setAll] = useState<readonly Decision[]>([])
  return {
    all,
    of: (id) => all.find(({ conversationId }) => conversationId === id),
    make: (decision) =>
      setAll((before) => [
        ...before.filter(({ conversationId }) => conversationId !== decision.conversationId),
        decision,
      ]),
    takeBack: (id) => setAll((before) => before.filter(({ conversationId }) => conversationId !== id)),
    clear: () => setAll([]),
  }
}
