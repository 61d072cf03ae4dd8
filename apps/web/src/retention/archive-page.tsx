import { may } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Session } from '../api.ts'
import { AgreementFacts } from '../ui/agreement-facts.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { ArchiveForm } from './archive-form.tsx'
import { archivePageWords } from './archive-page-words.ts'
import { CatalogueRequests } from './catalogue-requests.tsx'
import { ProposedOrChange } from './proposed-or-change.tsx'
import { SubPage } from './sub-page.tsx'

/** What has been agreed with the public archive on offering: what holds, what is proposed, and where it is put down. */
export function ArchivePage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = archivePageWords[w.language]
  const query = useQuery({
    queryKey: ['archive-agreement'],
    queryFn: ({ signal }) => ask('readArchiveAgreement', {}, signal),
    ...changesByDecision,
  })
  return (
    <SubPage words={c} query={query}>
      {(data) => (
        <>
          {data.current === null ? (
            <Notice tone="warning">{c.none}</Notice>
          ) : (
            <>
              <h2>{c.current}</h2>
              <AgreementFacts agreement={data.current} />
              <p className={deskStyles.quiet}>
                {c.inForce(
                  data.current.proposedBy ?? c.somebody,
                  data.current.approvedBy ?? c.somebody,
                  shortMoment(w, Date.parse(data.current.agreedAt)),
                )}
              </p>
            </>
          )}
          <CatalogueRequests mayAsk={may(session.account.role, 'offer-to-archive')} />
          <ProposedOrChange
            words={c}
            proposed={data.proposed && <AgreementFacts agreement={data.proposed} />}
            form={
              may(session.account.role, 'propose-rules') ? (
                <ArchiveForm key={data.current?.agreedAt} current={data.current} />
              ) : null
            }
          />
        </>
      )}
    </SubPage>
  )
}
