import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]

/** Of a request for erasure: what would go, what would stay and why; and, once it is granted, the run that does it. */
export function Erasure({ request: { id, decision, part } }: { request: Request }): ReactElement | null {
  const w = useWords()
  const c = requestsWords[w.language]
  const of = part === null ? c.matters : c.chosen
  const params = { id }
  const client = useQueryClient()
  const queryKey = ['erasure-preview', id] as const
  const { data } = useQuery({
    queryKey: [...queryKey, decision?.outcome, part?.chosenAt],
    queryFn: ({ signal }) => ask('previewErasure', { params }, signal),
    ...changesByDecision,
  })
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('planErasure', { params, body: {} }),
    onSuccess: () => announce(c.planned),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  if (data === undefined) return null
  const stays = data.stays.reduce((sum, { count }) => sum + count, 0)
  return (
    <div>
      <p>{of.goes(data.goes)}</p>
      {data.gone > 0 && <p>{c.gone(data.gone)}</p>}
      {stays > 0 && (
        <>
          <p>{c.stays(stays)}</p>
          <ul>
            {data.stays.map(({ reason, sentence, count }) => (
              <li key={reason}>
                {count}: {sentence[w.language]}
              </li>
            ))}
          </ul>
        </>
      )}
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {data.planned > 0 && <Notice tone="info">{of.inRun(data.planned)}</Notice>}
      {decision?.outcome === 'GRANTED' && data.goes > data.planned && (
        <p>
          <Button isDisabled={isPending} onPress={() => mutate()}>
            {c.plan}
          </Button>
        </p>
      )}
    </div>
  )
}
