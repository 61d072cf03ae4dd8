import { type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './full-number.module.css'

/** The number as it is, on demand and for one person; who asks for it is written down. */
export function FullNumber({ conversationId }: { conversationId: string }): ReactElement {
  const w = useWords()
  const [number, setNumber] = useState<string | null>(null)
  function show(): void {
    ask('readNumber', { params: { id: conversationId } }).then(
      ({ number: found }) => {
        setNumber(found)
        announce(found ?? w.contact.hiddenNumber)
      },
      (error: unknown) => announce(sentenceOf(w, error)),
    )
  }
  function copy(): void {
    if (number !== null)
      void navigator.clipboard.writeText(number).then(() => announce(w.contact.numberCopied))
  }
  return (
    <p className={styles.number}>
      {number !== null && <span>{number} </span>}
      {/* One button for both steps: the focus that pressed it stays. */}
      <Button compact kind="quiet" onPress={number === null ? show : copy}>
        {number === null ? w.contact.showNumber : w.contact.copyNumber}
      </Button>
    </p>
  )
}
