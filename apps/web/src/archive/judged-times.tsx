import type { ReactElement } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortMoment, wholeDay } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import type { BelievedRoots, Judgement } from './judge-times.ts'
import { timeDifferences } from './time-differences.ts'
import { timesWords } from './times-words.ts'

type Finding = Judgement['findings'][number]
type Said = { readonly code: string; readonly location: string; readonly detail: string }

const tones = { good: 'success', bad: 'danger', open: 'warning', 'not-here': 'info' } as const

/** What is to be said of one file, by everything that was found of it. */
export function verdictOn(findings: readonly Finding[]): keyof typeof tones {
  if (findings.some(({ code }) => code.endsWith('_NOT_HERE'))) return 'not-here'
  if (findings.some(({ severity }) => severity === 'error')) return 'bad'
  return findings.some(({ code }) => code.endsWith('_GOOD')) &&
    findings.every(({ severity }) => severity === 'notice')
    ? 'good'
    : 'open'
}

function Judged({
  location,
  judgement,
  said,
  roots,
  differs,
}: {
  location: string
  judgement: Judgement
  said: readonly Said[]
  roots: BelievedRoots
  differs: boolean
}): ReactElement {
  const w = useWords()
  const c = timesWords[w.language]
  const findings = judgement.findings.filter((one) => one.location === location)
  const theirs = said.filter((one) => one.location === location)
  const verdict = verdictOn(findings)
  const name = c.files[location] ?? c.erasure(location)
  return (
    <section className={deskStyles.part} aria-label={name}>
      <h4 className={styles.judged}>{name}</h4>
      <Notice tone={tones[verdict]}>
        {c.verdicts[verdict]} {!roots.own && !differs && verdict !== 'not-here' ? c.same : null}
      </Notice>
      {differs && (
        <Notice tone="danger" alert>
          {c.differs} {c.serverSays}{' '}
          {theirs.length === 0
            ? c.serverSilent
            : theirs.map(({ code, detail }) => `${code} ${detail}`.trim()).join('; ')}
        </Notice>
      )}
      <ul>
        {findings.map((one) => (
          <li key={`${one.code} ${one.detail}`}>
            {one[w.language]} {one.detail} <code>{one.code}</code>
          </li>
        ))}
      </ul>
      {judgement.stamps
        .filter((one) => one.location === location)
        .map(({ at, authority, validUntil, root, fingerprint }) => (
          <p key={at} className={deskStyles.value}>
            {c.stamp(shortMoment(w, Date.parse(at)), authority, wholeDay(w, validUntil.slice(0, 10)))}
            <br />
            {c.root(root)} <code>{fingerprint}</code> <CopyButton text={fingerprint} name={c.copy(root)} />
          </p>
        ))}
    </section>
  )
}

/**
 * What the browser has found about time, file by file, and whether the server says the same.
 * @param said findings of the server
 */
export function JudgedTimes({
  judgement,
  said,
  roots,
}: {
  judgement: Judgement
  said: readonly Said[]
  roots: BelievedRoots
}): ReactElement {
  const c = timesWords[useWords().language]
  const differing = roots.own ? [] : timeDifferences(judgement.findings, said)
  const locations = new Set([...judgement.findings.map(({ location }) => location), ...differing])
  return (
    <>
      <p className={deskStyles.quiet}>
        {roots.own ? c.ownRoots : roots.pem === '' ? c.noRoots : c.officeRoots}
      </p>
      {[...locations].map((location) => (
        <Judged
          key={location}
          location={location}
          judgement={judgement}
          said={said}
          roots={roots}
          differs={differing.includes(location)}
        />
      ))}
    </>
  )
}
