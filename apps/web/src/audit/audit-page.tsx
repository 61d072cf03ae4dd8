import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useId, useState } from 'react'
import type { AuditEntry, Reply } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { CheckpointProofs } from '../ui/checkpoint-proofs.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { Figure, Figures } from '../ui/figures.tsx'
import { NextPage } from '../ui/growing-list.tsx'
import { ago, exactly, span } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { PageTitle } from '../ui/page-title.tsx'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './audit-page.module.css'
import {
  auditEntriesQuery,
  auditStateQuery,
  type Choice,
  everything,
  exportAddress,
} from './audit-queries.ts'
import { AuditTable } from './audit-table.tsx'
import { type AuditWords, auditWords } from './audit-words.ts'
import { NameBehind, namesQuery } from './names.tsx'
import { WitnessConflicts } from './witness-conflicts.tsx'

/** Sealing takes a second; so long, and something is wrong. */
const maxUnsealedMs = 5 * 60_000

type State = Reply<'readAuditState'>

function Sealing({ state, words: c }: { state: State; words: AuditWords }): ReactElement {
  const w = useWords()
  const now = useNow()
  const { count, since } = state.waiting
  const waits = since === null ? 0 : now - Date.parse(since)
  if (waits > maxUnsealedMs) return <Notice tone="danger">{c.notSealed(span(w, waits))}</Notice>
  return <Notice tone="success">{count === 0 ? c.sealed : c.sealing(count)}</Notice>
}

/** Whether the log reaches whoever keeps it elsewhere; nothing where nobody does. */
function Shipping({ state, words: c }: { state: State; words: AuditWords }): ReactElement | null {
  const w = useWords()
  const now = useNow()
  if (state.shipping === null) return null
  const { waiting, failingSince } = state.shipping
  if (failingSince === null) return <p>{waiting === 0 ? c.shipped : c.shipping(waiting)}</p>
  const failing = c.notShipped(span(w, Math.max(0, now - Date.parse(failingSince))), waiting)
  return <Notice tone="danger">{failing}</Notice>
}

function Kept({ state, words: c }: { state: State; words: AuditWords }): ReactElement {
  const w = useWords()
  const now = useNow()
  const { kept, sealed, checkpoint } = state
  const inWords = new Intl.NumberFormat(w.locale)
  const at = checkpoint === null ? null : Date.parse(checkpoint.at)
  return (
    <Figures>
      {(['DA12', 'DA13'] as const).map((cluster) => (
        <Figure key={cluster} name={c.figures[cluster]} value={inWords.format(kept[cluster])} />
      ))}
      <Figure name={c.figures.sealed} value={inWords.format(sealed)} />
      <Figure
        name={c.figures.checkpoint}
        value={at === null ? c.figures.none : <time title={exactly(w, at)}>{ago(w, at, now)}</time>}
        hint={checkpoint === null ? undefined : c.figures.entries(inWords.format(checkpoint.size))}
      />
    </Figures>
  )
}

