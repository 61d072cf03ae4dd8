import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  lazy,
  type ReactElement,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useLocation } from 'wouter'
import type { Conversation, Message, Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Hidden } from '../ui/hidden.tsx'
import { prefer, preferences, usePreferences } from '../ui/preferences.ts'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Empty } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { LiveFeed } from '../use-live-connection.ts'
import { countsQuery, refreshAll } from './conversation-cache.ts'
import { ConversationList, type ListHandle } from './conversation-list.tsx'
import type { Filter } from './conversation-order.ts'
import { ConversationPane } from './conversation-pane.tsx'
import styles from './inbox-page.module.css'
import { followLiveEvents } from './live-updates.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { previewOf } from './preview.ts'

const Palette = lazy(() => import('./palette.tsx'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))

/** What was looked at stays so while one is elsewhere; never in the address, a search may name a person. */
let lastFilter: Omit<Filter, 'order'> = { tab: 'open', unread: false, q: '' }

function InboxPage({
  session,
  openId,
  outbox,
  feed,
}: {
  session: Session
  openId: string | null
  outbox: OutboxSender
  feed: LiveFeed
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const me = session.account.id
  const { order } = usePreferences()
  const [look, setLook] = useState(lastFilter)
  const [overlay, setOverlay] = useState<'palette' | 'sheet' | null>(null)
  const list = useRef<ListHandle>(null)
  const pending = useSyncExternalStore(outbox.subscribe, outbox.pending)
  const { data: counts } = useQuery(countsQuery)
  lastFilter = look
  const filter = useMemo(() => ({ ...look, order }), [look, order])
  const changeFilter = useCallback(({ order: wanted, ...rest }: Filter): void => {
    if (wanted !== preferences().order) prefer({ order: wanted })
    setLook(rest)
  }, [])

  const told = useRef({ w, openId })
  told.current = { w, openId }
  useEffect(() => {
    function say(conversation: Conversation, message: Message | null): void {
      const words = told.current.w
      const last = conversation.lastMessage
      const text = previewOf(words, message ?? last)
      announce(words.thread.newMessageFrom(conversation.contact.displayName, text))
    }
    const updates = followLiveEvents(
      client,
      me,
      say,
      (count) => announce(told.current.w.thread.newMessages(count)),
      (reason) => announce(told.current.w.failure[reason]),
    )
    const stop = feed.listen({
      onEvent: updates.receive,
      onGap: () => refreshAll(client),
      onBack: outbox.wake,
    })
    return () => {
      stop()
      updates.stop()
    }
  }, [client, me, feed, outbox])

  const unread = counts?.unread ?? 0
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${w.places.inbox} – ${w.product}`
  }, [unread, w])

  useEffect(() => {
    if (pending.length === 0) return
    function ask(event: BeforeUnloadEvent): void {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [pending.length])

  function backToList(): void {
    const from = openId
    navigate('/posteingang')
    if (from !== null) list.current?.focusRow(from)
  }

  useShortcuts({
    j: () => list.current?.move(1),
    k: () => list.current?.move(-1),
    'g i': () => list.current?.focusRow(openId),
    '/': () => list.current?.focusSearch(),
    '?': () => setOverlay('sheet'),
    'ctrl+k': () => setOverlay('palette'),
    esc: () => list.current?.focusRow(openId),
  })

  return (
    <>
      <Hidden as="h1">{w.places.inbox}</Hidden>
      <div className={styles.page} data-open={openId === null ? undefined : true}>
        <ConversationList ref={list} me={me} openId={openId} filter={filter} onFilter={changeFilter} />
        {openId === null ? (
          <div className={styles.none}>
            <Empty icon="bubble">
              <p>{w.thread.none}</p>
              <p className={styles.hint}>{w.thread.noneHint}</p>
            </Empty>
          </div>
        ) : (
          <ConversationPane
            key={openId}
            id={openId}
            me={session.account}
            outbox={outbox}
            pending={pending}
            onBack={backToList}
            onLeave={() => list.current?.focusRow(openId)}
          />
        )}
        <Suspense>
          {overlay === 'palette' && (
            <Palette onClose={() => setOverlay(null)} onSheet={() => setOverlay('sheet')} />
          )}
          {overlay === 'sheet' && <ShortcutSheet onClose={() => setOverlay(null)} />}
        </Suspense>
      </div>
    </>
  )
}

export default InboxPage
