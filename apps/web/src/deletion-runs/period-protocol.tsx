import { type ReactElement, useState } from 'react'
import { apiRoot } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { officeNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import styles from './deletion-runs-page.module.css'
import { deletionRunsWords } from './deletion-runs-words.ts'

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** The protocol of a period, whatever runs it belongs to: this year so far, until another is chosen. */
export function PeriodProtocol(): ReactElement {
  const c = deletionRunsWords[useWords().language]
  const [from, setFrom] = useState(() => `${new Date(officeNow()).getUTCFullYear()}-01-01`)
  const [to, setTo] = useState(() => dayOf(new Date(officeNow())))
  const isPeriod = from !== '' && to !== '' && from <= to
  return (
    <section aria-labelledby="period-protocol" className={deskStyles.part}>
      <h2 id="period-protocol">{c.protocol}</h2>
      <p className={deskStyles.quiet}>{c.periodHint}</p>
      <div className={styles.days}>
        <Field label={c.from} type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
        <Field label={c.to} type="date" value={to} onChange={({ target }) => setTo(target.value)} />
      </div>
      {isPeriod && (
        <p>
          {(['pdf', 'csv'] as const).map((format) => (
            <a
              key={format}
              className={styles.download}
              href={`${apiRoot}/deletion-protocol?from=${from}&to=${to}&format=${format}`}
              download
            >
              {c.download(format.toUpperCase())}
            </a>
          ))}
        </p>
      )}
    </section>
  )
}
