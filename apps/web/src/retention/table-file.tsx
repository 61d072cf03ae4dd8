import type { ReactElement } from 'react'
import { Failure } from '../api.ts'
import { TooLarge } from '../ui/base64-of.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { filingPlanWords } from './filing-plan-words.ts'

/** Why a table was not taken: each fault with its line and column. */
export function TableRefused({ error }: { error: unknown }): ReactElement {
  const w = useWords()
  const c = filingPlanWords[w.language]
  if (error instanceof TooLarge)
    return (
      <Notice tone="danger" alert>
        {c.tooLarge}
      </Notice>
    )
  if (!(error instanceof Failure) || error.fields.length === 0)
    return (
      <Notice tone="danger" alert>
        {sentenceOf(w, error)}
      </Notice>
    )
  return (
    <Notice tone="danger" alert>
      {c.faults}
      <ul>
        {error.fields.map(({ path, message }) => {
          const [, line, column] = /^lines\.(\d+)(?:\.columns\.(\d+))?$/.exec(path) ?? []
          return (
            <li key={path}>
              {line !== undefined && `${c.place(line, column)}: `}
              {message}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}
