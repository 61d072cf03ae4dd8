import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Field } from '../ui/field.tsx'
import { useWords } from '../ui/words.tsx'
import { timeStampRootsQuery } from './archive-query.ts'
import { type BelievedRoots, timeProofs } from './judge-times.ts'
import { timesWords } from './times-words.ts'

/** Certificates that somebody chooses on their device. @param onChange null: those of the office again */
function OwnRoots({ onChange }: { onChange: (pem: string | null) => void }): ReactElement {
  const c = timesWords[useWords().language]
  const [isUnreadable, setUnreadable] = useState(false)
  async function choose(file: File | undefined): Promise<void> {
    setUnreadable(false)
    onChange(null)
    if (file === undefined) return
    const pem = await file.text()
    const { parseCertificatesPem } = await timeProofs()
    try {
      parseCertificatesPem(pem)
      onChange(pem)
    } catch {
      setUnreadable(true)
    }
  }
  return (
    <Field
      label={c.file}
      hint={c.fileHint}
      optional={c.optional}
      error={isUnreadable ? c.unreadable : undefined}
      type="file"
      accept=".pem,.crt,.cer,application/x-pem-file"
      onChange={({ target }) => void choose(target.files?.[0])}
    />
  )
}

/** By what a page judges time stamps, and where somebody names their own; null as long as the office's are not known. */
export function useBelievedRoots(): { roots: BelievedRoots | null; chooser: ReactElement } {
  const { data } = useQuery(timeStampRootsQuery)
  const [own, setOwn] = useState<string | null>(null)
  const pem = own ?? data?.items.map((root) => root.pem).join('')
  const roots =
    pem === undefined || data === undefined ? null : { pem, calendar: data.calendar, own: own !== null }
  return { roots, chooser: <OwnRoots onChange={setOwn} /> }
}
