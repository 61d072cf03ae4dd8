import type { Attachment, ErrorCode, Message } from '../api.ts'

/** A reply on its way. It lives in memory only and keeps its `clientId` through every attempt. */
export type Pending = {
  readonly clientId: string
  readonly conversationId: string
  readonly createdAt: number
  readonly text: string
  readonly replyTo: Message['replyTo']
  /** Up to where its author had seen what the citizen said. */
  readonly seenUpTo: string | null
  /** The colleague in whose hands its author saw the conversation; null: nobody's, or their own. */
  readonly seenAssignee: string | null
  readonly files: readonly Attachment[]
  readonly template: {
    readonly name: string
    readonly language: string
    readonly parameters: readonly string[]
  } | null
  readonly state: 'waiting' | 'sending' | 'refused'
  readonly attempts: number
  /** Not before; milliseconds since 1970. */
  readonly dueAt: number
  readonly refusal: Refused | null
}

/** Why the server said no; the sentences are about single fields, in the reader's language. */
export type Refused = { readonly code: ErrorCode; readonly sentences: readonly string[] }

/** What the author of an answer has seen of its conversation. */
export type Seen = { readonly seenUpTo?: string | null; readonly seenAssignee?: string | null }

export type OutboxAction =
  | { readonly type: 'written'; readonly pending: Pending }
  | { readonly type: 'attempted'; readonly clientId: string }
  | { readonly type: 'postponed'; readonly clientId: string; readonly dueAt: number }
  | { readonly type: 'refused'; readonly clientId: string; readonly refusal: Refused }
  | {
      readonly type: 'tried-again'
      readonly clientId: string
      readonly now: number
      /** What its author has seen by now; left out: as before. */
      readonly seen?: Seen
    }
  | { readonly type: 'gone'; readonly clientId: string }
  | { readonly type: 'emptied' }

export function outbox(state: readonly Pending[], action: OutboxAction): readonly Pending[] {
  function change(clientId: string, to: (pending: Pending) => Partial<Pending>): readonly Pending[] {
    return state.map((pending) => (pending.clientId === clientId ? { ...pending, ...to(pending) } : pending))
  }
  switch (action.type) {
    case 'written':
      return state.some(({ clientId }) => clientId === action.pending.clientId)
        ? state
        : [...state, action.pending]
    case 'attempted':
      return change(action.clientId, ({ attempts }) => ({ state: 'sending', attempts: attempts + 1 }))
    case 'postponed':
      return change(action.clientId, () => ({ state: 'waiting', dueAt: action.dueAt }))
    case 'refused':
      return change(action.clientId, () => ({ state: 'refused', refusal: action.refusal }))
    case 'tried-again':
      return change(action.clientId, ({ seenUpTo, seenAssignee }) => ({
        state: 'waiting',
        attempts: 0,
        dueAt: action.now,
        refusal: null,
        seenUpTo: action.seen?.seenUpTo ?? seenUpTo,
        seenAssignee: action.seen?.seenAssignee ?? seenAssignee,
      }))
    case 'gone':
      return state.filter(({ clientId }) => clientId !== action.clientId)
    case 'emptied':
      return []
  }
}

/** The next one that may go: in each conversation one after the other, a refused one lets the next pass. */
export function nextDue(state: readonly Pending[], now: number): Pending | null {
  const blocked = new Set<string>()
  for (const pending of state) {
    if (pending.state === 'refused' || blocked.has(pending.conversationId)) continue
    if (pending.state === 'waiting' && pending.dueAt <= now) return pending
    blocked.add(pending.conversationId)
  }
  return null
}

/** When to look again; null: nothing waits. */
export function nextDueAt(state: readonly Pending[]): number | null {
  const due = state.filter((pending) => pending.state === 'waiting').map((pending) => pending.dueAt)
  return due.length === 0 ? null : Math.min(...due)
}

const maxWaitMs = 20_000
const defectAttempts = 5
/** Together three quarters of a minute. */
const uploadAttempts = 9

/** What to do after an attempt failed: the same again later, keep it until somebody signs in, or ask the clerk. */
export function afterFailure(
  code: ErrorCode | 'offline',
  attempts: number,
):
  | { readonly what: 'postpone'; readonly waitMs: number }
  | { readonly what: 'hold' }
  | { readonly what: 'refuse'; readonly code: ErrorCode } {
  const waitMs = Math.min(maxWaitMs, 500 * 2 ** Math.min(attempts, 10))
  switch (code) {
    case 'offline':
    case 'not-ready':
    case 'too-many-requests':
      return { what: 'postpone', waitMs }
    case 'not-signed-in':
      return { what: 'hold' }
    // An upload is checked before it may go: that takes a moment, mostly a short one.
    case 'attachment-not-ready':
      return attempts < uploadAttempts
        ? { what: 'postpone', waitMs: Math.min(maxWaitMs, 100 * 2 ** Math.min(attempts, 10)) }
        : { what: 'refuse', code }
    case 'defect':
      return attempts < defectAttempts ? { what: 'postpone', waitMs } : { what: 'refuse', code }
    default:
      return { what: 'refuse', code }
  }
}
