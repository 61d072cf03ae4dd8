import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { dayAndClock } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import { correctionWords } from './correction-words.ts'
import { type Correction, correctionsQuery } from './corrections-query.ts'

const WithdrawalQuestion = lazy(() => import('./withdrawal-question.tsx'))

function Mark({ mark, onWithdraw }: { mark: Correction; onWithdraw: () => void }): ReactElement {
  const w = useWords()
  const c = correctionWords[w.language]
  const now = useNow()
  const { id, contested, correct, markedBy, markedAt, withdrawn } = mark
  function moment(at: string): string {
    return dayAndClock(w, Date.parse(at), now)
  }
  const entry = withdrawn === null ? c.entry : withdrawn.replaced ? c.replacedEntry : c.withdrawnEntry
  return (
    <Notice
      tone="info"
      action={
        withdrawn === null ? (
          <Button compact aria-describedby={`correction-${id}`} onPress={onWithdraw}>
            {c.withdraw}
          </Button>
        ) : undefined
      }
    >
      <span id={`correction-${id}`}>
        <strong>{entry}</strong>: <bdi>{c.said(contested, correct)}</bdi>{' '}
        {c.by(markedBy ?? c.somebody, moment(markedAt))}
        {withdrawn !== null && (
          <>
            {'. '}
            <bdi>
              {(withdrawn.replaced ? c.replacedBy : c.withdrawnBy)(
                withdrawn.by ?? c.somebody,
                moment(withdrawn.at),
                withdrawn.reason,
              )}
            </bdi>
          </>
        )}
      </span>
    </Notice>
  )
}

/** What the person contests of a message, or of the matter as a whole, what they say is right, and what of that counts no more. */
export function Corrections({
  conversationId,
  messageId,
}: {
  conversationId: string
  messageId: string | null
}): ReactElement | null {
  const { data } = useQuery(correctionsQuery(conversationId))
  const [asking, setAsking] = useState<Correction | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const own = data?.items.filter((one) => one.messageId === messageId) ?? []
  if (own.length === 0) return null
  return (
    <div ref={place} tabIndex={-1}>
      {own.map((mark) => (
        <Mark key={mark.id} mark={mark} onWithdraw={() => setAsking(mark)} />
      ))}
      <Suspense>
        {asking !== null && (
          <WithdrawalQuestion
            conversationId={conversationId}
            mark={asking}
            place={place}
            onDone={() => setAsking(null)}
          />
        )}
      </Suspense>
    </div>
  )
}
