import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Conversation } from '../api.ts'
import { Hidden } from '../ui/hidden.tsx'
import { Icon } from '../ui/icon.tsx'
import { ago, exactly, remaining, waiting } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { Shape } from '../ui/shape.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './conversation-row.module.css'
import { Highlighted } from './highlighted.tsx'
import { kindIcons, previewOf } from './preview.ts'
import { useHasDraft } from './use-draft.ts'
import { waitsSince } from './waits-since.ts'

/** The last two hours of the service window are worth a word. */
export const windowMattersMs = 2 * 3_600_000

function LastLine({ conversation }: { conversation: Conversation }): ReactElement {
  const w = useWords()
  const { hit, lastMessage } = conversation
  if (hit !== null) return <Highlighted text={hit.text} matches={hit.matches} />
  const icon = lastMessage === null || lastMessage.revoked ? null : kindIcons[lastMessage.kind]
  return (
    <>
      {lastMessage?.direction === 'outbound' && <span>{w.list.office} </span>}
      {icon !== null && <Icon name={icon} size={14} />}
      <bdi>{previewOf(w, lastMessage)}</bdi>
    </>
  )
}

function Waiting({ conversation, now }: { conversation: Conversation; now: number }): ReactElement | null {
  const w = useWords()
  const { windowClosesAt, status, lastMessage } = conversation
  if (status === 'closed') return <span>{w.list.closed}</span>
  const since = waitsSince(conversation)
  // Who got no answer still waits for one, whatever was sent.
  if (since === null && lastMessage?.status === 'failed')
    return <span className={styles.lost}>{w.status.failed}</span>
  if (since === null && lastMessage?.status === 'unknown')
    return <span className={styles.due}>{w.status.unknown}</span>
  if (since === null) return null
  const left = windowClosesAt === null ? 0 : Date.parse(windowClosesAt) - now
  if (windowClosesAt !== null && left <= 0) return <span className={styles.lost}>{w.list.windowClosed}</span>
  if (left < windowMattersMs)
    return <span className={styles.due}>{w.composer.windowCloses(remaining(w, left))}</span>
  return (
    <span>
      <span aria-hidden="true">{waiting(w, now - since)}</span>
      <Hidden>{w.list.waitsSince(exactly(w, since))}</Hidden>
    </span>
  )
}

export function ConversationRow({
  conversation,
  me,
  open,
  tabStop,
  onFocus,
  onNear,
  onOpen,
}: {
  conversation: Conversation
  me: string
  open: boolean
  tabStop: boolean
  onFocus: () => void
  onNear: () => void
  onOpen: (conversation: Conversation) => void
}): ReactElement {
  const w = useWords()
  const now = useNow()
  const hasDraft = useHasDraft(conversation.id)
  const { id, contact, unreadCount, assignee, lastMessage, hit } = conversation
  const at = Date.parse(hit?.sentAt ?? lastMessage?.sentAt ?? conversation.openedAt)
  return (
    <Link
      href={`/posteingang/${id}`}
      className={styles.row}
      data-row={id}
      data-unread={unreadCount > 0 || undefined}
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
      <Shape shape={contact.shape} name={contact.displayName} />
      <span className={styles.lines}>
        <span className={styles.first}>
          <bdi className={styles.name}>{contact.displayName}</bdi>
          <time dateTime={new Date(at).toISOString()} title={exactly(w, at)}>
            {ago(w, at, now)}
          </time>
        </span>
        <span className={styles.second}>
          <span className={styles.text}>
            <LastLine conversation={conversation} />
          </span>
          {unreadCount > 0 && (
            <span className={styles.unread}>
              <span aria-hidden="true">{unreadCount > 99 ? '99+' : unreadCount}</span>
              <Hidden>{w.list.unread(unreadCount)}</Hidden>
            </span>
          )}
        </span>
        <span className={styles.third}>
          {hasDraft && (
            <span className={styles.due}>
              <Icon name="reply" size={14} /> {w.list.draft}
            </span>
          )}
          <Waiting conversation={conversation} now={now} />
          {assignee !== null && (
            <span className={styles.holder}>
              <Icon name="user" size={14} />{' '}
              {assignee.id === me ? w.list.heldByMe : w.list.heldBy(assignee.displayName)}
            </span>
          )}
          {conversation.identityNotice !== null && (
            <span className={styles.due}>
              <Icon name="shield" size={14} /> {w.list.identity}
            </span>
          )}
        </span>
      </span>
    </Link>
  )
}
