import { type Role, roles } from '@buergerdraht/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Needs } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Switch } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { PlaceRules } from './place-rules.tsx'
import { ProviderRules } from './provider-rules.tsx'
import styles from './sign-in-settings-page.module.css'

type Change = Needs<'changeSignInSettings'>['body']

const settingsQuery = queryOptions({
  queryKey: ['sign-in-settings'] as const,
  queryFn: ({ signal }) => ask('readSignInSettings', {}, signal),
  ...changesByDecision,
})

function changedRoles(now: readonly Role[], role: Role, on: boolean): Role[] {
  return roles.filter((one) => (one === role ? on : now.includes(one)))
}

/** How one signs in here: which roles need a second factor, from where they are answered, and what the identity provider decides. */
function SignInSettingsPage(): ReactElement {
  const w = useWords()
  const c = w.signInSettings
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(settingsQuery)
  const change = useMutation({
    mutationFn: (body: Change) => ask('changeSignInSettings', { body }),
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery.queryKey, settings)
      announce(c.saved)
    },
  })
  useActs({
    acts: () =>
      roles.flatMap((role) => {
        const on = data?.secondFactorRoles.includes(role)
        return on === undefined
          ? []
          : [
              {
                id: role,
                icon: 'shield' as const,
                name: c.secondFactorFor(w.roles[role], !on),
                run: () => setSecondFactor(role, !on),
              },
            ]
      }),
  })
  function setSecondFactor(role: Role, on: boolean): void {
    if (data !== undefined)
      change.mutate({ secondFactorRoles: changedRoles(data.secondFactorRoles, role, on) })
  }
  return (
    <ScrollArea label={c.title} className={styles.page}>
      <PageTitle>{c.title}</PageTitle>
      {isPending && <Loading />}
      {error !== null && data === undefined && <Failed error={error} onRetry={() => void refetch()} />}
      {change.error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, change.error)}</Notice>
        </div>
      )}
      {data !== undefined && (
        <>
          {data.lostPasskeys > 0 && <Notice tone="warning">{c.lostPasskeys(data.lostPasskeys)}</Notice>}
          <section className={styles.section} aria-labelledby="needs-second-factor">
            <h2 id="needs-second-factor">{c.secondFactor}</h2>
            <p className={styles.quiet}>{c.secondFactorLead}</p>
            {roles.map((role) => (
              <Switch
                key={role}
                label={w.roles[role]}
                checked={data.secondFactorRoles.includes(role)}
                onChange={(on) => setSecondFactor(role, on)}
              />
            ))}
          </section>
          <section className={styles.section} aria-labelledby="places">
            <h2 id="places">{c.places}</h2>
            <PlaceRules
              settings={data}
              isSaving={change.isPending}
              error={change.error}
              onSave={(body) => change.mutate(body)}
            />
          </section>
          <section className={styles.section} aria-labelledby="provider">
            <h2 id="provider">{c.provider}</h2>
            {data.provider === null ? (
              <p>{c.noProvider}</p>
            ) : (
              <>
                <dl className={styles.facts}>
                  <dt>{c.issuer}</dt>
                  <dd>{data.provider.issuer}</dd>
                  <dt>{c.redirectUri}</dt>
                  <dd>{data.provider.redirectUri}</dd>
                  <dt>{c.local}</dt>
                  <dd>{data.local ? c.localOn : c.localOff}</dd>
                </dl>
                {data.rulesWait && <Notice tone="info">{c.rulesWait}</Notice>}
                <ProviderRules
                  settings={data}
                  isSaving={change.isPending}
                  onSave={(body) => change.mutate(body)}
                />
              </>
            )}
          </section>
        </>
      )}
    </ScrollArea>
  )
}

export default SignInSettingsPage
