import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Conversation } from '../api.ts'
import { Hidden } from '../ui/hidden.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { ago, daysBetween, exactly, remaining, shortDay, span, waiting } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { usePreferences } from '../ui/preferences.ts'
import { Shape } from '../ui/shape.tsx'
import { useWords, type Words } from '../ui/words.tsx'
import styles from './conversation-row.module.css'
import { Highlighted } from './highlighted.tsx'
import { useColleaguesAt } from './presence.ts'
import { kindIcons, previewOf } from './preview.ts'
import { apartBy } from './same-names.ts'
import { useHasDraft } from './use-draft.ts'
import { waitsSince } from './waits-since.ts'

/** The last two hours of the service window are worth a word. */
export const windowMattersMs = 2 * 3_600_000

function LastLine({ conversation, now }: { conversation: Conversation; now: number }): ReactElement {
  const w = useWords()
  const { hit, lastMessage } = conversation
  if (hit !== null) return <Highlighted text={hit.text} matches={hit.matches} />
  const icon = lastMessage === null || lastMessage.revoked ? null : kindIcons[lastMessage.kind]
  return (
    <>
      {lastMessage?.direction === 'outbound' && <span>{w.list.office} </span>}
      {icon !== null && <Icon name={icon} size={14} />}
      {/* What is written from the right keeps its beginning, and loses its end. */}
      <bdi dir="auto">{previewOf(w, lastMessage)}</bdi>
      {/* What was not said has no words that tell when. */}
      {lastMessage?.event && `, ${shortDay(w, Date.parse(lastMessage.sentAt), now)}`}
    </>
  )
}

function Waiting({ conversation, now }: { conversation: Conversation; now: number }): ReactElement | null {
  const w = useWords()
  const { windowClosesAt, status, lastMessage, channel } = conversation
  if (status === 'closed') return <span>{w.list.closed}</span>
  const since = waitsSince(conversation)
  if (since === null && lastMessage?.status === 'unknown')
    return <span className={styles.due}>{w.status.unknown}</span>
  if (since === null) return null
  // Where nothing is sent, no window closes.
  const left = channel.receivesOnly
    ? Number.POSITIVE_INFINITY
    : windowClosesAt === null
      ? 0
      : Date.parse(windowClosesAt) - now
  const isOver = windowClosesAt !== null && left <= 0
  // What matters most is seen; that somebody waits, and since when, is heard in any case.
  return (
    <>
      {isOver ? (
        <span className={styles.lost}>{w.list.windowClosed}</span>
      ) : left < windowMattersMs ? (
        <span className={styles.due}>{w.composer.windowCloses(remaining(w, left))}</span>
      ) : (
        <span aria-hidden="true">{waiting(w, now - since)}</span>
      )}
      <Hidden>{w.list.waitsSince(exactly(w, since))}</Hidden>
    </>
  )
}

/** Something about the conversation besides what was said. */
type Mark = { readonly icon: IconName; readonly words: string; readonly due: boolean }

function MarkSign({ mark, short = false }: { mark: Mark; short?: boolean }): ReactElement {
  const { icon, words, due } = mark
  return (
    <span className={due ? styles.due : styles.holder} title={short ? words : undefined}>
      <Icon name={icon} size={14} /> {short ? <Hidden>{words}</Hidden> : words}
    </span>
  )
}

/** "vor 26 Min" and "wartet 26 Min" are one thing said twice. */
function saysTheSame(
  w: Words,
  { windowClosesAt, channel }: Conversation,
  since: number,
  at: number,
  now: number,
): boolean {
  const windowMatters =
    !channel.receivesOnly && (windowClosesAt === null || Date.parse(windowClosesAt) - now < windowMattersMs)
  return !windowMatters && daysBetween(at, now) === 0 && span(w, now - since) === span(w, now - at)
}

export function ConversationRow({
  conversation,
  me,
  open,
  tabStop,
  apart,
  onFocus,
  onNear,
  onOpen,
}: {
  conversation: Conversation
  me: string
  open: boolean
  tabStop: boolean
  /** Somebody else in the list has the same name. */
  apart: boolean
  onFocus: () => void
  onNear: () => void
  onOpen: (conversation: Conversation) => void
}): ReactElement {
  const w = useWords()
  const now = useNow()
  const hasDraft = useHasDraft(conversation.id)
  const colleagues = useColleaguesAt(conversation.id)
  const { id, contact, unreadCount, assignee, lastMessage, hit } = conversation
  const { dense } = usePreferences()
  const at = Date.parse(hit?.sentAt ?? lastMessage?.sentAt ?? conversation.openedAt)
  const mark = apart ? apartBy(contact) : null
  const waits = <Waiting conversation={conversation} now={now} />
  const since = hit === null && conversation.status === 'open' ? waitsSince(conversation) : null
  const time = since !== null && saysTheSame(w, conversation, since, at, now) ? null : at
  const marks: readonly Mark[] = [
    ...(hasDraft ? [{ icon: 'reply', words: w.list.draft, due: true } as const] : []),
    ...(conversation.lostAnswers === 0
      ? []
      : [{ icon: 'alert', words: w.lost.count(conversation.lostAnswers), due: true } as const]),
    ...colleagues.map(({ account, writing }) => ({
      icon: writing ? ('reply' as const) : ('user' as const),
      words: writing ? w.presence.writes(account.displayName) : w.list.openAt(account.displayName),
      due: false,
    })),
    ...(assignee === null
      ? []
      : [
          {
            icon: 'user',
            words: assignee.id === me ? w.list.heldByMe : w.list.heldBy(assignee.displayName),
            due: false,
          } as const,
        ]),
    ...(conversation.identityNotice === null
      ? []
      : [{ icon: 'shield', words: w.list.identity, due: true } as const]),
  ]
  return (
    <Link
      href={`/posteingang/${id}`}
      className={styles.row}
      data-row={id}
      data-unread={unreadCount > 0 || undefined}
      data-dense={dense || undefined}
      aria-current={open || undefined}
      tabIndex={tabStop ? 0 : -1}
      draggable={false}
      onFocus={() => {
        onFocus()
        onNear()
      }}
      onPointerEnter={onNear}
      onClick={() => onOpen(conversation)}
    >
      <Shape shape={contact.shape} name={contact.displayName} size={dense ? 28 : 40} />
      <span className={styles.lines}>
        <span className={styles.first}>
          <span className={styles.name}>
            <bdi>{contact.displayName}</bdi>
            {mark !== null && <bdi className={styles.apart}> {mark}</bdi>}
          </span>
          {dense && since !== null && <span className={styles.waits}>{waits}</span>}
          {time !== null && !(dense && since !== null) && (
            <time dateTime={new Date(time).toISOString()} title={exactly(w, time)}>
              {ago(w, time, now)}
            </time>
          )}
        </span>
        <span className={styles.second}>
          <span className={styles.text}>
            <LastLine conversation={conversation} now={now} />
          </span>
          {dense && marks.map((one) => <MarkSign key={one.words} mark={one} short />)}
          {unreadCount > 0 && (
            <span className={styles.unread}>
              <span aria-hidden="true">{unreadCount > 99 ? '99+' : unreadCount}</span>
              <Hidden>{w.list.unread(unreadCount)}</Hidden>
            </span>
          )}
        </span>
        {!dense && (
          <span className={styles.third}>
            {waits}
            {marks.map((one) => (
              <MarkSign key={one.words} mark={one} />
            ))}
          </span>
        )}
      </span>
    </Link>
  )
}
