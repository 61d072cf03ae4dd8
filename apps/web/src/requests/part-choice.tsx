import { may } from '@buergerdraht/contract'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import { ask, type Needs, type Reply, type Role } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { NextPage, nextFrom } from '../ui/growing-list.tsx'
import { exactly, size } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './requests-page.module.css'
import { requestsQuery } from './requests-query.ts'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]
type Item = Reply<'listErasable'>['items'][number]
type Chosen = Reply<'listErasable'>['chosen']

function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}

/** A message with its files: chosen whole, or file by file. */
function Erasable({
  item: { id, from, at, kind, text, files },
  chosen,
  onChosen,
}: {
  item: Item
  chosen: Chosen
  onChosen: (chosen: Chosen) => void
}): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const { messageIds, fileIds } = chosen
  const isWhole = messageIds.includes(id)
  return (
    <li className={deskStyles.item}>
      <label className={deskStyles.informed}>
        <input
          type="checkbox"
          checked={isWhole}
          onChange={() => onChosen({ fileIds, messageIds: toggled(messageIds, id) })}
        />
        <span>
          {w.kinds[kind]} {c.from[from]}, {exactly(w, Date.parse(at))}
          {text !== null && (
            <span className={styles.said}>
              <bdi>{text}</bdi>
            </span>
          )}
        </span>
      </label>
      {files.map((file) => (
        <label key={file.id} className={deskStyles.informed}>
          <input
            type="checkbox"
            disabled={isWhole}
            checked={isWhole || fileIds.includes(file.id)}
            onChange={() => onChosen({ messageIds, fileIds: toggled(fileIds, file.id) })}
          />
          <span>
            <bdi>{c.fileAlone(file.name ?? w.kinds[file.kind])}</bdi>
            {file.sizeBytes !== null && `, ${size(w, file.sizeBytes)}`}
            {isWhole && ` (${c.goesAlong})`}
          </span>
        </label>
      ))}
    </li>
  )
}

/** Of a request for erasure that is not decided yet: what it is about, everything of the person or messages and files of theirs. */
export function PartChoice({ request: { id, part }, role }: { request: Request; role: Role }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const client = useQueryClient()
  const params = { id }
  const queryKey = ['erasable', id]
  const [entered, setEntered] = useState<Chosen | null>(null)
  const [isMissing, setMissing] = useState(false)
  useUnsaved(entered === null ? null : c.unsaved)
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask('listErasable', { params, query: { from: pageParam } }, signal),
    initialPageParam: 0,
    getNextPageParam: nextFrom,
  })
  const { data, error, refetch } = query
  const {
    mutate,
    error: refused,
    isPending,
  } = useMutation({
    mutationFn: (body: Needs<'choosePart'>['body']) => ask('choosePart', { params, body }),
    onSuccess: () => {
      setEntered(null)
      announce(c.partSaved)
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey })
      await client.invalidateQueries({ queryKey: requestsQuery.queryKey })
    },
  })
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const chosen = entered ?? data?.pages[0]?.chosen ?? { messageIds: [], fileIds: [] }
  const seen = part?.chosenAt ?? null
  // A file goes with its message where both are chosen, and is not counted beside it.
  const goingAlong = new Set(
    items.flatMap((item) => (chosen.messageIds.includes(item.id) ? item.files.map((file) => file.id) : [])),
  )
  function sentenceFor({ messageIds, fileIds }: Chosen): string {
    const alone = fileIds.filter((one) => !goingAlong.has(one))
    return c.nowChosen({ messages: messageIds.length, files: alone.length })
  }
  return (
    <ScrollArea className={deskStyles.page} label={c.chooseTitle}>
      <PageTitle>{c.chooseTitle}</PageTitle>
      <p>
        <Link href="/antraege">{c.back}</Link>
      </p>
      <p className={deskStyles.quiet}>{c.chooseIntro}</p>
      {!may(role, 'answer-citizens') && <p className={deskStyles.quiet}>{c.withoutContent}</p>}
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <section className={deskStyles.part} aria-labelledby="erasable">
          <h2 id="erasable">{c.messages}</h2>
          {items.length === 0 ? (
            <p>{c.noMessages}</p>
          ) : (
            <ul className={deskStyles.items}>
              {items.map((item) => (
                <Erasable
                  key={item.id}
                  item={item}
                  chosen={chosen}
                  onChosen={(next) => {
                    setEntered(next)
                    setMissing(false)
                    announce(sentenceFor(next))
                  }}
                />
              ))}
            </ul>
          )}
          <NextPage query={query} name={c.more} />
          {isMissing && (
            <div role="alert">
              <Notice tone="danger">{c.nothingChosen}</Notice>
            </div>
          )}
          {refused !== null && (
            <div role="alert">
              <Notice tone="danger">{sentenceOf(w, refused)}</Notice>
            </div>
          )}
          <Notice tone="info">{sentenceFor(chosen)}</Notice>
          <div className={deskStyles.buttons}>
            <Button
              kind="primary"
              isDisabled={isPending}
              onPress={() => {
                const isEmpty = chosen.messageIds.length + chosen.fileIds.length === 0
                setMissing(isEmpty)
                if (!isEmpty) mutate({ everything: false, ...chosen, seen })
              }}
            >
              {c.savePart}
            </Button>
            <Button
              isDisabled={isPending}
              onPress={() => mutate({ everything: true, messageIds: [], fileIds: [], seen })}
            >
              {c.saveAll}
            </Button>
          </div>
        </section>
      )}
    </ScrollArea>
  )
}
