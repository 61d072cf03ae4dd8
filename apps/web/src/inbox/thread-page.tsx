import { Fragment, memo, type ReactElement, useMemo } from 'react'
import type { Message } from '../api.ts'
import { dayName } from '../ui/moment.ts'
import { useWords } from '../ui/words.tsx'
import { MessageItem } from './message-item.tsx'
import { threadBlocks } from './thread-blocks.ts'
import styles from './thread-page.module.css'

type ThreadPageProps = {
  /** Newest first, as they are held. */
  readonly items: readonly Message[]
  /** The newest message of the page above. */
  readonly previous: Message | null
  /** What is new begins with this message, if it is on this page. */
  readonly marked: string | null
  /** What a search has found, if it is on this page. */
  readonly hitId: string | null
  /** Any moment of the present day. */
  readonly today: number
  readonly citizen: string
  readonly answerable: boolean
  /** Whoever looks may plan deletion runs. */
  readonly mayPlan: boolean
  readonly activeId: string | null
  readonly onActive: (id: string) => void
  readonly onQuote: (message: Message) => void
  readonly onTemplate: () => void
  readonly onJump: (id: string) => void
}

/** A thread is drawn by the pages it is fetched in: one that is far out of sight, or has not changed, costs nothing. */
export const ThreadPage = memo((props: ThreadPageProps): ReactElement => {
  const { items, previous, marked, hitId, today, activeId, ...rest } = props
  const w = useWords()
  const blocks = useMemo(() => threadBlocks(items.toReversed(), previous, marked), [items, previous, marked])
  return (
    <div className={styles.page}>
      {blocks.map(({ messages: [first, ...others], newDay, close }) => (
        <Fragment key={first.id}>
          {newDay && (
            <h3 className={styles.day}>
              <span>{dayName(w, Date.parse(first.sentAt), today)}</span>
            </h3>
          )}
          {first.id === marked && (
            <p className={styles.fresh}>
              <span>{w.thread.unreadFrom}</span>
            </p>
          )}
          {/* One message alone stands in a block too: when it becomes an album, it stays the same element. */}
          <div
            className={styles.block}
            data-close={close || undefined}
            {...(others.length > 0 && {
              role: 'group',
              'aria-label': w.thread.album(others.length + 1),
              'data-album': first.direction === 'outbound' ? 'ours' : 'theirs',
              'data-columns': others.length === 1 || others.length === 3 ? 2 : 3,
            })}
          >
            {[first, ...others].map((message) => (
              <MessageItem
                key={message.id}
                message={message}
                active={message.id === activeId}
                hit={message.id === hitId}
                {...rest}
              />
            ))}
          </div>
        </Fragment>
      ))}
    </div>
  )
})
