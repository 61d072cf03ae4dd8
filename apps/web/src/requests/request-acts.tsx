import { may } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { ask, type Reply, type Role } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { DecisionForm } from './decision-form.tsx'
import { Erasure } from './erasure.tsx'
import { RequestCopy } from './request-copy.tsx'
import { RequestRestriction } from './request-restriction.tsx'
import styles from './requests-page.module.css'
import { requestsQuery } from './requests-query.ts'
import { requestsWords } from './requests-words.ts'

type Request = Reply<'listRequests'>['items'][number]

function Told({
  checked,
  onTold,
  children,
}: {
  checked: boolean
  onTold: (told: boolean) => void
  children: ReactNode
}): ReactElement {
  return (
    <label className={deskStyles.informed}>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget: { checked: told } }) => onTold(told)}
      />
      <span>{children}</span>
    </label>
  )
}

/** What can be done with one that is not answered yet, by whoever may. */
export function RequestActs({ request, role }: { request: Request; role: Role }): ReactElement {
  const w = useWords()
  const c = requestsWords[w.language]
  const client = useQueryClient()
  const [way, setWay] = useState<NonNullable<Request['identity']>['way']>('SAME_CHAT')
  const [reason, setReason] = useState<NonNullable<Request['extended']>['reason']>('COMPLEXITY')
  const [toldWhy, setToldWhy] = useState(false)
  const [toldAnswer, setToldAnswer] = useState(false)
  const params = { id: request.id }
  const { mutate, error, isPending } = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () => announce(c.done),
    onSettled: () => client.invalidateQueries({ queryKey: requestsQuery.queryKey }),
  })
  const mayDecide = may(role, 'decide-requests')
  return (
    <div className={styles.acts}>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {request.identity === null && may(role, 'open-requests') && (
        <div className={deskStyles.buttons}>
          <SelectField
            label={c.way}
            value={way}
            onChange={({ currentTarget: { value } }) => setWay(value as typeof way)}
          >
            {(Object.keys(c.ways) as (typeof way)[]).map((one) => (
              <option key={one} value={one}>
                {c.ways[one]}
              </option>
            ))}
          </SelectField>
          <Button
            isDisabled={isPending}
            onPress={() => mutate(() => ask('confirmIdentity', { params, body: { way } }))}
          >
            {c.confirm}
          </Button>
        </div>
      )}
      {mayDecide && request.extended === null && request.clock !== 'overdue' && (
        <>
          <div className={deskStyles.buttons}>
            <SelectField
              label={c.reason}
              value={reason}
              onChange={({ currentTarget: { value } }) => setReason(value as typeof reason)}
            >
              {(Object.keys(c.reasons) as (typeof reason)[]).map((one) => (
                <option key={one} value={one}>
                  {c.reasons[one]}
                </option>
              ))}
            </SelectField>
            <Button
              isDisabled={isPending || !toldWhy}
              onPress={() =>
                mutate(() => ask('extendRequest', { params, body: { reason, personInformed: toldWhy } }))
              }
            >
              {c.extend}
            </Button>
          </div>
          <Told checked={toldWhy} onTold={setToldWhy}>
            {c.told}
          </Told>
        </>
      )}
      {request.kind === 'erasure' && request.decision === null && (
        <p>
          <Link href={`/antraege/${request.id}`}>{c.choose}</Link>
        </p>
      )}
      {request.kind === 'erasure' && may(role, 'plan-deletion') && <Erasure request={request} />}
      {(request.kind === 'access' || request.kind === 'portability') && (
        <RequestCopy request={request} role={role} />
      )}
      {request.kind === 'restriction' &&
        mayDecide &&
        request.decision?.outcome === 'GRANTED' &&
        request.restriction === null && <RequestRestriction request={request} />}
      {mayDecide && request.decision === null && (
        <DecisionForm
          request={request}
          isPending={isPending}
          onDecision={(body) => mutate(() => ask('decideRequest', { params, body }))}
        />
      )}
      {request.decision !== null && (
        <>
          <Told checked={toldAnswer} onTold={setToldAnswer}>
            {c.toldAnswer}
          </Told>
          <p>
            <Button
              kind="primary"
              isDisabled={isPending || !toldAnswer}
              onPress={() =>
                mutate(() => ask('closeRequest', { params, body: { personInformed: toldAnswer } }))
              }
            >
              {c.close}
            </Button>
          </p>
        </>
      )}
    </div>
  )
}
