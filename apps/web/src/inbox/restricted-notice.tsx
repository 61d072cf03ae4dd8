import type { ReactElement } from 'react'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { protectionWords } from './protection-words.ts'

/** For those who may know: that the matter before them is restricted (Art. 18 GDPR), and what that means. */
export function RestrictedNotice({ since }: { since: string }): ReactElement {
  const w = useWords()
  return (
    <Notice tone="warning">{protectionWords[w.language].restricted(exactly(w, Date.parse(since)))}</Notice>
  )
}
