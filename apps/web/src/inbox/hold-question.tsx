import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type ConversationRead, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { emptyHold, HoldFields, protectionOf } from '../ui/hold-fields.tsx'
import { holdWords } from '../ui/hold-words.ts'
import { Modal, useAfterClosing } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { conversationQuery, countsQuery, forgetConversation } from './conversation-cache.ts'
import { protectionWords } from './protection-words.ts'

type Asked = Needs<'holdConversation'>['body']

/** Suspends the deletion of a matter, or of everything of its person, or restricts its processing. */
function HoldQuestion({
  conversation,
  knowsRestricted,
  onDone,
  onHidden,
}: {
  conversation: ConversationRead
  /** Whoever sets it is one of those who go on seeing what is restricted. */
  knowsRestricted: boolean
  onDone: () => void
  /** The matter is not shown to them any more. */
  onHidden: () => void
}): ReactElement {
  const w = useWords()
  const [c, words] = [protectionWords[w.language], holdWords[w.language]]
  const client = useQueryClient()
  const [entry, setEntry] = useState(emptyHold)
  const [of, setOf] = useState<Asked['of']>('conversation')
  const protection = protectionOf(entry)
  const afterwards = useAfterClosing()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Asked) => ask('holdConversation', { params: { id: conversation.id }, body }),
    onSuccess: (_, { protection: { kind } }) => {
      announce(words.done)
      onDone()
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      if (kind === 'hold' || knowsRestricted)
        void client.invalidateQueries({ queryKey: conversationQuery(conversation.id).queryKey })
      else
        afterwards.current = () => {
          onHidden()
          forgetConversation(client, conversation.id)
        }
    },
  })
  return (
    <Modal title={c.hold} unsaved={entry.kind === null ? null : c.hold} onClose={onDone}>
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (protection !== null && !isPending) mutate({ of, protection })
        }}
      >
        <HoldFields entry={entry} error={error} autoFocus onEntry={setEntry} />
        {entry.kind !== null && (
          <SelectField
            label={c.about}
            value={of}
            onChange={({ currentTarget: { value } }) => setOf(value as Asked['of'])}
          >
            <option value="conversation">{c.matter}</option>
            <option value="contact">{c.person}</option>
          </SelectField>
        )}
        <div className={styles.buttons}>
          <Button onPress={onDone}>{w.general.cancel}</Button>
          <Button kind="primary" type="submit" isDisabled={protection === null || isPending}>
            {words.set}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export default HoldQuestion
