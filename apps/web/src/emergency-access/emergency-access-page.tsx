import { may } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Reply, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { type EmergencyAccessWords, emergencyAccessWords } from '../ui/emergency-access-words.ts'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { AccessFacts } from './access-facts.tsx'
import { AskForm } from './ask-form.tsx'
import { emergencyAccessQuery } from './emergency-access-queries.ts'

type Listed = Reply<'listEmergencyAccess'>

function Refused({ error }: { error: unknown }): ReactElement | null {
  const w = useWords()
  if (error === null) return null
  return (
    <div role="alert">
      <Notice tone="danger">{sentenceOf(w, error)}</Notice>
    </div>
  )
}

function Request({
  request,
  words: c,
}: {
  request: Listed['requests'][number]
  words: EmergencyAccessWords
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('endEmergencyAccess', { params: { id: request.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: emergencyAccessQuery.queryKey }),
  })
  return (
    <li className={deskStyles.item}>
      <p>
        {exactly(w, Date.parse(request.proposedAt))}: {c.states[request.state]}
      </p>
      <Refused error={error} />
      {request.state === 'open' && (
        <p className={deskStyles.buttons}>
          <Button isDisabled={isPending} onPress={() => mutate()}>
            {c.withdraw}
          </Button>
        </p>
      )}
    </li>
  )
}

function Granted({
  access,
  words: c,
  onRightsChanged,
}: {
  access: Listed['items'][number]
  words: EmergencyAccessWords
  onRightsChanged: () => void
}): ReactElement {
  const client = useQueryClient()
  const { id, own, holds } = access
  const takeUp = useMutation({
    mutationFn: () => ask('takeUpEmergencyAccess', { params: { id } }),
    onSuccess: onRightsChanged,
  })
  const end = useMutation({
    mutationFn: () => ask('endEmergencyAccess', { params: { id } }),
    onSuccess: () => {
      announce(c.ended)
      if (own) onRightsChanged()
    },
    onSettled: () => client.invalidateQueries({ queryKey: emergencyAccessQuery.queryKey }),
  })
  return (
    <li className={deskStyles.item}>
      <AccessFacts access={access} words={c} />
      <Refused error={takeUp.error ?? end.error} />
      {holds && (
        <p className={deskStyles.buttons}>
          {own && (
            <Button kind="primary" isDisabled={takeUp.isPending} onPress={() => takeUp.mutate()}>
              {c.takeUp}
            </Button>
          )}
          <Button isDisabled={end.isPending} onPress={() => end.mutate()}>
            {c.end}
          </Button>
        </p>
      )}
    </li>
  )
}

/** To ask for it, to take it up, and to see and end what one holds, has granted or watches over. */
function EmergencyAccessPage({
  session,
  onRightsChanged,
}: {
  session: Session
  onRightsChanged: () => void
}): ReactElement {
  const w = useWords()
  const c = emergencyAccessWords[w.language]
  const { data, error, refetch } = useQuery(emergencyAccessQuery)
  const asks = may(session.account.role, 'ask-for-emergency-access') && session.emergencyAccess === null
  const waits = data?.requests.some(({ state }) => state === 'open') === true
  const holds = data?.items.some((one) => one.own && one.holds) === true
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{asks ? c.intro : c.introWatch}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {waits && <Notice tone="info">{c.asked}</Notice>}
          {asks && !waits && !holds && (
            <section aria-labelledby="ask">
              <h2 id="ask">{c.ask}</h2>
              <AskForm teams={data.teams} words={c} />
            </section>
          )}
          {data.requests.length > 0 && (
            <section aria-labelledby="requests">
              <h2 id="requests">{c.requests}</h2>
              <ul className={deskStyles.items}>
                {data.requests.map((one) => (
                  <Request key={one.id} request={one} words={c} />
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="granted">
            <h2 id="granted">{c.list}</h2>
            {data.items.length === 0 && <p>{c.none}</p>}
            <ul className={deskStyles.items}>
              {data.items.map((one) => (
                <Granted key={one.id} access={one} words={c} onRightsChanged={onRightsChanged} />
              ))}
            </ul>
          </section>
        </>
      )}
    </ScrollArea>
  )
}

export default EmergencyAccessPage
