import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import { useWords } from '../ui/words.tsx'
import styles from './proposals-page.module.css'
import type { ProposalsWords } from './proposals-words.ts'

/** What a proposal says, in words, by its kind. */
export function Said({
  proposal: { payload, concerns, state },
  words: c,
}: {
  proposal: Reply<'listProposals'>['items'][number]
  words: ProposalsWords
}): ReactElement {
  const w = useWords()
  if ('channelId' in payload)
    return (
      <div>
        <p>{c.account}</p>
        <ul>
          {payload.baseUrl !== null && <li>{c.address(payload.baseUrl)}</li>}
          {payload.credentials.map((name) => (
            <li key={name}>{c.credentials[name]}</li>
          ))}
        </ul>
        {state === 'open' && <p className={styles.quiet}>{c.accountHint}</p>}
      </div>
    )
  if ('signed' in payload)
    return (
      <div>
        <p>{c.signing(payload.signed.length)}</p>
        {state === 'open' && <p className={styles.quiet}>{c.signingHint}</p>}
      </div>
    )
  if ('providerRules' in payload)
    return (
      <div>
        <p>{c.rules(payload.providerClaim)}</p>
        <ol>
          {payload.providerRules.map(({ value, role }) => (
            <li key={`${value} ${role}`}>{c.rule(value, w.roles[role])}</li>
          ))}
        </ol>
      </div>
    )
  return (
    <div>
      <p>{c.role(concerns?.displayName ?? '', w.roles[payload.role])}</p>
      {state === 'open' && <p className={styles.quiet}>{c.roleHint}</p>}
    </div>
  )
}
