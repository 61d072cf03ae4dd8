import { may } from '@buergerdraht/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { Message, Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { useNow } from '../ui/now.ts'
import { RestingKeys } from '../ui/resting-keys.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { CasePanel } from './case-panel.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { conversationQuery, heldMessage } from './conversation-cache.ts'
import styles from './conversation-pane.module.css'
import { Corrections } from './corrections.tsx'
import { IdentityNotice } from './identity-notice.tsx'
import { canBeQuoted } from './message-actions.tsx'
import { canBeAnswered } from './no-reply.tsx'
import { OpenRequests } from './open-requests.tsx'
import type { Pending } from './outbox.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { previewOf } from './preview.ts'
import { RestrictedNotice } from './restricted-notice.tsx'
import { type Goal, Thread } from './thread.tsx'
import { ThreadHeader } from './thread-header.tsx'
import { useAssignment } from './use-assignment.ts'
import { useFileDrop } from './use-file-drop.ts'
import { nothingSeen } from './use-seen.ts'

function loadCloseQuestion() {
  return import('./close-question.tsx')
}
const CloseQuestion = lazy(loadCloseQuestion)
const FilingQuestion = lazy(() => import('./filing-question.tsx'))
const HoldQuestion = lazy(() => import('./hold-question.tsx'))
const RequestQuestion = lazy(() => import('./request-question.tsx'))
const ElsewhereQuestion = lazy(() => import('./elsewhere-question.tsx'))
const CaseDrawer = lazy(() => import('./case-drawer.tsx'))
const TemplatePicker = lazy(() => import('./template-picker.tsx'))

/** What a key asks of a conversation. */
export type Intent = 'reply' | 'claim' | 'close' | 'unread' | 'attach' | 'template' | 'elsewhere'

