import { filledNotice, type NoticeDraft } from '@buergerdraht/contract'
import type { ReactElement } from 'react'
import deskStyles from '../ui/desk.module.css'
import { wholeDay } from '../ui/moment.ts'
import { useWords } from '../ui/words.tsx'
import styles from './privacy-notice.module.css'
import { privacyNoticeWords } from './privacy-notice-words.ts'

function Bubble({ name, text }: { name: string; text: string }): ReactElement {
  return (
    <figure className={styles.phone}>
      <figcaption className={deskStyles.quiet}>{name}</figcaption>
      <p lang="de" className={styles.bubble}>
        {text}
      </p>
    </figure>
  )
}

/** A notice as whoever writes is sent it. */
export function PrivacyNoticeText({ draft }: { draft: NoticeDraft }): ReactElement {
  const w = useWords()
  const c = privacyNoticeWords[w.language]
  const { text, easyText } = filledNotice(draft)
  return (
    <>
      <Bubble name={c.onPhone} text={text} />
      {easyText === null ? (
        <p className={deskStyles.quiet}>{c.noEasy}</p>
      ) : (
        <>
          <Bubble name={c.easy} text={easyText} />
          <p className={deskStyles.quiet}>
            {draft.easyTestedOn === null ? c.easyUntested : c.easyTested(wholeDay(w, draft.easyTestedOn))}
          </p>
        </>
      )}
    </>
  )
}
