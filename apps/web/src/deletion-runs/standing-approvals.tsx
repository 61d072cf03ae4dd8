import type { StandingApproval } from '@buergerdraht/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { dayName } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { officeNow } from '../ui/now.ts'
import { Failed, sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import styles from './deletion-runs-page.module.css'
import { deletionRunsWords } from './deletion-runs-words.ts'

const standingQuery = queryOptions({
  queryKey: ['standing-approvals'] as const,
  queryFn: ({ signal }) => ask('listStandingApprovals', {}, signal),
  ...changesByDecision,
})

function Approval({ approval, mayEnd }: { approval: StandingApproval; mayEnd: boolean }): ReactElement {
  const w = useWords()
  const c = deletionRunsWords[w.language]
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('revokeStandingApproval', { params: { id: approval.id } }),
    onSuccess: () => announce(c.revoked),
    onSettled: () => client.invalidateQueries({ queryKey: standingQuery.queryKey }),
  })
  const now = officeNow()
  return (
    <li className={deskStyles.item}>
      <p>
        {approval.rule} · {c.standingState[approval.state]}
      </p>
      <p className={deskStyles.quiet}>
        {c.standingFacts(
          w.roles[approval.proposedRole],
          w.roles[approval.approvedRole],
          dayName(w, Date.parse(approval.approvedAt), now),
          dayName(w, Date.parse(approval.endsAt) - 1, now),
        )}
      </p>
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      {mayEnd && approval.revokedAt === null && approval.state !== 'ended' && (
        <p>
          <Button isDisabled={isPending} onPress={() => mutate()}>
            {c.revoke(approval.rule)}
          </Button>
        </p>
      )}
    </li>
  )
}

function GiveForm({ rules, onDone }: { rules: readonly string[]; onDone: () => void }): ReactElement {
  const w = useWords()
  const c = deletionRunsWords[w.language]
  const [rule, setRule] = useState(rules[0] ?? '')
  const [endsOn, setEndsOn] = useState('')
  useUnsaved(endsOn === '' ? null : c.giveStanding)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('proposeStandingApproval', { body: { rule, endsOn } }),
    onSuccess: () => {
      announce(c.proposedStanding)
      onDone()
    },
  })
  const fault =
    error instanceof Failure ? error.fields.find(({ path }) => path === 'endsOn')?.message : undefined
  return (
    <form
      className={deskStyles.part}
      aria-label={c.giveStanding}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) mutate()
      }}
    >
      {error !== null && fault === undefined && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <SelectField label={c.rule} value={rule} onChange={({ target }) => setRule(target.value)}>
        {rules.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </SelectField>
      <Field
        label={c.endsOn}
        hint={c.endsOnHint}
        type="date"
        required
        value={endsOn}
        error={fault}
        onChange={({ target }) => setEndsOn(target.value)}
      />
      <p className={styles.days}>
        <Button onPress={onDone}>{c.cancel}</Button>
        <Button type="submit" kind="primary" isDisabled={isPending}>
          {c.proposeStanding}
        </Button>
      </p>
    </form>
  )
}

/** Rules under which runs begin by themselves: who has approved them by role, until when, and how to end it. */
export function StandingApprovals({ mayGive }: { mayGive: boolean }): ReactElement {
  const c = deletionRunsWords[useWords().language]
  const { data, error, refetch } = useQuery(standingQuery)
  const [isGiving, setGiving] = useState(false)
  return (
    <section aria-labelledby="standing-approvals" className={deskStyles.part}>
      <h2 id="standing-approvals">{c.standing}</h2>
      <p className={deskStyles.quiet}>{c.standingHint}</p>
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p>{c.noStanding}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className={deskStyles.items}>
          {data.items.map((one) => (
            <Approval key={one.id} approval={one} mayEnd={mayGive} />
          ))}
        </ul>
      )}
      {mayGive && data?.rules.length === 0 && <p className={deskStyles.quiet}>{c.noRules}</p>}
      {mayGive && data !== undefined && data.rules.length > 0 && !isGiving && (
        <p>
          <Button onPress={() => setGiving(true)}>{c.giveStanding}</Button>
        </p>
      )}
      {isGiving && data !== undefined && <GiveForm rules={data.rules} onDone={() => setGiving(false)} />}
    </section>
  )
}
