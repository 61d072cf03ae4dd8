import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import styles from './people-page.module.css'
import { teamsQuery } from './people-queries.ts'

/** Teams to tick. */
export function TeamChoice({
  label,
  value,
  onChange,
}: {
  label: string
  value: readonly string[]
  onChange: (ids: string[]) => void
}): ReactElement {
  const { data } = useQuery(teamsQuery)
  return (
    <fieldset className={styles.teams}>
      <legend>{label}</legend>
      {data?.items.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={value.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))
            }
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}
