import { z } from 'zod'
import { Attachment } from './attachment.ts'
import { endpoint } from './endpoint.ts'
import { Quote } from './message.ts'

/** What somebody has begun to answer. It may be longer than what can be sent. */
const maxDraftLength = 50_000

const params = z.object({ id: z.uuid() })

const DraftContent = z.object({
  text: z.string().max(maxDraftLength),
  replyTo: z.uuid().nullable(),
  attachments: z.array(z.uuid()).max(10),
})

export const listDrafts = endpoint({
  method: 'GET',
  path: '/drafts',
  summary: 'The conversations in which one has begun an answer.',
  access: 'answer-citizens',
  status: 200,
  reply: z.object({ items: z.array(z.object({ conversationId: z.uuid(), savedAt: z.iso.datetime() })) }),
  refusals: [],
})

/** Files that are no longer there are left out. */
export const readDraft = endpoint({
  method: 'GET',
  path: '/conversations/:id/draft',
  summary: 'One’s own unsent answer.',
  access: 'answer-citizens',
  params,
  status: 200,
  reply: z.object({
    draft: z
      .object({
        text: z.string(),
        replyTo: Quote.nullable(),
        attachments: z.array(Attachment),
        savedAt: z.iso.datetime(),
      })
      .nullable(),
  }),
  refusals: [],
})

/**
 * Replaces it; an empty one is removed. Nobody but its author ever gets it. `unsent` is what was sent and is not known to be stored: it
 * comes back before the text, unless it was stored.
 */
export const saveDraft = endpoint({
  method: 'PUT',
  path: '/conversations/:id/draft',
  summary: 'Keep one’s own unsent answer.',
  access: 'answer-citizens',
  params,
  body: DraftContent.extend({
    unsent: z
      .array(DraftContent.extend({ clientId: z.uuid() }))
      .max(20)
      .default([]),
  }),
  status: 204,
  reply: null,
  refusals: [],
})
