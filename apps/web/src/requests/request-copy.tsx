import { may } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { type Reply, type Role, saveFile } from '../api.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { dayName } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { requestsQuery } from './requests-query.ts'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]

const formats = { zip: 'daten.zip', pdf: 'auskunft.pdf', json: 'daten.json' } as const

/** What a request for access or portability is answered with: looked through, then made. */
export function RequestCopy({
  request: { id, identity, decision, teams },
  role,
}: {
  request: Request
  role: Role
}): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const now = useNow()
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: (format: keyof typeof formats) =>
      saveFile(`/subject-requests/${id}/answer?format=${format}`, formats[format]),
    onSettled: () => client.invalidateQueries({ queryKey: requestsQuery.queryKey }),
  })
  return (
    <div>
      <dl className={deskStyles.facts}>
        {teams.map(({ team, madeAt }) => [
          <dt key={`${team} name`}>
            {c.teams}: {team}
          </dt>,
          <dd key={team}>{madeAt === null ? c.notMade : c.made(dayName(w, Date.parse(madeAt), now))}</dd>,
        ])}
      </dl>
      {may(role, 'decide-redactions') && identity !== null && (
        <p>
          <Link href={`/antraege/${id}`}>{c.review}</Link>
        </p>
      )}
      {may(role, 'make-copies') && decision?.outcome === 'GRANTED' && (
        <>
          <p className={deskStyles.quiet}>{c.kept}</p>
          {error !== null && (
            <div role="alert">
              <Notice tone="danger">{sentenceOf(w, error)}</Notice>
            </div>
          )}
          <div role="status">{isPending && c.making}</div>
          <div className={deskStyles.buttons}>
            {(Object.keys(formats) as (keyof typeof formats)[]).map((format) => (
              <Button key={format} icon="download" isDisabled={isPending} onPress={() => mutate(format)}>
                {c.download(format.toUpperCase())}
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
