import { startAuthentication } from '@simplewebauthn/browser'
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { Needs, Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './security.module.css'

/** How somebody may show who they are. A passkey's question is worth one answer. */
export type Question = Pick<Reply<'stepUp'>, 'ways' | 'passkey'>
type Answer = Needs<'stepUp'>['body']

/** A code, a passkey, a password, the way to the provider: one of those that will do. */
function IdentityForm({
  question,
  onAnswer,
  onRenew,
  onProvider,
  onCancel,
}: {
  question: Question
  /** When it succeeds, this form is gone. */
  onAnswer: (answer: Answer) => Promise<void>
  onRenew: () => Promise<Question>
  onProvider?: (() => void) | undefined
  onCancel?: (() => void) | undefined
}): ReactElement {
  const w = useWords()
  const c = w.security
  const [{ ways, passkey }, setQuestion] = useState(question)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const alarm = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (fault !== null && !busy) alarm.current?.focus()
  }, [fault, busy])
  useEffect(() => form.current?.querySelector('input')?.focus(), [])

  async function answer(make: () => Promise<Answer>, cancelled: string): Promise<void> {
    setBusy(true)
    setFault(null)
    try {
      const given = await make().catch(() => null)
      if (given === null) setFault(cancelled)
      else await onAnswer(given)
    } catch (error) {
      setFault(sentenceOf(w, error))
      // A question is worth one answer; a code can be typed meanwhile.
      setQuestion({ ways, passkey: null })
      if (passkey !== null) void onRenew().then(setQuestion, () => undefined)
    }
    setBusy(false)
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const entered = String(new FormData(event.currentTarget).get('answer') ?? '').trim()
    if (entered === '') setFault(ways.includes('password') ? w.session.passwordMissing : c.codeMissing)
    else void answer(async () => (ways.includes('password') ? { password: entered } : { code: entered }), '')
  }

  function answerWithPasskey(): void {
    if (passkey === null) return
    const optionsJSON = passkey as Parameters<typeof startAuthentication>[0]['optionsJSON']
    void answer(async () => {
      const given = await startAuthentication({ optionsJSON })
      return { passkey: given as NonNullable<Answer['passkey']> }
    }, c.passkeyCancelled)
  }

  const byPassword = ways.includes('password')
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      {fault !== null && (
        <div ref={alarm} tabIndex={-1} role="alert">
          <Notice tone="danger">{fault}</Notice>
        </div>
      )}
      {byPassword && (
        <Field
          name="answer"
          type="password"
          label={w.session.password}
          autoComplete="current-password"
          spellCheck={false}
        />
      )}
      {!byPassword && (ways.includes('totp') || ways.includes('passkey')) && (
        <Field
          name="answer"
          label={w.session.code}
          hint={ways.includes('totp') ? c.codeHint : c.recoveryHint}
          autoComplete="one-time-code"
          maxLength={16}
          spellCheck={false}
          autoCapitalize="none"
        />
      )}
      <div className={styles.buttons}>
        {!(ways.length === 1 && ways[0] === 'provider') && (
          <Button kind="primary" type="submit" isDisabled={busy}>
            {c.confirm}
          </Button>
        )}
        {passkey !== null && (
          <Button icon="lock" isDisabled={busy} onPress={answerWithPasskey}>
            {c.usePasskey}
          </Button>
        )}
        {ways.includes('provider') && onProvider !== undefined && (
          <Button isDisabled={busy} onPress={onProvider}>
            {c.useProvider}
          </Button>
        )}
        {onCancel !== undefined && (
          <Button kind="quiet" isDisabled={busy} onPress={onCancel}>
            {w.general.cancel}
          </Button>
        )}
      </div>
    </form>
  )
}

export default IdentityForm
