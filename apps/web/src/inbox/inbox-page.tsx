import { useQuery } from '@tanstack/react-query'
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
import type { Conversation, Session } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { countOnIcon } from '../ui/favicon.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { prefer, preferences, usePreferences } from '../ui/preferences.ts'
import { RestingKeys } from '../ui/resting-keys.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Empty } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { LiveFeed } from '../use-live-connection.ts'
import { ClosedNotice, useReopen } from './closed-notice.tsx'
import { countsQuery } from './conversation-cache.ts'
import { ConversationList, type ListHandle } from './conversation-list.tsx'
import type { Filter } from './conversation-order.ts'
import { ConversationPane, type Intent } from './conversation-pane.tsx'
import { MayDownload } from './download.tsx'
import { findConversations, inboxActs } from './inbox-acts.tsx'
import styles from './inbox-page.module.css'
import { LostAnswers } from './lost-answers.tsx'
import type { OutboxSender } from './outbox-sender.ts'
import { useShowPresence } from './presence.ts'
import type { Goal } from './thread.tsx'
import { useAnnouncements } from './use-announcements.ts'
import { useGoingOn } from './use-going-on.ts'
import { useLook } from './use-look.ts'

function loadSheet() {
  return import('./shortcut-sheet.tsx')
}
const ShortcutSheet = lazy(loadSheet)

/** What a key or the palette asks of a conversation. */
type Wanted = { readonly id: string; readonly what: Intent; readonly messageId: string | null }

/** What the focus is in: a row of the list, a message of the thread. */
function focusedIn(kind: 'row' | 'message'): string | null {
  return document.activeElement?.closest<HTMLElement>(`[data-${kind}]`)?.dataset[kind] ?? null
}

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
  const [, navigate] = useLocation()
  const me = session.account.id
  const { order } = usePreferences()
  const [look, setLook] = useLook(me)
  const [goal, setGoal] = useState<Goal | null>(null)
  const [sheet, setSheet] = useState(false)
  const list = useRef<ListHandle>(null)
  const [intent, setIntent] = useState<Wanted | null>(null)
  const [closed, setClosed] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const gone = useCallback(() => setClosed(null), [])
  const undo = useReopen(closed?.id ?? '', me, gone)
  const pending = useSyncExternalStore(outbox.subscribe, outbox.pending)
  const { data: counts } = useQuery(countsQuery)
  const filter = useMemo(() => ({ ...look, order }), [look, order])
  const changeFilter = useCallback(
    ({ order: wanted, ...rest }: Filter): void => {
      if (wanted !== preferences().order) prefer({ order: wanted })
      setLook(rest)
    },
    [setLook],
  )
  /** A hit opens at its message. */
  const openAt = useCallback(({ id, hit }: Conversation): void => {
    setGoal(hit?.messageId ? { conversationId: id, messageId: hit.messageId } : null)
  }, [])

  useAnnouncements(me, feed, outbox)
  useShowPresence(openId)
  useEffect(() => {
    // Here before its key is pressed.
    void loadSheet().catch(() => undefined)
  }, [])

  const waiting = counts?.waiting ?? 0
  useEffect(() => {
    countOnIcon(waiting)
    return () => countOnIcon(0)
  }, [waiting])

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

  /** A key means what the ring shows: the row that has the focus, else what is open. */
  function actOn(what: Intent, target = focusedIn('row') ?? openId, messageId = focusedIn('message')): void {
    if (target === null) {
      announce(w.keys.nothingOpen)
      return
    }
    setIntent({ id: target, what, messageId })
    navigate(`/posteingang/${target}`)
  }
  const { goOn, underway, stop } = useGoingOn(openId, me, outbox, (next) => {
    setIntent({ id: next, what: 'reply', messageId: null })
    navigate(`/posteingang/${next}`)
  })

  useShortcuts({
    r: () => actOn('reply'),
    c: () => actOn('claim'),
    e: () => actOn('close'),
    u: () => actOn('unread'),
    n: goOn,
    z: () => {
      if (closed === null) announce(w.keys.nothingToUndo)
      else undo.mutate()
    },
    j: () => list.current?.move(1),
    k: () => list.current?.move(-1),
    'g i': () => list.current?.focusRow(openId),
    '/': () => list.current?.focusSearch(),
    '?': () => setSheet(true),
    esc: () => list.current?.focusRow(openId),
  })

  useActs({
    acts: () => {
      const [focused, messageId] = [focusedIn('row') ?? openId, focusedIn('message')]
      return inboxActs(w, {
        openId,
        canUndo: closed !== null,
        filter,
        list: list.current,
        likes: preferences(),
        onNext: goOn,
        onUndo: () => undo.mutate(),
        onFilter: changeFilter,
        onSheet: () => setSheet(true),
        onConversation: focused === null ? null : (what) => actOn(what, focused, messageId),
      })
    },
    find: findConversations(w, (conversation) => {
      openAt(conversation)
      navigate(`/posteingang/${conversation.id}`)
    }),
  })

  return (
    <>
      <PageTitle hidden waiting={waiting}>
        {w.places.inbox}
      </PageTitle>
      <div className={styles.page} data-open={openId === null ? undefined : true}>
        <ConversationList
          ref={list}
          me={me}
          openId={openId}
          filter={filter}
          onFilter={changeFilter}
          onOpen={openAt}
          above={<LostAnswers me={me} openId={openId} pending={pending} onGoal={setGoal} />}
        />
        {openId === null ? (
          <div className={styles.none}>
            <Empty icon="bubble">
              <p>{w.thread.none}</p>
              <p className={styles.hint}>{w.thread.noneHint}</p>
            </Empty>
          </div>
        ) : (
          <MayDownload key={openId} value={session.mayDownload}>
            <ConversationPane
              id={openId}
              goal={goal?.conversationId === openId ? goal : null}
              me={session.account}
              outbox={outbox}
              pending={pending}
              intent={intent?.id === openId ? intent.what : null}
              quoting={intent?.messageId ?? null}
              onIntent={() => setIntent(null)}
              onGoOn={goOn}
              onClosed={(name) => setClosed({ id: openId, name })}
              onBack={backToList}
              onLeave={() => list.current?.focusRow(openId)}
            />
          </MayDownload>
        )}
        {closed !== null && (
          <ClosedNotice
            // Not the key of the pane beside it: of two children with one key React forgets to remove one.
            key={`closed ${closed.id}`}
            id={closed.id}
            name={closed.name}
            me={me}
            onUndone={() => {
              setIntent({ id: closed.id, what: 'reply', messageId: null })
              navigate(`/posteingang/${closed.id}`)
            }}
            onGone={gone}
          />
        )}
        {/* The caret still stands in the answer to the one before. */}
        {underway && <RestingKeys onCancel={stop} />}
        <Suspense fallback={<RestingKeys onCancel={() => setSheet(false)} />}>
          {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
        </Suspense>
      </div>
    </>
  )
}

export default InboxPage
