import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField, Switch } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { faultOf } from './invite-form.tsx'
import styles from './people-page.module.css'
import { teamQuery, teamsQuery } from './people-queries.ts'
import type { PeopleWords } from './people-words.ts'

type Team = { readonly id: string; readonly name: string }

/** What will happen, to how many, and to whom everything goes. */
function CloseTeam({
  team,
  others,
  words: c,
  onDone,
}: {
  team: Team
  others: readonly Team[]
  words: PeopleWords
  onDone: (closed: boolean) => void
}): ReactElement {
  const w = useWords()
  const { data } = useQuery(teamQuery(team.id))
  const [handOverTo, setHandOverTo] = useState(others[0]?.id ?? '')
  const [withPeople, setWithPeople] = useState(true)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask('closeTeam', { params: { id: team.id }, body: { handOverTo, withPeople } }),
    onSuccess: () => onDone(true),
  })
  return (
    <Modal title={c.closeTitle(team.name)} onClose={() => onDone(false)}>
      {data !== undefined && <p>{c.closeText(data.people, data.channels, data.conversations)}</p>}
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <SelectField
        label={c.handOver}
        value={handOverTo}
        onChange={({ currentTarget }) => setHandOverTo(currentTarget.value)}
      >
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <Switch
        label={c.withPeople}
        {...(withPeople || data === undefined ? {} : { hint: c.withoutPeople(data.peopleOfThisAlone) })}
        checked={withPeople}
        onChange={setWithPeople}
      />
      <div className={deskStyles.buttons}>
        <Button onPress={() => onDone(false)}>{w.general.cancel}</Button>
        <Button kind="danger" isDisabled={isPending || data === undefined} onPress={() => mutate()}>
          {c.close}
        </Button>
      </div>
    </Modal>
  )
}

/** The teams of the office: made, renamed, closed. */
export function Teams({ words: c }: { words: PeopleWords }): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const { data } = useQuery(teamsQuery)
  const teams = data?.items ?? []
  const [name, setName] = useState('')
  const [renaming, setRenaming] = useState<Team | null>(null)
  const [closing, setClosing] = useState<Team | null>(null)
  async function settled(): Promise<void> {
    announce(c.teamSaved)
    setName('')
    setRenaming(null)
    await Promise.all([
      client.invalidateQueries({ queryKey: teamsQuery.queryKey }),
      client.invalidateQueries({ queryKey: ['people'] }),
    ])
  }
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      renaming === null
        ? ask('createTeam', { body: { name } })
        : ask('renameTeam', { params: { id: renaming.id }, body: { name } }),
    onSuccess: settled,
  })
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  return (
    <section className={styles.form}>
      <h2>{c.teams}</h2>
      <ul className={styles.teamList}>
        {teams.map((team) => (
          <li key={team.id}>
            <span>{team.name}</span>
            <Button
              compact
              aria-label={c.renameTeam(team.name)}
              onPress={() => {
                setRenaming(team)
                setName(team.name)
              }}
            >
              {c.rename}
            </Button>
            {teams.length > 1 && (
              <Button compact aria-label={c.closeTeam(team.name)} onPress={() => setClosing(team)}>
                {c.close}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form className={styles.teamForm} onSubmit={submit}>
        {error !== null && (
          <div role="alert">
            <Notice tone="danger">{sentenceOf(w, error)}</Notice>
          </div>
        )}
        <Field
          label={renaming === null ? c.teamName : c.renameTeam(renaming.name)}
          value={name}
          maxLength={100}
          required
          autoComplete="off"
          error={faultOf(error, 'name')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <p className={deskStyles.buttons}>
          {renaming !== null && (
            <Button
              onPress={() => {
                setRenaming(null)
                setName('')
              }}
            >
              {w.general.cancel}
            </Button>
          )}
          <Button kind="primary" type="submit" isDisabled={isPending}>
            {renaming === null ? c.addTeam : c.rename}
          </Button>
        </p>
      </form>
      {closing !== null && (
        <CloseTeam
          key={closing.id}
          team={closing}
          others={teams.filter(({ id }) => id !== closing.id)}
          words={c}
          onDone={(closed) => {
            setClosing(null)
            if (closed) void settled()
          }}
        />
      )}
    </section>
  )
}
