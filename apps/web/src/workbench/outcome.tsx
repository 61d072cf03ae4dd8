import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { type WorkbenchWords, workbenchWords } from './workbench-words.ts'

type Done = Reply<'submitDecisions'>

export function outcomeSentences(c: WorkbenchWords, language: 'de' | 'en', done: Done): string[] {
  return [
    done.proposed > 0 && c.proposed(done.proposed, done.sampled),
    done.filed > 0 && c.filed(done.filed),
    done.kept > 0 && c.kept(done.kept),
    ...done.later.map(({ count, sentence }) => c.later(count, sentence[language])),
    done.passedOver.length > 0 && c.passedOver(done.passedOver.length),
  ].filter((sentence) => sentence !== false)
}

/** What has become of the decisions that were just submitted. */
export function Outcome({ done }: { done: Done }): ReactElement {
  const w = useWords()
  const c = workbenchWords[w.language]
  return (
    <section aria-label={c.outcome}>
      <Notice tone={done.passedOver.length > 0 ? 'warning' : 'success'}>
        {outcomeSentences(c, w.language, done).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
    </section>
  )
}
