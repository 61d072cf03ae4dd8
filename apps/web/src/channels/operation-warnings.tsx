import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { operationQuery } from './desk-queries.ts'

/** What whoever runs the installation has to mend; nothing while all is well. */
export function OperationWarnings(): ReactElement {
  const w = useWords()
  const { data } = useQuery(operationQuery)
  return (
    <div role="status">
      {data?.warnings.map((warning) => (
        <Notice key={warning} tone="danger">
          {w.operation[warning]}
        </Notice>
      ))}
    </div>
  )
}