function Chooser({
  choice,
  words: c,
  onChoose,
}: {
  choice: Choice
  words: AuditWords
  onChoose: (change: Partial<Choice>) => void
}): ReactElement {
  const id = useId()
  const { act, from, to, actor, emergencyAccess, object } = choice
  return (
    <form className={styles.filter} aria-label={c.filter} onSubmit={(event) => event.preventDefault()}>
      <div className={styles.select}>
        <label htmlFor={id}>{c.act}</label>
        <select
          id={id}
          value={act}
          onChange={({ currentTarget }) => onChoose({ act: currentTarget.value as Choice['act'] })}
        >
          <option value="">{c.every}</option>
          {(Object.entries(c.acts) as [AuditEntry['act'], string][]).map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={c.from}
        type="date"
        value={from}
        max={to || undefined}
        onChange={({ currentTarget }) => onChoose({ from: currentTarget.value })}
      />
      <Field
        label={c.to}
        type="date"
        value={to}
        min={from || undefined}
        onChange={({ currentTarget }) => onChoose({ to: currentTarget.value })}
      />
      {(actor !== null || object !== null || emergencyAccess !== null) && (
        <p className={styles.chosen}>
          {actor !== null && <span>{c.person(pseudonym(actor))}</span>}
          {object !== null && (
            <span>{c.object(c.kinds[object.kind] ?? object.kind, pseudonym(object.id))}</span>
          )}
          {emergencyAccess !== null && <span>{c.emergency(pseudonym(emergencyAccess))}</span>}
          <Button
            compact
            icon="close"
            onPress={() => onChoose({ actor: null, emergencyAccess: null, object: null })}
          >
            {c.everybody}
          </Button>
        </p>
      )}
    </form>
  )
}

function CarryAway({
  choice,
  verifierKey,
  words: c,
}: {
  choice: Choice
  verifierKey: string | null
  words: AuditWords
}): ReactElement {
  return (
    <section className={styles.take}>
      <h2>{c.take}</h2>
      <p className={deskStyles.quiet}>{c.takeHint}</p>
      <p className={styles.links}>
        <a href={exportAddress(choice, 'csv')} download>
          {c.csv}
        </a>
        <a href={exportAddress(choice, 'jsonl')} download>
          {c.jsonl}
        </a>
      </p>
      {verifierKey !== null && (
        <dl>
          <dt>{c.key}</dt>
          <dd>
            <code>{verifierKey}</code>
          </dd>
          <dd className={deskStyles.quiet}>{c.keyHint}</dd>
          <dt>{c.command}</dt>
          <dd>
            <code>{`node buergerdraht-verify.mjs audit.jsonl --key '${verifierKey}'`}</code>
          </dd>
        </dl>
      )}
    </section>
  )
}

/** A link may ask for what was done under one emergency access. */
function asked(): Choice {
  const id = new URLSearchParams(window.location.search).get('notfall')
  return id !== null && /^[0-9a-f-]{36}$/.test(id) ? { ...everything, emergencyAccess: id } : everything
}

/** Who did what, for those who may ask: without content and without names. */
function AuditPage(): ReactElement {
  const w = useWords()
  const c = auditWords[w.language]
  const [choice, setChoice] = useState(asked)
  const state = useQuery(auditStateQuery)
  const entries = useInfiniteQuery(auditEntriesQuery(choice))
  const names = useQuery(namesQuery)
  const items = entries.data?.pages.flatMap((page) => page.items) ?? []
  const shown = entries.data === undefined ? null : items.length
  useEffect(() => {
    if (shown !== null) announce(shown === 0 ? c.empty : c.loaded(shown))
  }, [c, shown])
  function choose(change: Partial<Choice>): void {
    setChoice((before) => ({ ...before, ...change }))
  }
  useActs({
    acts: () => [
      ...(['csv', 'jsonl'] as const).map((format) => ({
        id: format,
        icon: 'download' as const,
        name: `${c.take}: ${c[format]}`,
        run: () => window.location.assign(exportAddress(choice, format)),
      })),
      ...(choice === everything
        ? []
        : [{ id: 'all', icon: 'close', name: c.everybody, run: () => setChoice(everything) } as const]),
      ...(entries.hasNextPage
        ? [{ id: 'more', icon: 'arrowDown', name: c.more, run: () => void entries.fetchNextPage() } as const]
        : []),
    ],
  })
  return (
    <ScrollArea label={c.title} className={deskStyles.widePage}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {state.error !== null && state.data === undefined && (
        <Failed error={state.error} onRetry={() => void state.refetch()} />
      )}
      {state.data !== undefined && (
        <>
          <Sealing state={state.data} words={c} />
          <Shipping state={state.data} words={c} />
          <Kept state={state.data} words={c} />
          <CheckpointProofs proofs={state.data.proofs} />
          <WitnessConflicts conflicts={state.data.witness.conflicts} words={c} />
        </>
      )}
      <Chooser choice={choice} words={c} onChoose={choose} />
      {choice.actor !== null && <NameBehind actor={choice.actor} />}
      {entries.isPending && <Loading rows={6} />}
      {entries.error !== null && entries.data === undefined && (
        <Failed error={entries.error} onRetry={() => void entries.refetch()} />
      )}
      {shown === 0 && <p>{c.empty}</p>}
      {items.length > 0 && <AuditTable entries={items} names={names.data} words={c} onChoose={choose} />}
      <NextPage query={entries} name={c.more} />
      <CarryAway choice={choice} verifierKey={state.data?.verifierKey ?? null} words={c} />
    </ScrollArea>
  )
}

export default AuditPage
