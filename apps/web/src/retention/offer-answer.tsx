import type { ArchiveValuation, OfferDecision } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { base64Of } from '../ui/base64-of.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { offersQuery } from './archive-offers-page.tsx'
import { archiveOffersWords } from './archive-offers-words.ts'
import { numbersIn } from './numbers-in.ts'
import { type Offer, offerQuery } from './offer-query.ts'
import { TableRefused } from './table-file.tsx'

const maxAnswerBytes = 512 * 1024

function useDeciding(id: string) {
  const c = archiveOffersWords[useWords().language]
  const client = useQueryClient()
  return useMutation({
    mutationFn: (decisions: OfferDecision[]) => ask('decideOffer', { params: { id }, body: { decisions } }),
    onSuccess: () => announce(c.entered),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: offerQuery(id).queryKey })
      await client.invalidateQueries({ queryKey: offersQuery.queryKey })
    },
  })
}

/** By hand: numbers, or all that have no decision. */
function DecideForm({ offer }: { offer: Offer }): ReactElement {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const deciding = useDeciding(offer.id)
  const [numbers, setNumbers] = useState('')
  const [valuation, setValuation] = useState<ArchiveValuation>('V')
  const [basis, setBasis] = useState('')
  const [wrong, setWrong] = useState(false)
  const wrongBasis =
    deciding.error instanceof Failure && deciding.error.fields.some(({ path }) => path.endsWith('.basis'))
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
        error={wrongBasis ? c.basisWrong : undefined}
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
      {deciding.error !== null && !wrongBasis && (
        <Notice tone="danger" alert>
          {sentenceOf(w, deciding.error)}
        </Notice>
      )}
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
    <div className={deskStyles.form}>
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
    </div>
  )
}

/** What the archive has said of an offer: read from its list, or entered by hand. */
export function OfferAnswer({ offer }: { offer: Offer }): ReactElement {
  const c = archiveOffersWords[useWords().language]
  return (
    <>
      <h2>{c.decide}</h2>
      <p className={deskStyles.quiet}>{c.decideHint}</p>
      <AnswerImport offer={offer} />
      <DecideForm offer={offer} />
    </>
  )
}
