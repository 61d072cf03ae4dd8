import type { ReactElement } from 'react'
import type { Conversation } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useWords } from '../ui/words.tsx'
import type { Assignment } from './use-assignment.ts'

/** What can be done with the conversation as a whole. */
export function CaseActions({
  conversation,
  assignment,
  compact = false,
  onClose,
}: {
  conversation: Conversation
  assignment: Assignment
  compact?: boolean
  onClose: () => void
}): ReactElement | null {
  const w = useWords()
  if (conversation.status === 'closed') return null
  const step =
    conversation.assignee === null
      ? ({ words: w.case.claim, take: assignment.claim, kind: 'primary', icon: 'hand' } as const)
      : assignment.mine
        ? { words: w.case.release, take: assignment.release }
        : { words: w.case.takeOver, take: assignment.takeOver }
  const { words, take, ...look } = step
  return (
    <>
      {/* One button for every step, never switched off: the focus that pressed it stays on it. */}
      <Button {...look} compact={compact} onPress={take}>
        {words}
      </Button>
      <Button compact={compact} icon="archive" onPress={onClose}>
        {w.case.close}
      </Button>
      {!compact && (
        <Button kind="quiet" onPress={assignment.markUnread}>
          {w.case.markUnread}
        </Button>
      )}
    </>
  )
}
