import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { Link } from 'wouter'
import deskStyles from '../ui/desk.module.css'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { rulesWords } from './rules-words.ts'

/** A page below the deletion concept: the way back, what it is about, and what was read for it as soon as that is there. */
export function SubPage<Data>({
  words: c,
  query: { data, error, refetch },
  children,
}: {
  words: { readonly title: string; readonly intro: string }
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  children: (data: Data) => ReactNode
}): ReactElement {
  const w = useWords()
  return (
    <ScrollArea label={c.title} className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept">{rulesWords[w.language].back}</Link>
      </p>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && children(data)}
    </ScrollArea>
  )
}
