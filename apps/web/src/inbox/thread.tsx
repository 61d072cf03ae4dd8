import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import type { Conversation, Message } from '../api.ts'
import { Icon } from '../ui/icon.tsx'
import { dayName, daysBetween } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { messagesQuery } from './conversation-cache.ts'
import { MessageItem } from './message-item.tsx'
import type { Pending } from './outbox.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { PendingItem } from './pending-item.tsx'
import styles from './thread.module.css'
import { useMarkRead } from './use-mark-read.ts'
import { useScrollKeeping } from './use-scroll-keeping.ts'

/** Messages of one side within five minutes stand close together. */
const closeMs = 5 * 60_000

const follows = (before: Message | undefined, message: Message): boolean =>
  before !== undefined &&
  before.direction === message.direction &&
  before.kind !== 'system' &&
  Date.parse(message.sentAt) - Date.parse(before.sentAt) < closeMs &&
  daysBetween(Date.parse(before.sentAt), Date.parse(message.sentAt)) === 0

export const Thread = ({
  conversation,
  me,
  pending,
  outbox,
  onQuote,
  onTemplate,
  onEdit,
}: {
  conversation: Conversation
  me: string
  pending: readonly Pending[]
  outbox: OutboxSender
  onQuote: (message: Message) => void
  onTemplate: () => void
  onEdit: (text: string) => void
}): ReactElement => {
  const w = useWords()
  const now = useNow()
  const { id, contact } = conversation
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(messagesQuery(id))
  const messages = useMemo(() => (data?.pages ?? []).flatMap((page) => page.items).toReversed(), [data])
  const stored = new Set(messages.map(({ clientId }) => clientId))
  const onTheWay = pending.filter(({ clientId }) => !stored.has(clientId))
  const newest = messages.at(-1)
  const [active, setActive] = useState<string | null>(null)
  const activeId = messages.some((message) => message.id === active) ? active : (newest?.id ?? null)

  // The mark "new" stays where it was when the conversation was opened.
  const unreadAtOpening = useRef(conversation.unreadCount)
  const firstUnread = useRef<string | null>(null)
  if (firstUnread.current === null && unreadAtOpening.current > 0 && messages.length > 0) {
    const inbound = messages.filter((message) => message.direction === 'inbound' && message.kind !== 'system')
    firstUnread.current = inbound.at(-unreadAtOpening.current)?.id ?? null
  }

  const { scroller, atEnd, newBelow, toEnd } = useScrollKeeping(messages, onTheWay.length, () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  })
  useMarkRead(conversation, messages, atEnd, me)

  useEffect(() => {
    // A page that is higher than what is loaded cannot be scrolled, and would never ask for more.
    const element = scroller.current
    if (
      element !== null &&
      hasNextPage &&
      !isFetchingNextPage &&
      element.scrollHeight <= element.clientHeight
    )
      void fetchNextPage()
  })

  const focusMessage = (messageId: string | undefined): void => {
    if (messageId === undefined) return
    setActive(messageId)
    const element = scroller.current?.querySelector<HTMLElement>(`[data-message="${messageId}"]`)
    element?.scrollIntoView({ block: 'nearest' })
    element?.focus({ preventScroll: true })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['message'] === undefined) return
    const at = messages.findIndex((message) => message.id === activeId)
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    focusMessage(messages[Math.min(messages.length - 1, Math.max(0, to))]?.id)
  }

  return (
    <div className={styles.frame}>
      {/* New messages are said by the page's one live region; a log that speaks too would say them twice. */}
      <div
        ref={scroller}
        className={styles.log}
        role="log"
        aria-live="off"
        aria-label={w.thread.log(contact.displayName)}
        onKeyDown={onKeyDown}
      >
        {isPending && <Loading rows={5} />}
        {error !== null && messages.length === 0 && <Failed error={error} onRetry={() => void refetch()} />}
        {isFetchingNextPage && <p className={styles.edge}>{w.thread.older}</p>}
        {data !== undefined && !hasNextPage && <p className={styles.edge}>{w.thread.beginning}</p>}
        {messages.map((message, index) => {
          const before = messages[index - 1]
          const at = Date.parse(message.sentAt)
          const newDay = before === undefined || daysBetween(Date.parse(before.sentAt), at) !== 0
          return (
            <Fragment key={message.id}>
              {newDay && (
                <h3 className={styles.day}>
                  <span>{dayName(w, at, now)}</span>
                </h3>
              )}
              {message.id === firstUnread.current && (
                <p className={styles.fresh}>
                  <span>{w.thread.unreadFrom}</span>
                </p>
              )}
              <MessageItem
                message={message}
                conversation={conversation}
                close={follows(before, message)}
                active={message.id === activeId}
                onActive={setActive}
                onQuote={onQuote}
                onTemplate={onTemplate}
                onJump={focusMessage}
              />
            </Fragment>
          )
        })}
        {onTheWay.map((one) => (
          <PendingItem
            key={one.clientId}
            pending={one}
            name={contact.displayName}
            outbox={outbox}
            onEdit={onEdit}
            onTemplate={onTemplate}
          />
        ))}
      </div>
      {!atEnd && (
        <button
          type="button"
          className={styles.toEnd}
          aria-label={newBelow > 0 ? w.thread.newBelow(newBelow) : w.thread.toLatest}
          onClick={toEnd}
        >
          <Icon name="arrowDown" size={18} />
          {newBelow > 0 && <span>{w.thread.newBelow(newBelow)}</span>}
        </button>
      )}
    </div>
  )
}
