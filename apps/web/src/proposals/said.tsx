import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { ask, type Reply } from '../api.ts'
import { AgreementFacts } from '../ui/agreement-facts.tsx'
import deskStyles from '../ui/desk.module.css'
import { emergencyAccessWords } from '../ui/emergency-access-words.ts'
import { wholeDay } from '../ui/moment.ts'
import { pseudonym } from '../ui/pseudonym.ts'
import { useWords } from '../ui/words.tsx'
import { BatchReview, type MatterReasons } from './batch-review.tsx'
import type { ProposalsWords } from './proposals-words.ts'
import { RuleSaid } from './rule-said.tsx'

type EmergencyPayload = Extract<Reply<'listProposals'>['items'][number]['payload'], { minutes: number }>

function EmergencySaid({
  payload: { teamId, minutes, reason },
  name,
  isOpen,
  words: c,
}: {
  payload: EmergencyPayload
  name: string
  isOpen: boolean
  words: ProposalsWords
}): ReactElement {
  const w = useWords()
  const { data } = useQuery({
    queryKey: ['emergency-access'],
    queryFn: ({ signal }) => ask('listEmergencyAccess', {}, signal),
  })
  const team = data?.teams.find(({ id }) => id === teamId)?.name
  return (
    <div>
      <p>{c.emergency(name, c.team(team), minutes)}</p>
      <p>{c.emergencyReason(emergencyAccessWords[w.language].reasons[reason])}</p>
      {isOpen && <p className={deskStyles.quiet}>{c.emergencyHint}</p>}
    </div>
  )
}

/** What a proposal says, in words, by its kind. */
export function Said({
  proposal: { payload, concerns, state },
  reasons,
  onReasons,
  words: c,
}: {
  proposal: Reply<'listProposals'>['items'][number]
  reasons: MatterReasons
  onReasons: ((reasons: MatterReasons) => void) | null
  words: ProposalsWords
}): ReactElement {
  const w = useWords()
  if ('channelId' in payload)
    return (
      <div>
        <p>{c.account}</p>
        <ul>
          {payload.baseUrl !== null && <li>{c.address(payload.baseUrl)}</li>}
          {payload.credentials.map((name) => (
            <li key={name}>{c.credentials[name]}</li>
          ))}
        </ul>
        {state === 'open' && <p className={deskStyles.quiet}>{c.accountHint}</p>}
      </div>
    )
  if ('runId' in payload)
    return (
      <div>
        <p>{c.run(payload)}</p>
        {payload.emergency && <p>{c.emergencyRun}</p>}
        {state === 'open' && <p className={deskStyles.quiet}>{c.runHint}</p>}
        {state === 'open' && <BatchReview runId={payload.runId} reasons={reasons} onReasons={onReasons} />}
      </div>
    )
  if ('restoreId' in payload) return <p>{c.restore}</p>
  if ('brokenId' in payload) return <p>{c.brokenLedger}</p>
  if ('endsOn' in payload)
    return (
      <div>
        <p>{c.standing(payload.rule, wholeDay(w, payload.endsOn))}</p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.standingHint}</p>}
      </div>
    )
  if ('periods' in payload) return <RuleSaid payload={payload} isOpen={state === 'open'} words={c} />
  if ('plan' in payload)
    return (
      <div>
        <p>{c.plan(payload.entries, payload.added, payload.removed)}</p>
        <p>{c.planPeriods(payload.shorter, payload.longer)}</p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.planHint}</p>}
      </div>
    )
  if ('notice' in payload)
    return (
      <div>
        <p>
          {c.notice(payload.notice)} <Link href="/loeschkonzept/datenschutzhinweis">{c.noticeLink}</Link>
        </p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.noticeHint}</p>}
      </div>
    )
  if ('asOf' in payload)
    return (
      <div>
        <p>{c.calendar(payload.source)}</p>
        <ul>
          {Object.entries(payload.hash).map(([name, until]) => (
            <li key={name}>
              {name}: {wholeDay(w, until)}
            </li>
          ))}
          {payload.signature.map(({ scheme, bits, until }) => (
            <li key={`${scheme} ${bits}`}>
              {scheme} {bits}: {wholeDay(w, until)}
            </li>
          ))}
        </ul>
        {state === 'open' && <p className={deskStyles.quiet}>{c.calendarHint}</p>}
      </div>
    )
  if ('offerId' in payload)
    return (
      <div>
        <p>
          {c.withdrawal(payload.matters, c.withdrawalReasons[payload.reason])}{' '}
          <Link href={`/loeschkonzept/anbietung-${payload.offerId}`}>{c.withdrawalLink}</Link>
        </p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.withdrawalHint}</p>}
      </div>
    )
  if ('land' in payload)
    return (
      <div>
        <p>{c.archive}</p>
        <AgreementFacts agreement={payload} />
        {state === 'open' && <p className={deskStyles.quiet}>{c.archiveHint}</p>}
      </div>
    )
  if ('holdId' in payload)
    return (
      <div>
        <p>{c.lifting[payload.kind](pseudonym(payload.holdId))}</p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.liftingHint}</p>}
      </div>
    )
  if ('signed' in payload)
    return (
      <div>
        <p>{c.signing(payload.signed.length)}</p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.signingHint}</p>}
      </div>
    )
  if ('providerRules' in payload)
    return (
      <div>
        <p>{c.rules(payload.providerClaim)}</p>
        <ol>
          {payload.providerRules.map(({ value, role }) => (
            <li key={`${value} ${role}`}>{c.providerRule(value, w.roles[role])}</li>
          ))}
        </ol>
      </div>
    )
  if ('hours' in payload)
    return (
      <div>
        <p>{c.pseudonym(pseudonym(payload.accountId), payload.hours)}</p>
        <p>{c.emergencyReason(c.nameReasons[payload.reason])}</p>
        {state === 'open' && <p className={deskStyles.quiet}>{c.pseudonymHint}</p>}
      </div>
    )
  if ('minutes' in payload)
    return (
      <EmergencySaid
        payload={payload}
        name={concerns?.displayName ?? ''}
        isOpen={state === 'open'}
        words={c}
      />
    )
  return (
    <div>
      <p>{c.role(concerns?.displayName ?? '', w.roles[payload.role])}</p>
      {state === 'open' && <p className={deskStyles.quiet}>{c.roleHint}</p>}
    </div>
  )
}
