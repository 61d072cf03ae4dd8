import {
  type ArchiveValuation,
  may,
  type OfferDecision,
  type WithdrawalReason,
  withdrawalReasons,
} from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'wouter'
import { apiRoot, ask, Failure, type Reply, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { base64Of } from '../ui/base64-of.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { Figure, Figures } from '../ui/figures.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { OfferState, offersQuery, useDay } from './archive-offers-page.tsx'
import { archiveOffersWords } from './archive-offers-words.ts'
import { numbersIn } from './numbers-in.ts'
import styles from './retention-page.module.css'
import { TableRefused } from './table-file.tsx'

type Offer = Reply<'readArchiveOffer'>

const maxAnswerBytes = 512 * 1024

function useDeciding(id: string) {
  const c = archiveOffersWords[useWords().language]
  const client = useQueryClient()
  return useMutation({
    mutationFn: (decisions: OfferDecision[]) => ask('decideOffer', { params: { id }, body: { decisions } }),
    onSuccess: () => announce(c.entered),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['archive-offer', id] })
      await client.invalidateQueries({ queryKey: offersQuery.queryKey })
    },
  })
}

/** By hand: numbers, or all that have no decision. */
function DecideForm({ offer }: { offer: Offer }): ReactElement {
  const c = archiveOffersWords[useWords().language]
  const deciding = useDeciding(offer.id)
  const [numbers, setNumbers] = useState('')
  const [valuation, setValuation] = useState<ArchiveValuation>('V')
  const [basis, setBasis] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <form
      className={deskStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const meant = numbers.trim() === '' ? ('undecided' as const) : numbersIn(numbers, offer.offered)
        setWrong(meant === null)
        if (meant !== null)
          deciding.mutate([{ numbers: meant, valuation, basis: basis.trim().toUpperCase() }], {
            onSuccess: () => setNumbers(''),
          })
      }}
    >
      <Field
        label={c.numbers}
        hint={c.numbersHint}
        error={wrong ? c.numbersWrong : undefined}
        value={numbers}
        onChange={({ target }) => setNumbers(target.value)}
      />
      <SelectField
        label={c.valuation}
        value={valuation}
        onChange={({ target }) => setValuation(target.value as ArchiveValuation)}
      >
        {(['A', 'B', 'V'] as const).map((one) => (
          <option key={one} value={one}>
            {c.valuations[one]}
          </option>
        ))}
      </SelectField>
      <Field
        label={c.basis}
        hint={c.basisHint}
        value={basis}
        required
        onChange={({ target }) => setBasis(target.value)}
      />
      <p>
        <Button type="submit" kind="primary" isDisabled={deciding.isPending}>
          {c.enter}
        </Button>
      </p>
      {deciding.isSuccess && <Notice tone="success">{c.entered}</Notice>}
      {deciding.error !== null && <TableRefused error={deciding.error} />}
    </form>
  )
}

/** The list as the archive has filled it in: first read and shown, then put down. */
function AnswerImport({ offer }: { offer: Offer }): ReactElement {
  const c = archiveOffersWords[useWords().language]
  const deciding = useDeciding(offer.id)
  const [basis, setBasis] = useState('')
  const reading = useMutation({
    mutationFn: async (file: File) =>
      ask('readAnswerFile', {
        params: { id: offer.id },
        body: {
          file: await base64Of(file, maxAnswerBytes),
          ...(basis.trim() !== '' && { basis: basis.trim().toUpperCase() }),
        },
      }),
  })
  const decisions = reading.data?.decisions
  const ofBasis =
    reading.error instanceof Failure ? reading.error.fields.find(({ path }) => path === 'basis') : undefined
  return (
    <>
      <Field
        label={c.importBasis}
        hint={c.importBasisHint}
        error={ofBasis?.message}
        value={basis}
        onChange={({ target }) => setBasis(target.value)}
      />
      <Field
        label={c.import}
        hint={c.importHint}
        type="file"
        accept=".csv,.xml,.zip"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          deciding.reset()
          // The same file can be chosen again once it is mended.
          if (file !== undefined) reading.mutate(file, { onSettled: () => (target.value = '') })
        }}
      />
      {reading.isPending && <p role="status">{c.pending}</p>}
      {reading.error !== null && ofBasis === undefined && <TableRefused error={reading.error} />}
      {decisions !== undefined && (
        <Notice
          tone="info"
          action={
            <Button
              isDisabled={deciding.isPending}
              onPress={() => deciding.mutate(decisions, { onSuccess: () => reading.reset() })}
            >
              {c.enterRead}
            </Button>
          }
        >
          {c.read(
            decisions
              .map(({ numbers, valuation, basis }) => c.part(numbers.length, c.valuations[valuation], basis))
              .join('; '),
          )}
        </Notice>
      )}
      {deciding.isSuccess && <Notice tone="success">{c.entered}</Notice>}
      {deciding.error !== null && <TableRefused error={deciding.error} />}
    </>
  )
}

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

