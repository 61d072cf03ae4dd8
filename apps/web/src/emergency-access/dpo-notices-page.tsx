import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { ask, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { emergencyAccessWords } from '../ui/emergency-access-words.ts'
import { exactly, monthName } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { AccessFacts } from './access-facts.tsx'
import { type DpoNoticesWords, dpoNoticesWords } from './dpo-notices-words.ts'

type DpoNotice = Reply<'listDpoNotices'>['items'][number]

const dpoNoticesQuery = queryOptions({
  queryKey: ['dpo-notices'] as const,
  queryFn: ({ signal }) => ask('listDpoNotices', {}, signal),
  // They are told at once.
  refetchInterval: 10_000,
})

function Acts({ notice, words: c }: { notice: DpoNotice; words: DpoNoticesWords }): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const access = notice.emergencyAccess
  const { mutate, error, isPending } = useMutation({
    mutationFn: (what: 'acknowledge' | 'end') =>
      what === 'end'
        ? ask('endEmergencyAccess', { params: { id: access?.id ?? '' } })
        : ask('acknowledgeDpoNotice', { params: { id: notice.id } }),
    onSuccess: (_, what) => announce(what === 'end' ? emergencyAccessWords[w.language].ended : c.done),
    onSettled: () => client.invalidateQueries({ queryKey: dpoNoticesQuery.queryKey }),
  })
  return (
    <>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <p className={deskStyles.buttons}>
        {notice.acknowledgedAt === null && (
          <Button kind="primary" isDisabled={isPending} onPress={() => mutate('acknowledge')}>
            {c.acknowledge}
          </Button>
        )}
        {access?.holds === true && (
          <Button isDisabled={isPending} onPress={() => mutate('end')}>
            {emergencyAccessWords[w.language].end}
          </Button>
        )}
        {access !== null && <Link href={`/protokoll?notfall=${access.id}`}>{c.trail}</Link>}
      </p>
    </>
  )
}

function Item({ notice, words: c }: { notice: DpoNotice; words: DpoNoticesWords }): ReactElement {
  const w = useWords()
  const {
    kind,
    at,
    proposedBy,
    decidedBy,
    acknowledgedBy,
    acknowledgedAt,
    emergencyAccess,
    channel,
    hold,
    tidyingDay,
    request,
    offer,
    run,
  } = notice
  return (
    <li className={deskStyles.item}>
      <p className={deskStyles.quiet}>
        {c.kinds[kind]}, {exactly(w, Date.parse(at))}
      </p>
      {kind === 'emergency-access' &&
        (emergencyAccess === null ? (
          <p>{c.gone}</p>
        ) : (
          <AccessFacts access={emergencyAccess} words={emergencyAccessWords[w.language]} />
        ))}
      {tidyingDay !== null && <p>{c.tidyingDay(tidyingDay.team, monthName(w, tidyingDay.month))}</p>}
      {request !== null && (
        <p>
          {c.request[request.due](pseudonym(request.id))} <Link href="/antraege">{c.toRequests}</Link>
        </p>
      )}
      {offer !== null && (
        <p>
          {c.offer[offer.due](pseudonym(offer.id))} <Link href="/loeschkonzept/anbietung">{c.toOffers}</Link>
        </p>
      )}
      {run !== null && (
        <p>
          {c.run(run, proposedBy?.displayName ?? c.nobody)} <Link href="/loeschlaeufe">{c.toRuns}</Link>
        </p>
      )}
      {hold !== null && (
        <p>
          {c.due[hold.due](pseudonym(hold.id))} <Link href="/sperren">{c.toHolds}</Link>
        </p>
      )}
      {channel !== null && (
        <div>
          <h3>{c.channel(channel.name)}</h3>
          <ul>
            {channel.address && <li>{c.address}</li>}
            {channel.credentials.length > 0 && <li>{c.credentials}</li>}
          </ul>
          <p className={deskStyles.quiet}>
            {c.by(proposedBy?.displayName ?? c.nobody, decidedBy?.displayName ?? c.nobody)}
          </p>
        </div>
      )}
      {acknowledgedAt !== null && (
        <p className={deskStyles.quiet}>
          {c.acknowledged(acknowledgedBy?.displayName ?? '', exactly(w, Date.parse(acknowledgedAt)))}
        </p>
      )}
      <Acts notice={notice} words={c} />
    </li>
  )
}

/** What the data-protection officer is told of, and acknowledges. */
function DpoNoticesPage(): ReactElement {
  const w = useWords()
  const c = dpoNoticesWords[w.language]
  const { data, error, refetch } = useQuery(dpoNoticesQuery)
  const open = data?.items.filter(({ acknowledgedAt }) => acknowledgedAt === null) ?? []
  const earlier = data?.items.filter(({ acknowledgedAt }) => acknowledgedAt !== null) ?? []
  // The button that was pressed is gone with what it acknowledged.
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(open.length)
  useEffect(() => {
    if (open.length < before.current && document.activeElement === document.body) heading.current?.focus()
    before.current = open.length
  }, [open.length])
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle waiting={open.length}>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Notice tone={open.length > 0 ? 'warning' : 'success'}>{c.waiting(open.length)}</Notice>
          {open.length > 0 && (
            <section aria-labelledby="open">
              <h2 id="open">{c.open}</h2>
              <ul className={deskStyles.items}>
                {open.map((one) => (
                  <Item key={one.id} notice={one} words={c} />
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="earlier">
            <h2 id="earlier" ref={heading} tabIndex={-1}>
              {c.earlier}
            </h2>
            {earlier.length === 0 && <p>{c.none}</p>}
            <ul className={deskStyles.items}>
              {earlier.map((one) => (
                <Item key={one.id} notice={one} words={c} />
              ))}
            </ul>
          </section>
        </>
      )}
    </ScrollArea>
  )
}

export default DpoNoticesPage
