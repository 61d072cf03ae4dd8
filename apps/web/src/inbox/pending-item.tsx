import type { ReactElement } from 'react'
import { type Conversation, Failure } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { clock } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { MarkupText } from './markup-text.tsx'
import failureStyles from './message-failure.module.css'
import itemStyles from './message-item.module.css'
import type { Pending } from './outbox.ts'
import type { OutboxSender } from './outbox-sender.ts'
import styles from './pending-item.module.css'
import { QuoteBlock } from './quote-block.tsx'

/** What was written and is not stored yet: grey, and honest about it. */
export function PendingItem({
  pending,
  name,
  outbox,
  seen,
  holder,
  onEdit,
  onTemplate,
}: {
  pending: Pending
  name: string
  outbox: OutboxSender
  /** Up to where the thread has been seen by now. */
  seen: string | null
  /** The colleague whose matter it is by now. */
  holder: Conversation['assignee']
  onEdit: (pending: Pending) => void
  onTemplate: () => void
}): ReactElement {
  const w = useWords()
  const { clientId, state, refusal } = pending
  const asks = refusal?.code === 'answered-meanwhile' || refusal?.code === 'assigned-meanwhile'
  function sendAgain(): void {
    // Whoever is not asked about the colleague has not said that they know.
    const known = refusal?.code === 'assigned-meanwhile' ? { seenAssignee: holder?.id ?? null } : {}
    outbox.tryAgain(clientId, { seenUpTo: seen, ...known })
  }
  const words = state === 'waiting' && pending.attempts > 0 ? w.status.waiting : w.status.pending
  return (
    <article
      className={`${itemStyles.item} ${styles.pending}`}
      data-side="ours"
      aria-label={`${w.thread.ourOffice}, ${words}`}
    >
      <div className={itemStyles.line}>
        <div className={itemStyles.bubble} data-pending>
          {pending.replyTo !== null && <QuoteBlock quote={pending.replyTo} name={name} />}
          {pending.files.map((file) => (
            <p key={file.id} className={styles.file}>
              <Icon name={file.kind === 'image' ? 'image' : 'file'} size={16} /> <bdi>{file.fileName}</bdi>
            </p>
          ))}
          {pending.template !== null && <p>{w.special.template(pending.template.name)}</p>}
          {pending.text !== '' && <MarkupText text={pending.text} />}
          <p className={itemStyles.foot}>
            {state !== 'refused' && <span>{words}</span>}
            <time>{clock(w, pending.createdAt)}</time>
            <Icon name={state === 'refused' ? 'alert' : 'clock'} size={14} />
          </p>
        </div>
      </div>
      {refusal !== null && (
        <div className={failureStyles.failure} role="alert">
          <Notice
            tone="danger"
            action={
              <>
                {!asks && (refusal.code === 'window-closed' || pending.template !== null) ? (
                  <Button compact onPress={onTemplate}>
                    {w.composer.chooseTemplate}
                  </Button>
                ) : (
                  <Button compact icon="retry" onPress={sendAgain}>
                    {asks ? w.composer.sendAnyway : w.decision.sendAgain}
                  </Button>
                )}
                {pending.template === null && (
                  <Button
                    compact
                    kind="quiet"
                    onPress={() => {
                      onEdit(pending)
                      outbox.discard(clientId)
                    }}
                  >
                    {w.composer.editAgain}
                  </Button>
                )}
                <Button compact kind="quiet" onPress={() => outbox.discard(clientId)}>
                  {w.composer.discard}
                </Button>
              </>
            }
          >
            {w.composer.notSent}{' '}
            {refusal.code === 'assigned-meanwhile' && holder !== null
              ? w.composer.colleagueHolds(holder.displayName)
              : [sentenceOf(w, new Failure(refusal.code)), ...refusal.sentences].join(' ')}
          </Notice>
        </div>
      )}
    </article>
  )
}
