import { type ReactElement, useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { exactly } from '../ui/moment.ts'
import { useWords } from '../ui/words.tsx'
import styles from './people-page.module.css'
import type { PeopleWords } from './people-words.ts'

/** The link, once. Behind the hash: what stands there reaches no server and no log. */
export function InvitationLink({
  invitation: { token, expiresAt },
  words: c,
  onDone,
}: {
  invitation: { readonly token: string; readonly expiresAt: string }
  words: PeopleWords
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const link = `${window.location.origin}/einladung#${token}`
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={styles.form}>
      <h2 ref={heading} tabIndex={-1}>
        {c.link}
      </h2>
      <p>{c.linkLead}</p>
      <p className={styles.link}>
        <code>{link}</code>
      </p>
      <p className={deskStyles.quiet}>{c.linkUntil(exactly(w, Date.parse(expiresAt)))}</p>
      <p className={deskStyles.buttons}>
        <CopyButton text={link} name={c.copy} inWords />
        <Button kind="primary" onPress={onDone}>
          {c.done}
        </Button>
      </p>
    </section>
  )
}
