import type { TemplateWords } from '@buergerdraht/contract'
import type { ReactElement, ReactNode } from 'react'
import styles from './template-preview.module.css'
import { useWords } from './words.tsx'

/** A template as the citizen sees it. @param text how a text with WhatsApp's marks is drawn; as it stands, if not given */
export function TemplatePreview({
  words: { header, body, footer, buttons },
  text = (plain) => plain,
}: {
  words: TemplateWords
  text?: (text: string) => ReactNode
}): ReactElement {
  const w = useWords()
  return (
    <div className={styles.bubble}>
      {header !== null && (
        <p className={styles.header}>
          {header.kind === 'text' ? header.text : w.templates.headers[header.kind]}
        </p>
      )}
      <div>{text(body)}</div>
      {footer !== null && <p className={styles.footer}>{footer}</p>}
      {buttons.length > 0 && (
        <ul className={styles.buttons} aria-label={w.templates.buttons}>
          {buttons.map((button, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two buttons may say the same
            <li key={index}>
              {button.text}
              {button.target !== null && <span className={styles.footer}> ({button.target})</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
