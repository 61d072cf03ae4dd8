import { defaultNotice, may, type NoticeDraft } from '@buergerdraht/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Reply, type Session } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { Figure, Figures } from '../ui/figures.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { PrivacyNoticeForm } from './privacy-notice-form.tsx'
import { PrivacyNoticeText } from './privacy-notice-text.tsx'
import { type PrivacyNoticeWords, privacyNoticeWords } from './privacy-notice-words.ts'
import { SubPage } from './sub-page.tsx'

type State = Reply<'readPrivacyNotice'>

export const privacyNoticeQuery = queryOptions({
  queryKey: ['privacy-notice'] as const,
  queryFn: ({ signal }) => ask('readPrivacyNotice', {}, signal),
  ...changesByDecision,
})

/** The notice in force, or the product's proposal with what is known of the office. */
function initialOf({ current, authority }: State): NoticeDraft {
  return current?.draft ?? { ...defaultNotice, values: { ...defaultNotice.values, office: authority } }
}

function Told({ told, words: c }: { told: State['told']; words: PrivacyNoticeWords }): ReactElement {
  const inWords = new Intl.NumberFormat(useWords().locale)
  return (
    <>
      <h2>{c.told}</h2>
      <Figures>
        {(['delivered', 'underWay', 'failed', 'unknown', 'waiting'] as const).map((count) => (
          <Figure key={count} name={c.counts[count]} value={inWords.format(told[count])} />
        ))}
      </Figures>
      <p className={deskStyles.quiet}>{c.toldHint}</p>
    </>
  )
}

/** What people are told about their data: what is in force, who has been sent it, what is proposed, and where it is changed. */
export function PrivacyNoticePage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = privacyNoticeWords[w.language]
  const query = useQuery(privacyNoticeQuery)
  const mayPropose = may(session.account.role, 'propose-privacy-notice')
  return (
    <SubPage words={c} query={query}>
      {(data) => (
        <>
          {data.current === null ? (
            <Notice tone="warning">{c.missing}</Notice>
          ) : (
            <>
              <p>
                {c.inForce(
                  data.current.version,
                  data.current.proposedBy ?? c.somebody,
                  data.current.approvedBy ?? c.somebody,
                  shortMoment(w, Date.parse(data.current.approvedAt)),
                )}
              </p>
              <Told told={data.told} words={c} />
            </>
          )}
          {data.proposed !== null && (
            <>
              <Notice tone="info">{c.proposed}</Notice>
              <h2>{c.proposedText}</h2>
              <PrivacyNoticeText draft={data.proposed.draft} />
            </>
          )}
          {data.current !== null && (data.proposed !== null || !mayPropose) && (
            <>
              <h2>{c.inForceText}</h2>
              <PrivacyNoticeText draft={data.current.draft} />
            </>
          )}
          {data.proposed === null && mayPropose && (
            <PrivacyNoticeForm
              // With another version in force the draft begins anew.
              key={data.current?.version}
              version={data.current?.version ?? 0}
              initial={initialOf(data)}
            />
          )}
        </>
      )}
    </SubPage>
  )
}
