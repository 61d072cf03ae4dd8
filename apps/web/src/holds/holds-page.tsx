import { may } from '@buergerdraht/contract'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import type { Reply, Session } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { holdWords } from '../ui/hold-words.ts'
import { dayName } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { HoldActs } from './hold-acts.tsx'
import { holdsQuery } from './holds-query.ts'
import { type HoldsWords, holdsWords } from './holds-words.ts'
import { SetForm } from './set-form.tsx'

type Hold = Reply<'listHolds'>['items'][number]

function named({ scope }: Hold, c: HoldsWords): string {
  if (scope.kind === 'EVERYTHING') return c.scopes.EVERYTHING
  return `${c.scopes[scope.kind]}, ${scope.kind === 'CLUSTER' ? scope.code : pseudonym(scope.id)}`
}

function Item({ hold, mayAct }: { hold: Hold; mayAct: boolean }): ReactElement {
  const w = useWords()
  const [c, words] = [holdsWords[w.language], holdWords[w.language]]
  const now = useNow()
  function day(at: string): string {
    return dayName(w, Date.parse(at), now)
  }
  // The last day, not the midnight after it.
  const lastDay = hold.expiresAt === null ? c.noEnd : dayName(w, Date.parse(hold.expiresAt) - 1, now)
  const facts: readonly (readonly [string, string | null])[] = [
    [c.covers, named(hold, c)],
    [c.reason, words.reasons[hold.reason]],
    [c.basis, hold.basis === null ? null : words.bases[hold.basis]],
    [c.reference, hold.reference],
    [c.since, day(hold.setAt)],
    [c.review, hold.inForce ? day(hold.reviewAt) : null],
    [c.until, hold.inForce ? lastDay : null],
    [c.endedAt, hold.endedAt === null ? null : day(hold.endedAt)],
  ]
  return (
    <li className={deskStyles.item}>
      <h3>
        {c.titles[hold.kind]} <span className={deskStyles.quiet}>{pseudonym(hold.id)}</span>
      </h3>
      {hold.reviewDue && <Notice tone="warning">{c.reviewDue}</Notice>}
      <dl className={deskStyles.facts}>
        {facts.map(([name, value]) =>
          value === null ? null : [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>],
        )}
      </dl>
      {hold.inForce && mayAct && <HoldActs hold={hold} />}
    </li>
  )
}

function Items({ of, none, mayAct }: { of: readonly Hold[]; none: string; mayAct: boolean }): ReactElement {
  if (of.length === 0) return <p>{none}</p>
  return (
    <ul className={deskStyles.items}>
      {of.map((hold) => (
        <Item key={hold.id} hold={hold} mayAct={mayAct} />
      ))}
    </ul>
  )
}

/** What suspends deletion and what is restricted: set, reviewed, and proposed to be lifted. */
function HoldsPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = holdsWords[w.language]
  const { data, error, refetch } = useQuery(holdsQuery)
  const [isSetting, setSetting] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const mayAct = may(session.account.role, 'set-holds')
  const due = data?.items.filter(({ reviewDue }) => reviewDue).length ?? 0
  useActs({
    acts: () =>
      mayAct ? [{ id: 'new-hold', icon: 'plus', name: c.newHold, run: () => setSetting(true) }] : [],
  })
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle waiting={due}>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Notice tone={due > 0 ? 'warning' : 'success'}>{c.waiting(due)}</Notice>
          {mayAct && !isSetting && (
            <p>
              <Button icon="plus" onPress={() => setSetting(true)}>
                {c.newHold}
              </Button>
            </p>
          )}
          {isSetting && (
            <SetForm
              onDone={() => {
                setSetting(false)
                // What had the focus is gone.
                heading.current?.focus()
              }}
            />
          )}
          <section aria-labelledby="in-force">
            <h2 id="in-force" ref={heading} tabIndex={-1}>
              {c.inForce}
            </h2>
            <Items of={data.items.filter(({ inForce }) => inForce)} none={c.none} mayAct={mayAct} />
          </section>
          <section aria-labelledby="ended">
            <h2 id="ended">{c.ended}</h2>
            <Items of={data.items.filter(({ inForce }) => !inForce)} none={c.noneEnded} mayAct={mayAct} />
          </section>
        </>
      )}
    </ScrollArea>
  )
}

export default HoldsPage
