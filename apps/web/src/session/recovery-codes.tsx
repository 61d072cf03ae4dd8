import { type ReactElement, useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './security.module.css'

/** Seen once, to be written down. */
export function RecoveryCodes({
  codes,
  onKept,
}: {
  codes: readonly string[]
  onKept: () => void
}): ReactElement {
  const w = useWords()
  const c = w.security
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <section className={styles.section} aria-labelledby="recovery-codes">
      <h2 id="recovery-codes" ref={title} tabIndex={-1}>
        {c.recoveryCodes}
      </h2>
      <p>{c.recoveryLead}</p>
      <ul className={styles.codes} translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p>
        <Button kind="primary" onPress={onKept}>
          {c.codesKept}
        </Button>
      </p>
    </section>
  )
}
