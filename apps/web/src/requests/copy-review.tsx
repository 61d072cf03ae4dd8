import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { NextPage, nextFrom } from '../ui/growing-list.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { CopyPart, type Redaction } from './copy-part.tsx'
import { requestsQuery } from './requests-query.ts'
import { requestsWords } from './requests-words.ts'

/** Of everything that a copy would hold, what is another person's: passage by passage, file by file. */
export function CopyReview({ id }: { id: string }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const client = useQueryClient()
  const params = { id }
  const [only, setOnly] = useState<'open' | 'all'>('open')
  const key = ['copy-parts', id]
  const query = useInfiniteQuery({
    queryKey: [...key, only],
    queryFn: ({ pageParam, signal }) =>
      ask('listCopyParts', { params, query: { only, from: pageParam } }, signal),
    initialPageParam: 0,
    getNextPageParam: nextFrom,
  })
  const { data, error, refetch } = query
  const {
    mutate,
    error: refused,
    isPending,
  } = useMutation({
    mutationFn: (items: Redaction[]) => ask('decideCopyParts', { params, body: { items } }),
    onSuccess: () => announce(c.done),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: key })
      await client.invalidateQueries({ queryKey: requestsQuery.queryKey })
    },
  })
  const [first] = data?.pages ?? []
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ScrollArea className={deskStyles.page} label={c.reviewTitle}>
      <PageTitle waiting={first?.open ?? 0}>{c.reviewTitle}</PageTitle>
      <p>
        <Link href="/antraege">{c.back}</Link>
      </p>
      <p className={deskStyles.quiet}>{c.reviewIntro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {refused !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, refused)}</Notice>
        </div>
      )}
      {first !== undefined && (
        <>
          <Notice tone={first.open === 0 ? 'success' : 'warning'}>{c.toDecide(first.open)}</Notice>
          {first.elsewhere.map(({ team, matters }) => (
            <Notice key={team} tone="info">
              {c.elsewhere(team, matters)}
            </Notice>
          ))}
          <SelectField
            label={c.show}
            value={only}
            onChange={({ currentTarget: { value } }) => setOnly(value as typeof only)}
          >
            <option value="open">{c.showOpen}</option>
            <option value="all">{c.showAll}</option>
          </SelectField>
          <h2>{c.parts}</h2>
          {items.length === 0 ? (
            <p>{c.nothingOpen}</p>
          ) : (
            <ul className={deskStyles.items}>
              {items.map((part, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same words said twice have one name
                <CopyPart key={`${part.part} ${at}`} part={part} isPending={isPending} onDecide={mutate} />
              ))}
            </ul>
          )}
          <NextPage query={query} name={c.more} />
        </>
      )}
    </ScrollArea>
  )
}
