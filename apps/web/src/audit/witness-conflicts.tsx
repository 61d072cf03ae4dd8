import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import type { AuditWords } from './audit-words.ts'

type Conflict = Reply<'readAuditState'>['witness']['conflicts'][number]

/** What this office has seen as a witness of others, and refused to cosign. Nothing where all is well. */
export function WitnessConflicts({
  conflicts,
  words: c,
}: {
  conflicts: readonly Conflict[]
  words: AuditWords
}): ReactElement | null {
  const w = useWords()
  if (conflicts.length === 0) return null
  return (
    <section>
      <h2>{c.conflicts}</h2>
      <Notice tone="danger">{c.conflictsHint}</Notice>
      <ul className={deskStyles.items}>
        {conflicts.map((conflict) => (
          <li key={conflict.submitted} className={deskStyles.item}>
            <h3>
              {c.conflictKinds[conflict.kind]}{' '}
              <span className={deskStyles.quiet}>{shortMoment(w, Date.parse(conflict.at))}</span>
            </h3>
            <dl className={deskStyles.facts}>
              <dt>{c.conflictLog}</dt>
              <dd>
                <code>{conflict.origin}</code>
              </dd>
              <dt>{c.conflictCosigned}</dt>
              <dd>
                <code>{conflict.cosigned}</code>
              </dd>
              <dt>{c.conflictSubmitted}</dt>
              <dd>
                <code>{conflict.submitted}</code>
              </dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}
