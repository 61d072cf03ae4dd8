import type { DueCounts, DueKind } from '@buergerdraht/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type ReactElement, useId } from 'react'
import { Link } from 'wouter'
import { ask, type Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import styles from './due-ahead.module.css'
import { type DueListName, dueListPath } from './due-list-path.ts'
import { dueWords } from './due-words.ts'
import pageStyles from './retention-page.module.css'

type Due = Reply<'readDue'>

const kinds: readonly DueKind[] = ['matter', 'contact', 'file', 'request', 'notice']
const [width, height] = [160, 16]

const dueQuery = queryOptions({
  queryKey: ['due'] as const,
  queryFn: ({ signal }) => ask('readDue', {}, signal),
  // Nothing announces that time has passed.
  refetchInterval: 60_000,
})

function totalOf(counts: DueCounts): number {
  return kinds.reduce((sum, kind) => sum + counts[kind], 0)
}

/** Kinds differ by their hatching, not by colour alone. */
function Hatchings({ id }: { id: string }): ReactElement {
  return (
    <defs>
      <pattern id={`${id}-contact`} width={5} height={5} patternUnits="userSpaceOnUse">
        <path className={styles.line} d="M0 5 5 0" />
      </pattern>
      <pattern id={`${id}-file`} width={5} height={5} patternUnits="userSpaceOnUse">
        <circle className={styles.solid} cx={2.5} cy={2.5} r={1.4} />
      </pattern>
      <pattern id={`${id}-request`} width={4} height={4} patternUnits="userSpaceOnUse">
        <path className={styles.line} d="M0 2H4" />
      </pattern>
      <pattern id={`${id}-notice`} width={4} height={4} patternUnits="userSpaceOnUse">
        <path className={styles.line} d="M2 0V4" />
      </pattern>
    </defs>
  )
}

function Segment({ kind, id, x, w }: { kind: DueKind; id: string; x: number; w: number }): ReactElement {
  return (
    <>
      {kind !== 'matter' && (
        <rect x={x} y={1} width={w} height={height - 2} style={{ fill: `url(#${id}-${kind})` }} />
      )}
      <rect
        className={kind === 'matter' ? styles.matter : styles.edge}
        x={x + 0.5}
        y={1}
        width={Math.max(0, w - 1)}
        height={height - 2}
      />
    </>
  )
}

/** How many of which kind, to the scale of the longest; the row says the same in figures. */
function Bar({ counts, max, overdue }: { counts: DueCounts; max: number; overdue: boolean }): ReactElement {
  const id = useId()
  const scale = max === 0 ? 0 : width / max
  return (
    <svg
      className={styles.bar}
      viewBox={`0 0 ${width} ${height}`}
      data-overdue={overdue || undefined}
      aria-hidden="true"
    >
      <Hatchings id={id} />
      {kinds.map((kind, index) => {
        const before = kinds.slice(0, index).reduce((sum, one) => sum + counts[one], 0)
        return counts[kind] === 0 ? null : (
          <Segment key={kind} kind={kind} id={id} x={before * scale} w={counts[kind] * scale} />
        )
      })}
    </svg>
  )
}

function Swatch({ kind }: { kind: DueKind }): ReactElement {
  const id = useId()
  return (
    <svg className={styles.swatch} viewBox={`0 0 ${height} ${height}`} aria-hidden="true">
      <Hatchings id={id} />
      <Segment kind={kind} id={id} x={0} w={height} />
    </svg>
  )
}

/** A number that opens the list behind it; behind nothing there is none. */
function Count({ n, name, to }: { n: number; name: string; to: DueListName }): ReactElement {
  const w = useWords()
  const inWords = new Intl.NumberFormat(w.locale).format(n)
  if (n === 0) return <>{inWords}</>
  return (
    <Link href={dueListPath(to)} aria-label={`${name}: ${inWords}`}>
      {inWords}
    </Link>
  )
}

function Row({
  name,
  counts,
  max,
  to,
}: {
  name: string
  counts: DueCounts
  max: number
  to: { list: 'overdue' | 'kept' } | { list: 'week'; week: string }
}): ReactElement {
  const c = dueWords[useWords().language]
  const isOverdue = to.list === 'overdue'
  return (
    <tr>
      <th scope="row" className={isOverdue && totalOf(counts) > 0 ? pageStyles.wrong : styles.unbroken}>
        {name}
      </th>
      <td>
        <Bar counts={counts} max={max} overdue={isOverdue && totalOf(counts) > 0} />
      </td>
      <td>
        <Count n={totalOf(counts)} name={`${name}, ${c.all}`} to={to} />
      </td>
      {kinds.map((kind) => (
        <td key={kind}>
          <Count n={counts[kind]} name={`${name}, ${c.kinds[kind]}`} to={{ ...to, kind }} />
        </td>
      ))}
    </tr>
  )
}

function Weeks({ due }: { due: Due }): ReactElement {
  const w = useWords()
  const c = dueWords[w.language]
  const max = Math.max(
    totalOf(due.overdue),
    totalOf(due.kept),
    ...due.weeks.map(({ counts }) => totalOf(counts)),
  )
  const day = new Intl.DateTimeFormat(w.locale, { day: '2-digit', month: '2-digit', timeZone: 'UTC' })
  return (
    <ScrollArea label={c.title} className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{c.week}</th>
            <th scope="col">{c.drawn}</th>
            <th scope="col">{c.all}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                <Swatch kind={kind} /> {c.kinds[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={c.overdue} counts={due.overdue} max={max} to={{ list: 'overdue' }} />
          <Row name={c.kept} counts={due.kept} max={max} to={{ list: 'kept' }} />
          {due.weeks.map(({ week, monday, counts }, index) => {
            const number = Number(week.slice(6))
            const name =
              index === 0
                ? c.thisWeek(number)
                : c.weekName(number, day.format(Date.parse(`${monday}T00:00Z`)))
            return <Row key={week} name={name} counts={counts} max={max} to={{ list: 'week', week }} />
          })}
        </tbody>
      </table>
    </ScrollArea>
  )
}

function Undecided({ undecided }: { undecided: Due['undecided'] }): ReactElement {
  const c = dueWords[useWords().language]
  const max = Math.max(...undecided.map(({ matters }) => matters))
  return (
    <ScrollArea label={c.undecided} className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{c.age}</th>
            <th scope="col">{c.drawn}</th>
            <th scope="col">{c.matters}</th>
          </tr>
        </thead>
        <tbody>
          {undecided.map(({ age, matters }) => (
            <tr key={age}>
              <th scope="row">{c.ages[age]}</th>
              <td>
                <Bar
                  counts={{ matter: matters, contact: 0, file: 0, request: 0, notice: 0 }}
                  max={max}
                  overdue={false}
                />
              </td>
              <td>
                <Count n={matters} name={`${c.ages[age]}, ${c.matters}`} to={{ list: 'undecided', age }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What has to go in the weeks ahead and what is late, and what nobody has decided about: drawn, with the same in figures. */
export function DueAhead(): ReactElement {
  const c = dueWords[useWords().language]
  const { data, error, refetch } = useQuery(dueQuery)
  return (
    <>
      <h2>{c.title}</h2>
      <p className={deskStyles.quiet}>{c.hint}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Weeks due={data} />}
      <h2>{c.undecided}</h2>
      <p className={deskStyles.quiet}>{c.undecidedHint}</p>
      {data !== undefined && <Undecided undecided={data.undecided} />}
    </>
  )
}
