import { type FilingPlanFile, maxFilingPlanBytes } from '@buergerdraht/contract'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { filingPlanWords } from './filing-plan-words.ts'

/** The bytes as the API takes them. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  // In parts, because a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return btoa(parts.join(''))
}

class TooLarge extends Error {}

function Refused({ error }: { error: unknown }): ReactElement {
  const w = useWords()
  const c = filingPlanWords[w.language]
  if (error instanceof TooLarge)
    return (
      <Notice tone="danger" alert>
        {c.tooLarge}
      </Notice>
    )
  if (!(error instanceof Failure) || error.fields.length === 0)
    return (
      <Notice tone="danger" alert>
        {sentenceOf(w, error)}
      </Notice>
    )
  return (
    <Notice tone="danger" alert>
      {c.faults}
      <ul>
        {error.fields.map(({ path, message }) => {
          const [, line, column] = /^lines\.(\d+)(?:\.columns\.(\d+))?$/.exec(path) ?? []
          return (
            <li key={path}>
              {line !== undefined && `${c.place(line, column)}: `}
              {message}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}

/** A file is read and shown; nothing of it holds before it has been proposed and approved. */
export function PlanImport({ onRead }: { onRead: (file: FilingPlanFile) => void }): ReactElement {
  const c = filingPlanWords[useWords().language]
  const reading = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > maxFilingPlanBytes) throw new TooLarge()
      return ask('readFilingPlanFile', { body: { file: await base64Of(file) } })
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
      {reading.error !== null && <Refused error={reading.error} />}
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
