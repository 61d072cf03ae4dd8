import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { passwordWords } from './password-words.ts'
import styles from './security.module.css'

/** One's own password, with the current one; every other session ends. */
export function PasswordSection(): ReactElement {
  const w = useWords()
  const c = passwordWords[w.language]
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: () => ask('changeOwnPassword', { body: { current, password } }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      announce(c.changed)
      return client.invalidateQueries({ queryKey: ['own-sessions'] })
    },
  })
  function faultAt(path: string): string | undefined {
    return error instanceof Failure ? error.fields.find((field) => field.path === path)?.message : undefined
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  return (
    <section className={styles.section} aria-labelledby="password">
      <h2 id="password">{c.title}</h2>
      <p className={styles.quiet}>{c.lead}</p>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {isSuccess && <Notice tone="success">{c.changed}</Notice>}
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={c.current}
          type="password"
          autoComplete="current-password"
          error={faultAt('current')}
          value={current}
          maxLength={1024}
          required
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <Field
          label={c.next}
          hint={c.nextHint}
          type="password"
          autoComplete="new-password"
          error={faultAt('password')}
          value={password}
          maxLength={1024}
          required
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <p>
          <Button type="submit" isDisabled={isPending}>
            {c.change}
          </Button>
        </p>
      </form>
    </section>
  )
}
