import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { ruleInWords, ruleWords } from '../ui/rule-words.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tables from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import styles from './retention-page.module.css'
import { rulesWords } from './rules-words.ts'

/** Every data cluster with its rule in words, what it rests on, and since when it is in force. */
export function RulesTable({ clusters }: Reply<'readCatalogue'>): ReactElement {
  const w = useWords()
  const c = rulesWords[w.language]
  return (
    <ScrollArea label={c.rules} className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{c.cluster}</th>
            <th scope="col">{c.rule}</th>
            <th scope="col">{c.basis}</th>
            <th scope="col">{c.archive}</th>
            <th scope="col">{c.since}</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map((cluster) => {
            const [current] = cluster.versions
            return (
              <tr key={cluster.code}>
                <th scope="row">
                  <Link href={`/loeschkonzept/${cluster.code}`}>{cluster.title[w.language]}</Link>{' '}
                  <span className={deskStyles.quiet}>{cluster.code}</span>
                </th>
                <td>
                  <ul className={styles.plain}>
                    {ruleInWords(ruleWords[w.language], cluster, current?.classes ?? []).map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                </td>
                <td>{cluster.legalBasis[w.language]}</td>
                <td>{c.offering[cluster.offering]}</td>
                <td>
                  {current !== undefined &&
                    (current.signed === null
                      ? c.unsigned(current.version)
                      : c.inForceSince(current.version, shortMoment(w, Date.parse(current.signed.at))))}
                  {cluster.changeProposed && <div className={deskStyles.quiet}>{c.waits}</div>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollArea>
  )
}
