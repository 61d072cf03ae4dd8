import { startRegistration } from '@simplewebauthn/browser'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type Needs, type Reply } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import styles from './security.module.css'
import { TotpSetUp } from './totp-set-up.tsx'

export const secondFactorsQuery = queryOptions({
  queryKey: ['second-factors'] as const,
  queryFn: ({ signal }) => ask('readSecondFactors', {}, signal),
})

/** An IP address, as browsers write it: no passkey is made under it. */
function isUnnamed(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.startsWith('[')
}

function Passkey({
  passkey,
  onRemove,
}: {
  passkey: Reply<'readSecondFactors'>['passkeys'][number]
  onRemove: () => void
}): ReactElement {
  const w = useWords()
  const c = w.security
  return (
    <li className={styles.item}>
      <div>
        <p className={styles.name}>{passkey.name}</p>
        <p className={styles.quiet}>
          {c.since(exactly(w, Date.parse(passkey.createdAt)))}
          {!passkey.usable && ` · ${c.passkeyLost}`}
        </p>
      </div>
      <Button compact aria-label={c.removeNamed(passkey.name)} onPress={onRemove}>
        {c.remove}
      </Button>
    </li>
  )
}

/** App, passkeys and recovery codes of whoever is signed in. */
export function SecondFactorSection({ onSetUp }: { onSetUp?: () => void }): ReactElement {
  const w = useWords()
  const c = w.security
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(secondFactorsQuery)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [settingUp, setSettingUp] = useState(false)
  const act = useMutation({
    mutationFn: (work: () => Promise<string[] | null | undefined>) => work(),
    onSuccess: (made) => {
      if (made) setCodes(made)
    },
    onSettled: () => client.invalidateQueries({ queryKey: secondFactorsQuery.queryKey }),
  })

  /** Codes are shown first: they are seen once. */
  function done(made: string[] | null, words: string): void {
    announce(words)
    setSettingUp(false)
    if (made !== null) setCodes(made)
    else onSetUp?.()
    void client.invalidateQueries({ queryKey: secondFactorsQuery.queryKey })
  }

  async function addPasskey(name: string): Promise<null> {
    const question = await ask('beginPasskey', {})
    const optionsJSON = question as unknown as Parameters<typeof startRegistration>[0]['optionsJSON']
    const answer = await startRegistration({ optionsJSON })
    const body = { name, answer: answer as Needs<'addPasskey'>['body']['answer'] }
    const { recoveryCodes } = await ask('addPasskey', { body })
    done(recoveryCodes, c.passkeyAdded)
    return null
  }

  useActs({
    acts: () =>
      data === undefined || data.totp || settingUp || codes !== null
        ? []
        : [{ id: 'totp', icon: 'lock', name: c.setUpApp, run: () => setSettingUp(true) } as const],
  })
  if (codes !== null) {
    return (
      <RecoveryCodes
        codes={codes}
        onKept={() => {
          setCodes(null)
          onSetUp?.()
        }}
      />
    )
  }
  const unnamed = isUnnamed(window.location.hostname)
  return (
    <section className={styles.section} aria-labelledby="second-factor">
      <h2 id="second-factor">{c.secondFactor}</h2>
      <p className={styles.quiet}>{c.secondFactorLead}</p>
      {isPending && <Loading rows={3} />}
      {error !== null && data === undefined && <Failed error={error} onRetry={() => void refetch()} />}
      {act.error !== null && (
        <div role="alert">
          <Notice tone="danger">
            {act.error instanceof DOMException || act.error.name === 'NotAllowedError'
              ? c.passkeyCancelled
              : sentenceOf(w, act.error)}
          </Notice>
        </div>
      )}
      {data !== undefined && (
        <>
          <h3>{c.app}</h3>
          {data.totp && (
            <div className={styles.item}>
              <p>{c.appSetUp}</p>
              <Button
                compact
                aria-label={c.removeNamed(c.app)}
                onPress={() => act.mutate(() => ask('removeTotp', {}))}
              >
                {c.remove}
              </Button>
            </div>
          )}
          {!data.totp && !settingUp && (
            <p>
              <Button onPress={() => setSettingUp(true)}>{c.setUpApp}</Button>
            </p>
          )}
          {settingUp && (
            <TotpSetUp onDone={(made) => done(made, c.appDone)} onCancel={() => setSettingUp(false)} />
          )}
          <h3>{c.passkeys}</h3>
          <ul>
            {data.passkeys.map((passkey) => (
              <Passkey
                key={passkey.id}
                passkey={passkey}
                onRemove={() => act.mutate(() => ask('removePasskey', { params: { id: passkey.id } }))}
              />
            ))}
          </ul>
          {unnamed || !data.passkeysPossible ? (
            <p className={styles.quiet}>{c.passkeysImpossible}</p>
          ) : (
            <form
              className={styles.form}
              onSubmit={(event) => {
                event.preventDefault()
                const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
                act.mutate(() => addPasskey(name || c.passkeyName))
              }}
            >
              <Field name="name" label={c.passkeyNameLabel} defaultValue={c.passkeyName} maxLength={60} />
              <p>
                <Button type="submit" isDisabled={act.isPending}>
                  {c.addPasskey}
                </Button>
              </p>
            </form>
          )}
          {(data.totp || data.passkeys.length > 0) && (
            <>
              <h3>{c.recoveryCodes}</h3>
              <div className={styles.item}>
                <p>{c.codesLeft(data.recoveryCodes)}</p>
                <Button
                  compact
                  onPress={() => act.mutate(async () => (await ask('renewRecoveryCodes', {})).recoveryCodes)}
                >
                  {c.renewCodes}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </section>
  )
}
