import { type FormEvent, type ReactElement, useEffect, useState } from 'react'
import { ask, Failure, type Reply, type Session } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Mark } from '../ui/mark.tsx'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { invitationWords } from './invitation-words.ts'
import styles from './security.module.css'

/** Where the link of an invitation leads: the token stands behind the hash and leaves the address at once. */
function InvitationPage({ onAccepted }: { onAccepted: (session: Session) => void }): ReactElement {
  const w = useWords()
  const c = invitationWords[w.language]
  const [token] = useState(() => window.location.hash.slice(1))
  const [invitation, setInvitation] = useState<Reply<'openInvitation'> | null>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    window.history.replaceState(window.history.state, '', window.location.pathname)
    ask('openInvitation', { body: { token: token || '-' } }).then(setInvitation, setError)
  }, [token])
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    setBusy(true)
    setError(null)
    ask('acceptInvitation', { body: { token, password } })
      .then(onAccepted, setError)
      .finally(() => setBusy(false))
  }
  const fault =
    error instanceof Failure ? error.fields.find(({ path }) => path === 'password')?.message : undefined
  return (
    <main className={styles.gate}>
      <Mark size={48} />
      <PageTitle>{c.title}</PageTitle>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {invitation === null && error === null && <Loading rows={2} />}
      {invitation !== null && (
        <form className={styles.section} onSubmit={submit}>
          <p>{c.hello(invitation.displayName)}</p>
          <p>{c.until(exactly(w, Date.parse(invitation.expiresAt)))}</p>
          <Field label={c.email} type="email" value={invitation.email} autoComplete="username" readOnly />
          <Field
            label={c.password}
            hint={c.passwordHint}
            error={fault}
            type="password"
            autoComplete="new-password"
            value={password}
            maxLength={1024}
            required
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          <p>
            <Button kind="primary" type="submit" isDisabled={busy}>
              {c.accept}
            </Button>
          </p>
        </form>
      )}
      {invitation === null && error !== null && (
        <p>
          <Button onPress={() => window.location.assign('/')}>{c.toSignIn}</Button>
        </p>
      )}
    </main>
  )
}

export default InvitationPage
