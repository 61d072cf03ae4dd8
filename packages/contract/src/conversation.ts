import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { messageKinds, messageStatuses, systemEvents } from './message.ts'
import { Team } from './team.ts'

export const Contact = z.object({
  id: z.uuid(),
  /** The citizen's own profile name, "@username", masked number or "Unbekannt"; never an identity. */
  displayName: z.string(),
  /** All but the last digits hidden; null: the number is not known. */
  maskedPhone: z.string().nullable(),
  username: z.string().nullable(),
  /** One of eight quiet shapes, 0 to 7; stable for the contact. */
  shape: z.int().min(0).max(7),
})

/** What a search has found: part of a text with the matches' [start, end) in UTF-16 units. */
export const SearchHit = z.object({
  /** The message to open at; null: the contact's name matches. */
  messageId: z.uuid().nullable(),
  sentAt: z.iso.datetime(),
  text: z.string(),
  matches: z.array(z.tuple([z.int(), z.int()])),
})

export const Conversation = z.object({
  id: z.uuid(),
  status: z.enum(['open', 'closed']),
  contact: Contact,
  channel: z.object({
    id: z.uuid(),
    name: z.string(),
    canSend: z.boolean(),
    /** The office only receives through WhatsApp: nothing can be sent through any number. */
    receivesOnly: z.boolean(),
  }),
  team: Team,
  assignee: z
    .object({
      id: z.uuid(),
      displayName: z.string(),
      /** The name of whoever is asked while the assignee is away. */
      deputy: z.string().nullable(),
    })
    .nullable(),
  unreadCount: z.int(),
  /** How many of our answers did not arrive, and nobody has looked after it yet. */
  lostAnswers: z.int(),
  /**
   * The time of the citizen's earliest message or edit that has no answer which was accepted and has not failed since; null: all have
   * one, or the conversation is closed.
   */
  waitingSince: z.iso.datetime().nullable(),
  /** The service window; null: never opened. Computed from WhatsApp's time. */
  windowClosesAt: z.iso.datetime().nullable(),
  lastMessage: z
    .object({
      id: z.uuid(),
      direction: z.enum(['inbound', 'outbound']),
      kind: z.enum(messageKinds),
      /** What a line of the system is about; null: it is no such line, or cannot be read any more. */
      event: z.enum(systemEvents).nullable(),
      text: z.string().nullable(),
      sentAt: z.iso.datetime(),
      status: z.enum(messageStatuses),
      revoked: z.boolean(),
    })
    .nullable(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** Something about the person's identity wants a look before answering. */
  identityNotice: z
    .enum(['number-changed', 'user-id-changed', 'identity-key-changed', 'identity-conflict'])
    .nullable(),
  hit: SearchHit.nullable(),
})
export type Conversation = z.infer<typeof Conversation>

const fileReference = z.string().trim().min(1).max(100)

/** Whether a closed matter belongs to a file (Akte): nobody closes without saying so. It sets how long the matter is kept. */
export const FilingDecision = z.discriminatedUnion('relevance', [
  z.object({ relevance: z.literal('none') }),
  z.object({ relevance: z.literal('to-file'), fileReference }),
  z.object({ relevance: z.literal('already-filed'), fileReference: fileReference.optional() }),
])
export type FilingDecision = z.infer<typeof FilingDecision>

/** What has been decided, and what follows. */
const Filing = z.object({
  /** Null: closed before it was asked. */
  relevance: z.enum(['none', 'to-file', 'already-filed']).nullable(),
  /** Null: none was given, or it cannot be read any more. */
  fileReference: z.string().nullable(),
  /** From when on it has to be gone; null: that waits for what the file decides. */
  dueAt: z.iso.datetime().nullable(),
})

/** One conversation for itself. `earlier`: the person's matters before it that one may see, newest first. */
export const ConversationRead = Conversation.extend({
  /** Null: it is open. */
  filing: Filing.nullable(),
  /** Something in force suspends its deletion. */
  held: z.boolean(),
  /** Since when its processing is restricted (Art. 18 GDPR): shown to those only who have to know. Null: it is not. */
  restrictedSince: z.iso.datetime().nullable(),
  earlier: z.array(
    z.object({ id: z.uuid(), openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable() }),
  ),
  /** Where the office only receives: the privacy notice in force (Art. 13 GDPR), which goes with the first answer because it cannot be sent. Null: none is, or it is sent. */
  noticeToGive: z.object({ version: z.int(), text: z.string() }).nullable(),
  /** Where the person is answered instead of in this closed one; null: nowhere that one may see. */
  answeredIn: z.uuid().nullable(),
})
export type ConversationRead = z.infer<typeof ConversationRead>

const params = z.object({ id: z.uuid() })

/** `me`, `none` or an account's id. */
const Assignee = z.union([z.literal('me'), z.literal('none'), z.uuid()])
const Cursor = z.string().max(200)

/** `order=waiting` (default): who has waited longest comes first, those who do not wait last; `latest`: newest message first. */
export const listConversations = endpoint({
  method: 'GET',
  path: '/conversations',
  summary: 'Conversations of one’s teams.',
  access: 'answer-citizens',
  query: z.object({
    status: z.enum(['open', 'closed', 'all']).default('open'),
    team: z.uuid().optional(),
    assignee: Assignee.optional(),
    unread: z.stringbool().optional(),
    order: z.enum(['waiting', 'latest']).default('waiting'),
    /** Always refused: addresses end up in logs and histories. */
    q: z.string().optional(),
    cursor: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  status: 200,
  reply: z.object({ items: z.array(Conversation), nextCursor: z.string().nullable() }),
  refusals: ['search-in-address'],
})

/**
 * `q` is a name, words, both, "an exact phrase", or a number: the whole of it, or at least its last three digits. Conversations whose
 * contact's name or number matches come first, then those with a message that matches, each part newest first. Without `status`
 * open and closed ones are searched.
 */
export const searchConversations = endpoint({
  method: 'POST',
  path: '/conversations/search',
  summary: 'Conversations of one’s teams that a search finds.',
  access: 'answer-citizens',
  body: z.object({
    q: z.string().max(200),
    status: z.enum(['open', 'closed', 'all']).default('all'),
    team: z.uuid().optional(),
    assignee: Assignee.optional(),
    unread: z.boolean().optional(),
    cursor: Cursor.optional(),
    limit: z.int().min(1).max(100).default(30),
  }),
  status: 200,
  reply: z.object({
    items: z.array(Conversation),
    nextCursor: z.string().nullable(),
    /** The index is being built anew: only what arrived since then is found yet. Null: everything is. */
    indexedSince: z.iso.datetime().nullable(),
  }),
  refusals: [],
})

export const readConversation = endpoint({
  method: 'GET',
  path: '/conversations/:id',
  summary: 'One conversation.',
  access: 'answer-citizens',
  params,
  status: 200,
  reply: ConversationRead,
  refusals: [],
})

/** Everything else shows the number with its middle hidden. The one who asks and the conversation are written down. */
export const readNumber = endpoint({
  method: 'POST',
  path: '/conversations/:id/number',
  summary: 'The full number of the person of one conversation.',
  access: 'show-numbers',
  params,
  status: 200,
  reply: z.object({
    /** With `+`; null: it is not known. */
    number: z.string().nullable(),
  }),
  refusals: [],
})

/** For the list's tabs and the title badge. */
export const readCounts = endpoint({
  method: 'GET',
  path: '/counts',
  summary: 'How many conversations are open, mine, waiting, unread.',
  access: 'answer-citizens',
  status: 200,
  reply: z.object({ open: z.int(), mine: z.int(), waiting: z.int(), unread: z.int() }),
  refusals: [],
})

/** Compare-and-set: it happens only when the assignee still is `expected`. */
export const assignConversation = endpoint({
  method: 'PUT',
  path: '/conversations/:id/assignee',
  summary: 'Take a conversation, or give it back (null).',
  access: 'answer-citizens',
  params,
  body: z.object({
    assignee: z.union([z.literal('me'), z.uuid()]).nullable(),
    expected: z.uuid().nullable(),
  }),
  status: 200,
  reply: ConversationRead,
  refusals: ['already-claimed', 'conversation-closed'],
})

/**
 * Not without the decision whether it belongs to a file. With `seenUpTo` ({@link Message}'s `statementId`) nothing is closed that its author has not seen; without it everything counts as seen.
 */
export const closeConversation = endpoint({
  method: 'POST',
  path: '/conversations/:id/close',
  summary: 'Close the matter; the next message of the citizen opens a new one.',
  access: 'answer-citizens',
  params,
  // A request without a body lacks the same field.
  body: z.object({ seenUpTo: z.uuid().optional(), filing: FilingDecision }).prefault({} as never),
  status: 200,
  reply: ConversationRead,
  refusals: ['conversation-closed', 'unseen-message'],
})

/** Of a closed matter, for as long as it is there: what was decided by mistake is put right, and its date follows. */
export const decideFiling = endpoint({
  method: 'PUT',
  path: '/conversations/:id/filing',
  summary: 'Decide anew whether a closed matter belongs to a file.',
  access: 'answer-citizens',
  params,
  body: FilingDecision,
  status: 200,
  reply: ConversationRead,
  refusals: ['conversation-open'],
})

/** Only a closed one, and only while the person has no other matter open. Who did it, and why, stands in its thread. */
export const reopenConversation = endpoint({
  method: 'POST',
  path: '/conversations/:id/reopen',
  summary: 'Open a closed matter again.',
  access: 'answer-citizens',
  params,
  body: z.object({ reason: z.string().trim().min(1).max(500).optional() }).default({}),
  status: 200,
  reply: ConversationRead,
  refusals: ['other-conversation-open', 'conversation-restricted'],
})

/** The newest that the citizen said is unread again, for the whole team. */
export const markUnread = endpoint({
  method: 'POST',
  path: '/conversations/:id/unread',
  summary: 'Mark as unread.',
  access: 'answer-citizens',
  params,
  status: 204,
  reply: null,
  refusals: [],
})

/** Everything up to that `statementId` has been seen here. Tells the citizen only where the channel says so. */
export const markRead = endpoint({
  method: 'POST',
  path: '/conversations/:id/read',
  summary: 'Mark as read up to a message.',
  access: 'answer-citizens',
  params,
  body: z.object({ upTo: z.uuid() }),
  status: 204,
  reply: null,
  refusals: [],
})

/** Shows "is typing" to the citizen for up to 25 seconds, where the channel allows it. Best effort. */
export const showTyping = endpoint({
  method: 'POST',
  path: '/conversations/:id/typing',
  summary: 'The clerk is typing.',
  access: 'answer-citizens',
  params,
  status: 204,
  reply: null,
  refusals: [],
})

export const acknowledgeIdentity = endpoint({
  method: 'POST',
  path: '/conversations/:id/identity-notice/acknowledge',
  summary: 'The clerk has looked at the identity notice.',
  access: 'answer-citizens',
  params,
  status: 200,
  reply: ConversationRead,
  refusals: [],
})
