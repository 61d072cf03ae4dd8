import type { ReactElement } from 'react'
import type { ConversationRead } from '../api.ts'
import { Modal } from '../ui/modal.tsx'
import { useWords } from '../ui/words.tsx'
import { CasePanel } from './case-panel.tsx'
import type { Assignment } from './use-assignment.ts'

function CaseDrawer({
  conversation,
  assignment,
  onDone,
  onClose,
  onFiling,
}: {
  conversation: ConversationRead
  assignment: Assignment
  onDone: () => void
  onClose: () => void
  onFiling: () => void
}): ReactElement {
  const w = useWords()
  return (
    <Modal title={w.case.title} side onClose={onDone}>
      <CasePanel conversation={conversation} assignment={assignment} onClose={onClose} onFiling={onFiling} />
    </Modal>
  )
}

export default CaseDrawer
