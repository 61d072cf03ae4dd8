import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { ask, type ConversationRead, Failure, maxTextLength, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field, SelectField, TextField } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useEntered } from '../ui/unsaved.ts'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { keepMessage } from './conversation-cache.ts'
import { elsewhereWords } from './elsewhere-words.ts'

type Answer = Omit<Needs<'answerElsewhere'>['body'], 'clientId'>
type Way = Answer['way']

/** Notes that the person of a matter was answered in another way than through WhatsApp. */
function ElsewhereQuestion({
  conversation: { id, noticeToGive },
  seenUpTo,
  onDone,
}: {
  conversation: ConversationRead
  seenUpTo: string | null
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const c = elsewhereWords[w.language]
  const client = useQueryClient()
  const [way, setWay] = useState<Way>('phone')
  const [at, setAt] = useState('')
  const [text, setText] = useEntered(`answered elsewhere in ${id}`, '')
  /** What was tried last: the same answer is noted once, however often its button is pressed. */
  const tried = useRef({ answer: '', clientId: '' })
  const { mutate, isPending, error } = useMutation({
    mutationFn: (answer: Answer) => {
      const same = JSON.stringify(answer)
      if (tried.current.answer !== same) tried.current = { answer: same, clientId: crypto.randomUUID() }
      return ask('answerElsewhere', {
        params: { id },
        body: { ...answer, clientId: tried.current.clientId },
      })
    },
    onSuccess: (message) => {
      keepMessage(client, message)
      setText('')
      announce(c.noted)
      onDone()
    },
  })
  function faultOf(field: string): string | undefined {
    return error instanceof Failure ? error.fields.find(({ path }) => path === field)?.message : undefined
  }
  return (
    <Modal title={w.elsewhere.act} unsaved={text.trim() === '' ? null : c.text} onClose={onDone}>
      {error !== null && <Notice tone="danger">{sentenceOf(w, error)}</Notice>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isPending) return
          mutate({
            way,
            ...(at === '' ? {} : { at: new Date(at).toISOString() }),
            ...(text.trim() === '' ? {} : { text: text.trim() }),
            ...(seenUpTo === null ? {} : { seenUpTo }),
          })
        }}
      >
        <p>{c.intro}</p>
        <SelectField
          label={c.way}
          value={way}
          onChange={({ currentTarget: { value } }) => setWay(value as Way)}
        >
          {(Object.keys(w.elsewhere.ways) as Way[]).map((one) => (
            <option key={one} value={one}>
              {w.elsewhere.ways[one]}
            </option>
          ))}
        </SelectField>
        <Field
          label={c.at}
          hint={c.atHint}
          optional={c.optional}
          type="datetime-local"
          value={at}
          error={faultOf('at')}
          onChange={({ currentTarget: { value } }) => setAt(value)}
        />
        <TextField
          label={c.text}
          hint={c.textHint}
          optional={c.optional}
          rows={4}
          maxLength={maxTextLength}
          value={text}
          error={faultOf('text')}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        {noticeToGive !== null && (
          <details className={styles.told}>
            <summary>{c.notice(noticeToGive.version)}</summary>
            <p>{c.noticeHint}</p>
            <CopyButton inWords text={noticeToGive.text} name={c.copyNotice} />
            <p className={styles.words} lang="de">
              {noticeToGive.text}
            </p>
          </details>
        )}
        <div className={styles.buttons}>
          <Button onPress={onDone}>{w.general.cancel}</Button>
          <Button type="submit" kind="primary" isDisabled={isPending}>
            {c.note}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export default ElsewhereQuestion
