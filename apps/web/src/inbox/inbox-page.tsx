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
import { type Conversation, Failure, type Message, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { noticeOnDesktop } from '../ui/desktop-notice.ts'
import { countOnIcon } from '../ui/favicon.ts'
import { Hidden } from '../ui/hidden.tsx'
import { prefer, preferences, usePreferences } from '../ui/preferences.ts'
import { RestingKeys } from '../ui/resting-keys.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Empty, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { LiveFeed } from '../use-live-connection.ts'
import { ClosedNotice, useReopen } from './closed-notice.tsx'
import { countsQuery, heldConversation, refreshAll } from './conversation-cache.ts'
import { ConversationList, type ListHandle } from './conversation-list.tsx'
import type { Filter } from './conversation-order.ts'
import { ConversationPane, type Intent } from './conversation-pane.tsx'
import styles from './inbox-page.module.css'
import { followLiveEvents } from './live-updates.ts'
import { LostAnswers } from './lost-answers.tsx'
import { nextWaiting } from './next-waiting.ts'
import type { OutboxSender } from './outbox-sender.ts'
import type { Act } from './palette.tsx'
import { useShowPresence } from './presence.ts'
import { previewOf, systemLine } from './preview.ts'
import type { Goal } from './thread.tsx'
import { useLook } from './use-look.ts'

function loadPalette() {
  return import('./palette.tsx')
}
function loadSheet() {
  return import('./shortcut-sheet.tsx')
}
const Palette = lazy(loadPalette)
const ShortcutSheet = lazy(loadSheet)

/** What a key or the palette asks of a conversation. */
type Wanted = { readonly id: string; readonly what: Intent; readonly messageId: string | null }

const nothingMeant = { id: null, messageId: null }

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
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const me = session.account.id
  const { order } = usePreferences()
  const [look, setLook] = useLook(me)
  const [goal, setGoal] = useState<Goal | null>(null)
  const [overlay, setOverlay] = useState<'palette' | 'sheet' | null>(null)
  /** What had the focus when the palette was opened. */
  const [meant, setMeant] = useState<Pick<Wanted, 'messageId'> & { id: string | null }>(nothingMeant)
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

  const told = useRef({ w, openId })
  told.current = { w, openId }
  useEffect(() => {
    function say(conversation: Conversation, message: Message | null): void {
      const words = told.current.w
      const { displayName } = conversation.contact
      const text = previewOf(words, message ?? conversation.lastMessage)
      if (message !== null && message.revokedAt !== null) announce(words.thread.revokedBy(displayName))
      else if (message !== null && message.editedAt !== null)
        announce(words.thread.editedBy(displayName, text))
      else if (message?.kind === 'system')
        announce(words.thread.newMessageFrom(displayName, systemLine(words, message.details)))
      else announce(words.thread.newMessageFrom(displayName, text))
      noticeOnDesktop(words.desktop.news)
    }
    function nameOf(conversationId: string): string {
      return heldConversation(client, conversationId)?.contact.displayName ?? ''
    }
    const updates = followLiveEvents(client, me, {
      onSaid: say,
      onFlood: (count) => {
        announce(told.current.w.thread.newMessages(count))
        noticeOnDesktop(told.current.w.desktop.news)
      },
      onReaction: (id, emoji) => announce(told.current.w.thread.reactedBy(nameOf(id), emoji)),
      onTakenOver: ({ assignee, contact }) =>
        announce(told.current.w.case.takenOver(assignee?.displayName ?? '', contact.displayName)),
    })
    const unhear = outbox.listen(({ conversationId }, became) => {
      const words = told.current.w
      const name = nameOf(conversationId)
      if (became === 'stored') announce(words.composer.sent(name))
      else {
        const why = [sentenceOf(words, new Failure(became.code)), ...became.sentences]
        announce([words.composer.notSentTo(name), ...why].join(' '))
      }
    })
    const stop = feed.listen({
      onEvent: updates.receive,
      onGap: () => refreshAll(client),
      onBack: outbox.wake,
    })
    return () => {
      stop()
      unhear()
      updates.stop()
    }
  }, [client, me, feed, outbox])

  useShowPresence(openId)
  useEffect(() => {
    // Here before their keys are pressed.
    void loadPalette().catch(() => undefined)
    void loadSheet().catch(() => undefined)
  }, [])

  const waiting = counts?.waiting ?? 0
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${w.places.inbox} – ${w.product}`
    countOnIcon(waiting)
    return () => countOnIcon(0)
  }, [waiting, w])

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
  /** To whoever has waited longest, with the caret in the field. */
  function goOn(): void {
    const underway = new Set(outbox.pending().map(({ conversationId }) => conversationId))
    nextWaiting(openId, me, underway).then(
      (next) => {
        if (next === null) {
          announce(w.list.nobodyWaits)
          return
        }
        setIntent({ id: next, what: 'reply', messageId: null })
        navigate(`/posteingang/${next}`)
      },
      (error: unknown) => announce(sentenceOf(w, error)),
    )
  }

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
    '?': () => setOverlay('sheet'),
    'ctrl+k': () => {
      setMeant({ id: focusedIn('row') ?? openId, messageId: focusedIn('message') })
      setOverlay('palette')
    },
    esc: () => list.current?.focusRow(openId),
  })

  function onMeant(what: Intent): () => void {
    return () => actOn(what, meant.id, meant.messageId)
  }
  const { ctrl, shift, enter } = w.keys
  const ofConversation: readonly Act[] = [
    { id: 'reply', icon: 'reply', name: w.keys.reply, keys: 'r', run: onMeant('reply') },
    { id: 'attach', icon: 'clip', name: w.palette.attach, run: onMeant('attach') },
    { id: 'template', icon: 'bubble', name: w.composer.template, run: onMeant('template') },
    { id: 'claim', icon: 'hand', name: w.keys.claim, keys: 'c', run: onMeant('claim') },
    { id: 'close', icon: 'archive', name: w.keys.close, keys: 'e', run: onMeant('close') },
    { id: 'unread', icon: 'inbox', name: w.keys.unread, keys: 'u', run: onMeant('unread') },
  ]
  const undoing: Act = { id: 'undo', icon: 'retry', name: w.keys.undo, keys: 'z', run: () => undo.mutate() }
  const tabs = { open: w.list.open, mine: w.list.mine, all: w.list.all } as const
  const acts: readonly Act[] = [
    { id: 'next', icon: 'forward', name: w.keys.nextWaiting, keys: 'n', run: goOn },
    ...(meant.id === null ? [] : ofConversation),
    ...(closed === null ? [] : [undoing]),
    { id: 'search', icon: 'search', name: w.keys.search, keys: '/', run: () => list.current?.focusSearch() },
    {
      id: 'list',
      icon: 'list',
      name: w.keys.goInbox,
      keys: 'g i',
      run: () => list.current?.focusRow(openId),
    },
    ...(['open', 'mine', 'all'] as const).map(
      (tab): Act => ({
        id: tab,
        icon: 'inbox',
        name: `${w.list.title}: ${tabs[tab]}`,
        run: () => changeFilter({ ...filter, tab }),
      }),
    ),
    {
      id: 'unread-only',
      icon: 'inbox',
      name: filter.unread ? w.palette.alsoRead : w.list.unreadOnly,
      run: () => changeFilter({ ...filter, unread: !filter.unread }),
    },
    { id: 'sheet', icon: 'keyboard', name: w.keys.title, keys: '?', run: () => setOverlay('sheet') },
    // These work where one writes, and nowhere else: they are told of, and lead there.
    { id: 'send', icon: 'send', name: w.keys.send, keys: `${ctrl} + ${enter}`, run: onMeant('reply') },
    {
      id: 'send-on',
      icon: 'forward',
      name: w.keys.sendAndGoOn,
      keys: `${ctrl} + ${shift} + ${enter}`,
      run: onMeant('reply'),
    },
  ]

  return (
    <>
      <Hidden as="h1">{w.places.inbox}</Hidden>
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
          <ConversationPane
            key={openId}
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
        )}
        {closed !== null && (
          <ClosedNotice
            // Not the key of the pane beside it: of two children with one key React forgets to remove one.
            key={`closed ${closed.id}`}
            id={closed.id}
            name={closed.name}
            me={me}
            onUndone={() => navigate(`/posteingang/${closed.id}`)}
            onGone={gone}
          />
        )}
        <Suspense fallback={<RestingKeys onCancel={() => setOverlay(null)} />}>
          {overlay === 'palette' && <Palette acts={acts} onOpen={openAt} onClose={() => setOverlay(null)} />}
          {overlay === 'sheet' && <ShortcutSheet onClose={() => setOverlay(null)} />}
        </Suspense>
      </div>
    </>
  )
}

export default InboxPage
