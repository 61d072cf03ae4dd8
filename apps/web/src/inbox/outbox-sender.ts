import { type Attachment, ask, Failure, type Message } from '../api.ts'
import {
  afterFailure,
  nextDue,
  nextDueAt,
  type OutboxAction,
  outbox,
  type Pending,
  type Refused,
  type Seen,
} from './outbox.ts'

type Reply = {
  readonly conversationId: string
  readonly text?: string
  readonly replyTo?: Message['replyTo']
  readonly seenUpTo: string | null
  readonly seenAssignee: string | null
  readonly files?: readonly Attachment[]
  readonly template?: Pending['template']
}

export type OutboxSender = {
  readonly subscribe: (listener: () => void) => () => void
  readonly pending: () => readonly Pending[]
  send(reply: Reply): void
  /** @param seen what its author has seen since */
  tryAgain(clientId: string, seen?: Seen): void
  /** Hears what became of each. */
  listen(listener: (pending: Pending, became: 'stored' | Refused) => void): () => void
  discard(clientId: string): void
  /** The network or the session is back: what waits goes at once. */
  wake(): void
  empty(): void
}

function bodyOf(pending: Pending) {
  return {
    clientId: pending.clientId,
    ...(pending.text === '' ? {} : { text: pending.text }),
    ...(pending.replyTo?.id == null ? {} : { replyTo: pending.replyTo.id }),
    ...(pending.seenUpTo === null ? {} : { seenUpTo: pending.seenUpTo }),
    seenAssignee: pending.seenAssignee,
    ...(pending.files.length === 0 ? {} : { attachments: pending.files.map(({ id }) => id) }),
    ...(pending.template === null
      ? {}
      : { template: { ...pending.template, parameters: [...pending.template.parameters] } }),
  }
}

/**
 * Sends what is written, in order within a conversation, until the server has stored it. The same `clientId` goes with
 * every attempt, so that a lost answer cannot make two messages.
 */
export function createOutbox(onStored: (message: Message) => void): OutboxSender {
  let state: readonly Pending[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const hearers = new Set<(pending: Pending, became: 'stored' | Refused) => void>()
  function tell(pending: Pending, became: 'stored' | Refused): void {
    for (const hearer of hearers) hearer(pending, became)
  }

  function apply(action: OutboxAction): void {
    state = outbox(state, action)
    for (const listener of listeners) listener()
  }

  async function attempt(pending: Pending): Promise<void> {
    const { clientId } = pending
    apply({ type: 'attempted', clientId })
    try {
      const message = await ask('sendReply', {
        params: { id: pending.conversationId },
        body: bodyOf(pending),
      })
      onStored(message)
      apply({ type: 'gone', clientId })
      tell(pending, 'stored')
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('defect')
      const next = afterFailure(failure.code, pending.attempts + 1)
      if (next.what === 'refuse') {
        const refusal = { code: next.code, sentences: failure.fields.map(({ message }) => message) }
        apply({ type: 'refused', clientId, refusal })
        tell(pending, refusal)
      } else {
        const dueAt = next.what === 'hold' ? Number.POSITIVE_INFINITY : Date.now() + next.waitMs
        apply({ type: 'postponed', clientId, dueAt })
      }
    }
    work()
  }

  function work(): void {
    clearTimeout(timer)
    for (let due = nextDue(state, Date.now()); due !== null; due = nextDue(state, Date.now()))
      void attempt(due)
    const at = nextDueAt(state)
    if (at !== null && Number.isFinite(at)) timer = setTimeout(work, Math.max(50, at - Date.now()))
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pending: () => state,
    send: (reply) => {
      const now = Date.now()
      apply({
        type: 'written',
        pending: {
          clientId: crypto.randomUUID(),
          conversationId: reply.conversationId,
          createdAt: now,
          text: reply.text ?? '',
          replyTo: reply.replyTo ?? null,
          seenUpTo: reply.seenUpTo,
          seenAssignee: reply.seenAssignee,
          files: reply.files ?? [],
          template: reply.template ?? null,
          state: 'waiting',
          attempts: 0,
          dueAt: now,
          refusal: null,
        },
      })
      work()
    },
    listen: (hearer) => {
      hearers.add(hearer)
      return () => hearers.delete(hearer)
    },
    tryAgain: (clientId, seen = {}) => {
      apply({ type: 'tried-again', clientId, now: Date.now(), seen })
      work()
    },
    discard: (clientId) => apply({ type: 'gone', clientId }),
    wake: () => {
      for (const { clientId, state: at } of state)
        if (at === 'waiting') apply({ type: 'postponed', clientId, dueAt: Date.now() })
      work()
    },
    empty: () => {
      clearTimeout(timer)
      apply({ type: 'emptied' })
    },
  }
}
