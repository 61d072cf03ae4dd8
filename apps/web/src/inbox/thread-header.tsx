import type { ReactElement, Ref } from 'react'
import type { Conversation } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Shape } from '../ui/shape.tsx'
import { useWords } from '../ui/words.tsx'
import { CaseActions } from './case-actions.tsx'
import { ColleaguesHere } from './colleagues-here.tsx'
import styles from './thread-header.module.css'
import type { Assignment } from './use-assignment.ts'

/** Masked number or user name; the name above is what the person calls themselves. */
export function addressOf(contact: Conversation['contact'], hidden: string): string {
  return (
    contact.maskedPhone ?? (contact.username === null ? hidden : `@${contact.username.replace(/^@/, '')}`)
  )
}

export function ThreadHeader({
  ref,
  conversation,
  assignment,
  onBack,
  onCase,
  onClose,
}: {
  ref: Ref<HTMLHeadingElement>
  conversation: Conversation
  assignment: Assignment
  onBack: () => void
  onCase: () => void
  onClose: () => void
}): ReactElement {
  const w = useWords()
  const { contact, assignee } = conversation
  const holder =
    assignee === null ? w.case.free : assignment.mine ? w.case.heldByMe : w.case.heldBy(assignee.displayName)
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <span className={styles.back}>
          <Button kind="quiet" icon="back" aria-label={w.general.back} onPress={onBack} />
        </span>
        <Shape shape={contact.shape} name={contact.displayName} />
        <div className={styles.who}>
          <h2 id="thread-name" ref={ref} tabIndex={-1}>
            <bdi>{contact.displayName}</bdi>
            <span className={styles.citizen} title={w.contact.citizenTitle}>
              {w.contact.citizen}
            </span>
          </h2>
          <p className={styles.address}>
            <span>{addressOf(contact, w.contact.hiddenNumber)}</span>
            <span className={styles.holder}>
              <Icon name="user" size={14} /> {conversation.status === 'closed' ? w.list.closed : holder}
            </span>
            <ColleaguesHere conversationId={conversation.id} />
          </p>
        </div>
        <div className={styles.actions}>
          <CaseActions conversation={conversation} assignment={assignment} compact onClose={onClose} />
        </div>
        <span className={styles.more}>
          <Button kind="quiet" icon="panel" aria-label={w.case.show} onPress={onCase} />
        </span>
      </div>
      {assignment.refusal !== null && (
        <div className={styles.refusal} role="alert">
          <Notice tone="warning">{assignment.refusal}</Notice>
        </div>
      )}
    </header>
  )
}
