import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
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

/** Matters and messages together: a second person can look through no more. */
const maxNamed = 50

/** The message that somebody has come from, to have it erased: it stands in no address. */
function chosenMessage(): string {
  const { state } = window.history
  return typeof state?.messageId === 'string' ? state.messageId : ''
}

/** Plans the erasure of matters and single messages that should never have been processed: they are named, and a second person is asked. */
export function EmergencyForm(): ReactElement {
  const w = useWords()
  const c = deletionRunsWords[w.language]
  const client = useQueryClient()
  const [chosen] = useState(chosenMessage)
  const [isOpen, setOpen] = useState(chosen !== '')
  const [named, setNamed] = useState('')
  const [messages, setMessages] = useState(chosen)
  const [fault, setFault] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  // Whoever has come with a message goes on here, not at the top of the page.
  useEffect(() => {
    if (chosen !== '') form.current?.focus()
  }, [chosen])
  useUnsaved(named === '' && ['', chosen].includes(messages) ? null : c.emergency)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (body: { conversationIds: string[]; messageIds: string[] }) =>
      ask('planDeletionRun', { body: { kind: 'emergency', ...body } }),
    onSuccess: async ({ waiting }) => {
      announce(c.planned(waiting))
      setNamed('')
      setMessages('')
      setOpen(false)
      // Loaded anew, the page does not offer it a second time.
      window.history.replaceState({ ...window.history.state, messageId: undefined }, '')
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
          ref={form}
          tabIndex={-1}
          className={deskStyles.part}
          aria-label={c.emergency}
          onSubmit={(event) => {
            event.preventDefault()
            const found = { conversationIds: idsIn(named), messageIds: idsIn(messages) }
            const count = found.conversationIds.length + found.messageIds.length
            const wrong =
              count === 0 ? c.emergencyFault : count > maxNamed ? c.emergencyTooMany(count) : undefined
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
            autoComplete="off"
            value={named}
            rows={4}
            error={fault}
            onChange={({ currentTarget: { value } }) => setNamed(value)}
          />
          <TextField
            label={c.emergencyMessages}
            hint={c.emergencyMessagesHint}
            autoComplete="off"
            value={messages}
            rows={2}
            onChange={({ currentTarget: { value } }) => setMessages(value)}
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
