import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { TextField } from '../ui/field.tsx'
import { idsIn } from '../ui/ids-in.ts'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './deletion-runs-page.module.css'
import { deletionRunsWords } from './deletion-runs-words.ts'
import { runsQuery } from './runs-query.ts'

/** A second person can look through no more. */
const maxMatters = 50

/** Plans the erasure of matters that should never have been processed: they are named, and a second person is asked. */
export function EmergencyForm(): ReactElement {
  const w = useWords()
  const c = deletionRunsWords[w.language]
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [named, setNamed] = useState('')
  const [fault, setFault] = useState<string>()
  useUnsaved(named === '' ? null : c.emergency)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (conversationIds: string[]) =>
      ask('planDeletionRun', { body: { kind: 'emergency', conversationIds } }),
    onSuccess: async ({ waiting }) => {
      announce(c.planned(waiting))
      setNamed('')
      setOpen(false)
      await client.invalidateQueries({ queryKey: runsQuery.queryKey })
    },
  })
  return (
    <section aria-labelledby="emergency-erasure" className={deskStyles.part}>
      <h2 id="emergency-erasure">{c.emergency}</h2>
      <p className={deskStyles.quiet}>{c.emergencyHint}</p>
      {!isOpen && (
        <p>
          <Button onPress={() => setOpen(true)}>{c.planEmergency}</Button>
        </p>
      )}
      {isOpen && (
        <form
          className={deskStyles.part}
          aria-label={c.emergency}
          onSubmit={(event) => {
            event.preventDefault()
            const found = idsIn(named)
            const wrong =
              found.length === 0
                ? c.emergencyFault
                : found.length > maxMatters
                  ? c.emergencyTooMany(found.length)
                  : undefined
            setFault(wrong)
            if (wrong === undefined && !isPending) mutate(found)
          }}
        >
          {error !== null && (
            <div role="alert">
              <Notice tone="danger">{sentenceOf(w, error)}</Notice>
            </div>
          )}
          <TextField
            label={c.emergencyIds}
            hint={c.emergencyIdsHint}
            required
            autoComplete="off"
            value={named}
            rows={4}
            error={fault}
            onChange={({ currentTarget: { value } }) => setNamed(value)}
          />
          <p className={styles.days}>
            <Button onPress={() => setOpen(false)}>{c.cancel}</Button>
            <Button type="submit" kind="primary" isDisabled={isPending}>
              {c.planEmergency}
            </Button>
          </p>
        </form>
      )}
    </section>
  )
}
