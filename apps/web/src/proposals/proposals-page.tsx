import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Reply } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { SelectField } from '../ui/field.tsx'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import type { MatterReasons } from './batch-review.tsx'
import { type ProposalsWords, proposalsWords } from './proposals-words.ts'
import { Said } from './said.tsx'

type Proposal = Reply<'listProposals'>['items'][number]
type RefusalReason = NonNullable<Proposal['refusal']>

const proposalsQuery = queryOptions({
  queryKey: ['proposals'] as const,
  queryFn: ({ signal }) => ask('listProposals', {}, signal),
  ...changesByDecision,
})

function Decision({
  proposal,
  reasons,
  words: c,
}: {
  proposal: Proposal
  reasons: MatterReasons
  words: ProposalsWords
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const [reason, setReason] = useState<RefusalReason | ''>('')
  const matters = Object.entries(reasons).map(([conversationId, why]) => ({ conversationId, reason: why }))
  const { mutate, error, isPending } = useMutation({
    mutationFn: (verdict: 'approveProposal' | 'refuseProposal' | 'withdrawProposal') => {
      const params = { id: proposal.id }
      return verdict === 'refuseProposal'
        ? ask(verdict, { params, body: { ...(reason !== '' && { reason }), matters } })
        : ask(verdict, { params })
    },
    onSuccess: () => {
      announce(c.done)
      return client.invalidateQueries()
    },
  })
  return (
    <>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {proposal.mayDecide && proposal.kind === 'deletion-run' && (
        <SelectField
          label={c.refusalReason}
          hint={c.refusalHint}
          value={reason}
          onChange={(event) => setReason(event.target.value as RefusalReason | '')}
        >
          <option value="">{c.noReason}</option>
          {Object.entries(c.refusalReasons).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <p className={deskStyles.buttons}>
        {proposal.mayDecide && (
          <>
            <Button kind="primary" isDisabled={isPending} onPress={() => mutate('approveProposal')}>
              {c.approve}
            </Button>
            <Button isDisabled={isPending} onPress={() => mutate('refuseProposal')}>
              {c.refuse}
            </Button>
          </>
        )}
        {proposal.own && (
          <Button isDisabled={isPending} onPress={() => mutate('withdrawProposal')}>
            {c.withdraw}
          </Button>
        )}
        {!proposal.mayDecide && <span className={deskStyles.quiet}>{c.notYou}</span>}
      </p>
    </>
  )
}

function Item({ proposal, words: c }: { proposal: Proposal; words: ProposalsWords }): ReactElement {
  const w = useWords()
  function when(at: string): string {
    return exactly(w, Date.parse(at))
  }
  const [reasons, setReasons] = useState<MatterReasons>({})
  const { state, proposedBy, proposedAt, expiresAt, decidedBy, decidedAt } = proposal
  return (
    <li className={deskStyles.item}>
      <h3>{c.kinds[proposal.kind]}</h3>
      <Said
        proposal={proposal}
        reasons={reasons}
        onReasons={proposal.mayDecide ? setReasons : null}
        words={c}
      />
      <p className={deskStyles.quiet}>
        {c.by(proposedBy.displayName, when(proposedAt))}
        {' · '}
        {state === 'open'
          ? c.until(when(expiresAt))
          : decidedBy !== null && decidedAt !== null
            ? c.decidedBy(c.states[state], decidedBy.displayName, when(decidedAt))
            : c.states[state]}
        {proposal.refusal !== null && ` · ${c.refusalReasons[proposal.refusal]}`}
      </p>
      {state === 'open' && <Decision proposal={proposal} reasons={reasons} words={c} />}
    </li>
  )
}

/** What waits for a second person, and what became of it. */
function ProposalsPage(): ReactElement {
  const w = useWords()
  const c = proposalsWords[w.language]
  const { data, error, refetch } = useQuery(proposalsQuery)
  const open = data?.items.filter(({ state }) => state === 'open') ?? []
  const decided = data?.items.filter(({ state }) => state !== 'open') ?? []
  const waiting = open.filter(({ mayDecide }) => mayDecide).length
  // The button that was pressed is gone with what it decided.
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(open.length)
  useEffect(() => {
    if (open.length < before.current && document.activeElement === document.body) heading.current?.focus()
    before.current = open.length
  }, [open.length])
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle waiting={waiting}>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Notice tone={waiting > 0 ? 'warning' : 'success'}>{c.waiting(waiting)}</Notice>
          <section aria-labelledby="open">
            <h2 id="open" ref={heading} tabIndex={-1}>
              {c.open}
            </h2>
            {open.length === 0 && <p>{c.nothingOpen}</p>}
            <ul className={deskStyles.items}>
              {open.map((one) => (
                <Item key={one.id} proposal={one} words={c} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="decided">
            <h2 id="decided">{c.decided}</h2>
            {decided.length === 0 && <p>{c.nothingDecided}</p>}
            <ul className={deskStyles.items}>
              {decided.map((one) => (
                <Item key={one.id} proposal={one} words={c} />
              ))}
            </ul>
          </section>
        </>
      )}
    </ScrollArea>
  )
}

export default ProposalsPage
