import { nameOfPlace, type ProcessorList } from '@buergerdraht/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { ask, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Figure, Figures } from '../ui/figures.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading, sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import { type ProcessorsWords, processorsWords } from './processors-words.ts'
import styles from './retention-page.module.css'
import { rulesWords } from './rules-words.ts'

type Desk = Reply<'listAtProcessors'>

/** Each number leads to the list behind it: the address names the list. */
const pathOf: Readonly<Record<ProcessorList, string>> = {
  open: 'dienstleister',
  refused: 'dienstleister-abgelehnt',
  resting: 'dienstleister-rest',
  ended: 'dienstleister-erledigt',
}
const lists = Object.keys(pathOf) as ProcessorList[]

/** The list that an address of this desk names; null: it names something else. */
export function processorListOf(openId: string | null): ProcessorList | null {
  return lists.find((list) => pathOf[list] === openId) ?? null
}

export function processorsQuery(of: ProcessorList) {
  return queryOptions({
    queryKey: ['processors', of] as const,
    queryFn: ({ signal }) => ask('listAtProcessors', { query: { of } }, signal),
    // Nothing announces what a provider has answered.
    refetchInterval: 10_000,
  })
}

function Counted({ desk, of }: { desk: Desk; of: ProcessorList }): ReactElement {
  const w = useWords()
  const c = processorsWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  function moment(at: string | null): string {
    return at === null ? c.none : shortMoment(w, Date.parse(at))
  }
  return (
    <Figures>
      {lists.map((list) => (
        <Figure
          key={list}
          name={c.lists[list]}
          value={
            <Link
              href={`/loeschkonzept/${pathOf[list]}`}
              aria-label={`${c.lists[list]}: ${inWords.format(desk.counts[list])}`}
              aria-current={list === of ? 'page' : undefined}
            >
              {inWords.format(desk.counts[list])}
            </Link>
          }
        />
      ))}
      <Figure name={c.oldest} value={moment(desk.oldestAt)} />
      <Figure name={c.last} value={moment(desk.residueUntil)} />
    </Figures>
  )
}

function AskAgain({ id, words: c }: { id: string; words: ProcessorsWords }): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('askProcessorAgain', { params: { id } }),
    onSuccess: () => announce(c.askedAgain),
    onSettled: () => client.invalidateQueries({ queryKey: ['processors'] }),
  })
  return (
    <>
      {' '}
      <Button compact isDisabled={isPending} onPress={() => mutate()}>
        {c.askAgain}
      </Button>
      {error !== null && <span role="alert"> {sentenceOf(w, error)}</span>}
    </>
  )
}

function Tasks({ items, name }: { items: Desk['items']; name: string }): ReactElement {
  const w = useWords()
  const c = processorsWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  return (
    <ScrollArea className={tableStyles.scroll} label={name}>
      <table className={tableStyles.table}>
        <TableHead columns={c.columns} />
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {c.processors[one.processor]}: {c.kinds[one.kind]}
                {one.objects > 1 && ` (${inWords.format(one.objects)})`}
              </th>
              <td>{one.channel}</td>
              <td>{shortMoment(w, Date.parse(one.createdAt))}</td>
              <td className={one.state === 'refused' ? styles.wrong : undefined}>
                {c.states[one.state]}
                {one.code !== null && <span className={deskStyles.quiet}> {one.code}</span>}
              </td>
              <td>{inWords.format(one.attempts)}</td>
              <td>
                {one.nextTryAt === null ? '–' : shortMoment(w, Date.parse(one.nextTryAt))}
                {one.nextTryAt !== null && <AskAgain id={one.id} words={c} />}
              </td>
              <td>
                {one.residueUntil === null ? c.unknownEnd : shortMoment(w, Date.parse(one.residueUntil))}
              </td>
              <td>
                {nameOfPlace(one.ledgerEntry)}
                {one.reportedIn !== null && `, ${nameOfPlace(one.reportedIn)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What processors still have of what was destroyed here: open, refused, resting, ended; without content. */
export function ProcessorsPage({ of }: { of: ProcessorList }): ReactElement {
  const w = useWords()
  const c = processorsWords[w.language]
  const { data, error, refetch } = useQuery(processorsQuery(of))
  return (
    <div className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept">{rulesWords[w.language].back}</Link>
      </p>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {data.counts.refused > 0 ? (
            <Notice tone="warning">{c.refusing(data.counts.refused)}</Notice>
          ) : (
            <Notice tone="success">{c.calm}</Notice>
          )}
          <Counted desk={data} of={of} />
          <h2>{c.lists[of]}</h2>
          {data.items.length === 0 ? (
            <Empty icon="check">{c.empty}</Empty>
          ) : (
            <Tasks items={data.items} name={c.lists[of]} />
          )}
          {data.counts[of] > data.items.length && <p className={deskStyles.quiet}>{c.limited}</p>}
        </>
      )}
    </div>
  )
}
