import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  type AnswerFault,
  type AnswersFault,
  answerFaults,
  answersFaults,
  type HandOverFailure,
  handOverFailures,
} from './hand-over-faults.ts'

/** Largest file that is taken as an answer, in bytes. */
export const maxHandOverAnswerBytes = 8 * 1024 * 1024

/** 0605 and 0401 to the electronic file (DMS), from a specialist application or as a hand-over between offices; 0503 to the public archive. */
export const handOverMessages = ['0605', '0401', '0503'] as const
export type HandOverMessage = (typeof handOverMessages)[number]
export const handOverWays = ['folder', 'webdav', 'sftp', 'download'] as const
export type HandOverWay = (typeof handOverWays)[number]
/** prepared · sent · received: a receipt, which says nothing of taking it in · confirmed · rejected · withdrawn */
const handOverStates = ['prepared', 'sent', 'received', 'confirmed', 'rejected', 'withdrawn'] as const
export type HandOverState = (typeof handOverStates)[number]

export const failuresOfSending = Object.keys(handOverFailures) as [HandOverFailure, ...HandOverFailure[]]

/** What an accepted answer did, or why it was refused. */
export const answerVerdicts = [
  'received',
  'taken',
  'rejected',
  'valued',
  ...(Object.keys(answerFaults) as AnswerFault[]),
] as const
export type AnswerVerdict = (typeof answerVerdicts)[number]

export const HandOver = z.object({
  /** The process id (ProzessID) of its messages. */
  id: z.uuid(),
  packageId: z.uuid(),
  message: z.enum(handOverMessages),
  way: z.enum(handOverWays),
  state: z.enum(handOverStates),
  /** Sent seven days ago or longer, and nobody has confirmed it: it counts as failed. */
  late: z.boolean(),
  preparedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  receivedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  attempts: z.int(),
  failure: z.enum(failuresOfSending).nullable(),
})
export type HandOver = z.infer<typeof HandOver>

export const HandOverAnswer = z.object({
  id: z.uuid(),
  /** Null: nobody knows to what it is an answer. */
  handOverId: z.uuid().nullable(),
  /** Of a valuation catalogue: what the archive was asked by. */
  catalogueRequestId: z.uuid().nullable(),
  at: z.iso.datetime(),
  /** Code of the message; null: it was none. */
  message: z.string().nullable(),
  verdict: z.enum(answerVerdicts),
  accepted: z.boolean(),
  /** Element at which it breaks the standard. */
  place: z.string().nullable(),
})
export type HandOverAnswer = z.infer<typeof HandOverAnswer>

const faultsOfAnswers = Object.keys(answersFaults) as [AnswersFault, ...AnswersFault[]]

/** How the looks at one place go at which answers are fetched. */
export const AnswerLook = z.object({
  way: z.enum(handOverWays).exclude(['download']),
  /** Null: not once. */
  lookedAt: z.iso.datetime().nullable(),
  failingSince: z.iso.datetime().nullable(),
  fault: z.enum(faultsOfAnswers).nullable(),
})
export type AnswerLook = z.infer<typeof AnswerLook>

const params = z.object({ id: z.uuid() })
const reason = z.string().trim().min(3).max(500)

export const listHandOvers = endpoint({
  method: 'GET',
  path: '/archive/hand-overs',
  summary:
    'What is handed over to the electronic file or to the public archive, and answers that were refused.',
  access: 'see-hand-overs',
  query: z.object({
    /** `open`: prepared or sent and not late. */
    of: z.enum(['open', 'late', 'confirmed', 'rejected', 'all']).default('all'),
    package: z.uuid().optional(),
  }),
  status: 200,
  reply: z.object({
    counts: z.object({ open: z.int(), late: z.int(), confirmed: z.int(), rejected: z.int() }),
    /** By which ways the operator has set up that something leaves. */
    ways: z.array(z.enum(handOverWays)),
    /** As what, in the versions of xdomea that are set up. */
    messages: z.array(z.enum(handOverMessages)),
    /** Where answers are fetched. */
    looks: z.array(AnswerLook),
    /** Newest first, 200 at most. */
    items: z.array(HandOver),
    /** Refused ones, newest first, 50 at most; with the package whose hand-over each is about, where that is known. */
    refused: z.array(HandOverAnswer.extend({ packageId: z.uuid().nullable() })),
  }),
  refusals: [],
})

export const prepareHandOver = endpoint({
  method: 'POST',
  path: '/archive/hand-overs',
  summary: 'Hand a sealed package over. Our copy stays until the other side has confirmed that it has it.',
  access: 'hand-over',
  body: z.object({
    packageId: z.uuid(),
    message: z.enum(handOverMessages),
    way: z.enum(handOverWays),
  }),
  status: 201,
  reply: HandOver,
  refusals: [
    'way-not-set-up',
    'not-in-version',
    'no-document',
    'handed-over-already',
    'archive-does-not-want-it',
  ],
})

export const readHandOver = endpoint({
  method: 'GET',
  path: '/archive/hand-overs/:id',
  summary: 'One hand-over with what the other side has said of it.',
  access: 'hand-over',
  params,
  status: 200,
  reply: HandOver.extend({
    /** Why it was not taken in, in the other side’s words. */
    reasons: z.array(z.string()),
    /** Under which the public archive has it. */
    archiveReference: z.string().nullable(),
    /** Why it was downloaded, and how a person knows that it was taken in. */
    downloadReason: z.string().nullable(),
    confirmation: z.string().nullable(),
    answers: z.array(HandOverAnswer),
  }),
  refusals: [],
})

export const downloadHandOver = endpoint({
  method: 'POST',
  path: '/archive/hand-overs/:id/file',
  summary: 'The message with its files as ZIP, to be carried by hand. With it the hand-over counts as sent.',
  access: 'hand-over',
  params,
  body: z.object({ reason }),
  status: 200,
  reply: 'stream',
  refusals: ['way-not-set-up', 'hand-over-ended', 'hand-over-not-possible'],
})

export const confirmHandOver = endpoint({
  method: 'POST',
  path: '/archive/hand-overs/:id/confirmation',
  summary: 'Say that it was taken in, where it was carried by hand and no message says so.',
  access: 'hand-over',
  params,
  body: z.object({ reason }),
  status: 200,
  reply: HandOver,
  refusals: ['way-not-set-up', 'hand-over-ended', 'hand-over-not-sent'],
})

export const withdrawHandOver = endpoint({
  method: 'POST',
  path: '/archive/hand-overs/:id/withdrawal',
  summary: 'Give it up, so that it can be handed over anew. What is answered from then on comes too late.',
  access: 'hand-over',
  params,
  status: 200,
  reply: HandOver,
  refusals: ['hand-over-ended'],
})

export const takeHandOverAnswer = endpoint({
  method: 'POST',
  path: '/archive/hand-overs/answers',
  summary: 'Take in an answer of the other side: a message of xdomea, as XML or in a ZIP.',
  access: 'hand-over',
  /** In base64. */
  body: z.object({ file: z.base64().max(Math.ceil(maxHandOverAnswerBytes / 3) * 4) }),
  maxBodyBytes: Math.ceil(maxHandOverAnswerBytes / 3) * 4 + 1024,
  status: 200,
  reply: HandOverAnswer.extend({ sentence: z.object({ de: z.string(), en: z.string() }) }),
  refusals: [],
})
