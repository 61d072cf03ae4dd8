import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask, type Conversation, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { countsQuery, keepConversation } from './conversation-cache.ts'

/** Who works on a conversation, and what one may do about it. */
export type Assignment = {
  readonly mine: boolean
  /** Why the last attempt did not succeed; a sentence. */
  readonly refusal: string | null
  /** Somebody else holds it and was asked for: taking it over is a second, deliberate step. */
  readonly conflict: boolean
  claim(): void
  takeOver(): void
  release(): void
  toggle(): void
  /** Somebody is to look at it again. */
  markUnread(): void
}

export function useAssignment(conversation: Conversation | undefined, me: string): Assignment {
  const w = useWords()
  const client = useQueryClient()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({
      id,
      assignee,
      expected,
    }: {
      id: string
      assignee: 'me' | null
      expected: string | null
    }) => ask('assignConversation', { params: { id }, body: { assignee, expected } }),
    onSuccess: (changed, { assignee }) => {
      keepConversation(client, changed, me)
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      const { displayName } = changed.contact
      announce(assignee === 'me' ? w.case.claimed(displayName) : w.case.released(displayName))
    },
    onError: async (_, { id }) => {
      const now = await ask('readConversation', { params: { id } }).catch(() => null)
      if (now !== null) keepConversation(client, now, me)
    },
  })
  const holder = conversation?.assignee ?? null
  const mine = holder?.id === me
  const open = conversation?.status === 'open'
  function set(assignee: 'me' | null, expected: string | null): void {
    if (conversation !== undefined && open && !isPending) mutate({ id: conversation.id, assignee, expected })
  }
  const conflict = error instanceof Failure && error.code === 'already-claimed'
  const assignment = {
    mine,
    conflict: conflict && holder !== null && !mine,
    refusal:
      error === null
        ? null
        : conflict
          ? w.case.conflict(mine ? null : (holder?.displayName ?? null))
          : sentenceOf(w, error),
    claim: () => set('me', null),
    takeOver: () => set('me', holder?.id ?? null),
    release: () => set(null, me),
  }
  return {
    ...assignment,
    markUnread: () => {
      if (conversation === undefined) return
      const { id, contact } = conversation
      ask('markUnread', { params: { id } }).then(
        () => announce(w.case.markedUnread(contact.displayName)),
        (failure: unknown) => announce(sentenceOf(w, failure)),
      )
    },
    toggle: () => {
      reset()
      if (mine) assignment.release()
      else if (holder === null) assignment.claim()
    },
  }
}
