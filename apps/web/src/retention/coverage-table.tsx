import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import styles from './retention-page.module.css'
import type { RetentionWords } from './retention-words.ts'

type State = Reply<'readCoverage'>
type Item = NonNullable<State['latest']>['items'][number]

/** Rows of one cluster, wherever they are stored. */
function ofCluster(items: readonly Item[], code: string) {
  const own = items.filter(({ cluster, rows }) => cluster === code && rows > 0)
  function sum(name: 'rows' | 'waiting' | 'overdue' | 'kept' | 'classified'): number {
    return own.reduce((all, one) => all + one[name], 0)
  }
  return {
    tables: own.map(({ table }) => table),
    rows: sum('rows'),
    waiting: sum('waiting'),
    overdue: sum('overdue'),
    kept: sum('kept'),
    missing: sum('rows') - sum('classified'),
  }
}

export function CoverageTable({
  clusters,
  items,
  words: c,
}: {
  clusters: State['clusters']
  items: readonly Item[]
  words: RetentionWords
}): ReactElement {
  const w = useWords()
  const inWords = new Intl.NumberFormat(w.locale)
  const rows = clusters
    .map(({ code, title }) => ({ code, title: title[w.language], ...ofCluster(items, code) }))
    .filter((one) => one.rows > 0)
  return (
    <ScrollArea label={c.table} className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{c.cluster}</th>
            <th scope="col">{c.rows}</th>
            <th scope="col">{c.waiting}</th>
            <th scope="col">{c.late}</th>
            <th scope="col">{c.kept}</th>
            <th scope="col">{c.missing}</th>
            <th scope="col">{c.where}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.code}>
              <th scope="row">
                {one.title} <span className={deskStyles.quiet}>{one.code}</span>
              </th>
              <td>{inWords.format(one.rows)}</td>
              <td>{inWords.format(one.waiting)}</td>
              <td className={one.overdue > 0 ? styles.wrong : undefined}>{inWords.format(one.overdue)}</td>
              <td>{inWords.format(one.kept)}</td>
              <td className={one.missing > 0 ? styles.wrong : undefined}>{inWords.format(one.missing)}</td>
              <td className={deskStyles.quiet}>{one.tables.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
