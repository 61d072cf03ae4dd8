import type { ReactElement } from 'react'
import type { Conversation } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useWords } from '../ui/words.tsx'
import type { Matter } from './use-case.ts'

/** What can be done with the conversation as a whole. */
export function CaseActions({
  conversation,
  matter,
  compact = false,
  onClose,
}: {
  conversation: Conversation
  matter: Matter
  compact?: boolean
  onClose: () => void
}): ReactElement | null {
  const w = useWords()
  if (conversation.status === 'closed') return null
  const step =
    conversation.assignee === null
      ? ({ words: w.case.claim, take: matter.claim, kind: 'primary', icon: 'hand' } as const)
      : matter.mine
        ? { words: w.case.release, take: matter.release }
        : { words: w.case.takeOver, take: matter.takeOver }
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
        <Button kind="quiet" onPress={matter.markUnread}>
          {w.case.markUnread}
        </Button>
      )}
    </>
  )
}
