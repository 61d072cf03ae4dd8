import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Dialog, Heading } from 'react-aria-components/Dialog'
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal'
import { mayLeave } from './address.ts'
import { Button } from './button.tsx'
import styles from './modal.module.css'
import { useUnsaved } from './unsaved.ts'
import { useWords } from './words.tsx'

/**
 * For what is to be done once the dialog has gone, however long that takes: before, it would keep the focus, and a frame later it gives it
 * back; and what was entered in it still counts as unsaved.
 */
export function useAfterClosing(): RefObject<(() => void) | null> {
  const afterwards = useRef<(() => void) | null>(null)
  useEffect(() => () => void (afterwards.current && requestAnimationFrame(afterwards.current)), [])
  return afterwards
}

/** Takes the focus, keeps it, gives it back; Escape closes, and asks first where something is entered. */
export function Modal({
  title,
  onClose,
  unsaved = null,
  wide = false,
  side = false,
  full = false,
  children,
}: {
  title: string
  onClose: () => void
  /** What is entered in it and would be lost; null: nothing is. */
  unsaved?: string | null
  wide?: boolean
  side?: boolean
  /** As large as the window. */
  full?: boolean
  children: ReactNode
}): ReactElement {
  const w = useWords()
  useUnsaved(unsaved)
  function close(): void {
    if (unsaved === null || mayLeave(null)) onClose()
  }
  return (
    <ModalOverlay
      className={[styles.overlay, side && styles.atSide, full && styles.whole].filter(Boolean).join(' ')}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) close()
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
            <Button kind="quiet" icon="close" aria-label={w.general.close} onPress={close} />
          </header>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  )
}
