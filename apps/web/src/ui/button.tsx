import type { ReactElement, ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import styles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'

type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly compact?: boolean
  readonly icon?: IconName
  readonly children?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** With `aria-label` and no children it is an icon; verbs otherwise. */
export function Button({
  kind = 'secondary',
  compact = false,
  icon,
  children,
  ...rest
}: ButtonProps): ReactElement {
  const look = [
    styles.button,
    styles[kind],
    compact && styles.compact,
    children === undefined && styles.square,
  ]
  const button = (
    <AriaButton {...rest} className={look.filter(Boolean).join(' ')}>
      {icon !== undefined && <Icon name={icon} size={compact ? 18 : 20} />}
      {children}
    </AriaButton>
  )
  if (children !== undefined) return button
  return (
    <span className={styles.tip} title={rest['aria-label']}>
      {button}
    </span>
  )
}
