import type { ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './notice.module.css'

const icons = { info: 'info', warning: 'alert', danger: 'alert', success: 'check' } as const satisfies Record<
  string,
  IconName
>

/** A sentence that belongs to the place where it stands. */
export function Notice({
  tone,
  alert = false,
  children,
  action,
}: {
  tone: keyof typeof icons
  /** It answers what somebody has just done: it is read out when it appears. */
  alert?: boolean
  children: ReactNode
  action?: ReactNode
}): ReactElement {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={alert ? 'alert' : undefined}>
      <Icon name={icons[tone]} size={18} />
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
