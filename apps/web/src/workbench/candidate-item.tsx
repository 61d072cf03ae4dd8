import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortDay } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { officeNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import { type Decision, DecisionForm } from './decision-form.tsx'
import styles from './workbench-page.module.css'
import { workbenchWords } from './workbench-words.ts'

export type Candidate = Reply<'listCandidates'>['items'][number]

/** A matter by what is known of it without reading it, and what is decided about it. */
export function CandidateItem({
  candidate,
  team,
  place,
  decision,
  asking,
  onFocus,
  onDecide,
  onAsk,
  onUndo,
  onPreview,
}: {
  candidate: Candidate
  /** Whose it is, by name; null: whoever looks has one team only. */
  team: string | null
  place: string
  decision: Decision | undefined
  /** Which form is open. */
  asking: 'to-file' | 'keep' | null
  onFocus: () => void
  onDecide: (decision: Decision) => void
  onAsk: (kind: 'to-file' | 'keep' | null) => void
  onUndo: () => void
  onPreview: () => void
}): ReactElement {
  const w = useWords()
  const c = workbenchWords[w.language]
  const { id, basis, openedAt, closedAt, lastMessageAt, messages, files, reasons, weight, refusal } =
    candidate
  function day(at: string): string {
    return shortDay(w, Date.parse(at), officeNow())
  }
  const about = { conversationId: id, basis }
  const decided =
    decision === undefined
      ? null
      : decision.decision === 'keep'
        ? c.keptUntil(day(decision.until))
        : c.decided[decision.decision]
  return (
    <li
      className={`${deskStyles.item} ${styles.candidate}`}
      data-decided={decided === null ? undefined : true}
      onFocus={onFocus}
    >
      <h2 id={`matter-${id}`} tabIndex={-1}>
        {place}
        {decided !== null && ` – ${decided}`}
      </h2>
      {refusal !== null && <Notice tone="warning">{c.refused(c.refusals[refusal])}</Notice>}
      <p>
        {team !== null && `${c.team(team)} · `}
        {c.dates(day(openedAt), day(lastMessageAt))} ·{' '}
        {closedAt === null ? c.neverClosed : c.closed(day(closedAt))} · {c.counts(messages, files)}
      </p>
      <div>
        <p className={deskStyles.quiet}>{c.reasons(weight)}</p>
        <ul className={styles.reasons}>
          {reasons.map(({ code, weight: points, sentence }) => (
            <li key={code}>
              {sentence[w.language]} <span className={deskStyles.quiet}>{c.points(points)}</span>
            </li>
          ))}
        </ul>
      </div>
      {asking !== null ? (
        <DecisionForm kind={asking} about={about} onDecided={onDecide} onCancel={() => onAsk(null)} />
      ) : (
        <p className={deskStyles.buttons}>
          {decision === undefined ? (
            <>
              <Button onPress={() => onDecide({ ...about, decision: 'delete' })}>{c.decisions.delete}</Button>
              <Button onPress={() => onAsk('to-file')}>{c.decisions['to-file']}</Button>
              <Button onPress={() => onAsk('keep')}>{c.decisions.keep}</Button>
            </>
          ) : (
            <Button onPress={onUndo}>{c.undo}</Button>
          )}
          <Button kind="quiet" onPress={onPreview}>
            {c.preview}
          </Button>
        </p>
      )}
    </li>
  )
}
