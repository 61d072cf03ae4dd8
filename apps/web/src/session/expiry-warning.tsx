import { type ReactElement, useEffect, useState } from 'react'
import { ask, lastUsedAt, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { clock } from '../ui/moment.ts'
import { officeNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import styles from './expiry-warning.module.css'
import { type Ending, endingSoon } from './session-end.ts'

const lookEveryMs = 5_000
const channelName = 'session-use'

/**
 * Warns two minutes before the session ends; one key keeps it, where it ends for want of use. Pages of the same browser tell each other when
 * they were used: they share one session.
 */
export function ExpiryWarning({ session }: { session: Session }): ReactElement | null {
  const w = useWords()
  const [ending, setEnding] = useState<Ending | null>(null)
  useEffect(() => {
    const channel = new BroadcastChannel(channelName)
    let usedElsewhereAt = 0
    let toldAt = lastUsedAt()
    channel.addEventListener('message', ({ data }) => {
      if (typeof data === 'number') usedElsewhereAt = Math.max(usedElsewhereAt, data)
    })
    function look(): void {
      const own = lastUsedAt()
      if (own > toldAt) channel.postMessage(own)
      toldAt = own
      const now = officeNow()
      const unusedMs = Date.now() - Math.max(own, usedElsewhereAt)
      setEnding(endingSoon(session, now - unusedMs, now))
    }
    const timer = setInterval(look, lookEveryMs)
    return () => {
      clearInterval(timer)
      channel.close()
    }
  }, [session])
  const said = ending === null ? null : w.security.endsAt(clock(w, ending.at))
  useEffect(() => {
    if (said !== null) announce(said)
  }, [said])
  if (ending === null) return null
  return (
    <section className={styles.warning} aria-label={w.security.endsSoon}>
      <p>{said}</p>
      {ending.canStay ? (
        <Button
          compact
          kind="primary"
          onPress={() =>
            void ask('readSession', {}).then(
              () => setEnding(null),
              () => undefined,
            )
          }
        >
          {w.security.stay}
        </Button>
      ) : (
        <p>{w.security.keptForLater}</p>
      )}
    </section>
  )
}
