import { memo, type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import type { Message } from '../api.ts'
import { Icon } from '../ui/icon.tsx'
import { clock, exactly } from '../ui/moment.ts'
import { useWords } from '../ui/words.tsx'
import { Corrections } from './corrections.tsx'
import { erasureWords } from './erasure-words.ts'
import { MessageActions } from './message-actions.tsx'
import { MessageContent } from './message-content.tsx'
import { MessageFailure } from './message-failure.tsx'
import styles from './message-item.module.css'
import { systemLine } from './preview.ts'
import { QuoteBlock } from './quote-block.tsx'
import { Reactions } from './reactions.tsx'
import { Ticks } from './ticks.tsx'

type MessageItemProps = {
  readonly message: Message
  readonly citizen: string
  /** Something can be said in the conversation now. */
  readonly answerable: boolean
  readonly mayPlan: boolean
  readonly active: boolean
  /** A search has found it. */
  readonly hit: boolean
  readonly onActive: (id: string) => void
  readonly onQuote: (message: Message) => void
  readonly onTemplate: () => void
  readonly onJump: (id: string) => void
}

function SystemItem({ message }: { message: Message }): ReactElement {
  const w = useWords()
  const at = Date.parse(message.sentAt)
  const { details } = message
  const earlier = details?.kind === 'system' ? details.earlier : null
  const line = (
    <p className={styles.system} data-message={message.id} tabIndex={-1}>
      <span>{systemLine(w, details)}</span>
      {earlier !== null && <Link href={`/posteingang/${earlier.conversationId}`}>{w.thread.toEarlier}</Link>}
      <time dateTime={message.sentAt} title={exactly(w, at)}>
        {clock(w, at)}
      </time>
      {message.direction === 'outbound' && <Ticks message={message} />}
    </p>
  )
  if (message.text === null) return line
  return (
    <>
      {line}
      <details className={styles.told}>
        <summary>{w.thread.whatWasSent}</summary>
        <p lang="de">
          <bdi>{message.text}</bdi>
        </p>
      </details>
    </>
  )
}

/** Above the content: where it comes from. */
function Origin({ message }: { message: Message }): ReactElement | null {
  const w = useWords()
  if (message.forwarded === 'no' && message.referral === null) return null
  return (
    <p className={styles.origin}>
      {message.forwarded !== 'no' && (
        <span>
          <Icon name="forward" size={14} />{' '}
          {message.forwarded === 'many' ? w.thread.oftenForwarded : w.thread.forwarded}
        </span>
      )}
      {message.referral !== null && (
        <span>
          <Icon name="info" size={14} /> <bdi>{w.thread.referral(message.referral.headline)}</bdi>
        </span>
      )}
    </p>
  )
}

function Foot({
  message,
  before,
  onBefore,
}: {
  message: Message
  /** What it said before it was edited is shown. */
  before: boolean
  onBefore: () => void
}): ReactElement {
  const w = useWords()
  const at = Date.parse(message.sentAt)
  return (
    <p className={styles.foot}>
      {message.late && (
        <span className={styles.late} title={w.thread.lateTitle(exactly(w, Date.parse(message.receivedAt)))}>
          {w.thread.late}
        </span>
      )}
      {message.fromApp && <span title={w.thread.fromAppTitle}>{w.thread.fromApp}</span>}
      {message.editedAt !== null && (
        <button
          type="button"
          className={styles.edited}
          title={w.thread.editedTitle(exactly(w, Date.parse(message.editedAt)))}
          aria-expanded={before}
          disabled={message.versions.length === 0}
          onClick={onBefore}
        >
          {w.thread.edited}
        </button>
      )}
      {message.author !== null && <span className={styles.author}>{message.author.displayName}</span>}
      <time dateTime={message.sentAt} title={exactly(w, at)}>
        {clock(w, at)}
      </time>
      {message.kind === 'elsewhere' && (
        <span title={w.elsewhere.notedAt(exactly(w, Date.parse(message.receivedAt)))}>
          {w.elsewhere.notSent}
        </span>
      )}
      {message.direction === 'outbound' && <Ticks message={message} />}
    </p>
  )
}

/** A letter in the exchange: the citizen's on the left, the office's on the right. */
export const MessageItem = memo((props: MessageItemProps): ReactElement => {
  const { message, citizen, answerable, mayPlan, active, hit, onActive, onQuote, onTemplate, onJump } = props
  const w = useWords()
  const [before, setBefore] = useState(false)
  if (message.kind === 'system') return <SystemItem message={message} />
  const ours = message.direction === 'outbound'
  const name = ours ? (message.author?.displayName ?? w.thread.ourOffice) : citizen
  const bare = message.kind === 'sticker' && message.revokedAt === null && message.replyTo === null
  return (
    <article
      className={styles.item}
      data-message={message.id}
      data-side={ours ? 'ours' : 'theirs'}
      data-hit={hit || undefined}
      aria-label={(ours ? w.thread.saysOffice : w.thread.saysCitizen)(
        name,
        clock(w, Date.parse(message.sentAt)),
      )}
      aria-describedby={`said-${message.id}`}
      tabIndex={active ? 0 : -1}
      onFocus={() => onActive(message.id)}
    >
      <div className={styles.line}>
        <div
          id={`said-${message.id}`}
          className={styles.bubble}
          data-bare={bare || undefined}
          data-elsewhere={message.kind === 'elsewhere' || undefined}
        >
          <Origin message={message} />
          {message.replyTo !== null && <QuoteBlock quote={message.replyTo} name={citizen} onJump={onJump} />}
          {message.revokedAt === null ? (
            <MessageContent message={message} />
          ) : (
            <p className={styles.revoked}>{w.thread.revoked}</p>
          )}
          {message.erasedFiles.map((erased) => (
            <p key={erased.at} className={styles.revoked}>
              {erasureWords[w.language].erasedFile(erased.files, exactly(w, Date.parse(erased.at)), erased)}
            </p>
          ))}
          {before &&
            message.versions.map(({ text, until }) => (
              <p key={until} className={styles.before}>
                <span>{w.thread.versionUntil(exactly(w, Date.parse(until)))}</span>{' '}
                <bdi>{text ?? w.thread.noText}</bdi>
              </p>
            ))}
          <Foot message={message} before={before} onBefore={() => setBefore(!before)} />
        </div>
        <MessageActions
          message={message}
          answerable={answerable}
          mayPlan={mayPlan}
          reachable={active}
          onQuote={onQuote}
        />
      </div>
      <Corrections conversationId={message.conversationId} messageId={message.id} />
      <Reactions message={message} />
      {ours && <MessageFailure message={message} onTemplate={onTemplate} />}
    </article>
  )
})
