import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { ask, type Reply } from '../api.ts'
import { CheckpointProofs } from '../ui/checkpoint-proofs.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import deskStyles from '../ui/desk.module.css'
import { NextPage, useItems } from '../ui/growing-list.tsx'
import { shortMoment } from '../ui/moment.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import { ledgerWords } from './ledger-words.ts'
import styles from './retention-page.module.css'
import { rulesWords } from './rules-words.ts'

type Entry = Reply<'listLedgerEntries'>['items'][number]
type Checkpoint = Reply<'readLedgerState'>['items'][number]

/** Nothing announces that something was entered. */
const refetchInterval = 10_000

const stateQuery = queryOptions({
  queryKey: ['ledger-state'] as const,
  queryFn: ({ signal }) => ask('readLedgerState', {}, signal),
  refetchInterval,
})
const entriesQuery = infiniteQueryOptions({
  queryKey: ['ledger-entries'] as const,
  queryFn: ({ pageParam, signal }) =>
    ask('listLedgerEntries', { query: pageParam === null ? {} : { cursor: pageParam } }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval,
})

function Item({ entry }: { entry: Entry }): ReactElement {
  const w = useWords()
  const c = ledgerWords[w.language]
  return (
    <li className={deskStyles.item}>
      <h3>
        {entry.title?.[w.language] ?? c.entry(entry.seq)}{' '}
        <span className={deskStyles.quiet}>
          {entry.title !== null && c.entry(entry.seq)}
          {entry.at !== null && <> · {shortMoment(w, Date.parse(entry.at))}</>}
        </span>
      </h3>
      {entry.title === null && <p>{c.removed}</p>}
      <dl className={deskStyles.facts}>
        {entry.facts.map(({ name, value }) => [
          <dt key={`${name.en} name`}>{name[w.language]}</dt>,
          <dd key={name.en}>{value[w.language]}</dd>,
        ])}
      </dl>
    </li>
  )
}

function Entries(): ReactElement {
  const c = ledgerWords[useWords().language]
  const query = useInfiniteQuery(entriesQuery)
  const { data, error, refetch, fetchNextPage } = query
  const items = useItems(data, c.shown)
  if (items === undefined)
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />
  if (items.length === 0) return <Empty icon="archive">{c.empty}</Empty>
  return (
    <>
      <ol className={deskStyles.items}>
        {items.map((entry) => (
          <Item key={entry.seq} entry={entry} />
        ))}
      </ol>
      {error !== null && <Failed error={error} onRetry={() => void fetchNextPage()} />}
      <NextPage query={query} name={c.older} loading={c.loading} />
    </>
  )
}

function stateOf(c: (typeof ledgerWords)['de' | 'en'], { signed, agrees }: Checkpoint): string {
  if (!signed) return c.bad
  if (agrees === null) return c.good
  return agrees ? c.agrees : c.differs
}

function Checkpoints(): ReactElement {
  const w = useWords()
  const c = ledgerWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  const { data, error, refetch } = useQuery(stateQuery)
  if (data === undefined)
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />
  return (
    <>
      <p>{c.carriedOut(data.appliedSize)}</p>
      <p className={deskStyles.value}>
        {c.key}: <code>{data.verifierKey}</code> <CopyButton text={data.verifierKey} name={c.copyKey} />
      </p>
      {data.items.length === 0 ? (
        <p>{c.noCheckpoints}</p>
      ) : (
        <ScrollArea className={tableStyles.scroll} label={c.checkpoints}>
          <table className={tableStyles.table}>
            <TableHead columns={c.columns} />
            <tbody>
              {data.items.map((one) => (
                <tr key={one.size}>
                  <th scope="row">{inWords.format(one.size)}</th>
                  <td>
                    <code>{one.root}</code>
                  </td>
                  <td className={one.signed && one.agrees !== false ? undefined : styles.wrong}>
                    {stateOf(c, one)}
                  </td>
                  <td>
                    <CopyButton text={one.note} name={c.copy(one.size)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
      <CheckpointProofs proofs={data.proofs} />
    </>
  )
}

/** What was deleted, in words, and by which signatures it is proven: without names or content. */
export function LedgerPage(): ReactElement {
  const { language } = useWords()
  const c = ledgerWords[language]
  return (
    <div className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept">{rulesWords[language].back}</Link>
      </p>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <h2>{c.entries}</h2>
      <Entries />
      <h2>{c.checkpoints}</h2>
      <p className={deskStyles.quiet}>{c.checkpointsHint}</p>
      <Checkpoints />
    </div>
  )
}
