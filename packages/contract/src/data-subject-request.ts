import { z } from 'zod'
import { Attachment } from './attachment.ts'
import { DeletionRun } from './deletion-run.ts'
import { endpoint } from './endpoint.ts'
import { messageKinds } from './message.ts'

/** Art. 15, 16, 17, 18 and 20 GDPR. */
export const requestKinds = ['access', 'rectification', 'erasure', 'restriction', 'portability'] as const
const requestErasureGrounds = [
  'ART17_1A',
  'ART17_1B',
  'ART17_1C',
  'ART17_1D',
  'ART17_1E',
  'ART17_1F',
] as const
/** Art. 17 (3) GDPR, that somebody could not be identified (Art. 12 (2)), or that a request is manifestly unfounded or excessive (Art. 12 (5)). */
const requestExceptions = [
  'ART17_3A',
  'ART17_3B',
  'ART17_3C',
  'ART17_3D',
  'ART17_3E',
  'ART12_2',
  'ART12_5',
] as const
/** How it was made sure that the person asks who is asked about (Art. 12 (6) GDPR). */
const identityWays = ['SAME_CHAT', 'IN_PERSON'] as const
/** Art. 12 (3) GDPR. */
const extensionReasons = ['COMPLEXITY', 'NUMBER'] as const
/** What the data-protection officer is told of a request. */
export const requestNews = ['received', 'ends-soon', 'overdue'] as const
export type RequestNews = (typeof requestNews)[number]

export const DataSubjectRequest = z.object({
  id: z.uuid(),
  kind: z.enum(requestKinds),
  /** The person, by their id. */
  contactId: z.uuid(),
  /** The matter in which it was made; it may be gone. */
  conversationId: z.uuid(),
  /** The program has recognised it in what the person wrote; false: somebody has opened it. */
  recognised: z.boolean(),
  receivedAt: z.iso.datetime(),
  /** The first moment at which an answer is late. */
  dueAt: z.iso.datetime(),
  /** With what is left of the period: fewer than seven days, none. Null: it is answered. */
  clock: z.enum(['running', 'ends-soon', 'overdue']).nullable(),
  extended: z.object({ at: z.iso.datetime(), reason: z.enum(extensionReasons) }).nullable(),
  acknowledgedAt: z.iso.datetime().nullable(),
  identity: z.object({ at: z.iso.datetime(), way: z.enum(identityWays) }).nullable(),
  decision: z
    .object({
      at: z.iso.datetime(),
      outcome: z.enum(['GRANTED', 'REFUSED', 'NOT_MEANT']),
      ground: z.enum(requestErasureGrounds).nullable(),
      exception: z.enum(requestExceptions).nullable(),
    })
    .nullable(),
  closedAt: z.iso.datetime().nullable(),
  /** The restriction that it has led to, and when that was lifted. */
  restriction: z.object({ id: z.uuid(), endedAt: z.iso.datetime().nullable() }).nullable(),
  /** A run that was planned for it has been completed: there is a letter about it. */
  erased: z.boolean(),
  /** Of erasure: what was chosen that it is about, and when last; files alone, of messages that stay. Null: everything of the person. */
  part: z.object({ chosenAt: z.iso.datetime(), messages: z.int(), files: z.int() }).nullable(),
  /** Teams that have matters of the person, and when each has made its part of the copy. Of access and portability. */
  teams: z.array(z.object({ team: z.string(), madeAt: z.iso.datetime().nullable() })),
})
export type DataSubjectRequest = z.infer<typeof DataSubjectRequest>
export type RequestKind = DataSubjectRequest['kind']
/** As the law and the tables write it. */
export type RequestCode = Uppercase<RequestKind>

export const RequestDecision = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('GRANTED'),
    ground: z.enum(requestErasureGrounds).optional(),
    /** Of erasure: when it was chosen last what it is about, as whoever decides has seen it; left out or null: it is about everything. */
    chosenAt: z.iso.datetime().nullable().optional(),
  }),
  z.object({ outcome: z.literal('REFUSED'), exception: z.enum(requestExceptions) }),
  /** The message was no request: nothing follows, and it is closed. */
  z.object({ outcome: z.literal('NOT_MEANT') }),
])
export type RequestDecision = z.infer<typeof RequestDecision>

const params = z.object({ id: z.uuid() })

export const listRequests = endpoint({
  method: 'GET',
  path: '/subject-requests',
  summary:
    'Requests of data subjects, by ids: those to be answered, the most urgent first; then those that are. Of one’s own teams, or of all.',
  access: 'see-requests',
  query: z.object({
    /** Of the person of this matter alone. */
    conversation: z.uuid().optional(),
  }),
  status: 200,
  reply: z.object({ items: z.array(DataSubjectRequest) }),
  refusals: [],
})

export const openRequest = endpoint({
  method: 'POST',
  path: '/subject-requests',
  summary:
    'Write down that the person of a matter makes a request; the period runs from the day it was received on.',
  access: 'open-requests',
  body: z.object({
    /** The matter in which it was made. */
    conversationId: z.uuid(),
    kind: z.enum(requestKinds),
    /** Where it came in before today. */
    receivedOn: z.iso.date().optional(),
  }),
  status: 201,
  reply: DataSubjectRequest,
  refusals: ['request-open'],
})

