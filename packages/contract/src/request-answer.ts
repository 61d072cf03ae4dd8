import { z } from 'zod'
import { DataSubjectRequest } from './data-subject-request.ts'
import { endpoint } from './endpoint.ts'
import { restrictionGrounds } from './hold-grounds.ts'

const params = z.object({ id: z.uuid() })

/** A wording, a file, a note or a mark that a copy holds, and what of it is decided. */
export const CopyPart = z.object({
  /** Names the wording as it is now: edited, it is another part. */
  part: z.string(),
  conversationId: z.uuid(),
  /** Null: of no message. */
  messageId: z.uuid().nullable(),
  of: z.enum(['message', 'earlier-wording', 'file', 'note', 'correction']),
  from: z.enum(['person', 'office']),
  at: z.iso.datetime(),
  /** Of a file its name. */
  text: z.string(),
  /** Opens the file, where it is one that can be opened. */
  attachmentId: z.uuid().nullable(),
  /** Passages in which the finder sees what may be another person's; of a file the whole. UTF-16 offsets, `ends` exclusive. */
  found: z.array(z.object({ begins: z.int(), ends: z.int(), kind: z.string() })),
  decided: z.array(z.object({ begins: z.int(), ends: z.int(), blacked: z.boolean() })),
  /** Something that was found is not decided. */
  open: z.boolean(),
})
export type CopyPart = z.infer<typeof CopyPart>

export const maxPartsShown = 50

export const listCopyParts = endpoint({
  method: 'GET',
  path: '/subject-requests/:id/parts',
  summary:
    'What a copy of a person’s data would hold, with what may be another person’s, for whoever decides what is blacked out. Of one’s own teams.',
  access: 'decide-redactions',
  params,
  query: z.object({
    /** Only what is still to be decided. */
    only: z.enum(['open', 'all']).default('open'),
    from: z.coerce.number().int().min(0).default(0),
  }),
  status: 200,
  reply: z.object({
    items: z.array(CopyPart),
    /** How many there are of those, and how many are to be decided. */
    total: z.int(),
    open: z.int(),
    /** Matters with other teams, or that this person is not shown: their part is made there. */
    elsewhere: z.array(z.object({ team: z.string(), matters: z.int() })),
  }),
  refusals: ['request-closed', 'identity-unconfirmed', 'copy-too-large'],
})

export const decideCopyParts = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/redactions',
  summary: 'Decide of passages and files whether they are blacked out in the copy, or stay.',
  access: 'decide-redactions',
  params,
  body: z.object({
    items: z
      .array(
        z.object({
          part: z.string().regex(/^[0-9a-f]{64}$/),
          begins: z.int().min(0),
          ends: z.int().min(0),
          blacked: z.boolean(),
          /** What was decided of this passage when it was looked at; null: nothing. */
          seen: z.boolean().nullable(),
        }),
      )
      .min(1)
      .max(500),
  }),
  status: 204,
  reply: null,
  refusals: ['request-closed', 'identity-unconfirmed', 'changed-meanwhile', 'copy-too-large'],
})

export const readCopy = endpoint({
  method: 'GET',
  path: '/subject-requests/:id/answer',
  summary:
    'The copy of a person’s data (Art. 15, 20 GDPR), made anew each time and kept nowhere: `zip` with everything, or `json` or `pdf` alone.',
  access: 'make-copies',
  params,
  query: z.object({
    format: z.enum(['zip', 'json', 'pdf']).default('zip'),
    /** Of one matter alone, where all together are too many. */
    matter: z.uuid().optional(),
  }),
  status: 200,
  reply: 'stream',
  refusals: [
    'step-up-required',
    'request-closed',
    'identity-unconfirmed',
    'request-not-granted',
    'redaction-open',
    'copy-too-large',
  ],
})

export const restrictOnRequest = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/restriction',
  summary: 'Restrict the processing of everything of the person, as a request for it asks.',
  access: 'decide-requests',
  params,
  body: z.object({ ground: z.enum(restrictionGrounds), reviewOn: z.iso.date() }),
  status: 201,
  reply: DataSubjectRequest,
  refusals: ['request-closed', 'identity-unconfirmed', 'request-not-granted', 'request-restricted'],
})

export const readErasureLetter = endpoint({
  method: 'GET',
  path: '/subject-requests/:id/letter',
  summary:
    'What the person is told of an erasure: what went, what stays and why, and until when a rest lies in backups and with the provider.',
  access: 'see-requests',
  params,
  query: z.object({ format: z.enum(['pdf', 'text']).default('pdf') }),
  status: 200,
  reply: 'stream',
  refusals: ['nothing-erased-yet'],
})

export const sendErasureLetter = endpoint({
  method: 'POST',
  path: '/subject-requests/:id/letter',
  summary: 'Answer with the letter in a matter of the person that is open, while the service window is.',
  access: 'open-requests',
  params,
  /** Chosen by the browser: the same one is sent once. */
  body: z.object({ clientId: z.uuid() }),
  status: 204,
  reply: null,
  refusals: [
    'nothing-erased-yet',
    'no-open-matter',
    'window-closed',
    'channel-stopped',
    'receives-only',
    'client-id-reused',
  ],
})

const contestedText = z.string().trim().min(1).max(1000)
/** What the person says is wrong, and what they say is right. */
const contestedWords = { contested: contestedText, correct: contestedText }

export const markCorrection = endpoint({
  method: 'POST',
  path: '/conversations/:id/corrections',
  summary:
    'Mark what the person says is wrong, and what would be right (Art. 16 GDPR), of a message or of the matter. What they wrote stays.',
  access: 'open-requests',
  params,
  body: z.object({
    /** Left away: of the matter as a whole. */
    messageId: z.uuid().optional(),
    ...contestedWords,
  }),
  status: 204,
  reply: null,
  refusals: [],
})

export const withdrawCorrection = endpoint({
  method: 'POST',
  path: '/conversations/:id/corrections/:correctionId/withdrawal',
  summary:
    'Withdraw a mark of correction with a reason, or put another one in its place. It stays, and says so.',
  access: 'open-requests',
  params: params.extend({ correctionId: z.uuid() }),
  body: z.object({
    reason: contestedText,
    /** Left away: nothing stands in its place. */
    replacement: z.object(contestedWords).optional(),
  }),
  status: 204,
  reply: null,
  refusals: ['changed-meanwhile'],
})

export const Correction = z.object({
  id: z.uuid(),
  messageId: z.uuid().nullable(),
  contested: z.string(),
  correct: z.string(),
  markedBy: z.string().nullable(),
  markedAt: z.iso.datetime(),
  /** Null: it stands. */
  withdrawn: z
    .object({
      at: z.iso.datetime(),
      by: z.string().nullable(),
      reason: z.string(),
      /** Another mark stands in its place. */
      replaced: z.boolean(),
    })
    .nullable(),
})
export type Correction = z.infer<typeof Correction>

export const listCorrections = endpoint({
  method: 'GET',
  path: '/conversations/:id/corrections',
  summary: 'What the person of a matter contests in it, and what they say is right.',
  access: 'answer-citizens',
  params,
  status: 200,
  reply: z.object({ items: z.array(Correction) }),
  refusals: [],
})
