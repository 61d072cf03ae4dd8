import { type WithdrawalReason, withdrawalReasons } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { apiRoot, ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { archiveOffersWords } from './archive-offers-words.ts'
import { type Offer, offerQuery } from './offer-query.ts'

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
export function OfferWithdrawal({
  offer,
  mayPropose,
}: {
  offer: Offer
  mayPropose: boolean
}): ReactElement | null {
  const w = useWords()
  const c = archiveOffersWords[w.language]
  const client = useQueryClient()
  const [reason, setReason] = useState<WithdrawalReason>('BY_MISTAKE')
  const { id, withdrawn, withdrawalProposed, counts } = offer
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('proposeWithdrawal', { params: { id }, body: { reason } }),
    onSuccess: () => announce(c.withdrawalProposed),
    onSettled: () => client.invalidateQueries({ queryKey: offerQuery(id).queryKey }),
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
