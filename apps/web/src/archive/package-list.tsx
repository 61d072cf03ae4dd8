import { may } from '@buergerdraht/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Role } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { NextPage } from '../ui/growing-list.tsx'
import { shortDay, shortMoment } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { pseudonym } from '../ui/pseudonym.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import { archiveStateQuery, type Choice, everything, type Listed, packagesQuery } from './archive-query.ts'
import { deskWords } from './desk-words.ts'

type Shown = {
  /** The desk that it is looked at from. */
  readonly place: string
  /** File references are shown and searched for. */
  readonly byReference: boolean
}

const states = ['waiting', 'failed', 'sealed', 'erased'] as const

function Chooser({
  choice,
  byReference,
  onChoose,
}: {
  choice: Choice
  byReference: boolean
  onChoose: (choice: Choice) => void
}): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  // Nobody but the administrators is shown all teams: those that something in the list is of are what can be chosen.
  const { data: state } = useQuery(archiveStateQuery)
  const [reference, setReference] = useState('')
  const form = useRef<HTMLFormElement>(null)
  function choose(change: Partial<Choice>): void {
    onChoose({ ...choice, ...change })
  }
  return (
    <form
      ref={form}
      className={styles.chooser}
      aria-label={c.filter}
      onSubmit={(event) => {
        event.preventDefault()
        choose({ q: reference.trim() })
      }}
    >
      <Field
        label={byReference ? c.reference : c.id}
        hint={byReference ? c.referenceHint : c.idHint}
        value={reference}
        maxLength={100}
        onChange={({ target }) => setReference(target.value)}
        end={<Button type="submit">{c.search}</Button>}
      />
      <SelectField
        label={c.state}
        value={choice.state}
        onChange={({ target }) => choose({ state: target.value as Choice['state'] })}
      >
        <option value="">{c.every}</option>
        {states.map((one) => (
          <option key={one} value={one}>
            {c.states[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={c.team}
        value={choice.team}
        onChange={({ target }) => choose({ team: target.value })}
      >
        <option value="">{c.every}</option>
        {state?.teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name ?? c.gone}
          </option>
        ))}
      </SelectField>
      <Field
        label={c.from}
        type="date"
        value={choice.from}
        max={choice.to || undefined}
        onChange={({ target }) => choose({ from: target.value })}
      />
      <Field
        label={c.to}
        type="date"
        value={choice.to}
        min={choice.from || undefined}
        onChange={({ target }) => choose({ to: target.value })}
      />
      {choice !== everything && (
        <p>
          <Button
            compact
            icon="close"
            onPress={() => {
              setReference('')
              onChoose(everything)
              // The button is gone with what it took away.
              form.current?.querySelector('input')?.focus()
            }}
          >
            {c.all}
          </Button>
        </p>
      )}
    </form>
  )
}

function StateOf({ one }: { one: Listed }): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  const next = one.nextTryAt === null ? null : shortMoment(w, Date.parse(one.nextTryAt))
  if (one.failure === null)
    return <>{one.gathering && next !== null ? c.gathering(next) : c.states[one.state]}</>
  return (
    <>
      <strong className={styles.wrong}>{c.states[one.state]}</strong>
      <br />
      {c.failures[one.failure]} {c.tried(one.attempts, next)}
    </>
  )
}

function Row({ one, place, byReference }: { one: Listed } & Shown): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  const now = useNow()
  return (
    <tr>
      <th scope="row" className={styles.id}>
        <Link href={`${place}/${one.id}`}>{pseudonym(one.id)}</Link>
      </th>
      <td>
        <StateOf one={one} />
      </td>
      {byReference && <td>{one.fileReference ?? c.none}</td>}
      <td>{one.team.name ?? c.gone}</td>
      <td>{one.closedAt === null ? c.none : shortDay(w, Date.parse(one.closedAt), now)}</td>
      <td>{one.messages === null ? c.none : c.volume(one.messages, one.files ?? 0, one.systemLines ?? 0)}</td>
    </tr>
  )
}

function PackagesTable({ items, ...shown }: { items: readonly Listed[] } & Shown): ReactElement {
  const c = deskWords[useWords().language]
  return (
    <ScrollArea className={tableStyles.scroll} label={c.list}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            {(Object.keys(c.columns) as (keyof typeof c.columns)[]).map(
              (column) =>
                (column !== 'reference' || shown.byReference) && (
                  <th key={column} scope="col">
                    {c.columns[column]}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Row key={one.id} one={one} {...shown} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** What waits to be sealed and what is sealed, to be searched by file reference, day and team. */
export function PackageList({ place, role }: { place: string; role: Role }): ReactElement {
  const w = useWords()
  const c = deskWords[w.language]
  const byReference = may(role, 'open-packages')
  const [choice, setChoice] = useState(everything)
  const query = useInfiniteQuery(packagesQuery(choice))
  const { data, error, refetch } = query
  const items = data?.pages.flatMap((page) => page.items)
  const shown = items?.length ?? null
  const searched = choice.q !== ''
  useEffect(() => {
    if (shown !== null) announce(searched ? c.found(shown) : c.shown(shown))
  }, [c, searched, shown])
  return (
    <>
      <Chooser choice={choice} byReference={byReference} onChoose={setChoice} />
      {items === undefined && error === null && <Loading rows={6} />}
      {items === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {items !== undefined &&
        (items.length === 0 ? (
          <Empty icon="archive">{choice === everything ? c.nothing : c.empty}</Empty>
        ) : (
          <PackagesTable items={items} place={place} byReference={byReference} />
        ))}
      <NextPage query={query} name={c.more} />
    </>
  )
}
