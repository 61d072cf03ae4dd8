import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** A page says so often that it is still there; who says nothing for {@link maxPresenceSilenceMs} is not. */
export const presenceEveryMs = 10_000
export const maxPresenceSilenceMs = 25_000

/** Colleagues of one's teams, each once a conversation, however many pages they have open. */
export const listPresences = endpoint({
  method: 'GET',
  path: '/presences',
  summary: 'Which colleagues have which conversation open.',
  access: 'answer-citizens',
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        conversationId: z.uuid(),
        account: z.object({ id: z.uuid(), displayName: z.string() }),
        /** They have begun an answer, and were at it a moment ago. */
        writing: z.boolean(),
        until: z.iso.datetime(),
      }),
    ),
  }),
  refusals: [],
})

/** What a page shows now; null: nothing, or nobody looks at it. No content travels. */
export const showPresence = endpoint({
  method: 'PUT',
  path: '/presences/:tabId',
  summary: 'Say which conversation one has open.',
  access: 'answer-citizens',
  params: z.object({ tabId: z.uuid() }),
  body: z.object({ conversationId: z.uuid().nullable(), writing: z.boolean() }),
  status: 204,
  reply: null,
  refusals: [],
})
