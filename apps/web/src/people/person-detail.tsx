import { isGivenByTwo, type Role, roles } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ask, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { Access } from './access.tsx'
import { faultOf } from './invite-form.tsx'
import styles from './people-page.module.css'
import { type Person, personQuery } from './people-queries.ts'
import type { PeopleWords } from './people-words.ts'
import { PersonField } from './person-field.tsx'
import { TeamChoice } from './team-choice.tsx'

type Change = Omit<Needs<'changePerson'>['body'], 'revision'>

function PersonForm({ person, words: c }: { person: Person; words: PeopleWords }): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const [entered, setEntered] = useState<Change>({})
  const { mutate, error, isPending } = useMutation({
    mutationFn: (change: Change) =>
      ask('changePerson', { params: { id: person.id }, body: { revision: person.revision, ...change } }),
    onSuccess: async (saved, change) => {
      setEntered({})
      announce(change.role !== undefined && saved.role !== change.role ? c.proposed : c.saved)
      client.setQueryData(personQuery(person.id).queryKey, saved)
      await client.invalidateQueries({ queryKey: ['people'] })
    },
    // Somebody else was faster: what is there now is shown, and what was entered stays.
    onError: () => client.invalidateQueries({ queryKey: personQuery(person.id).queryKey }),
  })
  const isChanged = Object.keys(entered).length > 0
  useUnsaved(isChanged ? c.unsaved : null)
  const role = entered.role ?? person.role
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate(entered)
  }
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <h2>{person.displayName}</h2>
        <p className={deskStyles.quiet}>{person.email}</p>
        {person.proposedRole !== null && <Notice tone="info">{c.waits(w.roles[person.proposedRole])}</Notice>}
        {error !== null && (
          <div role="alert">
            <Notice tone="danger">{sentenceOf(w, error)}</Notice>
          </div>
        )}
        <Field
          label={c.name}
          value={entered.displayName ?? person.displayName}
          maxLength={200}
          required
          autoComplete="off"
          error={faultOf(error, 'displayName')}
          onChange={({ currentTarget }) => setEntered({ ...entered, displayName: currentTarget.value })}
        />
        <SelectField
          label={c.role}
          hint={isGivenByTwo(role) && role !== person.role ? c.byTwo : undefined}
          value={role}
          onChange={({ currentTarget }) => setEntered({ ...entered, role: currentTarget.value as Role })}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {w.roles[one]}
            </option>
          ))}
        </SelectField>
        <TeamChoice
          label={c.teams}
          value={entered.teamIds ?? person.teams.map(({ id }) => id)}
          onChange={(teamIds) => setEntered({ ...entered, teamIds })}
        />
        <PersonField
          label={c.deputy}
          hint={c.deputyHint}
          none={c.noDeputy}
          but={person.id}
          chosen={person.deputy}
          value={entered.deputyId === undefined ? (person.deputy?.id ?? null) : entered.deputyId}
          onChange={(deputyId) => setEntered({ ...entered, deputyId })}
        />
        <p>
          <Button kind="primary" type="submit" isDisabled={isPending || !isChanged}>
            {c.save}
          </Button>
        </p>
      </form>
      <Access person={person} words={c} isBusy={isPending} onDisable={(disabled) => mutate({ disabled })} />
    </>
  )
}

export function PersonDetail({ id, words }: { id: string; words: PeopleWords }): ReactElement | null {
  const { data, error, refetch } = useQuery(personQuery(id))
  if (data !== undefined) return <PersonForm person={data} words={words} />
  return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />
}
