import type { ReactElement, ReactNode } from 'react'
import type { ConversationRead } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { dayAndClock, dayName, exactly, span } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { requestWords } from '../ui/request-words.ts'
import { Shape } from '../ui/shape.tsx'
import { useWords, type Words } from '../ui/words.tsx'
import { CaseActions } from './case-actions.tsx'
import styles from './case-panel.module.css'
import { windowMattersMs } from './conversation-row.tsx'
import { filingWords } from './filing-words.ts'
import { FullNumber } from './full-number.tsx'
import { protectionWords } from './protection-words.ts'
import { addressOf } from './thread-header.tsx'
import type { Assignment } from './use-assignment.ts'

function Entry({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <div className={styles.entry}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Moment({ at, now, w }: { at: string; now: number; w: Words }): ReactElement {
  return (
    <time dateTime={at} title={exactly(w, Date.parse(at))}>
      {dayAndClock(w, Date.parse(at), now)}
    </time>
  )
}

function ReplyWindow({ closesAt, now }: { closesAt: string | null; now: number }): ReactElement {
  const w = useWords()
  if (closesAt === null) return <>{w.case.windowNever}</>
  const left = Date.parse(closesAt) - now
  const when = dayAndClock(w, Date.parse(closesAt), now)
  return (
    <span className={left <= 0 ? styles.lost : left < windowMattersMs ? styles.due : undefined}>
      {left > 0 ? w.case.windowOpen(when) : w.case.windowClosed(when)}
    </span>
  )
}

/** Of a closed matter: whether it belongs to a file, and from when on it has to be gone. */
function FilingEntries({
  filing,
  now,
}: {
  filing: NonNullable<ConversationRead['filing']>
  now: number
}): ReactElement {
  const w = useWords()
  const c = filingWords[w.language]
  const { relevance, fileReference, dueAt } = filing
  return (
    <>
      <Entry name={c.entry}>
        {relevance === null ? c.undecided : c.choices[relevance]}
        {fileReference !== null && (
          <>
            {' '}
            (<bdi>{fileReference}</bdi>)
          </>
        )}
      </Entry>
      <Entry name={c.due}>
        {dueAt === null ? (
          c.dueWaits
        ) : (
          <time dateTime={dueAt} title={exactly(w, Date.parse(dueAt))}>
            {c.dueOn(dayName(w, Date.parse(dueAt), now))}
          </time>
        )}
      </Entry>
    </>
  )
}

/** What is known about the matter, without its content. */
export function CasePanel({
  conversation,
  assignment,
  onClose,
  onFiling,
  onHold,
  onRequest,
  onElsewhere,
}: {
  conversation: ConversationRead
  assignment: Assignment
  onClose: () => void
  onFiling: () => void
  onHold: () => void
  onRequest: () => void
  onElsewhere: () => void
}): ReactElement {
  const w = useWords()
  const now = useNow()
  const { contact, assignee, waitingSince, filing } = conversation
  const c = filingWords[w.language]
  const p = protectionWords[w.language]
  return (
    <div className={styles.panel}>
      <div className={styles.person}>
        <Shape shape={contact.shape} name={contact.displayName} size={48} />
        <div>
          <p className={styles.name}>
            <bdi>{contact.displayName}</bdi>
          </p>
          <p className={styles.quiet}>{addressOf(contact, w.contact.hiddenNumber)}</p>
          {contact.maskedPhone !== null && (
            <FullNumber key={conversation.id} conversationId={conversation.id} />
          )}
          {contact.maskedPhone !== null && contact.username !== null && (
            <p className={styles.quiet}>@{contact.username.replace(/^@/, '')}</p>
          )}
        </div>
      </div>
      <dl className={styles.entries}>
        <Entry name={w.case.holder}>
          {assignee === null ? w.case.nobody : assignment.mine ? w.case.you : assignee.displayName}
        </Entry>
        {assignee?.deputy != null && !assignment.mine && (
          <Entry name={w.case.deputy}>{assignee.deputy}</Entry>
        )}
        <Entry name={w.case.team}>{conversation.team.name}</Entry>
        <Entry name={w.case.channel}>{conversation.channel.name}</Entry>
        {conversation.status === 'open' && !conversation.channel.receivesOnly && (
          <Entry name={w.case.window}>
            <ReplyWindow closesAt={conversation.windowClosesAt} now={now} />
          </Entry>
        )}
        {waitingSince !== null && (
          <Entry name={w.case.waiting}>
            <time dateTime={waitingSince} title={exactly(w, Date.parse(waitingSince))}>
              {now - Date.parse(waitingSince) < 60_000
                ? w.time.justNow
                : span(w, now - Date.parse(waitingSince))}
            </time>
          </Entry>
        )}
        <Entry name={w.case.since}>
          <Moment at={conversation.openedAt} now={now} w={w} />
        </Entry>
        <Entry name={w.case.state}>
          {conversation.closedAt === null
            ? w.case.open
            : w.case.closed(dayAndClock(w, Date.parse(conversation.closedAt), now))}
        </Entry>
        {conversation.held && <Entry name={p.entry}>{p.held}</Entry>}
        {filing !== null && conversation.status === 'closed' && <FilingEntries filing={filing} now={now} />}
      </dl>
      <div className={styles.actions}>
        <CaseActions conversation={conversation} assignment={assignment} onClose={onClose} />
        {filing !== null && conversation.status === 'closed' && (
          <Button icon="archive" onPress={onFiling}>
            {filing.relevance === null ? c.decide : c.change}
          </Button>
        )}
        {conversation.status === 'open' && (
          <Button kind="quiet" icon="forward" onPress={onElsewhere}>
            {w.elsewhere.act}
          </Button>
        )}
        <Button kind="quiet" icon="lock" onPress={onHold}>
          {p.hold}
        </Button>
        <Button kind="quiet" icon="user" onPress={onRequest}>
          {requestWords[w.language].take}
        </Button>
      </div>
    </div>
  )
}
