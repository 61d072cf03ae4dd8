import { isGivenByTwo, type Role, roles } from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useLocation } from 'wouter'
import { ask, Failure } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { InvitationLink } from './invitation-link.tsx'
import styles from './people-page.module.css'
import type { PeopleWords } from './people-words.ts'
import { PersonField } from './person-field.tsx'
import { TeamChoice } from './team-choice.tsx'

/** What is wrong with a field, by its name. */
export function faultOf(error: unknown, path: string): string | undefined {
  if (!(error instanceof Failure)) return undefined
  return error.fields.find((field) => field.path === path)?.message
}

export function InviteForm({ words: c }: { words: PeopleWords }): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [email, setEmail] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [role, setRole] = useState<Role>('clerk')
  const [teamIds, setTeamIds] = useState<string[]>([])
  const [samePersonAs, setSamePersonAs] = useState<string | null>(null)
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      ask('invitePerson', {
        body: {
          email: email.trim(),
          displayName,
          role,
          teamIds: isGivenByTwo(role) ? [] : teamIds,
          ...(samePersonAs === null ? {} : { samePersonAs }),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }),
  })
  useUnsaved(data === undefined && (email !== '' || displayName !== '') ? c.unsaved : null)
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  if (data !== undefined) {
    const { invitation, person } = data
    return (
      <InvitationLink invitation={invitation} words={c} onDone={() => navigate(`/personen/${person.id}`)} />
    )
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <h2>{c.invite}</h2>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <Field
        label={c.name}
        value={displayName}
        maxLength={200}
        required
        autoComplete="off"
        error={faultOf(error, 'displayName')}
        onChange={({ currentTarget }) => setDisplayName(currentTarget.value)}
      />
      <Field
        label={c.email}
        type="email"
        value={email}
        maxLength={254}
        required
        autoComplete="off"
        error={faultOf(error, 'email')}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <SelectField
        label={c.role}
        hint={isGivenByTwo(role) ? c.byTwo : undefined}
        value={role}
        onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {w.roles[one]}
          </option>
        ))}
      </SelectField>
      {!isGivenByTwo(role) && <TeamChoice label={c.teams} value={teamIds} onChange={setTeamIds} />}
      <PersonField
        label={c.samePerson}
        hint={c.samePersonHint}
        none={c.nobody}
        chosen={null}
        value={samePersonAs}
        onChange={setSamePersonAs}
      />
      <p>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {c.doInvite}
        </Button>
      </p>
    </form>
  )
}