/** One conversation: who, what was said, what to answer. */
export function ConversationPane({
  id,
  goal,
  me,
  outbox,
  pending,
  intent,
  quoting,
  onIntent,
  onGoOn,
  onClosed,
  onBack,
  onLeave,
}: {
  id: string
  goal: Goal | null
  me: Session['account']
  outbox: OutboxSender
  pending: readonly Pending[]
  /** What is to be done here once it is here: a key was pressed for it. */
  intent: Intent | null
  /** The message that had the focus then: an answer is meant for it. */
  quoting: string | null
  onIntent: () => void
  onGoOn: () => void
  onClosed: (name: string) => void
  onBack: () => void
  /** The focus goes back to the list, the conversation stays open. */
  onLeave: () => void
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const { data: conversation, error, refetch } = useQuery(conversationQuery(id))
  const composer = useRef<ComposerHandle>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [overlay, setOverlay] = useState<
    'close' | 'close-and-go-on' | 'case' | 'template' | 'filing' | 'hold' | 'request' | 'elsewhere' | null
  >(null)
  const [seen, setSeen] = useState(nothingSeen)
  const assignment = useAssignment(conversation, me.id)

  const isHere = conversation !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    // On a narrow page the list has gone: the focus goes where the eye does.
    if (window.matchMedia('(max-width: 47.99rem)').matches) heading.current?.focus()
    // Elsewhere it stays in the list, or goes to the field or to a hit, of which only a hit says whose it is.
    else if (conversation !== undefined && goal === null)
      announce(w.thread.opened(conversation.contact.displayName, previewOf(w, conversation.lastMessage)))
  }, [isHere])

  useEffect(() => {
    // Here before its key is pressed.
    void loadCloseQuestion().catch(() => undefined)
  }, [])

  const wasOver = useRef(false)
  useEffect(() => {
    // What opened the dialog may have gone meanwhile, as the drawer does; where it is left, it has the focus by then.
    if (wasOver.current && overlay === null)
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) heading.current?.focus()
      })
    wasOver.current = overlay !== null
  }, [overlay])

  const now = useNow()
  const answerable = conversation !== undefined && canBeAnswered(conversation, now)
  const drop = useFileDrop(answerable ? (files) => composer.current?.attach(files) : null)

  // Closing does not overtake what is on its way: it would arrive in a closed conversation. What does not get through is said.
  const unsent = pending.filter(({ conversationId, state }) => conversationId === id && state !== 'refused')
  const isLeaving = unsent.length > 0 && unsent.every(({ attempts }) => attempts < 2)
  const isClosing = overlay === 'close' || overlay === 'close-and-go-on'
  const isRefused = pending.some(({ conversationId, state }) => conversationId === id && state === 'refused')
  useEffect(() => {
    // What was to be sent first has come back: there is something else to do than closing.
    if (isRefused) setOverlay((open) => (open === 'close-and-go-on' ? null : open))
  }, [isRefused])

  const holder = conversation?.assignee ?? null
  const citizen = conversation?.contact.displayName ?? ''
  const others = holder === null || assignment.mine ? null : holder.displayName
  const quote = useCallback((message: Message) => composer.current?.quote(message), [])
  const toTemplate = useCallback(() => setOverlay('template'), [])
  const receivesOnly = conversation?.channel.receivesOnly === true

  function orSayWhy(write: (to: ComposerHandle) => void): void {
    if (answerable && composer.current !== null) write(composer.current)
    else {
      composer.current?.focus()
      announce(
        conversation?.status === 'closed'
          ? w.case.closedNote
          : receivesOnly
            ? w.composer.receivesOnly
            : w.composer.windowClosed,
      )
    }
  }
  const act = {
    reply: () =>
      orSayWhy((to) => {
        const message = quoting === null ? null : heldMessage(client, { id: quoting, conversationId: id })
        if (message && canBeQuoted(message)) to.quote(message)
        else to.focus()
      }),
    attach: () => orSayWhy((to) => to.pick()),
    template: () => {
      if (receivesOnly) orSayWhy(() => {})
      else if (conversation?.status === 'open') setOverlay('template')
      else announce(w.case.closedNote)
    },
    claim: () => {
      if (conversation?.status === 'closed') announce(w.case.closedNote)
      else if (others !== null) announce(w.case.heldByOther(others))
      else assignment.toggle()
    },
    close: () => {
      if (conversation?.status === 'open') setOverlay('close')
      else announce(w.case.closedNote)
    },
    elsewhere: () => {
      if (conversation?.status === 'open') setOverlay('elsewhere')
      else announce(w.case.closedNote)
    },
    unread: () => assignment.markUnread(),
  } satisfies Record<Intent, () => void>
  useEffect(() => {
    if (intent === null || conversation === undefined) return
    onIntent()
    act[intent]()
  })

  if (conversation === undefined)
    return (
      <section className={styles.waiting} aria-label={w.thread.details}>
        {error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />}
        {/* What is typed for somebody who is not there yet reaches nobody else. */}
        {error === null && intent !== null && <RestingKeys onCancel={onIntent} />}
      </section>
    )
  return (
    <div className={styles.pane}>
      <section
        className={styles.thread}
        aria-labelledby="thread-name"
        data-over={drop.over || undefined}
        {...drop.place}
      >
        <ThreadHeader
          ref={heading}
          conversation={conversation}
          assignment={assignment}
          onBack={onBack}
          onCase={() => setOverlay('case')}
          onClose={() => setOverlay('close')}
        />
        {conversation.restrictedSince !== null && <RestrictedNotice since={conversation.restrictedSince} />}
        <OpenRequests conversationId={id} />
        <Corrections conversationId={id} messageId={null} />
        <IdentityNotice conversation={conversation} me={me.id} />
        <Thread
          conversation={conversation}
          goal={goal}
          me={me.id}
          mayPlan={may(me.role, 'plan-deletion')}
          pending={pending.filter(({ conversationId }) => conversationId === id)}
          outbox={outbox}
          onQuote={quote}
          onTemplate={toTemplate}
          onEdit={(refused) => composer.current?.restore(refused)}
          onSeen={setSeen}
        />
        <Composer
          ref={composer}
          conversation={conversation}
          me={me.id}
          outbox={outbox}
          seenUpTo={seen.here}
          onSent={(onward) => {
            if (onward === 'next') onGoOn()
            if (onward === 'close') setOverlay('close-and-go-on')
          }}
          onTemplate={toTemplate}
          onElsewhere={() => setOverlay('elsewhere')}
          onLeave={onLeave}
          over={drop.over}
        />
      </section>
      <aside className={styles.case} aria-label={w.case.title}>
        <CasePanel
          conversation={conversation}
          assignment={assignment}
          onClose={() => setOverlay('close')}
          onFiling={() => setOverlay('filing')}
          onHold={() => setOverlay('hold')}
          onRequest={() => setOverlay('request')}
          onElsewhere={() => setOverlay('elsewhere')}
        />
      </aside>
      <Suspense fallback={<RestingKeys onCancel={() => setOverlay(null)} />}>
        {isClosing && isLeaving && <RestingKeys onCancel={() => setOverlay(null)} />}
        {isClosing && !isLeaving && (
          <CloseQuestion
            conversation={conversation}
            isUnsent={unsent.length > 0}
            goesOn={overlay === 'close-and-go-on'}
            me={me.id}
            seenUpTo={seen.inSight}
            onDone={() => setOverlay(null)}
            // What opened the question has gone with the open conversation.
            onClosed={(goesOn) => {
              heading.current?.focus()
              onClosed(citizen)
              if (goesOn) onGoOn()
            }}
          />
        )}
        {overlay === 'case' && (
          <CaseDrawer
            conversation={conversation}
            assignment={assignment}
            onDone={() => setOverlay(null)}
            onClose={() => setOverlay('close')}
            onFiling={() => setOverlay('filing')}
            onHold={() => setOverlay('hold')}
            onRequest={() => setOverlay('request')}
            onElsewhere={() => setOverlay('elsewhere')}
          />
        )}
        {overlay === 'filing' && (
          <FilingQuestion conversation={conversation} me={me.id} onDone={() => setOverlay(null)} />
        )}
        {overlay === 'hold' && (
          <HoldQuestion
            conversation={conversation}
            knowsRestricted={me.role === 'team-lead'}
            onDone={() => setOverlay(null)}
            onHidden={onBack}
          />
        )}
        {overlay === 'request' && (
          <RequestQuestion conversation={conversation} onDone={() => setOverlay(null)} />
        )}
        {overlay === 'elsewhere' && (
          <ElsewhereQuestion
            conversation={conversation}
            seenUpTo={seen.here}
            onDone={() => setOverlay(null)}
          />
        )}
        {overlay === 'template' && (
          <TemplatePicker
            conversationId={id}
            outbox={outbox}
            seenUpTo={seen.here}
            holder={assignment.mine ? null : holder}
            onDone={() => setOverlay(null)}
          />
        )}
      </Suspense>
    </div>
  )
}
