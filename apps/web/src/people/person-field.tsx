import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { SelectField } from '../ui/field.tsx'
import { everybody, peopleQuery } from './people-queries.ts'

/** Somebody who works here, or nobody. `chosen` is there whoever else is. */
export function PersonField({
  label,
  hint,
  none,
  but,
  chosen,
  value,
  onChange,
}: {
  label: string
  hint: string
  none: string
  /** Who is not to choose. */
  but?: string
  chosen: { readonly id: string; readonly displayName: string } | null
  value: string | null
  onChange: (id: string | null) => void
}): ReactElement {
  const { data } = useInfiniteQuery(peopleQuery({ ...everybody, state: 'active' }))
  const loaded = data?.pages.flatMap((page) => page.items) ?? []
  const options = new Map(
    [...(chosen === null ? [] : [chosen]), ...loaded]
      .filter(({ id }) => id !== but)
      .map(({ id, displayName }) => [id, displayName]),
  )
  return (
    <SelectField
      label={label}
      hint={hint}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    >
      <option value="">{none}</option>
      {[...options].map(([id, displayName]) => (
        <option key={id} value={id}>
          {displayName}
        </option>
      ))}
    </SelectField>
  )
}
