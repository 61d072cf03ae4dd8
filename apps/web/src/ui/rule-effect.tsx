import type { RulePreview } from '@buergerdraht/contract'
import type { ReactElement } from 'react'
import { ruleWords } from './rule-words.ts'
import { ScrollArea } from './scroll-area.tsx'
import styles from './table.module.css'
import { useWords } from './words.tsx'

const columns = ['objects', 'earlier', 'later', 'dueAtOnce'] as const

/** What another period would do to the dates there are: in sentences, and by team. */
export function RuleEffect({ preview }: { preview: RulePreview }): ReactElement {
  const w = useWords()
  const { effect: c } = ruleWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  const { objects, earlier, later, dueAtOnce, waiting, teams } = preview
  if (objects === 0) return <p>{c.none}</p>
  return (
    <>
      <ul>
        <li>{c.objects(objects, inWords.format(objects))}</li>
        {earlier > 0 && <li>{c.earlier(earlier, inWords.format(earlier), preview.earlierByDays)}</li>}
        {later > 0 && <li>{c.later(later, inWords.format(later), preview.laterByDays)}</li>}
        {waiting > 0 && <li>{c.waiting(waiting, inWords.format(waiting))}</li>}
        <li>{c.atOnce(dueAtOnce, inWords.format(dueAtOnce))}</li>
      </ul>
      <ScrollArea label={c.table} className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{c.team}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {c.columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {teams.map((one) => (
              <tr key={one.team}>
                <th scope="row">{one.team}</th>
                {columns.map((name) => (
                  <td key={name}>{inWords.format(one[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  )
}
