import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { type Report, sendPackage } from './send-package.ts'
import { verifyingWords } from './verifying-words.ts'

/** What is wrong stands before what is well. */
const severities = ['unusable', 'error', 'indeterminate', 'notice'] as const
const tones = { valid: 'success', invalid: 'danger', unusable: 'danger', indeterminate: 'warning' } as const

function Found({ report }: { report: Report }): ReactElement {
  const w = useWords()
  const c = verifyingWords[w.language]
  const findings = report.findings.toSorted(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  )
  // Of a picture, or of half a file, nothing else can be said.
  const isNoPackage = findings.every(({ code }) => code === 'ZIP_UNREADABLE')
  return (
    <>
      <Notice tone={tones[report.verdict]} alert>
        {isNoPackage ? c.noPackage : c.verdicts[report.verdict]}
      </Notice>
      <ScrollArea className={tableStyles.scroll} label={c.findings}>
        <table className={tableStyles.table}>
          <TableHead columns={c.columns} />
          <tbody>
            {findings.map((one) => (
              <tr key={`${one.code} ${one.location} ${one.detail}`}>
                <td>{c.severities[one.severity]}</td>
                <th scope="row">
                  {one[w.language]} {one.detail} <code>{one.code}</code>
                </th>
                <td className={deskStyles.value}>{one.location}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {!isNoPackage && report.notChecked.length > 0 && (
        <>
          <h3>{c.notChecked}</h3>
          <ul>
            {report.notChecked.map((one) => (
              <li key={one}>{c.unchecked[one] ?? one}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Somebody hands in a package from wherever, and is told what the verifier finds. */
export function Verifying(): ReactElement {
  const w = useWords()
  const c = verifyingWords[w.language]
  const [file, setFile] = useState<File | null>(null)
  const [key, setKey] = useState('')
  const [sent, setSent] = useState(0)
  const verifying = useMutation({
    mutationFn: (chosen: File) => sendPackage(chosen, key.trim(), setSent),
    onMutate: () => {
      setSent(0)
      announce(c.checking)
    },
  })
  const percent = Math.floor(sent * 100)
  return (
    <section aria-labelledby="verifying" className={deskStyles.part}>
      <h2 id="verifying">{c.title}</h2>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <form
        className={styles.chooser}
        onSubmit={(event) => {
          event.preventDefault()
          if (file !== null) verifying.mutate(file)
        }}
      >
        <Field
          label={c.file}
          type="file"
          accept=".zip,application/zip"
          required
          onChange={({ target }) => {
            setFile(target.files?.[0] ?? null)
            verifying.reset()
          }}
        />
        <Field
          label={c.key}
          hint={c.keyHint}
          optional={c.optional}
          value={key}
          maxLength={500}
          onChange={({ target }) => setKey(target.value)}
        />
        <p>
          <Button type="submit" kind="primary" isDisabled={file === null || verifying.isPending}>
            {c.verify}
          </Button>
        </p>
      </form>
      {verifying.isPending && (
        <p>
          <progress max={100} value={percent} aria-label={c.title} />{' '}
          {percent < 100 ? c.sending(percent) : c.checking}
        </p>
      )}
      {verifying.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, verifying.error)}
        </Notice>
      )}
      {verifying.data !== undefined && <Found report={verifying.data} />}
    </section>
  )
}
