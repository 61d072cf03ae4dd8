import { type ArchiveOffer, type ArchiveValuation, may, type OfferGroup } from '@buergerdraht/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import { ask, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading, sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import { archiveOffersWords } from './archive-offers-words.ts'
import styles from './retention-page.module.css'
import { rulesWords } from './rules-words.ts'

export const offersQuery = queryOptions({
  queryKey: ['archive-offers'] as const,
  queryFn: ({ signal }) => ask('listArchiveOffers', {}, signal),
})

/** A day of the town hall, as people write it. */
export function useDay(): (day: string) => string {
  const { locale } = useWords()
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (day) => format.format(Date.parse(day))
}

function Groups({ groups }: { groups: readonly OfferGroup[] }): ReactElement {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const day = useDay()
  return (
    <ScrollArea className={tableStyles.scroll} label={c.toOffer}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{c.columns.group}</th>
            <th scope="col">{c.columns.matters}</th>
            <th scope="col">{c.columns.run}</th>
            <th scope="col">{c.columns.volume}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((one) => (
            <tr key={`${one.team} ${one.cluster}`}>
              <th scope="row">
                {one.team}: {one.title[w.language]} <span className={deskStyles.quiet}>{one.cluster}</span>
              </th>
              <td>{one.matters}</td>
              <td>
                {day(one.from)} – {day(one.to)}
              </td>
              <td>{c.volume(one.messages, one.files)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What the office proposes of each kind, and the act itself, with what follows from it. */
function Offering({ groups }: { groups: readonly OfferGroup[] }): ReactElement {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const client = useQueryClient()
  const [proposals, setProposals] = useState<Readonly<Record<string, ArchiveValuation>>>({})
  const offering = useMutation({
    mutationFn: () => ask('offerToArchive', { body: { proposals } }),
    onSuccess: () => announce(c.offered),
    onSettled: () => client.invalidateQueries({ queryKey: offersQuery.queryKey }),
  })
  const clusters = new Map(groups.map(({ cluster, title }) => [cluster, title]))
  const matters = groups.reduce((sum, one) => sum + one.matters, 0)
  return (
    <form
      className={deskStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        offering.mutate()
      }}
    >
      {[...clusters].map(([cluster, title]) => (
        <SelectField
          key={cluster}
          label={c.proposal(title[w.language], cluster)}
          value={proposals[cluster] ?? (cluster === 'DA01' ? 'V' : 'B')}
          onChange={({ target }) =>
            setProposals({ ...proposals, [cluster]: target.value as ArchiveValuation })
          }
        >
          {(['A', 'B', 'V'] as const).map((one) => (
            <option key={one} value={one}>
              {c.valuations[one]}
            </option>
          ))}
        </SelectField>
      ))}
      <Notice tone="warning">{c.warning(matters)}</Notice>
      <p>
        <Button type="submit" kind="primary" isDisabled={offering.isPending}>
          {c.offer}
        </Button>
      </p>
      {offering.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, offering.error)}
        </Notice>
      )}
    </form>
  )
}

export function OfferState({ offer }: { offer: ArchiveOffer }): ReactElement {
  const c = archiveOffersWords[useWords().language]
  const day = useDay()
  return (
    <>
      <span className={offer.state === 'overdue' ? styles.wrong : undefined}>{c.states[offer.state]}</span>
      {offer.state !== 'answered' &&
        offer.state !== 'withdrawn' &&
        ` · ${offer.answerUntil === null ? c.noAgreement : c.until(day(offer.answerUntil))}`}
    </>
  )
}

/** What is to be offered, and what has been: the place of records management; seen by whoever answers for deletion. */
export function ArchiveOffersPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const { data, error, refetch } = useQuery(offersQuery)
  return (
    <div className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept">{rulesWords[w.language].back}</Link>
      </p>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <h2>{c.toOffer}</h2>
          {data.toOffer.length === 0 ? (
            <Notice tone="success">{c.nothing}</Notice>
          ) : (
            <>
              <Groups groups={data.toOffer} />
              {may(session.account.role, 'offer-to-archive') && <Offering groups={data.toOffer} />}
            </>
          )}
          <h2>{c.offers}</h2>
          {data.offers.length === 0 && <Empty icon="check">{c.none}</Empty>}
          <ul className={styles.plain}>
            {data.offers.map((offer) => (
              <li key={offer.id}>
                <Link href={`/loeschkonzept/anbietung-${offer.id}`}>
                  {c.heading(shortMoment(w, Date.parse(offer.offeredAt)))}
                </Link>{' '}
                · <OfferState offer={offer} /> · {c.counts.undecided}: {offer.counts.undecided}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
