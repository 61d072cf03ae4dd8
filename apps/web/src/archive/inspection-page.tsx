import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Session } from '../api.ts'
import { CheckpointProofs } from '../ui/checkpoint-proofs.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type ArchiveState, archiveStateQuery } from './archive-query.ts'
import { checkpointWords } from './checkpoint-words.ts'
import { CheckpointsPage } from './checkpoints.tsx'
import { inspectionWords } from './inspection-words.ts'
import { PackageList } from './package-list.tsx'
import { PackagePage } from './package-page.tsx'
import { renewalWords } from './renewal-words.ts'
import { RenewalsPage } from './renewals.tsx'
import { SelfChecksPage } from './self-checks.tsx'
import { Standing } from './standing.tsx'
import { Verifying } from './verifying.tsx'

const place = '/pruefung'

function SelfCheck({ check }: Pick<ArchiveState, 'check'>): ReactElement {
  const w = useWords()
  const c = inspectionWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  if (check === null) return <p>{c.noCheck}</p>
  const { at, leaves, packages, contents, findings } = check
  const [all, held, opened] = [leaves, packages, contents].map((n) => inWords.format(n))
  return (
    <>
      <p>{c.checked(shortMoment(w, Date.parse(at)), all ?? '', held ?? '', opened ?? '')}</p>
      {findings.length === 0 ? (
        <Notice tone="success">{c.agrees}</Notice>
      ) : (
        <>
          <Notice tone="danger">{c.differs(findings.length)}</Notice>
          <ul>
            {findings.map(({ code, place: where }) => (
              <li key={`${code} ${where}`}>
                <code>{code}</code> {where}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Log({ state }: { state: ArchiveState }): ReactElement {
  const c = inspectionWords[useWords().language]
  const keys = [
    [c.archiveKey, state.verifierKeys.archive],
    [c.ledgerKey, state.verifierKeys.ledger],
  ] as const
  return (
    <>
      <section aria-labelledby="checkpoint" className={deskStyles.part}>
        <h2 id="checkpoint">{c.checkpoint}</h2>
        {state.checkpoint === null ? (
          <p>{c.none}</p>
        ) : (
          <>
            <p className={deskStyles.quiet}>{c.checkpointHint}</p>
            <pre className={styles.note}>{state.checkpoint.note}</pre>
            <p>
              <CopyButton text={state.checkpoint.note} name={c.copyCheckpoint} />
            </p>
          </>
        )}
      </section>
      <CheckpointProofs proofs={state.proofs} />
      <section aria-labelledby="check" className={deskStyles.part}>
        <h2 id="check">{c.check}</h2>
        <SelfCheck check={state.check} />
      </section>
      <section aria-labelledby="keys" className={deskStyles.part}>
        <h2 id="keys">{c.keys}</h2>
        <p className={deskStyles.quiet}>{c.keysHint}</p>
        <dl className={deskStyles.facts}>
          {keys.map(([name, key]) => [
            <dt key={`${name} name`}>{name}</dt>,
            <dd key={name} className={deskStyles.value}>
              <code>{key}</code> <CopyButton text={key} name={c.copyKey(name)} />
            </dd>,
          ])}
        </dl>
      </section>
    </>
  )
}

/** The auditor's place: whether the archive proves what it should, for whoever trusts nobody here. */
function InspectionPage({ openId, session }: { openId: string | null; session: Session }): ReactElement {
  const { language } = useWords()
  const c = inspectionWords[language]
  const { data } = useQuery({ ...archiveStateQuery, enabled: openId === null })
  const back = (
    <p>
      <Link href={place}>{checkpointWords[language].back}</Link>
    </p>
  )
  if (openId === 'pruefpunkte') return <CheckpointsPage back={back} />
  if (openId === 'selbstpruefungen') return <SelfChecksPage back={back} />
  if (openId === 'erneuerungen') return <RenewalsPage back={back} />
  if (openId !== null) return <PackagePage id={openId} place={place} role={session.account.role} />
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <p className={styles.links}>
        <Link href={`${place}/pruefpunkte`}>{checkpointWords[language].open}</Link>
        <Link href={`${place}/selbstpruefungen`}>{renewalWords[language].checks.open}</Link>
        <Link href={`${place}/erneuerungen`}>{renewalWords[language].open}</Link>
      </p>
      <Standing />
      {data === undefined ? <Loading /> : <Log state={data} />}
      <h2>{c.packages}</h2>
      <PackageList place={place} role={session.account.role} />
      <Verifying />
    </ScrollArea>
  )
}

export default InspectionPage