/** 1, 2, 3, 5 as people write it: 1–3, 5. */
function inRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}

/** What of it is withdrawn, and for whoever may: proposing that the rest of what is not decided is. */
function Withdrawal({ offer, mayPropose }: { offer: Offer; mayPropose: boolean }): ReactElement | null {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const client = useQueryClient()
  const [reason, setReason] = useState<WithdrawalReason>('BY_MISTAKE')
  const { id, withdrawn, withdrawalProposed, counts } = offer
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('proposeWithdrawal', { params: { id }, body: { reason } }),
    onSuccess: () => announce(c.withdrawalProposed),
    onSettled: () => client.invalidateQueries({ queryKey: ['archive-offer', id] }),
  })
  return (
    <>
      {withdrawn !== null && (
        <Notice
          tone="info"
          action={
            mayPropose ? (
              <a href={`${apiRoot}/archive-offers/${id}/withdrawal`} download>
                {c.withdrawalList}
              </a>
            ) : undefined
          }
        >
          {c.withdrawn(
            shortMoment(w, Date.parse(withdrawn.at)),
            c.reasons[withdrawn.reason],
            inRanges(withdrawn.numbers),
          )}
        </Notice>
      )}
      {withdrawalProposed && <Notice tone="info">{c.withdrawalProposed}</Notice>}
      {mayPropose && !withdrawalProposed && counts.undecided > 0 && (
        <form
          className={deskStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            mutate()
          }}
        >
          <h2>{c.withdraw}</h2>
          <p className={deskStyles.quiet}>{c.withdrawHint}</p>
          <SelectField
            label={c.reason}
            value={reason}
            onChange={({ target }) => setReason(target.value as WithdrawalReason)}
          >
            {withdrawalReasons.map((one) => (
              <option key={one} value={one}>
                {c.reasons[one]}
              </option>
            ))}
          </SelectField>
          {error !== null && (
            <Notice tone="danger" alert>
              {sentenceOf(w, error)}
            </Notice>
          )}
          <p>
            <Button type="submit" isDisabled={isPending}>
              {c.proposeWithdrawal}
            </Button>
          </p>
        </form>
      )}
    </>
  )
}

/** One offer: how it stands, its list for the archive, and what the archive has decided. */
export function ArchiveOfferPage({ id, session }: { id: string; session: Session }): ReactElement {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const { data, error, refetch } = useQuery({
    queryKey: ['archive-offer', id],
    queryFn: ({ signal }) => ask('readArchiveOffer', { params: { id } }, signal),
    ...changesByDecision,
  })
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
          {may(session.account.role, 'offer-to-archive') && (
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
              <h2>{c.decide}</h2>
              <p className={deskStyles.quiet}>{c.decideHint}</p>
              <AnswerImport offer={data} />
              <DecideForm offer={data} />
            </>
          )}
          <Withdrawal offer={data} mayPropose={may(session.account.role, 'offer-to-archive')} />
          <h2>{c.list}</h2>
          <Items items={data.items} linksPackages={may(session.account.role, 'see-archive')} />
        </>
      )}
    </div>
  )
}
