import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Reply } from '../api.ts'
import { type Act, useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Figure, Figures } from '../ui/figures.tsx'
import { NextPage } from '../ui/growing-list.tsx'
import { ago, exactly, shortDay, size, span } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { LiveFeed } from '../use-live-connection.ts'
import { channelsQuery, deadLettersQuery, intakeQuery } from './desk-queries.ts'
import styles from './intake-page.module.css'
import { OperationWarnings } from './operation-warnings.tsx'
import { useChannelEvents } from './use-channel-events.ts'

type DeadLetter = Reply<'listDeadLetters'>['items'][number]

function DeadLetters({ items }: { items: readonly DeadLetter[] }): ReactElement {
  const w = useWords()
  const now = useNow()
  const client = useQueryClient()
  const { data: channels } = useQuery(channelsQuery)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (id: string) => ask('replayDeadLetter', { params: { id } }),
    onSuccess: () => announce(w.intake.replayed(w.time.justNow)),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => ['dead-letters', 'intake'].includes(String(queryKey[0])),
      }),
  })
  useActs({
    acts: () =>
      items.map(
        ({ id, channelId, path }): Act => ({
          id,
          icon: 'retry',
          name: `${w.intake.replay}: ${nameOf(channelId)}`,
          detail: path,
          run: () => mutate(id),
        }),
      ),
  })
  function nameOf(id: string): string {
    return channels?.items.find((one) => one.id === id)?.name ?? w.intake.deletedChannel
  }
  return (
    <>
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      <ul className={styles.letters}>
        {items.map((letter) => {
          const received = Date.parse(letter.receivedAt)
          return (
            <li key={letter.id} className={styles.letter}>
              <div className={styles.what}>
                <p className={styles.code}>{w.intake.codes[letter.code] ?? <code>{letter.code}</code>}</p>
                <p className={deskStyles.quiet}>
                  {nameOf(letter.channelId)} · {size(w, letter.sizeBytes)} ·{' '}
                  <time dateTime={letter.receivedAt} title={exactly(w, received)}>
                    {ago(w, received, now)}
                  </time>
                </p>
                <p>
                  <code>{letter.path}</code>
                </p>
                <p className={deskStyles.quiet}>
                  {w.intake.expires} {exactly(w, Date.parse(letter.expiresAt))}
                </p>
              </div>
              <div className={styles.action}>
                <Button compact icon="retry" isDisabled={isPending} onPress={() => mutate(letter.id)}>
                  {w.intake.replay}
                </Button>
                {letter.replayedAt !== null && (
                  <p className={deskStyles.quiet}>
                    {w.intake.replayed(shortDay(w, Date.parse(letter.replayedAt), now))}
                  </p>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What comes in through the numbers, and what could not be read, never what is said. */
function IntakePage({ feed }: { feed: LiveFeed }): ReactElement {
  const w = useWords()
  useChannelEvents(feed)
  const { data, error, isPending, refetch } = useQuery(intakeQuery)
  const now = useNow()
  const letters = useInfiniteQuery(deadLettersQuery)
  const items = letters.data?.pages.flatMap((page) => page.items) ?? []
  const oldest = data?.oldestWaitingSeconds ?? null
  return (
    <ScrollArea label={w.intake.title} className={deskStyles.page}>
      <PageTitle>{w.intake.title}</PageTitle>
      <p className={deskStyles.quiet}>{w.intake.intro}</p>
      <OperationWarnings />
      {isPending && <Loading rows={1} />}
      {error !== null && data === undefined && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {data.alarm ? (
            <Notice tone="danger">{w.intake.alarm(span(w, (oldest ?? 0) * 1000))}</Notice>
          ) : (
            <Notice tone="success">{w.intake.flowing}</Notice>
          )}
          {data.notices.map(({ code, count, lastAt }) => (
            <Notice key={code} tone="danger">
              {w.intake.notices[code](count)}{' '}
              <time className={deskStyles.quiet} dateTime={lastAt} title={exactly(w, Date.parse(lastAt))}>
                {ago(w, Date.parse(lastAt), now)}
              </time>
            </Notice>
          ))}
          <Figures>
            <Figure name={w.intake.waiting} value={String(data.waiting)} />
            <Figure name={w.intake.oldest} value={oldest === null ? w.intake.none : span(w, oldest * 1000)} />
            <Figure
              name={w.intake.held}
              value={String(data.heldForDisabledChannels)}
              hint={w.intake.heldHint}
            />
            <Figure name={w.intake.deadLetters} value={String(data.deadLetters)} />
          </Figures>
        </>
      )}
      <h2>{w.intake.deadLettersTitle}</h2>
      <p className={deskStyles.quiet}>{w.intake.deadLettersHint}</p>
      {letters.error !== null && letters.data === undefined && (
        <Failed error={letters.error} onRetry={() => void letters.refetch()} />
      )}
      {letters.data !== undefined && items.length === 0 && <p>{w.intake.noDeadLetters}</p>}
      {items.length > 0 && <DeadLetters items={items} />}
      <NextPage query={letters} name={w.intake.more} />
    </ScrollArea>
  )
}

export default IntakePage
