import type { ReactElement, ReactNode, RefObject } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover as AriaPopover } from 'react-aria-components/Popover'
import styles from './popover.module.css'

/** A small surface beside what opened it; Escape and a click elsewhere close it, the focus goes back. */
export function Popover({
  label,
  anchor,
  onClose,
  placement = 'top start',
  children,
}: {
  label: string
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
  placement?: 'top start' | 'top end' | 'bottom end' | 'bottom start' | 'right bottom'
  children: ReactNode
}): ReactElement {
  return (
    <AriaPopover
      className={styles.popover ?? ''}
      isOpen
      triggerRef={anchor}
      placement={placement}
      offset={6}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog aria-label={label} className={styles.dialog ?? ''}>
        {children}
      </Dialog>
    </AriaPopover>
  )
}
