import { type ComponentProps, type ReactElement, type ReactNode, useId } from 'react'
import styles from './field.module.css'
import { Icon } from './icon.tsx'

type FieldProps = {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly optional?: string | undefined
  readonly id?: string
  readonly end?: ReactNode
}

/** Everything around an input: what it is called, what helps, what is wrong. Nothing else writes labels or errors. */
function Frame({
  label,
  hint,
  error,
  optional,
  end,
  id,
  children,
}: FieldProps & { id: string; children: (describedBy: string | undefined) => ReactNode }): ReactElement {
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
  return (
    <div className={styles.field} data-invalid={error === undefined ? undefined : true}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional !== undefined && <span className={styles.optional}> ({optional})</span>}
      </label>
      {hint !== undefined && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className={styles.error} id={`${id}-error`}>
          <Icon name="alert" size={16} /> {error}
        </p>
      )}
      <div className={styles.row}>
        {children(described.join(' ').trim() || undefined)}
        {end}
      </div>
    </div>
  )
}

export function Field({
  label,
  hint,
  error,
  optional,
  end,
  id,
  ...input
}: FieldProps & ComponentProps<'input'>): ReactElement {
  const own = useId()
  const name = id ?? own
  return (
    <Frame label={label} hint={hint} error={error} optional={optional} end={end} id={name}>
      {(describedBy) => (
        <input
          {...input}
          id={name}
          className={styles.input}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy}
        />
      )}
    </Frame>
  )
}

export function TextField({
  label,
  hint,
  error,
  optional,
  end,
  id,
  ...area
}: FieldProps & ComponentProps<'textarea'>): ReactElement {
  const own = useId()
  const name = id ?? own
  return (
    <Frame label={label} hint={hint} error={error} optional={optional} end={end} id={name}>
      {(describedBy) => (
        <textarea
          {...area}
          id={name}
          className={styles.input}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy}
        />
      )}
    </Frame>
  )
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  id,
  children,
  ...select
}: FieldProps & ComponentProps<'select'>): ReactElement {
  const own = useId()
  const name = id ?? own
  return (
    <Frame label={label} hint={hint} error={error} optional={optional} id={name}>
      {(describedBy) => (
        <select
          {...select}
          id={name}
          className={styles.input}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy}
        >
          {children}
        </select>
      )}
    </Frame>
  )
}

/** A setting that is on or off and holds at once. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}): ReactElement {
  const id = useId()
  return (
    <div className={styles.switch}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.toggle}
        checked={checked}
        aria-checked={checked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p className={styles.hint} id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

/** One of a few, all in sight. */
export function Choice<V extends string>({
  label,
  options,
  value,
  autoFocus = false,
  onChange,
}: {
  label: string
  options: readonly (readonly [V, string])[]
  /** Null: nothing is chosen yet. */
  value: V | null
  /** The first of them takes the focus. */
  autoFocus?: boolean
  onChange: (value: V) => void
}): ReactElement {
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.options}>
        {options.map(([option, text], place) => (
          <label key={option} className={styles.option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              // biome-ignore lint/a11y/noAutofocus: where it is said, the question was just asked for
              autoFocus={autoFocus && place === 0}
              onChange={() => onChange(option)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
