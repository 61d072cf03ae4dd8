import { type ReactElement, type ReactNode, type Ref, useState } from 'react'
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

const resting = { 'aria-disabled': true, onPress: () => undefined, type: 'button' } as const

/**
 * With `aria-label` and no children it is an icon; verbs otherwise. One that is disabled while it has the focus, because what it does is
 * underway, keeps the focus until it is left, and does nothing meanwhile: the browser would drop the focus of a disabled button.
 */
export function Button({
  kind = 'secondary',
  compact = false,
  icon,
  children,
  isDisabled = false,
  onFocusChange,
  ...rest
}: ButtonProps): ReactElement {
  const [focused, setFocused] = useState(false)
  const rests = isDisabled && focused
  const look = [
    styles.button,
    styles[kind],
    compact && styles.compact,
    children === undefined && styles.square,
  ]
  const button = (
    <AriaButton
      {...rest}
      {...(rests ? resting : { isDisabled })}
      onFocusChange={(now) => {
        setFocused(now)
        onFocusChange?.(now)
      }}
      className={look.filter(Boolean).join(' ')}
    >
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
