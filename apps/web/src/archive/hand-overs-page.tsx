import { answerFaults, answersFaults, may } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import { ask, type Reply, type Role } from '../api.ts'
import { base64Of, TooLarge } from '../ui/base64-of.ts'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading, sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type HandOver, type HandOverList, handOverLists, handOversQuery } from './archive-query.ts'
import { HandOverState } from './hand-over-state.tsx'
import { handOverWords } from './hand-over-words.ts'

type All = Reply<'listHandOvers'>

const maxAnswerBytes = 8 * 1024 * 1024

function HandOversTable({ items }: { items: readonly HandOver[] }): ReactElement {
  const w = useWords()
  const c = handOverWords[w.language]
  return (
    <ScrollArea className={tableStyles.scroll} label={c.title}>
      <table className={tableStyles.table}>
        <TableHead columns={c.columns} />
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">{shortMoment(w, Date.parse(one.preparedAt))}</th>
              <td className={styles.id}>
                <Link href={`/archiv/${one.packageId}`}>{pseudonym(one.packageId)}</Link>
              </td>
              <td>{c.messages[one.message]}</td>
              <td>{c.ways[one.way]}</td>
              <td>
                <HandOverState handOver={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** Whether somebody still listens: where answers are fetched, and when that last worked. */
function Looks({ looks }: { looks: All['looks'] }): ReactElement | null {
  const w = useWords()
  const c = handOverWords[w.language]
  if (looks.length === 0) return null
  return (
    <section aria-labelledby="answer-looks" className={deskStyles.part}>
      <h2 id="answer-looks">{c.looks}</h2>
      <ul className={deskStyles.items}>
        {looks.map(({ way, lookedAt }) => (
          <li key={way}>
            {lookedAt === null
              ? c.notLooked(c.ways[way])
              : c.looked(c.ways[way], shortMoment(w, Date.parse(lookedAt)))}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the other side has sent and nothing follows from, each with the sentence that says why. */
function Refused({ answers }: { answers: All['refused'] }): ReactElement {
  const w = useWords()
  const c = handOverWords[w.language]
  return (
    <section aria-labelledby="refused-answers" className={deskStyles.part}>
      <h2 id="refused-answers">{c.refused}</h2>
      {answers.length === 0 ? (
        <p>{c.none}</p>
      ) : (
        <>
          <p className={deskStyles.quiet}>{c.refusedIntro}</p>
          <ul className={deskStyles.items}>
            {answers.map(({ id, at, message, verdict, place, packageId }) => (
              <li key={id} className={deskStyles.item}>
                <p>
                  {shortMoment(w, Date.parse(at))}
                  {message === null ? '' : ` · ${message}`}
                  {packageId !== null && (
                    <>
                      {' · '}
                      <Link href={`/archiv/${packageId}`}>{c.ofPackage(pseudonym(packageId))}</Link>
                    </>
                  )}
                </p>
                <p>
                  {verdict in answerFaults && answerFaults[verdict as keyof typeof answerFaults][w.language]}{' '}
                  {place !== null && c.place(place)}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** An answer that came by another way than the drop folder. */
function TakeAnswer(): ReactElement {
  const w = useWords()
  const c = handOverWords[w.language]
  const client = useQueryClient()
  const taking = useMutation({
    mutationFn: async (file: File) =>
      ask('takeHandOverAnswer', { body: { file: await base64Of(file, maxAnswerBytes) } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['hand-overs'] }),
  })
  return (
    <div className={deskStyles.part}>
      <Field
        label={c.answer}
        hint={c.answerHint}
        type="file"
        accept=".xml,.zip,text/xml,application/xml,application/zip"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          // The same file can be chosen again.
          if (file !== undefined) taking.mutate(file, { onSettled: () => (target.value = '') })
        }}
      />
      {taking.isPending && <p role="status">{c.reading}</p>}
      {taking.data !== undefined && (
        <Notice tone={taking.data.accepted ? 'success' : 'danger'} alert>
          {taking.data.sentence[w.language]} {taking.data.place !== null && c.place(taking.data.place)}
        </Notice>
      )}
      {taking.error !== null && (
        <Notice tone="danger" alert>
          {taking.error instanceof TooLarge ? c.tooLarge : sentenceOf(w, taking.error)}
        </Notice>
      )}
    </div>
  )
}

/** What is on its way to others, what they have confirmed, and what they have not. */
export function HandOversPage({ role }: { role: Role }): ReactElement {
  const w = useWords()
  const c = handOverWords[w.language]
  const [of, setOf] = useState<HandOverList>('all')
  const { data, error, refetch } = useQuery(handOversQuery(of))
  return (
    <ScrollArea label={c.overview} className={deskStyles.page}>
      <p>
        <Link href="/archiv">{c.back}</Link>
      </p>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {data.counts.late > 0 && <Notice tone="danger">{c.late(data.counts.late)}</Notice>}
          {data.counts.rejected > 0 && <Notice tone="warning">{c.rejected(data.counts.rejected)}</Notice>}
          {data.looks.map(
            ({ way, fault, failingSince }) =>
              fault !== null &&
              failingSince !== null && (
                <Notice key={way} tone="danger">
                  {c.lookFails(
                    c.ways[way],
                    shortMoment(w, Date.parse(failingSince)),
                    answersFaults[fault][w.language],
                  )}
                </Notice>
              ),
          )}
          {data.counts.late + data.counts.rejected === 0 && <Notice tone="success">{c.fine}</Notice>}
        </>
      )}
      <div className={styles.chooser}>
        <SelectField label={c.list} value={of} onChange={({ target }) => setOf(target.value as HandOverList)}>
          {handOverLists.map((one) => (
            <option key={one} value={one}>
              {c.lists[one]}
              {one !== 'all' && data !== undefined && ` (${data.counts[one]})`}
            </option>
          ))}
        </SelectField>
      </div>
      {data !== undefined && (
        <>
          {data.items.length === 0 ? (
            <Empty icon="send">{c.empty}</Empty>
          ) : (
            <HandOversTable items={data.items} />
          )}
          {may(role, 'hand-over') && <TakeAnswer />}
          <Refused answers={data.refused} />
          <Looks looks={data.looks} />
        </>
      )}
    </ScrollArea>
  )
}
