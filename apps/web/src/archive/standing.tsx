import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Figure, Figures } from '../ui/figures.tsx'
import { ago, exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { Failed } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { type ArchiveState, archiveStateQuery } from './archive-query.ts'
import { deskWords } from './desk-words.ts'

function Sealing({ counts }: Pick<ArchiveState, 'counts'>): ReactElement {
  const c = deskWords[useWords().language]
  const { failed, waiting, gathering } = counts
  const busy = waiting - gathering
  if (failed > 0) return <Notice tone="danger">{c.wrong(failed)}</Notice>
  if (busy > 0) return <Notice tone="info">{c.busy(busy)}</Notice>
  return <Notice tone="success">{gathering > 0 ? `${c.fine} ${c.gathered(gathering)}` : c.fine}</Notice>
}

function Moment({ at }: { at: string }): ReactElement {
  const w = useWords()
  const now = useNow()
  return <time title={exactly(w, Date.parse(at))}>{ago(w, Date.parse(at), now)}</time>
}

/** Whether anything is wrong with the archive, what waits, and what happened last. */
export function Standing(): ReactElement | null {
  const w = useWords()
  const c = deskWords[w.language]
  const { data, error, refetch } = useQuery(archiveStateQuery)
  if (data === undefined)
    return error === null ? null : <Failed error={error} onRetry={() => void refetch()} />
  const { counts, check, checkpoint } = data
  const inWords = new Intl.NumberFormat(w.locale)
  return (
    <>
      {check !== null && check.findings.length > 0 && (
        <Notice tone="danger">{c.checkWrong(check.findings.length)}</Notice>
      )}
      {!data.authorityNamed && <Notice tone="warning">{c.trial}</Notice>}
      <Sealing counts={counts} />
      <Figures>
        {(['waiting', 'failed', 'sealed', 'erased'] as const).map((one) => (
          <Figure key={one} name={c.figures[one]} value={inWords.format(counts[one])} />
        ))}
        <Figure
          name={c.figures.checkpoint}
          value={checkpoint === null ? c.never : <Moment at={checkpoint.at} />}
          hint={checkpoint === null ? undefined : c.leaves(checkpoint.size)}
        />
        <Figure
          name={c.figures.check}
          value={check === null ? c.never : <Moment at={check.at} />}
          hint={check === null ? undefined : c.checked(check.packages, check.contents)}
        />
      </Figures>
    </>
  )
}
