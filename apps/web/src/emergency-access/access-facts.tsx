import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import type { EmergencyAccessWords } from '../ui/emergency-access-words.ts'
import { exactly } from '../ui/moment.ts'
import { useWords } from '../ui/words.tsx'

type Access = Reply<'listEmergencyAccess'>['items'][number]

/** Who may see what, why, by whom and until when. */
export function AccessFacts({
  access,
  words: c,
}: {
  access: Access
  words: EmergencyAccessWords
}): ReactElement {
  const w = useWords()
  const { holder, team, reason, grantedBy, operators, until, endedAt, endedBy, holds } = access
  function when(at: string): string {
    return exactly(w, Date.parse(at))
  }
  return (
    <>
      <h3>{c.of(holder.displayName, team?.name ?? c.closedTeam)}</h3>
      <p>{c.reasons[reason]}</p>
      <p className={deskStyles.quiet}>
        {grantedBy === null ? c.byOperators(operators.join(', ')) : c.by(grantedBy.displayName)}
        {' · '}
        {holds
          ? c.holdsUntil(when(until))
          : endedAt === null
            ? c.ranUntil(when(until))
            : c.endedAt(when(endedAt), endedBy?.displayName ?? null)}
      </p>
    </>
  )
}
