import { may } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, Failure, type Reply, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field } from '../ui/field.tsx'
import { shortMoment, wholeDay } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { sentenceOf } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { TableHead } from '../ui/table-head.tsx'
import { useEntered, useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { changesByDecision } from '../use-decisions.ts'
import { type AlgorithmsPageWords, algorithmsPageWords } from './algorithms-page-words.ts'
import { ProposedOrChange } from './proposed-or-change.tsx'
import { SubPage } from './sub-page.tsx'

type Calendar = Reply<'readAlgorithmCalendar'>['current']
type Line = { readonly path: string; readonly name: string; readonly until: string }

const dayMs = 24 * 60 * 60_000

/** Everything that has a last day, with its place in the calendar. */
function linesOf({ hash, signature }: Calendar, c: AlgorithmsPageWords): Line[] {
  return [
    ...Object.entries(hash).map(([name, until]) => ({ path: `hash.${name}`, name: c.hash(name), until })),
    ...signature.map(({ scheme, bits, until }, at) => ({
      path: `signature.${at}.until`,
      name: c.signature(scheme, bits),
      until,
    })),
  ]
}

function withUntil(calendar: Calendar, path: string, until: string): Calendar {
  const [part = '', name = ''] = path.split('.')
  if (part === 'hash') return { ...calendar, hash: { ...calendar.hash, [name]: until } }
  const signature = calendar.signature.map((one, at) => (String(at) === name ? { ...one, until } : one))
  return { ...calendar, signature }
}

function daysLeft({ until }: Line, now: number): number {
  return Math.ceil((Date.parse(until) + dayMs - now) / dayMs)
}

function Lines({ calendar, source }: { calendar: Calendar; source: string }): ReactElement {
  const w = useWords()
  const now = useNow()
  const c = algorithmsPageWords[w.language]
  return (
    <>
      <p className={deskStyles.quiet}>
        {c.asOf(wholeDay(w, calendar.asOf))} {source}
      </p>
      <ScrollArea className={tableStyles.scroll} label={c.title}>
        <table className={tableStyles.table}>
          <TableHead columns={c.columns} />
          <tbody>
            {linesOf(calendar, c).map((line) => (
              <tr key={line.path}>
                <th scope="row">{line.name}</th>
                <td>{wholeDay(w, line.until)}</td>
                <td>{daysLeft(line, now) > 0 ? c.left(daysLeft(line, now)) : c.ended}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  )
}

function CalendarForm({ current }: { current: Calendar }): ReactElement {
  const w = useWords()
  const c = algorithmsPageWords[w.language]
  const client = useQueryClient()
  const [entered, setDraft] = useEntered<Calendar | null>('calendar of algorithms', null)
  const draft = entered ?? current
  const proposing = useMutation({
    mutationFn: () => {
      const { source, hash, signature } = draft
      return ask('proposeAlgorithmCalendar', { body: { source, hash, signature } })
    },
    onSuccess: () => announce(c.proposed),
    onSettled: () => client.invalidateQueries({ queryKey: ['algorithm-calendar'] }),
  })
  useUnsaved(entered === null || proposing.isSuccess ? null : c.title)
  const fields = proposing.error instanceof Failure ? proposing.error.fields : []
  function errorOf(path: string): string | undefined {
    return fields.find((field) => field.path === path)?.message
  }
  return (
    <form
      className={deskStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        proposing.mutate()
      }}
    >
      <Field
        label={c.source}
        hint={c.sourceHint}
        required
        maxLength={500}
        value={draft.source}
        error={errorOf('source')}
        onChange={({ target }) => setDraft({ ...draft, source: target.value })}
      />
      {linesOf(draft, c).map(({ path, name, until }) => (
        <Field
          key={path}
          label={name}
          type="date"
          required
          value={until}
          error={errorOf(path)}
          onChange={({ target }) => setDraft(withUntil(draft, path, target.value))}
        />
      ))}
      {proposing.error !== null && fields.length === 0 && (
        <Notice tone="danger" alert>
          {sentenceOf(w, proposing.error)}
        </Notice>
      )}
      <p>
        <Button type="submit" kind="primary" isDisabled={proposing.isPending}>
          {c.propose}
        </Button>
      </p>
    </form>
  )
}

function EndingSoon({ calendar, leadDays }: { calendar: Calendar; leadDays: number }): ReactElement | null {
  const now = useNow()
  const c = algorithmsPageWords[useWords().language]
  const ending = linesOf(calendar, c).filter((line) => {
    const left = daysLeft(line, now)
    return left > 0 && left <= leadDays
  })
  if (ending.length === 0) return null
  return <Notice tone="warning">{c.ending(ending.map(({ name }) => name).join(', '))}</Notice>
}

/** Until when algorithms are relied on: what holds, what ends soon, what is proposed, and where it is changed. */
export function AlgorithmsPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = algorithmsPageWords[w.language]
  const query = useQuery({
    queryKey: ['algorithm-calendar'],
    queryFn: ({ signal }) => ask('readAlgorithmCalendar', {}, signal),
    ...changesByDecision,
  })
  return (
    <SubPage words={c} query={query}>
      {(data) => (
        <>
          <EndingSoon calendar={data.current} leadDays={data.leadDays} />
          {data.decided === null ? (
            <Notice tone="info">{c.builtIn}</Notice>
          ) : (
            <p className={deskStyles.quiet}>
              {c.decided(
                data.decided.proposedBy ?? c.somebody,
                data.decided.approvedBy ?? c.somebody,
                shortMoment(w, Date.parse(data.decided.at)),
              )}
            </p>
          )}
          <Lines
            calendar={data.current}
            source={data.decided === null ? c.builtInSource : data.current.source}
          />
          <p>
            <Button
              icon="copy"
              onPress={() =>
                void navigator.clipboard
                  .writeText(JSON.stringify(data.current, null, 2))
                  .then(() => announce(c.copied))
              }
            >
              {c.copy}
            </Button>
          </p>
          <ProposedOrChange
            words={c}
            proposed={data.proposed && <Lines calendar={data.proposed} source={data.proposed.source} />}
            form={
              may(session.account.role, 'change-algorithm-calendar') ? (
                <CalendarForm key={data.current.asOf} current={data.current} />
              ) : null
            }
          />
        </>
      )}
    </SubPage>
  )
}
