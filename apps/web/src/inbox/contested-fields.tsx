import type { ReactElement } from 'react'
import type { Needs } from '../api.ts'
import { Field } from '../ui/field.tsx'
import { useWords } from '../ui/words.tsx'
import { correctionWords } from './correction-words.ts'

export type Contested = Pick<Needs<'markCorrection'>['body'], 'contested' | 'correct'>

/** What the person says is wrong, and what they say is right. */
export function ContestedFields({
  words,
  onChange,
}: {
  words: Contested
  onChange: (words: Contested) => void
}): ReactElement {
  const c = correctionWords[useWords().language]
  return (
    <>
      <Field
        label={c.contested}
        required
        maxLength={1000}
        value={words.contested}
        onChange={({ currentTarget: { value } }) => onChange({ ...words, contested: value })}
      />
      <Field
        label={c.correct}
        required
        maxLength={1000}
        value={words.correct}
        onChange={({ currentTarget: { value } }) => onChange({ ...words, correct: value })}
      />
    </>
  )
}
