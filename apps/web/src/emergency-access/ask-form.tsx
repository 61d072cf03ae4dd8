import {
  type EmergencyReason,
  emergencyReasons,
  maxEmergencyMinutes,
  minEmergencyMinutes,
  usualEmergencyMinutes,
} from '@buergerdraht/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import type { EmergencyAccessWords } from '../ui/emergency-access-words.ts'
import { Field, SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import { emergencyAccessQuery } from './emergency-access-queries.ts'

function faultOf(error: unknown, path: string): string | undefined {
  return error instanceof Failure ? error.fields.find((field) => field.path === path)?.message : undefined
}

/** Asks for access to one team, for one reason, for so long. */
export function AskForm({
  teams,
  words: c,
}: {
  teams: readonly { readonly id: string; readonly name: string }[]
  words: EmergencyAccessWords
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const [teamId, setTeamId] = useState('')
  const [reason, setReason] = useState<EmergencyReason | ''>('')
  const [minutes, setMinutes] = useState(String(usualEmergencyMinutes))
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      ask('askForEmergencyAccess', {
        body: { teamId, reason: reason as EmergencyReason, minutes: Number(minutes) },
      }),
    onSuccess: () => {
      announce(c.asked)
      setTeamId('')
      setReason('')
      return client.invalidateQueries({ queryKey: emergencyAccessQuery.queryKey })
    },
  })
  useUnsaved(teamId !== '' || reason !== '' ? c.unsaved : null)
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  return (
    <form className={deskStyles.form} aria-label={c.ask} onSubmit={submit}>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <SelectField
        label={c.team}
        value={teamId}
        required
        error={faultOf(error, 'teamId')}
        onChange={({ currentTarget }) => setTeamId(currentTarget.value)}
      >
        <option value="" />
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={c.reason}
        value={reason}
        required
        onChange={({ currentTarget }) => setReason(currentTarget.value as EmergencyReason | '')}
      >
        <option value="" />
        {emergencyReasons.map((one) => (
          <option key={one} value={one}>
            {c.reasons[one]}
          </option>
        ))}
      </SelectField>
      <Field
        label={c.minutes}
        hint={c.minutesHint}
        type="number"
        min={minEmergencyMinutes}
        max={maxEmergencyMinutes}
        required
        value={minutes}
        error={faultOf(error, 'minutes')}
        onChange={({ currentTarget }) => setMinutes(currentTarget.value)}
      />
      <p className={deskStyles.buttons}>
        <Button type="submit" kind="primary" isDisabled={isPending}>
          {c.send}
        </Button>
      </p>
    </form>
  )
}
