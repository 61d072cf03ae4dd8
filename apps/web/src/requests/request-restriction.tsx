import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type Needs, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { holdWords } from '../ui/hold-words.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { requestsQuery } from './requests-query.ts'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]
type Body = Needs<'restrictOnRequest'>['body']

const grounds = ['ART18_1A', 'ART18_1B', 'ART18_1C', 'ART18_1D'] as const satisfies readonly Body['ground'][]

/** Sets the restriction that a granted request asks for. */
export function RequestRestriction({ request: { id } }: { request: Request }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const client = useQueryClient()
  const [ground, setGround] = useState<Body['ground']>('ART18_1A')
  const [reviewOn, setReviewOn] = useState('')
  const { mutate, error, isPending } = useMutation({
    mutationFn: (body: Body) => ask('restrictOnRequest', { params: { id }, body }),
    onSuccess: () => announce(c.done),
    onSettled: () => client.invalidateQueries({ queryKey: requestsQuery.queryKey }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) mutate({ ground, reviewOn })
      }}
    >
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <p className={deskStyles.quiet}>{c.restrictFollows}</p>
      <div className={deskStyles.buttons}>
        <SelectField
          label={c.restrictGround}
          value={ground}
          onChange={({ currentTarget: { value } }) => setGround(value as typeof ground)}
        >
          {grounds.map((one) => (
            <option key={one} value={one}>
              {holdWords[w.language].reasons[one]}
            </option>
          ))}
        </SelectField>
        <Field
          label={c.reviewOn}
          type="date"
          required
          value={reviewOn}
          onChange={({ currentTarget: { value } }) => setReviewOn(value)}
        />
        <Button type="submit" isDisabled={isPending || reviewOn === ''}>
          {c.restrict}
        </Button>
      </div>
    </form>
  )
}
