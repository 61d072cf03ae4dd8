import type { ReactElement } from 'react'

/** The head of a table whose columns all have names: as they stand in the words, in their order. */
export function TableHead({ columns }: { columns: Readonly<Record<string, string>> }): ReactElement {
  return (
    <thead>
      <tr>
        {Object.values(columns).map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  )
}
