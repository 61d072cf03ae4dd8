import type { ReactElement } from 'react'
import type { Conversation } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useWords } from '../ui/words.tsx'
import type { Matter } from './use-case.ts'

/** What can be done with the conversation as a whole. */
export const CaseActions = ({
  conversation,
  matter,
  compact = false,
  onClose,
}: {
  conversation: Conversation
  matter: Matter
  compact?: boolean
  onClose: () => void
}): ReactElement | null => {
  const w = useWords()
  if (conversation.status === 'closed') return null
  const free = conversation.assignee === null
  return (
    <>
      {free && (
        <Button kind="primary" compact={compact} icon="hand" isDisabled={matter.busy} onPress={matter.claim}>
          {w.case.claim}
        </Button>
      )}
      {matter.mine && (
        <Button compact={compact} isDisabled={matter.busy} onPress={matter.release}>
          {w.case.release}
        </Button>
      )}
      {!free && !matter.mine && (
        <Button compact={compact} isDisabled={matter.busy} onPress={matter.takeOver}>
          {w.case.takeOver}
        </Button>
      )}
      <Button compact={compact} icon="archive" onPress={onClose}>
        {w.case.close}
      </Button>
    </>
  )
}
