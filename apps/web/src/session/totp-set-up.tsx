import { type FormEvent, type ReactElement, useEffect, useMemo, useState } from 'react'
import { encode } from 'uqr'
import { ask, type Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './security.module.css'

/** The squares of a QR code as one path. */
function pathOf(text: string): { readonly size: number; readonly d: string } {
  const { size, data } = encode(text, { border: 4 })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, d: squares.join('') }
}

function QrCode({ text, label }: { text: string; label: string }): ReactElement {
  const { size, d } = useMemo(() => pathOf(text), [text])
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={d} fill="#000" />
    </svg>
  )
}

/** A secret for an app, as a picture and in signs, and the code that shows that it has arrived there. */
export function TotpSetUp({
  onDone,
  onCancel,
}: {
  onDone: (recoveryCodes: string[] | null) => void
  onCancel: () => void
}): ReactElement {
  const w = useWords()
  const c = w.security
  const [begun, setBegun] = useState<Reply<'beginTotp'> | null>(null)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one secret for each time it is opened
  useEffect(() => {
    ask('beginTotp', {}).then(setBegun, (error: unknown) => setFault(sentenceOf(w, error)))
  }, [])

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '').trim()
    if (code === '') {
      setFault(c.codeMissing)
      return
    }
    setBusy(true)
    setFault(undefined)
    await ask('confirmTotp', { body: { code } }).then(
      ({ recoveryCodes }) => onDone(recoveryCodes),
      (error: unknown) => setFault(sentenceOf(w, error)),
    )
    setBusy(false)
  }

  if (begun === null) {
    return fault === undefined ? <Loading rows={2} /> : <p role="alert">{fault}</p>
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <p>{c.scan}</p>
      <QrCode text={begun.uri} label={c.qrCode} />
      <p>
        {c.typeSecret} <code className={styles.secret}>{begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Field
        name="code"
        label={w.session.code}
        hint={c.firstCodeHint}
        error={fault}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={16}
      />
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" isDisabled={busy}>
          {c.confirm}
        </Button>
        <Button kind="quiet" onPress={onCancel}>
          {w.general.cancel}
        </Button>
      </div>
    </form>
  )
}
