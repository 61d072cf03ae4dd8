import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import deskStyles from '../ui/desk.module.css'
import { Figure, Figures } from '../ui/figures.tsx'
import { wholeDay } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type Renewals, renewalsQuery } from './archive-query.ts'
import { renewalWords } from './renewal-words.ts'

const dayMs = 24 * 60 * 60_000
const [width, height] = [200, 16] as const
/** So far from the right the latest end is drawn, so that its mark is whole. */
const margin = 6

type Ending = Renewals['endings'][number]

/** Until the end of its last day (UTC). */
function daysLeft({ until }: Ending, now: number): number {
  return Math.ceil((Date.parse(until) + dayMs - now) / dayMs)
}

/** How long something still holds, to the scale of what holds maxDays; within the mark it is renewed. The row says the same in figures. */
function Line({
  days,
  maxDays,
  leadDays,
}: {
  days: number
  maxDays: number
  leadDays: number
}): ReactElement {
  const scale = (width - margin) / Math.max(1, maxDays)
  const end = Math.max(0, days) * scale
  const mark = Math.max(0, days - leadDays) * scale
  return (
    <svg className={styles.line} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className={styles.wayBeside} d={`M0 ${height / 2}H${width}`} />
      <path className={styles.way} d={`M0 ${height / 2}H${end}M${end} 1V${height - 1}`} />
      <circle className={styles.own} cx={mark} cy={height / 2} r={4} />
    </svg>
  )
}

function nameOf({ kind, name }: Ending): string {
  return kind === 'certificate' ? name : name.toUpperCase().replaceAll(/SHA(?=\d)(?!3-)/g, 'SHA-')
}

function TimeLine({ endings, leadDays }: Renewals): ReactElement {
  const w = useWords()
  const now = useNow()
  const c = renewalWords[w.language]
  const inYears = new Intl.NumberFormat(w.locale, { maximumFractionDigits: 1 })
  const maxDays = Math.max(...endings.map((one) => daysLeft(one, now)))
  function left(days: number): string {
    if (days <= 0) return c.ended
    return days < 730 ? c.days(days) : c.years(inYears.format(days / 365.25))
  }
  return (
    <ScrollArea className={tableStyles.scroll} label={c.line}>
      <table className={tableStyles.table}>
        <TableHead columns={c.columns} />
        <tbody>
          {endings.map((one) => {
            const days = daysLeft(one, now)
            const rests = [
              ...(one.packages > 0 ? [c.packages(one.packages)] : []),
              ...one.logs.map((log) => c.logs[log]),
            ]
            return (
              <tr key={`${one.kind} ${one.name} ${one.until}`}>
                <th scope="row">
                  {c.kinds[one.kind]} {nameOf(one)}
                </th>
                <td>{wholeDay(w, one.until)}</td>
                <td className={days <= leadDays ? styles.wrong : undefined}>{left(days)}</td>
                <td>
                  <Line days={days} maxDays={maxDays} leadDays={leadDays} />
                </td>
                <td>{rests.join(', ')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What the proofs of the archive rest on and until when, and what is renewed now. */
export function RenewalsPage({ back }: { back: ReactElement }): ReactElement {
  const w = useWords()
  const c = renewalWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  const { data, error, refetch } = useQuery(renewalsQuery)
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      {back}
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined &&
        (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />)}
      {data !== undefined && (
        <>
          <Notice tone={data.packages.due > 0 ? 'warning' : 'success'}>
            {data.packages.due > 0 ? c.someDue(data.packages.due) : c.allGood}
          </Notice>
          <Figures>
            <Figure name={c.covered} value={inWords.format(data.packages.covered)} />
            <Figure name={c.due} value={inWords.format(data.packages.due)} hint={c.dueHint(data.leadDays)} />
            <Figure name={c.bare} value={inWords.format(data.packages.bare)} />
          </Figures>
          <h2>{c.line}</h2>
          {data.endings.length === 0 ? <Empty icon="clock">{c.nothing}</Empty> : <TimeLine {...data} />}
        </>
      )}
    </ScrollArea>
  )
}
