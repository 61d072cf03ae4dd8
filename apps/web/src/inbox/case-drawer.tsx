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
  onHold,
  onRequest,
  onElsewhere,
}: {
  conversation: ConversationRead
  assignment: Assignment
  onDone: () => void
  onClose: () => void
  onFiling: () => void
  onHold: () => void
  onRequest: () => void
  onElsewhere: () => void
}): ReactElement {
  const w = useWords()
  return (
    <Modal title={w.case.title} side onClose={onDone}>
      <CasePanel
        conversation={conversation}
        assignment={assignment}
        onClose={onClose}
        onFiling={onFiling}
        onHold={onHold}
        onRequest={onRequest}
        onElsewhere={onElsewhere}
      />
    </Modal>
  )
}

export default CaseDrawer
