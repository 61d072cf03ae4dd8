import type { ReactElement, ReactNode } from 'react'
import { Dialog, Heading } from 'react-aria-components/Dialog'
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal'
import { Button } from './button.tsx'
import styles from './modal.module.css'
import { useWords } from './words.tsx'

/** Takes the focus, keeps it, gives it back; Escape closes. */
export function Modal({
  title,
  onClose,
  wide = false,
  side = false,
  full = false,
  children,
}: {
  title: string
  onClose: () => void
  wide?: boolean
  side?: boolean
  /** As large as the window. */
  full?: boolean
  children: ReactNode
}): ReactElement {
  const w = useWords()
  return (
    <ModalOverlay
      className={[styles.overlay, side && styles.atSide, full && styles.whole].filter(Boolean).join(' ')}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <AriaModal
        className={[styles.modal, wide && styles.wide, side && styles.side, full && styles.full]
          .filter(Boolean)
          .join(' ')}
      >
        <Dialog className={[styles.dialog, full && styles.filling].filter(Boolean).join(' ')}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <Button kind="quiet" icon="close" aria-label={w.general.close} onPress={onClose} />
          </header>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  )
}
