import { may } from '@buergerdraht/contract'
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import { ask, type Reply, type Session } from '../api.ts'
import { Button } from '../ui/button.tsx'
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
type Broken = Reply<'readLedgerState'>['broken'][number]

/** Nothing announces that something was entered. */
const refetchInterval = 10_000

const stateQuery = queryOptions({
  queryKey: ['ledger-state'] as const,
  queryFn: ({ signal }) => ask('readLedgerState', {}, signal),
  refetchInterval,
})
/** @param broken number of a ledger that was given up; null: the one in use */
function entriesQuery(broken: number | null) {
  return infiniteQueryOptions({
    queryKey: ['ledger-entries', broken] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(pageParam !== null && { cursor: pageParam }),
        ...(broken !== null && { broken: `${broken}` }),
      }
      return ask('listLedgerEntries', { query }, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: broken === null ? refetchInterval : false,
  })
}

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

function Entries({ broken = null }: { broken?: number | null }): ReactElement {
  const c = ledgerWords[useWords().language]
  const query = useInfiniteQuery(entriesQuery(broken))
  const { data, error, refetch, fetchNextPage } = query
  const items = useItems(data, c.shown)
  if (items === undefined)
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />
  if (items.length === 0) return <Empty icon="archive">{broken === null ? c.empty : c.nothingReadable}</Empty>
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
      <p>
        {data.number > 1 && `${c.numbered(data.number)} `}
        {c.carriedOut(data.appliedSize)}
      </p>
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

function GivenUp({ one }: { one: Broken }): ReactElement {
  const w = useWords()
  const c = ledgerWords[w.language]
  const [isShown, setShown] = useState(false)
  const heading = `given-up-${one.number}`
  return (
    <section aria-labelledby={heading} className={deskStyles.item}>
      <h3 id={heading}>{c.givenUpOne(one.number)}</h3>
      <dl className={deskStyles.facts}>
        <dt>{c.fault}</dt>
        <dd>{c.faults[one.fault]}</dd>
        <dt>{c.followedAt}</dt>
        <dd>{shortMoment(w, Date.parse(one.followedAt))}</dd>
        <dt>{c.origin}</dt>
        <dd>
          <code>{one.origin}</code>
        </dd>
        <dt>{c.known}</dt>
        <dd>{new Intl.NumberFormat(w.locale).format(one.size)}</dd>
        <dt>{c.root}</dt>
        <dd>
          <code>{one.root}</code>
        </dd>
        <dt>{c.proven}</dt>
        <dd>
          {one.provenSize === null || one.provenAt === null
            ? c.neverProven
            : c.provenOf(one.provenSize, shortMoment(w, Date.parse(one.provenAt)))}
        </dd>
        <dt>{c.key}</dt>
        <dd>
          <code>{one.verifierKey}</code> <CopyButton text={one.verifierKey} name={c.copyKey} />
        </dd>
      </dl>
      {one.isReadable ? (
        <p>
          <Button aria-expanded={isShown} aria-describedby={heading} onPress={() => setShown(!isShown)}>
            {isShown ? c.hideRest : c.showRest}
          </Button>
        </p>
      ) : (
        <p>{c.nothingLeft}</p>
      )}
      {isShown && <Entries broken={one.number} />}
    </section>
  )
}

/** Ledgers that were lost or damaged, marked for what they are. */
function AllGivenUp(): ReactElement | null {
  const c = ledgerWords[useWords().language]
  const { data } = useQuery(stateQuery)
  if (data === undefined || data.broken.length === 0) return null
  return (
    <>
      <h2>{c.givenUp}</h2>
      <p className={deskStyles.quiet}>{c.givenUpHint}</p>
      {data.broken.map((one) => (
        <GivenUp key={one.number} one={one} />
      ))}
    </>
  )
}

/** What was deleted, in words, and by which signatures it is proven: without names or content. */
function LedgerPage({ session }: { session: Session }): ReactElement {
  const { language } = useWords()
  const c = ledgerWords[language]
  return (
    <ScrollArea label={c.title} className={deskStyles.widePage}>
      {may(session.account.role, 'watch-retention') && (
        <p>
          <Link href="/loeschkonzept">{rulesWords[language].back}</Link>
        </p>
      )}
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <h2>{c.entries}</h2>
      <Entries />
      <h2>{c.checkpoints}</h2>
      <p className={deskStyles.quiet}>{c.checkpointsHint}</p>
      <Checkpoints />
      <AllGivenUp />
    </ScrollArea>
  )
}

export default LedgerPage
