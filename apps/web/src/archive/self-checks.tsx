import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import deskStyles from '../ui/desk.module.css'
import { NextPage, useItems } from '../ui/growing-list.tsx'
import { shortMoment } from '../ui/moment.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { selfChecksQuery } from './archive-query.ts'
import { renewalWords } from './renewal-words.ts'

/** Every self-check of the archive, newest first, with what it found. */
export function SelfChecksPage({ back }: { back: ReactElement }): ReactElement {
  const w = useWords()
  const c = renewalWords[w.language].checks
  const inWords = new Intl.NumberFormat(w.locale)
  const query = useInfiniteQuery(selfChecksQuery)
  const { data, error, refetch, fetchNextPage } = query
  const items = useItems(data, c.shown)
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      {back}
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {items === undefined && error === null && <Loading rows={4} />}
      {error !== null && (
        <Failed error={error} onRetry={() => void (items === undefined ? refetch() : fetchNextPage())} />
      )}
      {items?.length === 0 && <Empty icon="shield">{c.none}</Empty>}
      {items !== undefined && items.length > 0 && (
        <ScrollArea className={tableStyles.scroll} label={c.open}>
          <table className={tableStyles.table}>
            <TableHead columns={c.columns} />
            <tbody>
              {items.map(({ id, at, leaves, packages, contents, findings }) => (
                <tr key={id}>
                  <th scope="row">{shortMoment(w, Date.parse(at))}</th>
                  <td>{inWords.format(leaves)}</td>
                  <td>{inWords.format(packages)}</td>
                  <td>{inWords.format(contents)}</td>
                  <td className={findings.length === 0 ? undefined : styles.wrong}>
                    {findings.length === 0
                      ? c.agrees
                      : findings.map(({ code, place }) => (
                          <div key={`${code} ${place}`} className={deskStyles.value}>
                            <code>{code}</code> {place}
                          </div>
                        ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
      <NextPage query={query} name={c.older} loading={c.loading} />
    </ScrollArea>
  )
}
