import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { Needs } from '../api.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Choice, Field } from '../ui/field.tsx'
import { wholeDay } from '../ui/moment.ts'
import { officeNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import { workbenchWords } from './workbench-words.ts'

export type Decision = Needs<'submitDecisions'>['body'][number]
type About = Pick<Decision, 'conversationId' | 'basis'>
type KeepReason = Extract<Decision, { decision: 'keep' }>['reason']

function dayIn(months: number, days = 0): string {
  const day = new Date(officeNow())
  day.setMonth(day.getMonth() + months)
  day.setDate(day.getDate() + days)
  return day.toISOString().slice(0, 10)
}

/** What a decision takes beside a key: the reference of the file, or why and until when it is kept. */
export function DecisionForm({
  kind,
  about,
  onDecided,
  onCancel,
}: {
  kind: 'to-file' | 'keep'
  about: About
  onDecided: (decision: Decision) => void
  onCancel: () => void
}): ReactElement {
  const w = useWords()
  const c = workbenchWords[w.language]
  const [reference, setReference] = useState('')
  // What is missing or cannot be: the reference, or the day.
  const [isWrong, setWrong] = useState(false)
  const [reason, setReason] = useState<KeepReason>('follow-up')
  const [until, setUntil] = useState(dayIn(3))
  const [first, last] = [dayIn(0, 1), dayIn(12)]
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  function decide(event: FormEvent): void {
    event.preventDefault()
    const fileReference = reference.trim()
    if (kind === 'keep' ? until < first || until > last : fileReference === '') {
      setWrong(true)
      form.current?.querySelector<HTMLElement>('input:not([type=radio])')?.focus()
    } else if (kind === 'keep') onDecided({ ...about, decision: 'keep', reason, until })
    else onDecided({ ...about, decision: 'to-file', fileReference })
  }
  return (
    <form
      ref={form}
      className={deskStyles.form}
      noValidate
      onSubmit={decide}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onCancel()
      }}
    >
      {kind === 'to-file' ? (
        <Field
          label={c.reference}
          value={reference}
          maxLength={100}
          error={isWrong ? c.referenceMissing : undefined}
          onChange={(event) => setReference(event.target.value)}
        />
      ) : (
        <>
          <Choice
            label={c.reason}
            options={Object.entries(c.keepReasons) as [KeepReason, string][]}
            value={reason}
            onChange={setReason}
          />
          <Field
            label={c.until}
            hint={c.untilHint}
            type="date"
            required
            min={first}
            max={last}
            error={isWrong ? c.untilFault(wholeDay(w, first), wholeDay(w, last)) : undefined}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </>
      )}
      <p className={deskStyles.buttons}>
        <Button kind="primary" type="submit">
          {c.take}
        </Button>
        <Button onPress={onCancel}>{c.cancel}</Button>
      </p>
    </form>
  )
}
