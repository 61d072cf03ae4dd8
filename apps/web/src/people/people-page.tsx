import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactElement, useDeferredValue, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import layout from '../ui/list-detail.module.css'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { InviteForm } from './invite-form.tsx'
import styles from './people-page.module.css'
import { type Choice, everybody, type Person, peopleQuery } from './people-queries.ts'
import { type PeopleWords, peopleWords } from './people-words.ts'
import { PersonDetail } from './person-detail.tsx'
import { Teams } from './teams.tsx'

function Entry({
  person,
  open,
  words: c,
}: {
  person: Person
  open: boolean
  words: PeopleWords
}): ReactElement {
  const w = useWords()
  const teams = person.teams.map(({ name }) => name).join(', ')
  return (
    <Link className={layout.entry} href={`/personen/${person.id}`} aria-current={open || undefined}>
      <span className={layout.name}>{person.displayName}</span>
      <span className={deskStyles.quiet}>
        {w.roles[person.role]} · {teams || c.noTeam}
      </span>
      {person.state !== 'active' && (
        <span className={styles.state} data-state={person.state}>
          {c.states[person.state]}
        </span>
      )}
      {person.proposedRole !== null && (
        <span className={styles.state}>{c.waits(w.roles[person.proposedRole])}</span>
      )}
    </Link>
  )
}

function Chooser({
  choice,
  words: c,
  onChoose,
}: {
  choice: Choice
  words: PeopleWords
  onChoose: (choice: Choice) => void
}): ReactElement {
  const w = useWords()
  return (
    <form className={styles.filter} aria-label={c.title} onSubmit={(event) => event.preventDefault()}>
      <Field
        label={c.search}
        type="search"
        value={choice.q}
        maxLength={200}
        autoComplete="off"
        onChange={({ currentTarget }) => onChoose({ ...choice, q: currentTarget.value })}
      />
      <SelectField
        label={c.role}
        value={choice.role}
        onChange={({ currentTarget }) => onChoose({ ...choice, role: currentTarget.value as Choice['role'] })}
      >
        <option value="">{c.every}</option>
        {Object.entries(w.roles).map(([role, name]) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={c.state}
        value={choice.state}
        onChange={({ currentTarget }) =>
          onChoose({ ...choice, state: currentTarget.value as Choice['state'] })
        }
      >
        <option value="">{c.every}</option>
        {Object.entries(c.states).map(([state, name]) => (
          <option key={state} value={state}>
            {name}
          </option>
        ))}
      </SelectField>
    </form>
  )
}

function Opened({ id, words }: { id: string | null; words: PeopleWords }): ReactElement {
  if (id === null) return <Empty icon="user">{words.choose}</Empty>
  if (id === 'neu') return <InviteForm words={words} />
  if (id === 'teams') return <Teams words={words} />
  return <PersonDetail key={id} id={id} words={words} />
}

/** The administrator's desk of people: who works here, as what, in which teams. */
function PeoplePage({ openId: id }: { openId: string | null }): ReactElement {
  const w = useWords()
  const c = peopleWords[w.language]
  const [, navigate] = useLocation()
  const [choice, setChoice] = useState(everybody)
  const asked = useDeferredValue(choice)
  const people = useInfiniteQuery({ ...peopleQuery(asked), placeholderData: (before) => before })
  const items = people.data?.pages.flatMap((page) => page.items) ?? []
  const shown = people.data === undefined ? null : items.length
  useEffect(() => {
    if (shown !== null) announce(shown === 0 ? c.none : c.shown(shown))
  }, [c, shown])
  return (
    <>
      <PageTitle hidden>{c.title}</PageTitle>
      <div className={layout.page} data-open={id === null ? undefined : true}>
        <div className={layout.list}>
          <header className={layout.header}>
            {/* The page says so already, also where the list makes room for what is open. */}
            <p className={layout.title} aria-hidden="true">
              {c.title}
            </p>
            <Button kind="primary" icon="plus" onPress={() => navigate('/personen/neu')}>
              {c.invite}
            </Button>
            <p className={deskStyles.quiet}>{c.intro}</p>
          </header>
          <Chooser choice={choice} words={c} onChoose={setChoice} />
          {people.isPending && <Loading rows={6} />}
          {people.error !== null && people.data === undefined && (
            <Failed error={people.error} onRetry={() => void people.refetch()} />
          )}
          {shown === 0 && <p className={styles.none}>{c.none}</p>}
          {items.map((person) => (
            <Entry key={person.id} person={person} open={person.id === id} words={c} />
          ))}
          <p className={styles.none}>
            {people.hasNextPage && (
              <Button isDisabled={people.isFetchingNextPage} onPress={() => void people.fetchNextPage()}>
                {c.more}
              </Button>
            )}
            <Button kind="quiet" onPress={() => navigate('/personen/teams')}>
              {c.manageTeams}
            </Button>
          </p>
        </div>
        <ScrollArea label={c.one} className={layout.one}>
          <p className={layout.back}>
            <Button kind="quiet" icon="back" onPress={() => navigate('/personen')}>
              {c.back}
            </Button>
          </p>
          <Opened id={id} words={c} />
        </ScrollArea>
      </div>
    </>
  )
}

export default PeoplePage
