import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { ask, type Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { NextPage, useItems } from '../ui/growing-list.tsx'
import { shortMoment } from '../ui/moment.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import { coverageQuery } from './coverage-query.ts'
import dueStyles from './due-ahead.module.css'
import type { DueListName } from './due-list-path.ts'
import { type DueWords, dueWords } from './due-words.ts'
import { rulesWords } from './rules-words.ts'

type DueObject = Reply<'listDueObjects'>['items'][number]

/** Tables whose rows are listed here. */
const listed: ReadonlySet<string> = new Set([
  'conversation',
  'contact',
  'attachment',
  'data_subject_request',
  'privacy_notice_evidence',
])

function objectsQuery(of: DueListName) {
  return infiniteQueryOptions({
    queryKey: ['due-objects', of] as const,
    queryFn: ({ pageParam, signal }) =>
      ask('listDueObjects', { query: pageParam === null ? of : { ...of, cursor: pageParam } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

function titleOf(of: DueListName, c: DueWords): string {
  if (of.list === 'undecided') return c.lists.undecided(c.ages[of.age])
  const title = of.list === 'week' ? c.lists.week(of.week) : c.lists[of.list]
  return of.kind === undefined ? title : `${title}: ${c.kinds[of.kind]}`
}

function Objects({ items, name }: { items: readonly DueObject[]; name: string }): ReactElement {
  const w = useWords()
  const c = dueWords[w.language]
  const { data: coverage } = useQuery(coverageQuery)
  const titles = new Map(coverage?.clusters.map(({ code, title }) => [code, title[w.language]]))
  function moment(at: string | null): string {
    return at === null ? c.none : shortMoment(w, Date.parse(at))
  }
  function keptBy({ held, atArchive }: DueObject): string {
    const reasons = [...(held ? [c.held] : []), ...(atArchive ? [c.atArchive] : [])]
    return reasons.length === 0 ? c.none : reasons.join(', ')
  }
  return (
    <ScrollArea label={name} className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <TableHead columns={c.columns} />
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row" className={dueStyles.unbroken}>
                {c.one[one.kind]} <code>{pseudonym(one.id)}</code>
              </th>
              <td>
                {titles.get(one.cluster)} <span className={deskStyles.quiet}>{one.cluster}</span>
              </td>
              <td className={dueStyles.unbroken}>
                {one.ruleVersion === null ? c.none : `LR-${one.cluster}@${one.ruleVersion}`}
              </td>
              <td className={dueStyles.unbroken}>{moment(one.dueAt)}</td>
              <td>{one.waitsFor === null ? c.none : (c.waitsFor[one.waitsFor] ?? one.waitsFor)}</td>
              <td className={dueStyles.unbroken}>{moment(one.undecidedSince)}</td>
              <td>{one.team ?? c.none}</td>
              <td>{keptBy(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What the figure counts beside what is listed: rows that go with others or by themselves. */
function Rest({ of }: { of: DueListName }): ReactElement | null {
  const w = useWords()
  const { data } = useQuery(coverageQuery)
  const { list } = of
  if (list === 'week' || list === 'undecided' || of.kind !== undefined) return null
  const rest = (data?.latest?.items ?? [])
    .filter(({ table }) => !listed.has(table) && !(list === 'missing' && table === 'search_entry'))
    .map((one) => ({
      table: one.table,
      n: list === 'missing' ? one.rows - one.classified : one[list],
    }))
    .filter(({ n }) => n > 0)
  const sum = rest.reduce((all, { n }) => all + n, 0)
  if (sum === 0) return null
  const inWords = new Intl.NumberFormat(w.locale)
  return (
    <p className={deskStyles.quiet}>
      {dueWords[w.language].rest(
        sum,
        inWords.format(sum),
        rest.map(({ table, n }) => `${table} ${inWords.format(n)}`).join(', '),
      )}
    </p>
  )
}

/** The objects behind a number of this desk: by their marks, without content and names. */
export function DueObjectsPage({ of }: { of: DueListName }): ReactElement {
  const w = useWords()
  const c = dueWords[w.language]
  const query = useInfiniteQuery(objectsQuery(of))
  const { data, error, refetch } = query
  const items = useItems(data, c.shown)
  const title = titleOf(of, c)
  return (
    <div className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept">{rulesWords[w.language].back}</Link>
      </p>
      <PageTitle>{title}</PageTitle>
      <p className={deskStyles.quiet}>{c.listHint}</p>
      {items === undefined && error === null && <Loading />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {items?.length === 0 && <Empty icon="check">{c.empty}</Empty>}
      {items !== undefined && items.length > 0 && <Objects items={items} name={title} />}
      <NextPage query={query} name={c.more} loading={c.loading} />
      <Rest of={of} />
    </div>
  )
}
