import { may, type Role } from '@buergerdraht/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LiveFeed } from './use-live-connection.ts'

/** Marks a query whose answer is another once somebody has proposed something, or two have decided it. */
export const changesByDecision = { meta: { changesByDecision: true } } as const

/** In case that something was told by nobody, as the end of a day is. */
const slowlyMs = 60_000
/** Whoever does not see proposals hears nothing of them. */
const unheardMs = 10_000

/** Asks again for what is marked when the server says that something was proposed or decided. */
export function useDecisions(feed: LiveFeed, role: Role): void {
  const client = useQueryClient()
  useEffect(() => {
    function askAgain(): void {
      void client.invalidateQueries({ predicate: ({ meta }) => meta?.['changesByDecision'] === true })
    }
    function lookAgain(): void {
      if (document.visibilityState === 'visible') askAgain()
    }
    const hears = may(role, 'see-proposals')
    const timer = setInterval(lookAgain, hears ? slowlyMs : unheardMs)
    const leave = feed.listen({
      onEvent: ({ type }) => {
        if (type === 'decision.changed') askAgain()
      },
      onGap: () => {
        if (hears) askAgain()
      },
    })
    return () => {
      clearInterval(timer)
      leave()
    }
  }, [client, feed, role])
}
