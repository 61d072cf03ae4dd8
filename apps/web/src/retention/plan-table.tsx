import { type FilingPlanEntry, filingPlanYears } from '@buergerdraht/contract'
import { type ReactElement, useState } from 'react'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import tables from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import { filingPlanWords } from './filing-plan-words.ts'
import styles from './retention-page.module.css'

/** More would be read by nobody at once; whoever looks for one finds it. */
const maxShown = 100

/** What was chosen among {@link YearsOptions}. */
export function yearsOf(value: string): FilingPlanEntry['years'] {
  return filingPlanYears.find((years) => String(years) === value) ?? null
}

export function YearsOptions(): ReactElement {
  const c = filingPlanWords[useWords().language]
  return (
    <>
      {[null, ...filingPlanYears].map((years) => (
        <option key={years} value={years ?? ''}>
          {c.years(years)}
        </option>
      ))}
    </>
  )
}

/** The entries of a plan; where it may be changed, with their periods to choose. */
export function PlanTable({
  name,
  entries,
  onChange,
}: {
  name: string
  entries: readonly FilingPlanEntry[]
  /** Left away: only to be read. */
  onChange?: (entries: readonly FilingPlanEntry[]) => void
}): ReactElement {
  const c = filingPlanWords[useWords().language]
  const [sought, setSought] = useState('')
  const needle = sought.trim().toLowerCase()
  const found = entries.filter(({ reference, title }) =>
    `${reference} ${title}`.toLowerCase().includes(needle),
  )
  return (
    <>
      <Field label={c.find} type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
      {found.length === 0 && <p>{c.noMatch}</p>}
      {found.length > 0 && (
        <ScrollArea label={name} className={tables.scroll}>
          <table className={tables.table}>
            <thead>
              <tr>
                <th scope="col">{c.reference}</th>
                <th scope="col">{c.name}</th>
                <th scope="col">{c.period}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, maxShown).map((entry) => (
                <tr key={entry.reference}>
                  <th scope="row">{entry.reference}</th>
                  <td>{entry.title}</td>
                  <td>
                    {onChange === undefined ? (
                      c.years(entry.years)
                    ) : (
                      <span className={styles.cell}>
                        <select
                          aria-label={c.periodOf(entry.reference)}
                          className={styles.select}
                          value={entry.years ?? ''}
                          onChange={({ target }) => {
                            const years = yearsOf(target.value)
                            onChange(entries.map((one) => (one === entry ? { ...entry, years } : one)))
                          }}
                        >
                          <YearsOptions />
                        </select>
                        <Button
                          compact
                          kind="quiet"
                          icon="close"
                          aria-label={c.remove(entry.reference)}
                          onPress={() => onChange(entries.filter((one) => one !== entry))}
                        />
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
      {found.length > maxShown && <p className={deskStyles.quiet}>{c.more(found.length - maxShown)}</p>}
    </>
  )
}
