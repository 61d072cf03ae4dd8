import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { Needs } from '../api.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { officeNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import { workbenchWords } from './workbench-words.ts'

export type Decision = Needs<'submitDecisions'>['body'][number]
type About = Pick<Decision, 'conversationId' | 'basis'>

function dayIn(months: number): string {
  const day = new Date(officeNow())
  day.setMonth(day.getMonth() + months)
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
  const [isMissing, setMissing] = useState(false)
  const [reason, setReason] = useState<Extract<Decision, { decision: 'keep' }>['reason']>('follow-up')
  const [until, setUntil] = useState(dayIn(3))
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), [])
  function decide(event: FormEvent): void {
    event.preventDefault()
    if (kind === 'keep') {
      onDecided({ ...about, decision: 'keep', reason, until })
      return
    }
    const fileReference = reference.trim()
    if (fileReference === '') {
      setMissing(true)
      form.current?.querySelector('input')?.focus()
    } else onDecided({ ...about, decision: 'to-file', fileReference })
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
          error={isMissing ? c.referenceMissing : undefined}
          onChange={(event) => setReference(event.target.value)}
        />
      ) : (
        <>
          <SelectField
            label={c.reason}
            value={reason}
            onChange={(event) => setReason(event.target.value as typeof reason)}
          >
            {Object.entries(c.keepReasons).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
          <Field
            label={c.until}
            hint={c.untilHint}
            type="date"
            required
            min={dayIn(0)}
            max={dayIn(12)}
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
