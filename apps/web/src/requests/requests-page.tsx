import { may } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { Reply, Role, Session } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { dayName, daysBetween } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { requestWords } from '../ui/request-words.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { CopyReview } from './copy-review.tsx'
import { ErasureLetter } from './erasure-letter.tsx'
import { PartChoice } from './part-choice.tsx'
import { Period } from './period.tsx'
import { RequestActs } from './request-acts.tsx'
import { requestsQuery } from './requests-query.ts'
import { type RequestsWords, requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]

function decided({ decision }: Request, c: RequestsWords): string | null {
  if (decision === null) return null
  const { outcome, ground, exception } = decision
  const because = ground === null ? (exception === null ? null : c.exceptions[exception]) : c.grounds[ground]
  return because === null ? c.outcomes[outcome] : `${c.outcomes[outcome]}: ${because}`
}

function Item({ request, role }: { request: Request; role: Role }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const now = useNow()
  // The last day, not the midnight after it.
  const lastDay = Date.parse(request.dueAt) - 1
  const { clock, extended, identity, closedAt, restriction } = request
  const facts: readonly (readonly [string, string | null])[] = [
    [c.received, dayName(w, Date.parse(request.receivedAt), now)],
    [c.about, request.kind === 'erasure' ? c.partOf(request.part) : null],
    [c.how, request.recognised ? c.recognised : c.taken],
    [c.due, closedAt === null ? dayName(w, lastDay, now) : null],
    [c.extended, extended === null ? null : c.reasons[extended.reason]],
    [c.identity, identity === null ? c.unconfirmed : c.ways[identity.way]],
    [c.decision, decided(request, c)],
    [
      c.restriction,
      restriction === null
        ? null
        : restriction.endedAt === null
          ? c.restrictionOn
          : c.restrictionEnded(dayName(w, Date.parse(restriction.endedAt), now)),
    ],
    [c.answered, closedAt === null ? null : dayName(w, Date.parse(closedAt), now)],
  ]
  return (
    <li className={deskStyles.item}>
      <h3>
        {requestWords[w.language].kinds[request.kind]}{' '}
        <span className={deskStyles.quiet}>{pseudonym(request.id)}</span>
      </h3>
      {clock !== null && (
        <>
          <Period request={request} now={now} />
          <Notice tone={clock === 'overdue' ? 'danger' : clock === 'ends-soon' ? 'warning' : 'info'}>
            {c.left(clock === 'overdue' ? -1 : daysBetween(now, lastDay))}
          </Notice>
        </>
      )}
      <dl className={deskStyles.facts}>
        {facts.map(([name, value]) =>
          value === null ? null : [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>],
        )}
      </dl>
      {may(role, 'answer-citizens') && (
        <p>
          <Link href={`/posteingang/${request.conversationId}`}>{c.matter}</Link>
        </p>
      )}
      {request.erased && <ErasureLetter request={request} role={role} />}
      {clock !== null && <RequestActs request={request} role={role} />}
    </li>
  )
}

function Items({ of, none, role }: { of: readonly Request[]; none: string; role: Role }): ReactElement {
  if (of.length === 0) return <p>{none}</p>
  return (
    <ul className={deskStyles.items}>
      {of.map((request) => (
        <Item key={request.id} request={request} role={role} />
      ))}
    </ul>
  )
}

/** Requests of data subjects, each with its clock: identified, decided about, extended, answered. */
function RequestsPage({ session, openId }: { session: Session; openId: string | null }): ReactElement {
  const { data } = useQuery(requestsQuery)
  const { role } = session.account
  if (openId === null || data === undefined) return <Requests session={session} />
  const request = data.items.find(({ id }) => id === openId)
  if (request?.kind === 'erasure') return <PartChoice request={request} role={role} />
  return may(role, 'decide-redactions') ? <CopyReview id={openId} /> : <Requests session={session} />
}

function Requests({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const { data, error, refetch } = useQuery(requestsQuery)
  const { role } = session.account
  const open = data?.items.filter(({ clock }) => clock !== null) ?? []
  const overdue = open.filter(({ clock }) => clock === 'overdue').length
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle waiting={open.length}>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Notice tone={overdue > 0 ? 'danger' : open.length > 0 ? 'info' : 'success'}>
            {c.state(open.length, overdue)}
          </Notice>
          <section aria-labelledby="open-requests">
            <h2 id="open-requests">{c.open}</h2>
            <Items of={open} none={c.none} role={role} />
          </section>
          <section aria-labelledby="closed-requests">
            <h2 id="closed-requests">{c.closed}</h2>
            <Items of={data.items.filter(({ clock }) => clock === null)} none={c.noneClosed} role={role} />
          </section>
        </>
      )}
    </ScrollArea>
  )
}

export default RequestsPage
