import { may } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Session } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ruleInWords, ruleWords } from '../ui/rule-words.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { catalogueQuery } from './catalogue-query.ts'
import styles from './retention-page.module.css'
import { RuleChange } from './rule-change.tsx'
import { rulesWords } from './rules-words.ts'

/** The rule of one data cluster: what it rests on, all its versions, and how it is changed. */
export function RulePage({ code, session }: { code: string; session: Session }): ReactElement {
  const w = useWords()
  const c = rulesWords[w.language]
  const { data, error, refetch } = useQuery(catalogueQuery)
  const cluster = data?.clusters.find((one) => one.code === code)
  const title = cluster === undefined ? code : `${cluster.title[w.language]} (${code})`
  return (
    <ScrollArea label={title} className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept">{c.back}</Link>
      </p>
      <PageTitle>{title}</PageTitle>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && cluster === undefined && <Empty icon="search">{c.unknown}</Empty>}
      {data !== undefined && cluster !== undefined && (
        <>
          <dl className={deskStyles.facts}>
            <dt>{c.purpose}</dt>
            <dd>{cluster.purpose[w.language]}</dd>
            <dt>{c.subjects}</dt>
            <dd>{cluster.dataSubjects[w.language]}</dd>
            <dt>{c.basis}</dt>
            <dd>{cluster.legalBasis[w.language]}</dd>
            <dt>{c.archive}</dt>
            <dd>{c.offering[cluster.offering]}</dd>
            <dt>{c.remark}</dt>
            <dd>{cluster.remark[w.language]}</dd>
          </dl>
          <h2>{c.versions}</h2>
          <ol className={styles.plain}>
            {cluster.versions.map(({ version, classes, signed }) => (
              <li key={version}>
                <strong>{c.version(version)}</strong>{' '}
                {ruleInWords(ruleWords[w.language], cluster, classes).join('; ')}
                <div className={deskStyles.quiet}>
                  {signed === null
                    ? c.proposalOfProduct
                    : c.signedBy(
                        signed.proposedBy ?? c.somebody,
                        signed.approvedBy ?? c.somebody,
                        shortMoment(w, Date.parse(signed.at)),
                      )}
                </div>
              </li>
            ))}
          </ol>
          <h2>{c.change}</h2>
          {cluster.changeProposed && <Notice tone="info">{c.proposed}</Notice>}
          {cluster.changeable ? (
            <RuleChange
              // With another version in force the form begins anew.
              key={cluster.versions[0]?.version}
              cluster={cluster}
              periods={data.periods}
              mayPropose={may(session.account.role, 'propose-rules')}
            />
          ) : (
            <p>{c.notChangeable}</p>
          )}
        </>
      )}
    </ScrollArea>
  )
}
