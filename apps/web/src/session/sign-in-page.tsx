import { type FormEvent, lazy, type ReactElement, Suspense, useEffect, useRef, useState } from 'react'
import { ask, type Reply, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { prefer } from '../ui/preferences.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './sign-in-page.module.css'

/** Only who has a second factor needs what it takes. */
const IdentityForm = lazy(() => import('./identity-form.tsx'))

type Entered = { readonly email: string; readonly password: string }
type Wanted = Exclude<Reply<'signIn'>, Session>

function questionOf({ secondFactor, passkey }: Wanted) {
  return { ways: secondFactor, passkey }
}

type Faults = {
  readonly email?: string
  readonly password?: string
  readonly form?: string
}

export function SignInPage({
  reason,
  unsaved,
  onSignedIn,
}: {
  reason: 'expired' | 'signed-out' | null
  /** Something written is on this page only. */
  unsaved: boolean
  onSignedIn: (session: Session) => void
}): ReactElement {
  const w = useWords()
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState(false)
  const [wanted, setWanted] = useState<(Entered & { readonly question: Wanted }) | null>(null)
  const [visible, setVisible] = useState(false)
  const [ways, setWays] = useState<Reply<'readSignInWays'> | null>(null)
  useEffect(() => {
    // Without an answer there is the form alone, which says what is wrong.
    ask('readSignInWays', {}).then(setWays, () => undefined)
  }, [])
  async function goToProvider(): Promise<void> {
    setBusy(true)
    setFaults({})
    await ask('beginProviderSignIn', {}).then(
      ({ url }) => window.location.assign(url),
      (error: unknown) => {
        setFaults({ form: sentenceOf(w, error) })
        setBusy(false)
      },
    )
  }
  const summary = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const failed = Object.keys(faults).length > 0

  const over = reason === 'expired' ? (unsaved ? w.session.expiredUnsaved : w.session.expired) : null
  const ended = reason === 'signed-out' ? w.session.signedOut : over
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when somebody comes here from elsewhere
  useEffect(() => {
    if (ended === null) return
    announce(ended)
    title.current?.focus()
  }, [reason])
  useEffect(() => {
    if (failed && !busy) summary.current?.focus()
  }, [failed, busy])

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [email, password] = ['email', 'password'].map((name) => String(form.get(name) ?? ''))
    const missing: Faults = {
      ...(email?.trim() ? {} : { email: w.session.emailMissing }),
      ...(password ? {} : { password: w.session.passwordMissing }),
    }
    setFaults(missing)
    if (Object.keys(missing).length > 0) {
      summary.current?.focus()
      return
    }
    setBusy(true)
    try {
      const entered = { email: email ?? '', password: password ?? '' }
      const answer = await ask('signIn', { body: entered })
      if ('account' in answer) onSignedIn(answer)
      else setWanted({ ...entered, question: answer })
    } catch (error) {
      setFaults({ form: sentenceOf(w, error) })
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <header className={styles.header}>
          <Mark size={48} />
          <div>
            <p className={styles.product}>{w.product}</p>
            <p className={styles.intro}>{w.session.intro}</p>
          </div>
        </header>
        <PageTitle ref={title} tabIndex={-1} className={styles.title}>
          {wanted === null ? w.session.title : w.security.secondStep}
        </PageTitle>
        {over !== null && <Notice tone={unsaved ? 'warning' : 'info'}>{over}</Notice>}
        {reason === 'signed-out' && !failed && <Notice tone="success">{w.session.signedOut}</Notice>}
        {failed && (
          <div
            ref={summary}
            tabIndex={-1}
            role="alert"
            className={styles.summary}
            aria-labelledby="sign-in-faults"
          >
            <h2 id="sign-in-faults">
              <Icon name="alert" size={18} /> {w.session.errorTitle}
            </h2>
            <ul>
              {faults.email !== undefined && (
                <li>
                  <a href="#email">{faults.email}</a>
                </li>
              )}
              {faults.password !== undefined && (
                <li>
                  <a href="#password">{faults.password}</a>
                </li>
              )}
              {faults.form !== undefined && <li>{faults.form}</li>}
            </ul>
          </div>
        )}
        {wanted === null && ways?.provider != null && (
          <>
            <Button kind="primary" isDisabled={busy} onPress={() => void goToProvider()}>
              {w.security.withProvider(ways.provider)}
            </Button>
            {!ways.local && <p className={styles.intro}>{w.security.emergencyOnly}</p>}
          </>
        )}
        {wanted !== null && (
          <Suspense>
            <IdentityForm
              question={questionOf(wanted.question)}
              onAnswer={async ({ code, passkey }) => {
                const { email, password } = wanted
                const answer = await ask('signIn', { body: { email, password, code, passkey } })
                if ('account' in answer) onSignedIn(answer)
              }}
              onRenew={async () => {
                const { email, password } = wanted
                const answer = await ask('signIn', { body: { email, password } })
                if ('account' in answer) throw new Error('The second factor has gone.')
                return questionOf(answer)
              }}
              onCancel={() => setWanted(null)}
            />
          </Suspense>
        )}
        <form
          className={styles.form}
          onSubmit={(event) => void submit(event)}
          hidden={wanted !== null}
          noValidate
        >
          <Field
            id="email"
            name="email"
            type="email"
            label={w.session.email}
            error={faults.email}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <Field
            id="password"
            name="password"
            type={visible ? 'text' : 'password'}
            label={w.session.password}
            error={faults.password}
            autoComplete="current-password"
            spellCheck={false}
            required
            end={
              <Button kind="quiet" compact onPress={() => setVisible(!visible)}>
                {visible ? w.session.hidePassword : w.session.showPassword}
              </Button>
            }
          />
          <Button kind="primary" type="submit" isDisabled={busy}>
            {busy ? w.session.signingIn : w.session.submit}
          </Button>
        </form>
      </div>
      <p className={styles.language}>
        <Button kind="quiet" compact onPress={() => prefer({ language: w.language === 'de' ? 'en' : 'de' })}>
          <span lang={w.language === 'de' ? 'en' : 'de'}>{w.language === 'de' ? 'English' : 'Deutsch'}</span>
        </Button>
      </p>
    </main>
  )
}