export const confirmIdentity = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/identity',
  summary: 'Write down how it was made sure who asks.',
  access: 'open-requests',
  params,
  body: z.object({ way: z.enum(identityWays) }),
  status: 200,
  reply: DataSubjectRequest,
  refusals: ['request-closed', 'person-has-not-answered'],
})

export const extendRequest = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/extension',
  summary: 'Extend the period by two months, once, and within the first month.',
  access: 'decide-requests',
  params,
  /** The person has been told of the extension and of why (Art. 12 (3) GDPR). */
  body: z.object({ reason: z.enum(extensionReasons), personInformed: z.boolean().default(false) }),
  status: 200,
  reply: DataSubjectRequest,
  refusals: ['request-closed', 'request-extended', 'extension-too-late', 'person-not-told'],
})

export const decideRequest = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/decision',
  summary: 'Grant it, refuse it, or say that none was meant. Nothing is deleted or handed out by it.',
  access: 'decide-requests',
  params,
  body: RequestDecision,
  status: 200,
  reply: DataSubjectRequest,
  refusals: ['request-closed', 'request-decided', 'identity-unconfirmed', 'changed-meanwhile'],
})

export const closeRequest = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/answer',
  summary: 'Write down that the person has the answer.',
  access: 'see-requests',
  params,
  body: z.object({ personInformed: z.boolean().default(false) }),
  status: 200,
  reply: DataSubjectRequest,
  refusals: ['request-closed', 'request-undecided', 'person-not-told'],
})

/** What would go of what a request is about, matters or what was chosen of them, and what would stay and why. By counts: of whom, nobody is told. */
export const ErasurePreview = z.object({
  goes: z.int(),
  /** So many of these are in a run already that has not ended. */
  planned: z.int(),
  /** So many that were chosen are there no more. */
  gone: z.int(),
  stays: z.array(
    z.object({
      reason: z.string(),
      sentence: z.object({ de: z.string(), en: z.string() }),
      count: z.int(),
    }),
  ),
})
export type ErasurePreview = z.infer<typeof ErasurePreview>

export const previewErasure = endpoint({
  method: 'GET',
  path: '/subject-requests/:id/preview',
  summary:
    'What would go if a request for erasure is granted, and what would stay and why, as the law says it now.',
  access: 'plan-deletion',
  params,
  status: 200,
  reply: ErasurePreview,
  refusals: ['request-closed'],
})

export const planErasure = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/run',
  summary:
    'Plan a run over what a request for erasure that is granted is about; a second person approves it.',
  access: 'plan-deletion',
  params,
  body: z.object({}),
  status: 201,
  reply: DeletionRun,
  refusals: ['request-closed', 'request-undecided', 'nothing-to-delete', 'proposal-open'],
})

/** More than `maxLookedThrough`: whoever chooses too much is told so. */
const maxNamed = 1000
export const maxMessagesShown = 30

/** A message of the person or to them, which a request for erasure can be about; with its content for whoever is shown that. */
export const ErasableMessage = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  from: z.enum(['person', 'office']),
  at: z.iso.datetime(),
  kind: z.enum(messageKinds),
  /** Null: it has none, or whoever asks is shown no content. */
  text: z.string().nullable(),
  files: z.array(
    z.object({
      id: z.uuid(),
      kind: Attachment.shape.kind,
      /** Null: whoever asks is shown no content. */
      name: z.string().nullable(),
      sizeBytes: z.number().nullable(),
    }),
  ),
})
export type ErasableMessage = z.infer<typeof ErasableMessage>

export const listErasable = endpoint({
  method: 'GET',
  path: '/subject-requests/:id/objects',
  summary:
    'Messages and files that a request for erasure can be about, newest first, and which were chosen. Of one’s own teams, or of all and without content.',
  access: 'see-requests',
  params,
  query: z.object({ from: z.coerce.number().int().min(0).default(0) }),
  status: 200,
  reply: z.object({
    items: z.array(ErasableMessage),
    total: z.int(),
    /** Of those that are shown, on whatever page. */
    chosen: z.object({ messageIds: z.array(z.uuid()), fileIds: z.array(z.uuid()) }),
  }),
  refusals: ['request-closed', 'request-decided'],
})

export const choosePart = endpoint({
  method: 'PUT',
  path: '/subject-requests/:id/part',
  summary:
    'Say what a request for erasure is about, until it is decided: everything, or messages and files. What other teams have chosen of theirs stays chosen.',
  access: 'see-requests',
  params,
  body: z
    .object({
      /** Everything of the person; nothing else is named then. */
      everything: z.boolean().default(false),
      /** Their files go with them. */
      messageIds: z.array(z.uuid()).max(maxNamed).default([]),
      /** Alone: their messages stay. */
      fileIds: z.array(z.uuid()).max(maxNamed).default([]),
      /** When it was chosen last, as whoever chooses has seen it; null: it was about everything. */
      seen: z.iso.datetime().nullable(),
    })
    .refine(
      ({ everything, messageIds, fileIds }) => !everything || messageIds.length + fileIds.length === 0,
      {
        path: ['everything'],
      },
    ),
  status: 200,
  reply: DataSubjectRequest,
  refusals: [
    'request-closed',
    'request-decided',
    'changed-meanwhile',
    'nothing-chosen',
    'too-much-chosen',
    'chosen-not-there',
  ],
})
