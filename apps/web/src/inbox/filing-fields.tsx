import { type ReactElement, useId, useState } from 'react'
import type { Needs } from '../api.ts'
import { Choice, Field } from '../ui/field.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './filing-fields.module.css'
import { type FilingWords, filingWords } from './filing-words.ts'

type Decision = Needs<'decideFiling'>['body']
type Relevance = Decision['relevance']

/** What is chosen so far. */
export type FilingEntry = { readonly relevance: Relevance | null; readonly fileReference: string }

/** The decision that an entry says; null: it is not whole. */
export function decisionOf({ relevance, fileReference }: FilingEntry): Decision | null {
  const given = fileReference.trim()
  if (relevance === null) return null
  if (relevance === 'none') return { relevance }
  if (given !== '') return { relevance, fileReference: given }
  return relevance === 'already-filed' ? { relevance } : null
}

const order: readonly Relevance[] = ['none', 'to-file', 'already-filed']

/** Questions of the records administration: one yes, and the matter belongs to a file. They help; they decide nothing. */
function Help({ words: c }: { words: FilingWords }): ReactElement {
  const id = useId()
  const [yes, setYes] = useState<readonly string[]>([])
  return (
    <details className={styles.help}>
      <summary>{c.help}</summary>
      <fieldset aria-describedby={`${id}-verdict`}>
        <legend>{c.helpLead}</legend>
        {[...c.signs, c.procedure].map((text) => (
          <label key={text} className={styles.sign}>
            <input
              type="checkbox"
              checked={yes.includes(text)}
              onChange={({ currentTarget: { checked } }) =>
                setYes((before) => (checked ? [...before, text] : before.filter((one) => one !== text)))
              }
            />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <p id={`${id}-verdict`} role="status">
        {yes.length > 0 ? c.forFile : c.forNone}
      </p>
    </details>
  )
}

/** Whether a matter belongs to a file: three answers, of which none is given beforehand. */
export function FilingFields({
  entry,
  onEntry,
}: {
  entry: FilingEntry
  onEntry: (entry: FilingEntry) => void
}): ReactElement {
  const c = filingWords[useWords().language]
  const { relevance, fileReference } = entry
  return (
    <>
      <Choice
        label={c.question}
        options={order.map((one) => [one, c.choices[one]] as const)}
        value={relevance}
        autoFocus
        onChange={(chosen) => onEntry({ ...entry, relevance: chosen })}
      />
      {relevance !== null && <p className={styles.follows}>{c.follows[relevance]}</p>}
      {relevance !== null && relevance !== 'none' && (
        <Field
          label={c.reference}
          optional={relevance === 'already-filed' ? c.optional : undefined}
          required={relevance === 'to-file'}
          maxLength={100}
          autoComplete="off"
          value={fileReference}
          onChange={({ currentTarget }) => onEntry({ ...entry, fileReference: currentTarget.value })}
        />
      )}
      <Help words={c} />
    </>
  )
}
