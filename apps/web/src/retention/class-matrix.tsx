import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Reply } from '../api.ts'
import { periodInWords, ruleWords } from '../ui/rule-words.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tables from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import styles from './retention-page.module.css'
import { rulesWords } from './rules-words.ts'

type Catalogue = Reply<'readCatalogue'>

const starts = ['COLLECTED', 'CASE_CLOSED', 'CASE_CLOSED+END_OF_YEAR', 'RELATION_ENDED'] as const

/** The class matrix (DIN EN ISO/IEC 27555): standard periods by start events, with the clusters that lie in each class. */
export function ClassMatrix({ periods, clusters }: Catalogue): ReactElement {
  const w = useWords()
  const c = rulesWords[w.language]
  const placed = clusters.flatMap(({ code, title, versions }) =>
    (versions[0]?.classes ?? []).map(({ start, endOfYear, period, variant }) => ({
      code,
      title: title[w.language],
      variant,
      period,
      start: endOfYear ? `${start}+END_OF_YEAR` : start,
    })),
  )
  const used = periods.filter((period) => placed.some((one) => one.period === period))
  return (
    <ScrollArea label={c.matrix} className={tables.scroll}>
      <table className={`${tables.table} ${styles.matrix}`}>
        <thead>
          <tr>
            <th scope="col">{c.period}</th>
            {starts.map((start) => (
              <th key={start} scope="col">
                {c.starts[start]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {used.map((period) => (
            <tr key={period}>
              <th scope="row">{periodInWords(ruleWords[w.language], period)}</th>
              {starts.map((start) => (
                <td key={start}>
                  <ul className={styles.cell}>
                    {placed
                      .filter((one) => one.period === period && one.start === start)
                      .map(({ code, title, variant }) => (
                        <li key={`${code} ${variant}`}>
                          <Link
                            href={`/loeschkonzept/${code}`}
                            className={styles.chip}
                            aria-label={`${code} ${title}`}
                            title={title}
                          >
                            {code}
                          </Link>
                        </li>
                      ))}
                  </ul>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
