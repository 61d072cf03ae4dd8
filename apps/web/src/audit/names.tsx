import { maxNameHours, type NameReason, nameReasons } from '@buergerdraht/contract'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import styles from './audit-page.module.css'
import { type NameWords, nameWords } from './name-words.ts'

/** Names that whoever asks may see now, by the account's id. */
export const namesQuery = queryOptions({
  queryKey: ['lifted-names'] as const,
  queryFn: ({ signal }) => ask('listLiftedNames', {}, signal),
  ...changesByDecision,
  select: ({ items }) => new Map(items.map(({ accountId, ...name }) => [accountId, name])),
})

function NameForm({ actor, words: c }: { actor: string; words: NameWords }): ReactElement {
  const w = useWords()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState<NameReason | ''>('')
  const [hours, setHours] = useState(String(maxNameHours))
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: () =>
      ask('askForName', { body: { accountId: actor, reason: reason as NameReason, hours: Number(hours) } }),
    onSuccess: () => announce(c.asked),
  })
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  if (isSuccess) return <Notice tone="info">{c.asked}</Notice>
  if (!open)
    return (
      <Button compact onPress={() => setOpen(true)}>
        {c.ask}
      </Button>
    )
  return (
    <form className={styles.filter} aria-label={c.ask} onSubmit={submit}>
      <p className={deskStyles.quiet}>{c.lead(pseudonym(actor))}</p>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <SelectField
        label={c.reason}
        value={reason}
        required
        onChange={({ currentTarget }) => setReason(currentTarget.value as NameReason | '')}
      >
        <option value="" />
        {nameReasons.map((one) => (
          <option key={one} value={one}>
            {c.reasons[one]}
          </option>
        ))}
      </SelectField>
      <Field
        label={c.hours}
        hint={c.hoursHint}
        type="number"
        min={1}
        max={maxNameHours}
        required
        value={hours}
        onChange={({ currentTarget }) => setHours(currentTarget.value)}
      />
      <Button type="submit" kind="primary" isDisabled={isPending}>
        {c.send}
      </Button>
    </form>
  )
}

/** Who stands behind the chosen pseudonym: the name, where two have agreed, and otherwise the way to ask. */
export function NameBehind({ actor }: { actor: string }): ReactElement {
  const w = useWords()
  const c = nameWords[w.language]
  const { data } = useQuery(namesQuery)
  const name = data?.get(actor)
  if (name === undefined) return <NameForm key={actor} actor={actor} words={c} />
  return <p>{c.until(pseudonym(actor), name.displayName, exactly(w, Date.parse(name.until)))}</p>
}
