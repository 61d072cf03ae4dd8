import { type FilingPlanFile, maxFilingPlanBytes } from '@buergerdraht/contract'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { base64Of } from '../ui/base64-of.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { filingPlanWords } from './filing-plan-words.ts'
import { TableRefused } from './table-file.tsx'

/** A file is read and shown; nothing of it holds before it has been proposed and approved. */
export function PlanImport({ onRead }: { onRead: (file: FilingPlanFile) => void }): ReactElement {
  const c = filingPlanWords[useWords().language]
  const reading = useMutation({
    mutationFn: async (file: File) => {
      return ask('readFilingPlanFile', { body: { file: await base64Of(file, maxFilingPlanBytes) } })
    },
    onSuccess: (read) => {
      announce(c.imported(read.entries.length))
      onRead(read)
    },
  })
  return (
    <>
      <Field
        label={c.import}
        hint={c.importHint}
        type="file"
        accept=".csv,text/csv"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          // The same file can be chosen again once it is mended.
          if (file !== undefined) reading.mutate(file, { onSettled: () => (target.value = '') })
        }}
      />
      {reading.error !== null && <TableRefused error={reading.error} />}
      {reading.data !== undefined && (
        <>
          <Notice tone="success">{c.imported(reading.data.entries.length)}</Notice>
          {reading.data.rounded.length > 0 && (
            <Notice tone="warning">
              {c.rounded(reading.data.rounded.length)}
              <ul>
                {reading.data.rounded.map(({ line, reference, from, to }) => (
                  <li key={line}>{c.roundedOne(line, reference, from, to)}</li>
                ))}
              </ul>
            </Notice>
          )}
        </>
      )}
    </>
  )
}
