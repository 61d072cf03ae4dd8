import type { ReactElement, RefObject } from 'react'
import type { Conversation, ConversationRead } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { useReopen, WayToOpenOne } from './closed-notice.tsx'
import styles from './composer.module.css'

/** Whether free text and files may be sent now; after that there are templates, or nothing. */
export function canBeAnswered({ status, channel, windowClosesAt }: Conversation, now: number): boolean {
  return status === 'open' && channel.canSend && windowClosesAt !== null && Date.parse(windowClosesAt) > now
}

/** Stands in the place of the composer while nothing can be written: why, and what is possible. */
export function NoReply({
  ref: place,
  conversation,
  me,
  draft,
  onTemplate,
  onElsewhere,
}: {
  ref: RefObject<HTMLElement | null>
  conversation: ConversationRead
  me: string
  /** What was being written when that ended. */
  draft: string
  onTemplate: () => void
  onElsewhere: () => void
}): ReactElement {
  const w = useWords()
  const { id, status, channel, windowClosesAt, answeredIn } = conversation
  const { mutate, isPending, error } = useReopen(id, me)
  const elsewhere = (
    <Button compact {...(channel.receivesOnly && { kind: 'primary' })} onPress={onElsewhere}>
      {w.elsewhere.act}
    </Button>
  )
  return (
    <footer ref={place} className={styles.closed} tabIndex={-1}>
      {draft !== '' && (
        <ScrollArea label={w.composer.draftKept} className={styles.kept}>
          {w.composer.draftKept} <bdi>{draft}</bdi>
        </ScrollArea>
      )}
      {status === 'closed' && answeredIn !== null ? (
        <Notice tone="info" action={<WayToOpenOne from={id} />}>
          {w.case.openOne}
        </Notice>
      ) : status === 'closed' ? (
        <Notice
          tone={error === null ? 'info' : 'danger'}
          action={
            <Button compact isDisabled={isPending} onPress={() => mutate()}>
              {w.case.reopen}
            </Button>
          }
        >
          {error === null ? w.case.closedNote : sentenceOf(w, error)}
        </Notice>
      ) : channel.receivesOnly ? (
        <Notice tone="info" action={elsewhere}>
          {w.composer.receivesOnly}
        </Notice>
      ) : !channel.canSend ? (
        <Notice tone="warning" action={elsewhere}>
          {w.composer.stopped}
        </Notice>
      ) : (
        <Notice
          tone="info"
          action={
            <>
              <Button kind="primary" compact onPress={onTemplate}>
                {w.composer.chooseTemplate}
              </Button>
              {elsewhere}
            </>
          }
        >
          {windowClosesAt === null ? w.composer.windowNever : w.composer.windowClosed}
        </Notice>
      )}
    </footer>
  )
}
