import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import {
  type KeyboardEvent,
  lazy,
  type ReactElement,
  Suspense,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ConversationRead, Message } from '../api.ts'
import { useDelayed } from '../ui/delayed.ts'
import { Icon } from '../ui/icon.tsx'
import { useNow } from '../ui/now.ts'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { keepNewestMessages, messagesQuery } from './conversation-cache.ts'
import { EarlierMatters } from './earlier-matters.tsx'
import { canBeAnswered } from './no-reply.tsx'
import type { Pending } from './outbox.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { PendingItem } from './pending-item.tsx'
import styles from './thread.module.css'
import { ThreadPage } from './thread-page.tsx'
import { useScrollKeeping } from './use-scroll-keeping.ts'
import { isStatement, type Seen, useSeen } from './use-seen.ts'
import { ViewFile, viewedFiles } from './viewed-files.ts'

const FileViewer = lazy(() => import('./file-viewer.tsx'))

/** Above the first unread message: the mark that says so, and a bit of what was before. */
const markRoomPx = 64
/** Further back nobody has read for so long that they begin at the end. */
const maxPagesToUnread = 10

/** A message that a search has found, as often as it is asked for. */
export type Goal = { readonly conversationId: string; readonly messageId: string }

export function Thread({
  conversation,
  goal,
  me,
  mayPlan,
  pending,
  outbox,
  onQuote,
  onTemplate,
  onEdit,
  onSeen,
}: {
  conversation: ConversationRead
  /** The message to open at, marked; null: the end. */
  goal: Goal | null
  me: string
  /** Whoever looks may plan deletion runs. */
  mayPlan: boolean
  pending: readonly Pending[]
  outbox: OutboxSender
  onQuote: (message: Message) => void
  onTemplate: () => void
  onEdit: (pending: Pending) => void
  /** Hears up to where what the citizen said has been seen. */
  onSeen: (seen: Seen) => void
}): ReactElement {
  const w = useWords()
  const now = useNow()
  const { id, contact } = conversation
  const {
    data,
    error,
    isPending,
    hasNextPage,
    isFetchingNextPage,
    isFetchNextPageError,
    fetchNextPage,
    refetch,
  } = useInfiniteQuery(messagesQuery(id))
  const pages = useMemo(() => (data?.pages ?? []).toReversed(), [data])
  const messages = useMemo(() => pages.flatMap(({ items }) => items.toReversed()), [pages])
  const onTheWay = pending.filter(
    ({ clientId }) => !messages.some((message) => message.clientId === clientId),
  )
  const newest = messages.at(-1)
  const answerable = canBeAnswered(conversation, now)
  const today = new Date(now).setHours(0, 0, 0, 0)
  const [active, setActive] = useState<string | null>(null)
  const [viewedId, setViewedId] = useState<string | null>(null)
  // Tab reaches a letter, never a line of the system.
  const reachable = messages.findLast(({ kind }) => kind !== 'system')
  const activeId = messages.some((message) => message.id === active) ? active : (reachable?.id ?? null)

  // The mark "new" stays where it was when the conversation was opened.
  const unreadAtOpening = useRef(conversation.unreadCount)
  const firstUnread = useRef<string | null>(null)
  if (firstUnread.current === null && unreadAtOpening.current > 0 && messages.length > 0) {
    const inbound = messages.filter(isStatement)
    firstUnread.current = inbound.at(-unreadAtOpening.current)?.id ?? null
  }
  const marked = firstUnread.current

  // After a failure only the reader asks again.
  const wantsMore = hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  const { scroller, content, atEnd, newBelow, toEnd, lookAround } = useScrollKeeping(
    messages,
    onTheWay.length,
    () => {
      if (wantsMore) void fetchNextPage()
    },
  )
  // Who has much to read begins where they have not read.
  const [placed, setPlaced] = useState(false)
  useLayoutEffect(() => {
    if (placed || isPending) return
    const isBelow = goal === null && unreadAtOpening.current > 0
    if (isBelow && marked === null && pages.length < maxPagesToUnread && (wantsMore || isFetchingNextPage)) {
      if (wantsMore) void fetchNextPage()
      return
    }
    const element = scroller.current
    const first = isBelow && element?.querySelector<HTMLElement>(`[data-message="${marked}"]`)
    if (
      first &&
      element &&
      first.getBoundingClientRect().top < element.getBoundingClientRect().top + markRoomPx
    ) {
      element.scrollTop +=
        first.getBoundingClientRect().top - element.getBoundingClientRect().top - markRoomPx
      lookAround()
    }
    setPlaced(true)
  })
  const seen = useSeen(conversation, messages, atEnd && placed, me)
  useEffect(() => onSeen(seen), [onSeen, seen])

  const slow = useDelayed(isFetchingNextPage)
  const client = useQueryClient()
  // One comes back to the end: what was read further up need not be drawn anew.
  useEffect(() => () => keepNewestMessages(client, id), [client, id])

  useEffect(() => {
    // A page that is higher than what is loaded cannot be scrolled, and would never ask for more.
    const element = scroller.current
    if (element !== null && wantsMore && element.scrollHeight <= element.clientHeight) void fetchNextPage()
  })

  function focusMessage(messageId: string, block: ScrollLogicalPosition = 'nearest'): void {
    setActive(messageId)
    const element = scroller.current?.querySelector<HTMLElement>(`[data-message="${messageId}"]`)
    element?.scrollIntoView({ block })
    element?.focus({ preventScroll: true })
    lookAround()
  }

  // What a quote or a search points to may be further up than what is loaded.
  const [sought, setSought] = useState<string | null>(null)
  useEffect(() => {
    if (goal !== null) setSought(goal.messageId)
  }, [goal])
  useEffect(() => {
    if (sought === null || isPending || isFetchingNextPage) return
    const isHere = messages.some((message) => message.id === sought)
    if (isHere) focusMessage(sought, 'center')
    else if (hasNextPage && !isFetchNextPageError) {
      void fetchNextPage()
      return
    }
    setSought(null)
  })

  function onKeyDown(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['message'] === undefined) return
    const at = messages.findIndex((message) => message.id === activeId)
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const goal = messages[Math.min(messages.length - 1, Math.max(0, to))]
    if (goal !== undefined) focusMessage(goal.id)
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
        // Before there is a message to focus, the keyboard scrolls what stands there instead (WCAG 2.2, 2.1.1).
        tabIndex={activeId === null ? 0 : undefined}
        onKeyDown={onKeyDown}
      >
        <div ref={content}>
          {isPending && <Loading rows={5} />}
          {error !== null && messages.length === 0 && <Failed error={error} onRetry={() => void refetch()} />}
          {slow && <p className={styles.edge}>{w.thread.older}</p>}
          {isFetchNextPageError && <Failed error={error} onRetry={() => void fetchNextPage()} />}
          <EarlierMatters earlier={conversation.earlier} />
          {data !== undefined && !hasNextPage && <p className={styles.edge}>{w.thread.beginning}</p>}
          <ViewFile value={setViewedId}>
            {pages.map(({ items }, index) => (
              <ThreadPage
                // biome-ignore lint/suspicious/noArrayIndexKey: counted from the newest, which is always there
                key={pages.length - index}
                items={items}
                previous={pages[index - 1]?.items[0] ?? null}
                marked={marked}
                hitId={
                  items.some((message) => message.id === goal?.messageId) ? (goal?.messageId ?? null) : null
                }
                today={today}
                citizen={contact.displayName}
                answerable={answerable}
                mayPlan={mayPlan}
                activeId={items.some((message) => message.id === activeId) ? activeId : null}
                onActive={setActive}
                onQuote={onQuote}
                onTemplate={onTemplate}
                onJump={setSought}
              />
            ))}
          </ViewFile>
          <div className={styles.onTheWay}>
            {onTheWay.map((one) => (
              <PendingItem
                key={one.clientId}
                pending={one}
                name={contact.displayName}
                outbox={outbox}
                seen={seen.inSight}
                holder={conversation.assignee?.id === me ? null : conversation.assignee}
                onEdit={onEdit}
                onTemplate={onTemplate}
              />
            ))}
          </div>
        </div>
      </div>
      <Suspense>
        {viewedId !== null && (
          <FileViewer files={viewedFiles(messages)} startId={viewedId} onClose={() => setViewedId(null)} />
        )}
      </Suspense>
      {!atEnd && (
        <button
          type="button"
          className={styles.toEnd}
          aria-label={newBelow > 0 ? w.thread.newBelow(newBelow) : w.thread.toLatest}
          onClick={() => {
            toEnd()
            // The button goes; the focus must not go with it.
            if (newest !== undefined) focusMessage(newest.id)
          }}
        >
          <Icon name="arrowDown" size={18} />
          {newBelow > 0 && <span>{w.thread.newBelow(newBelow)}</span>}
        </button>
      )}
    </div>
  )
}
