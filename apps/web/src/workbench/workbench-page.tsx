import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { dayName, monthName } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Empty, Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { CandidateItem } from './candidate-item.tsx'
import type { Decision } from './decision-form.tsx'
import { Outcome, outcomeSentences } from './outcome.tsx'
import { Preview } from './preview.tsx'
import { tidyingDaysQuery } from './tidying-days-query.ts'
import { useDecisions } from './use-decisions.ts'
import styles from './workbench-page.module.css'
import { workbenchWords } from './workbench-words.ts'

const candidatesKey = ['workbench'] as const
function candidatesQuery(cursor: string | null) {
  return queryOptions({
    queryKey: [...candidatesKey, cursor] as const,
    queryFn: ({ signal }) => ask('listCandidates', cursor === null ? {} : { query: { cursor } }, signal),
    // The list stands still while somebody works through it.
    gcTime: 0,
  })
}

function focusMatter(id: string | undefined): void {
  const heading = id === undefined ? null : document.getElementById(`matter-${id}`)
  heading?.focus()
  heading?.closest('li')?.scrollIntoView({ block: 'nearest' })
}

/** The terms of one's teams; a lead is told what is theirs to do. */
function TidyingDays({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = workbenchWords[w.language]
  const now = useNow()
  const { data } = useQuery(tidyingDaysQuery)
  const toDo = session.account.role === 'team-lead' ? c.yours : c.leadKnows
  return (
    <>
      {data?.items.map(({ team, month, decideBy, escalated }) => (
        <Notice key={`${team} ${month}`} tone={escalated === null ? 'info' : 'warning'}>
          {escalated === null
            ? c.day(team, monthName(w, month), dayName(w, Date.parse(decideBy), now))
            : `${c.late[escalated](team, monthName(w, month))} ${toDo}`}
        </Notice>
      ))}
    </>
  )
}

/** Old matters that could go: decided one after the other, by keyboard, and submitted together. */
function WorkbenchPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = workbenchWords[w.language]
  const client = useQueryClient()
  const [cursor, setCursor] = useState<string | null>(null)
  const { data, error, refetch } = useQuery(candidatesQuery(cursor))
  const items = data?.items ?? []
  const decisions = useDecisions()
  const [current, setCurrent] = useState<string | null>(null)
  const [asking, setAsking] = useState<{ id: string; kind: 'to-file' | 'keep' } | null>(null)
  const [previewed, setPreviewed] = useState<string | null>(null)
  const outcome = useRef<HTMLDivElement>(null)
  const isTurning = useRef(false)
  useUnsaved(decisions.all.length > 0 ? c.unsaved : null)

  const submitting = useMutation({
    mutationFn: () => ask('submitDecisions', { body: [...decisions.all] }),
    onSuccess: async (done) => {
      decisions.clear()
      setCurrent(null)
      setCursor(null)
      announce(outcomeSentences(c, w.language, done).join(' '))
      await client.invalidateQueries({ queryKey: candidatesKey })
      void client.invalidateQueries({ queryKey: tidyingDaysQuery.queryKey })
      outcome.current?.focus()
    },
  })

  const at = items.findIndex(({ id }) => id === current)
  function go(to: number): void {
    focusMatter(items[Math.max(0, Math.min(items.length - 1, to))]?.id)
  }
  function decide(decision: Decision): void {
    setAsking(null)
    decisions.make(decision)
    const others = decisions.all.filter((one) => one.conversationId !== decision.conversationId)
    announce(c.said(c.decided[decision.decision], others.length + 1, items.length))
    const from = items.findIndex(({ id }) => id === decision.conversationId)
    const taken = new Set([...others, decision].map(({ conversationId }) => conversationId))
    const next = [...items.slice(from + 1), ...items.slice(0, from)].find(({ id }) => !taken.has(id))
    const then = next?.id ?? decision.conversationId
    // At once: the next key is about the next matter, however soon it is pressed.
    setCurrent(then)
    // After the form has gone, which had the focus.
    requestAnimationFrame(() => focusMatter(then))
  }
  function takeBack(id: string | undefined): void {
    if (id === undefined) {
      announce(c.nothingToUndo)
      return
    }
    decisions.takeBack(id)
    announce(c.undone)
    requestAnimationFrame(() => focusMatter(id))
  }
  function stopAsking(id: string): void {
    setAsking(null)
    requestAnimationFrame(() => focusMatter(id))
  }
  // The button that turned the page has gone with it, and the focus with the button.
  useEffect(() => {
    if (!isTurning.current || data === undefined) return
    isTurning.current = false
    announce(c.turned(data.items.length))
    focusMatter(data.items[0]?.id)
  }, [data, c])
  function turnTo(page: string | null): void {
    isTurning.current = true
    setCurrent(null)
    setCursor(page)
  }
  const here = items[at]
  const { teams } = session.account
  function teamOf(teamId: string): string | null {
    return teams.length > 1 ? (teams.find(({ id }) => id === teamId)?.name ?? null) : null
  }
  useShortcuts({
    j: () => go(at + 1),
    k: () => go(at - 1),
    z: () => takeBack(decisions.all.at(-1)?.conversationId),
    ...(here !== undefined && {
      l: () => decide({ conversationId: here.id, basis: here.basis, decision: 'delete' }),
      a: () => setAsking({ id: here.id, kind: 'to-file' }),
      b: () => setAsking({ id: here.id, kind: 'keep' }),
      v: () => setPreviewed(here.id),
    }),
  })

  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      <div ref={outcome} tabIndex={-1}>
        {submitting.data !== undefined && <Outcome done={submitting.data} />}
      </div>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      <TidyingDays session={session} />
      {cursor !== null && decisions.all.length === 0 && (
        <div>
          <Button kind="quiet" onPress={() => turnTo(null)}>
            {c.fromTheBeginning}
          </Button>
        </div>
      )}
      {data !== undefined && items.length === 0 && <Empty icon="check">{c.none}</Empty>}
      {items.length > 0 && (
        <>
          <section aria-label={c.keysTitle}>
            <p className={`${deskStyles.quiet} ${styles.keys}`}>
              {c.keys.map(([key, name]) => (
                <span key={key}>
                  <kbd>{key}</kbd> {name}
                </span>
              ))}
            </p>
          </section>
          <div className={styles.progress}>
            <progress max={items.length} value={decisions.all.length} aria-label={c.title} />
            <p>{c.progress(decisions.all.length, items.length)}</p>
          </div>
          <ol className={deskStyles.items}>
            {items.map((candidate, index) => (
              <CandidateItem
                key={candidate.id}
                candidate={candidate}
                team={teamOf(candidate.teamId)}
                place={c.matter(index + 1, items.length)}
                decision={decisions.of(candidate.id)}
                asking={asking?.id === candidate.id ? asking.kind : null}
                onFocus={() => setCurrent(candidate.id)}
                onDecide={decide}
                onAsk={(kind) =>
                  kind === null ? stopAsking(candidate.id) : setAsking({ id: candidate.id, kind })
                }
                onUndo={() => takeBack(candidate.id)}
                onPreview={() => setPreviewed(candidate.id)}
              />
            ))}
          </ol>
          {data?.nextCursor != null && (
            <div>
              <p className={deskStyles.quiet}>{c.more}</p>
              {decisions.all.length === 0 && (
                <Button kind="quiet" onPress={() => turnTo(data.nextCursor)}>
                  {c.skip}
                </Button>
              )}
            </div>
          )}
          <div>
            <Button
              kind="primary"
              isDisabled={decisions.all.length === 0 || submitting.isPending}
              onPress={() => submitting.mutate()}
            >
              {c.submit(decisions.all.length)}
            </Button>
            <p className={deskStyles.quiet} role="status">
              {submitting.isPending ? c.submitting : c.submitHint}
            </p>
          </div>
          {submitting.error !== null && (
            <Notice tone="danger" alert>
              {c.notSubmitted(sentenceOf(w, submitting.error))}
            </Notice>
          )}
        </>
      )}
      {previewed !== null && <Preview id={previewed} onClose={() => setPreviewed(null)} />}
    </ScrollArea>
  )
}

export default WorkbenchPage
