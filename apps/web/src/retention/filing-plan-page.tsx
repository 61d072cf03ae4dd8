import { may } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Session } from '../api.ts'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { filingPlanWords } from './filing-plan-words.ts'
import { PlanEditor } from './plan-editor.tsx'
import { PlanTable } from './plan-table.tsx'
import { SubPage } from './sub-page.tsx'

/** The municipality's filing plan: what is in force, what is proposed, and where it is changed. */
export function FilingPlanPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = filingPlanWords[w.language]
  const query = useQuery({
    queryKey: ['filing-plan'],
    queryFn: ({ signal }) => ask('readFilingPlan', {}, signal),
    ...changesByDecision,
  })
  const mayPropose = may(session.account.role, 'propose-rules')
  return (
    <SubPage words={c} query={query}>
      {(data) => (
        <>
          {data.current === null ? (
            <Notice tone="info">{c.none}</Notice>
          ) : (
            <p>
              {c.inForce(
                data.current.version,
                data.current.proposedBy ?? c.somebody,
                data.current.approvedBy ?? c.somebody,
                shortMoment(w, Date.parse(data.current.approvedAt)),
              )}
            </p>
          )}
          <Notice tone={data.waiting === 0 ? 'success' : 'warning'}>{c.waiting(data.waiting)}</Notice>
          {data.proposed !== null && (
            <>
              <Notice tone="info">{c.proposed}</Notice>
              <h2>{c.proposedPlan}</h2>
              <PlanTable name={c.proposedPlan} entries={data.proposed.entries} />
            </>
          )}
          {data.proposed === null && mayPropose && (
            <PlanEditor
              // With another version in force the draft begins anew.
              key={data.current?.version}
              version={data.current?.version ?? 0}
              entries={data.current?.entries ?? []}
            />
          )}
          {data.current !== null && !(data.proposed === null && mayPropose) && (
            <>
              <h2>{c.inForcePlan}</h2>
              <PlanTable name={c.inForcePlan} entries={data.current.entries} />
            </>
          )}
        </>
      )}
    </SubPage>
  )
}
