import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type ConversationRead, Failure, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { requestWords } from '../ui/request-words.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { openRequestsQuery } from './open-requests.tsx'

type Asked = Needs<'openRequest'>['body']

/** Takes up what the person of a matter asks for as a data subject. */
function RequestQuestion({
  conversation,
  onDone,
}: {
  conversation: ConversationRead
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const c = requestWords[w.language]
  const client = useQueryClient()
  const [kind, setKind] = useState<Asked['kind']>('access')
  const [receivedOn, setReceivedOn] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: (asked: Omit<Asked, 'conversationId'>) =>
      ask('openRequest', { body: { conversationId: conversation.id, ...asked } }),
    onSuccess: () => {
      announce(c.taken)
      void client.invalidateQueries({ queryKey: openRequestsQuery(conversation.id).queryKey })
      onDone()
    },
  })
  const fault =
    error instanceof Failure ? error.fields.find(({ path }) => path === 'receivedOn')?.message : undefined
  return (
    <Modal title={c.take} unsaved={receivedOn === '' ? null : c.take} onClose={onDone}>
      {error !== null && <Notice tone="danger">{sentenceOf(w, error)}</Notice>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) mutate({ kind, ...(receivedOn === '' ? {} : { receivedOn }) })
        }}
      >
        <SelectField
          label={c.what}
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(value as Asked['kind'])}
        >
          {(Object.keys(c.kinds) as Asked['kind'][]).map((one) => (
            <option key={one} value={one}>
              {c.kinds[one]}
            </option>
          ))}
        </SelectField>
        <Field
          label={c.receivedOn}
          hint={c.receivedHint}
          optional={c.optional}
          type="date"
          value={receivedOn}
          error={fault}
          onChange={({ currentTarget: { value } }) => setReceivedOn(value)}
        />
        <p>{c.follows}</p>
        <div className={styles.buttons}>
          <Button onPress={onDone}>{w.general.cancel}</Button>
          <Button type="submit" kind="primary" isDisabled={isPending}>
            {c.take}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export default RequestQuestion
