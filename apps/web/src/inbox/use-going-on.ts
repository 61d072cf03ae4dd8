import { useRef, useState } from 'react'
import { announce } from '../ui/announcer.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { nextWaiting, type Place } from './next-waiting.ts'
import type { OutboxSender } from './outbox-sender.ts'

/**
 * Goes on from the conversation that is open to whoever has waited longest behind it. `underway` is true while they are looked for: the caret
 * still stands in the answer to the one before. `stop` gives that up.
 */
export function useGoingOn(
  openId: string | null,
  me: string,
  outbox: OutboxSender,
  onNext: (id: string) => void,
): { readonly underway: boolean; goOn(): void; stop(): void } {
  const w = useWords()
  const [underway, setUnderway] = useState(false)
  /** Where it led last. */
  const place = useRef<Place | null>(null)
  /** Counts what was asked for, so that nothing leads on that was given up. */
  const wish = useRef(0)

  function stop(): void {
    wish.current += 1
    setUnderway(false)
  }

  async function lookFor(): Promise<void> {
    const mine = ++wish.current
    setUnderway(true)
    const unsent = new Set(outbox.pending().map(({ conversationId }) => conversationId))
    try {
      const here = place.current?.id === openId ? place.current : null
      const from = here ?? (openId === null ? null : { id: openId, since: null })
      const next = await nextWaiting(from, me, unsent)
      if (mine !== wish.current) return
      if (next === null) announce(w.list.nobodyWaits)
      else {
        place.current = { id: next.id, since: next.waitingSince }
        onNext(next.id)
      }
    } catch (error) {
      if (mine === wish.current) announce(sentenceOf(w, error))
    } finally {
      if (mine === wish.current) setUnderway(false)
    }
  }

  return { underway, goOn: () => void lookFor(), stop }
}
