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
import { type BelievedRoots, type Judgement, judgeTimes } from './judge-times.ts'
import { JudgedTimes } from './judged-times.tsx'
import { proofFilesIn } from './package-files.ts'
import { type Report, sendPackage } from './send-package.ts'
import { timesWords } from './times-words.ts'
import { useBelievedRoots } from './use-believed-roots.tsx'
import { verifyingWords } from './verifying-words.ts'

/** What is wrong stands before what is well. */
const severities = ['unusable', 'error', 'indeterminate', 'notice'] as const
const tones = { valid: 'success', invalid: 'danger', unusable: 'danger', indeterminate: 'warning' } as const

/** By what a package is judged on upload: the calendar as the verifier brings it along, like the server. */
function asOnUpload(roots: BelievedRoots): BelievedRoots {
  return { ...roots, calendar: null }
}

/** What was found by the server and, about time, by the browser; null: it could not. */
type Verified = { report: Report; judgement: Judgement | null; roots: BelievedRoots }

/** The server does not judge times of what it could not read that far; then there is nothing to compare. */
function TimesFound({ report, judgement, roots }: Verified): ReactElement {
  const c = timesWords[useWords().language]
  const isSilent = !report.findings.some(({ code }) => /^(?:TIME_STAMP|EVIDENCE)_/.test(code))
  const isStopped = isSilent && (report.verdict === 'invalid' || report.verdict === 'unusable')
  return (
    <section aria-labelledby="times" className={deskStyles.part}>
      <h3 id="times">{c.title}</h3>
      {judgement === null ? (
        <Notice tone="warning">{c.failed}</Notice>
      ) : isStopped ? (
        <Notice tone="info">{c.stopped}</Notice>
      ) : (
        <JudgedTimes judgement={judgement} said={report.findings} roots={roots} />
      )}
    </section>
  )
}

function Found({ report, judgement, roots }: Verified): ReactElement {
  const w = useWords()
  const c = verifyingWords[w.language]
  const findings = report.findings.toSorted(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  )
  // Of a picture, or of half a file, nothing else can be said.
  const isNoPackage = findings.every(({ code }) => code === 'ZIP_UNREADABLE')
  const hasErasures = findings.some(({ code }) => code === 'ITEM_ERASED')
  function sentence(): string {
    if (isNoPackage) return c.noPackage
    return report.verdict === 'valid' && hasErasures ? c.validWithErasures : c.verdicts[report.verdict]
  }
  return (
    <>
      <Notice tone={tones[report.verdict]} alert>
        {sentence()}
      </Notice>
      {report.erasedSince > 0 && (
        <Notice tone="warning" alert>
          {c.older(report.erasedSince)}
        </Notice>
      )}
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
      {!isNoPackage && <TimesFound report={report} judgement={judgement} roots={roots} />}
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
  const { roots, chooser } = useBelievedRoots()
  const verifying = useMutation({
    mutationFn: async ({ chosen, by }: { chosen: File; by: BelievedRoots }): Promise<Verified> => {
      const judging = proofFilesIn(chosen).then((files) => judgeTimes(files, by))
      const [report, judgement] = await Promise.all([
        sendPackage(chosen, key.trim(), setSent),
        judging.catch(() => null),
      ])
      return { report, judgement, roots: by }
    },
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
          if (file !== null && roots !== null) verifying.mutate({ chosen: file, by: asOnUpload(roots) })
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
        {chooser}
        <p>
          <Button
            type="submit"
            kind="primary"
            isDisabled={file === null || roots === null || verifying.isPending}
          >
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
      {verifying.data !== undefined && <Found {...verifying.data} />}
    </section>
  )
}
