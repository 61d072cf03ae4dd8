import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { PasswordSection } from './password-section.tsx'
import { SecondFactorSection, secondFactorsQuery } from './second-factor-section.tsx'
import styles from './security.module.css'

/** How one signs in, and where one is signed in: everybody's own page. */
function SecurityPage(): ReactElement {
  const w = useWords()
  const c = w.security
  const { data: provider } = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: ({ signal }) => ask('readSignInWays', {}, signal),
    select: (ways) => ways.provider,
  })
  const { data: hasPassword } = useQuery({
    ...secondFactorsQuery,
    select: ({ password }) => password,
  })
  const { mutate, error } = useMutation({
    mutationFn: () => ask('beginProviderLink', {}),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  useActs({
    acts: () =>
      provider ? [{ id: 'link', icon: 'shield', name: c.linkButton, run: () => mutate() } as const] : [],
  })
  return (
    <ScrollArea label={c.title} className={styles.page}>
      <PageTitle>{c.title}</PageTitle>
      {hasPassword === true && <PasswordSection />}
      <SecondFactorSection />
      {provider && (
        <section className={styles.section} aria-labelledby="link">
          <h2 id="link">{c.link}</h2>
          <p className={styles.quiet}>{c.linkLead}</p>
          {error !== null && (
            <div role="alert">
              <Notice tone="danger">{sentenceOf(w, error)}</Notice>
            </div>
          )}
          <p>
            <Button onPress={() => mutate()}>{c.linkButton}</Button>
          </p>
        </section>
      )}
      <OwnSessions />
    </ScrollArea>
  )
}

export default SecurityPage
