import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { ask, type Conversation, type Message } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Modal, useAfterClosing } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { countsQuery, keepConversation, messagesQuery } from './conversation-cache.ts'
import { drafts } from './drafts.ts'
import { decisionOf, type FilingEntry, FilingFields } from './filing-fields.tsx'
import { filingWords } from './filing-words.ts'
import { previewOf } from './preview.ts'
import { isStatement, lastSaid, useGlance } from './use-seen.ts'

/** What the citizen said that was not seen before the question was asked; newest first. */
function useUnseen(
  conversationId: string,
  seenUpTo: string | null,
): { loaded: boolean; unseen: readonly Message[]; seen: string | null } {
  const { data } = useInfiniteQuery(messagesQuery(conversationId))
  const [atOpening] = useState(seenUpTo)
  const messages = data?.pages.flatMap(({ items }) => items) ?? []
  const unseen = messages.filter(
    (message) => isStatement(message) && (atOpening === null || message.statementId > atOpening),
  )
  // The question shows it, so a moment later it has been seen.
  const glanced = useGlance(lastSaid(unseen), true)
  // Until then what comes while the question is open does not count, also where nothing had been in sight.
  const firstShown = useRef(atOpening)
  firstShown.current ??= lastSaid(messages)
  return { loaded: data !== undefined, unseen, seen: glanced ?? firstShown.current }
}

function CloseQuestion({
  conversation,
  me,
  seenUpTo,
  isUnsent,
  goesOn,
  onDone,
  onClosed,
}: {
  conversation: Conversation
  me: string
  /** Up to where what the citizen said had been seen when the question was asked. */
  seenUpTo: string | null
  /** An answer written here does not get through. */
  isUnsent: boolean
  /** The next one who waits is wanted after it. */
  goesOn: boolean
  onDone: () => void
  onClosed: (goesOn: boolean) => void
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const { loaded, unseen, seen } = useUnseen(conversation.id, seenUpTo)
  const { displayName } = conversation.contact
  const underway = ['queued', 'sending'].includes(conversation.lastMessage?.status ?? '')
  const afterwards = useAfterClosing()
  const [entry, setEntry] = useState<FilingEntry>({ relevance: null, fileReference: '' })
  const filing = decisionOf(entry)
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ decision }: { goesOn: boolean; decision: NonNullable<typeof filing> }) =>
      ask('closeConversation', {
        params: { id: conversation.id },
        body: { filing: decision, ...(seen === null ? {} : { seenUpTo: seen }) },
      }),
    onSuccess: (changed, { goesOn: wanted }) => {
      keepConversation(client, changed, me)
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      announce(w.case.closedDone(displayName))
      afterwards.current = () => onClosed(wanted)
      onDone()
    },
  })
  const mayClose = !isPending && loaded && !isUnsent && filing !== null
  function close(wanted: boolean): void {
    if (mayClose) mutate({ goesOn: wanted, decision: filing })
  }
  return (
    <Modal
      title={w.case.closeTitle(displayName)}
      unsaved={entry.fileReference === '' ? null : filingWords[w.language].reference}
      onClose={onDone}
    >
      <p>{w.case.closeText}</p>
      {unseen[0] !== undefined && (
        <Notice tone="warning">
          {w.case.closeUnseen(unseen.length)} „<bdi>{previewOf(w, unseen[0])}</bdi>“
        </Notice>
      )}
      {unseen.length === 0 && conversation.waitingSince !== null && !underway && !isUnsent && (
        <Notice tone="warning">{w.case.closeWaiting(displayName)}</Notice>
      )}
      {drafts.of(conversation.id).text !== '' && <Notice tone="info">{w.case.closeDraft}</Notice>}
      {isUnsent && <Notice tone="warning">{w.case.closeUnsent}</Notice>}
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      <form
        className={styles.form}
        noValidate
        // Enter in any field of it does what was asked for.
        onSubmit={(event) => {
          event.preventDefault()
          close(goesOn)
        }}
      >
        <FilingFields entry={entry} onEntry={setEntry} />
        <div className={styles.buttons}>
          <Button onPress={onDone}>{w.general.cancel}</Button>
          <Button
            {...(goesOn ? { onPress: () => close(false) } : { kind: 'primary', type: 'submit' })}
            isDisabled={!mayClose}
          >
            {unseen.length > 0 ? w.case.closeAnyway : w.case.close}
          </Button>
          <Button
            {...(goesOn ? { kind: 'primary', type: 'submit' } : { onPress: () => close(true) })}
            isDisabled={!mayClose}
          >
            {w.case.closeAndGoOn}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export default CloseQuestion
