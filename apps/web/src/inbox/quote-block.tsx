import type { ReactElement } from 'react'
import type { Message } from '../api.ts'
import { Icon } from '../ui/icon.tsx'
import { useWords } from '../ui/words.tsx'
import { kindIcons, previewOf } from './preview.ts'
import styles from './quote-block.module.css'

type Quote = NonNullable<Message['replyTo']>

/** What is answered; a quoted message that is gone says so. */
export function QuoteBlock({
  quote,
  name,
  onJump,
}: {
  quote: Quote
  name: string
  onJump?: ((id: string) => void) | undefined
}): ReactElement {
  const w = useWords()
  if (quote.id === null || quote.kind === null) return <p className={styles.gone}>{w.thread.quoteGone}</p>
  const { id, kind } = quote
  const icon = kindIcons[kind]
  const content = (
    <>
      <span className={styles.name}>
        <bdi>{quote.direction === 'outbound' ? w.thread.ourOffice : name}</bdi>
        {quote.outdated && ` – ${w.thread.quoteOutdated}`}
      </span>
      <span className={styles.text}>
        {icon !== null && <Icon name={icon} size={14} />}{' '}
        <bdi>{previewOf(w, { kind, text: quote.text })}</bdi>
      </span>
    </>
  )
  if (onJump === undefined) return <div className={styles.quote}>{content}</div>
  return (
    <button type="button" className={styles.quote} title={w.thread.jumpToQuote} onClick={() => onJump(id)}>
      {content}
    </button>
  )
}
