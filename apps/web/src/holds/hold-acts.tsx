import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, Failure, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { holdsQuery } from './holds-query.ts'
import { holdsWords } from './holds-words.ts'

type Hold = Reply<'listHolds'>['items'][number]

/** What can be done with one that is in force: write down that it is still needed, or propose that it end. */
export function HoldActs({ hold }: { hold: Hold }): ReactElement {
  const w = useWords()
  const c = holdsWords[w.language]
  const client = useQueryClient()
  const [reviewOn, setReviewOn] = useState('')
  const [informed, setInformed] = useState(false)
  function again(): Promise<void> {
    return client.invalidateQueries({ queryKey: holdsQuery.queryKey })
  }
  const params = { id: hold.id }
  const review = useMutation({
    mutationFn: () =>
      ask(hold.kind === 'hold' ? 'reviewHold' : 'reviewRestriction', { params, body: { reviewOn } }),
    onSuccess: () => {
      announce(c.reviewDone)
      setReviewOn('')
    },
    onSettled: again,
  })
  const lift = useMutation({
    mutationFn: () =>
      ask(hold.kind === 'hold' ? 'releaseHold' : 'releaseRestriction', {
        params,
        body: { personInformed: informed },
      }),
    onSuccess: () => announce(c.lifted),
    onSettled: again,
  })
  const error = review.error ?? lift.error
  const fault =
    review.error instanceof Failure
      ? review.error.fields.find(({ path }) => path === 'reviewOn')?.message
      : undefined
  return (
    <>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <form
        className={deskStyles.buttons}
        onSubmit={(event) => {
          event.preventDefault()
          if (reviewOn !== '' && !review.isPending) review.mutate()
        }}
      >
        <Field
          label={c.nextReview}
          type="date"
          required
          value={reviewOn}
          error={fault}
          onChange={({ currentTarget: { value } }) => setReviewOn(value)}
        />
        <Button type="submit" icon="check" isDisabled={reviewOn === '' || review.isPending}>
          {c.reviewed}
        </Button>
      </form>
      {hold.liftProposed ? (
        <Notice tone="info">{c.liftWaits}</Notice>
      ) : (
        <>
          {hold.kind === 'restriction' && (
            <label className={deskStyles.informed}>
              <input
                type="checkbox"
                checked={informed}
                onChange={({ currentTarget: { checked } }) => setInformed(checked)}
              />
              <span>{c.informed}</span>
            </label>
          )}
          <p>
            <Button
              isDisabled={lift.isPending || (hold.kind === 'restriction' && !informed)}
              onPress={() => lift.mutate()}
            >
              {c.lift}
            </Button>
          </p>
        </>
      )}
    </>
  )
}
