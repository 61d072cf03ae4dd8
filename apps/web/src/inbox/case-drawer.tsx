import type { ReactElement } from 'react'
import type { Conversation } from '../api.ts'
import { Modal } from '../ui/modal.tsx'
import { useWords } from '../ui/words.tsx'
import { CasePanel } from './case-panel.tsx'
import type { Matter } from './use-case.ts'

function CaseDrawer({
  conversation,
  matter,
  onDone,
  onClose,
}: {
  conversation: Conversation
  matter: Matter
  onDone: () => void
  onClose: () => void
}): ReactElement {
  const w = useWords()
  return (
    <Modal title={w.case.title} side onClose={onDone}>
      <CasePanel conversation={conversation} matter={matter} onClose={onClose} />
    </Modal>
  )
}

export default CaseDrawer
