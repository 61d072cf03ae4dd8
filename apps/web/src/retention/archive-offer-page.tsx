import { may } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { apiRoot, type Session } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { Figure, Figures } from '../ui/figures.tsx'
import { shortMoment } from '../ui/moment.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import { OfferState, useDay } from './archive-offers-page.tsx'
import { archiveOffersWords } from './archive-offers-words.ts'
import { OfferAnswer } from './offer-answer.tsx'
import { type Offer, offerQuery } from './offer-query.ts'
import { OfferWithdrawal } from './offer-withdrawal.tsx'
import styles from './retention-page.module.css'

function Items({ items, linksPackages }: { items: Offer['items']; linksPackages: boolean }): ReactElement {
  const c = archiveOffersWords[useWords().language]
  const day = useDay()
  return (
    <ScrollArea className={tableStyles.scroll} label={c.list}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            {(
              ['number', 'group', 'run', 'volume', 'proposal', 'valuation', 'basis', 'transfer'] as const
            ).map((name) => (
              <th key={name} scope="col">
                {c.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.number}>
              <th scope="row">{one.number}</th>
              <td>
                {one.team} <span className={deskStyles.quiet}>{one.cluster}</span>
              </td>
              <td>
                {day(one.from)} – {day(one.to)}
              </td>
              <td>{c.volume(one.messages, one.files)}</td>
              <td>{one.proposal}</td>
              <td>{one.valuation ?? '–'}</td>
              <td>{one.basis ?? '–'}</td>
              <td>
                {one.transfer === null ? (
                  '–'
                ) : one.packageId === null || !linksPackages ? (
                  c.transfers[one.transfer]
                ) : (
                  <Link href={`/archiv/${one.packageId}`}>{c.transfers[one.transfer]}</Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** One offer: how it stands, its list for the archive, and what the archive has decided. */
export function ArchiveOfferPage({ id, session }: { id: string; session: Session }): ReactElement {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const { data, error, refetch } = useQuery(offerQuery(id))
  const inWords = new Intl.NumberFormat(w.locale)
  return (
    <div className={deskStyles.widePage}>
      <p>
        <Link href="/loeschkonzept/anbietung">{c.back}</Link>
      </p>
      <PageTitle>
        {data === undefined ? c.title : c.heading(shortMoment(w, Date.parse(data.offeredAt)))}
      </PageTitle>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <p>
            <OfferState offer={data} />
          </p>
          <Figures>
            <Figure name={c.counts.offered} value={inWords.format(data.offered)} />
            <Figure name={c.counts.undecided} value={inWords.format(data.counts.undecided)} />
            {(['A', 'B', 'V'] as const).map((one) => (
              <Figure key={one} name={c.counts[one]} value={inWords.format(data.counts[one])} />
            ))}
            <Figure name={c.counts.withdrawn} value={inWords.format(data.withdrawn?.numbers.length ?? 0)} />
            <Figure
              name={c.counts.gone}
              value={inWords.format(data.offered - data.items.length - (data.withdrawn?.numbers.length ?? 0))}
            />
          </Figures>
          {may(session.account.role, 'offer-to-archive') && data.items.length > 0 && (
            <>
              <p>
                {c.list}{' '}
                {data.listFormats.map((format) => (
                  <a
                    key={format}
                    className={styles.chip}
                    href={`${apiRoot}/archive-offers/${id}/list?format=${format}`}
                    aria-label={`${c.list} ${c.formats[format]}`}
                    download
                  >
                    {c.formats[format]}
                  </a>
                ))}
              </p>
              <OfferAnswer offer={data} />
            </>
          )}
          <OfferWithdrawal offer={data} mayPropose={may(session.account.role, 'offer-to-archive')} />
          {data.items.length > 0 && (
            <>
              <h2>{c.list}</h2>
              <Items items={data.items} linksPackages={may(session.account.role, 'see-archive')} />
            </>
          )}
        </>
      )}
    </div>
  )
}
