import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/**
 * Something changed; fetch it if it matters. Carries ids only: what may be seen is decided by the endpoint that is asked
 * for it. `id` grows strictly in the order of commits, so the last one seen is enough to resume without a gap.
 */
export const LiveEvent = z.object({
  id: z.string(),
  type: z.enum([
    'message.stored',
    'message.changed',
    /** A single message of a conversation that stays was erased. Which one is not said: nothing names it any more. */
    'message.erased',
    'conversation.changed',
    /** Who has a conversation open, or writes in it, has changed. */
    'presence.changed',
    'channel.changed',
    /** What is proposed, or was decided, has changed: for whoever sees proposals. Names nothing and nobody. */
    'decision.changed',
    /** What was asked for is too old to replay: load everything anew. */
    'reset',
  ]),
  conversationId: z.uuid().nullable(),
  messageId: z.uuid().nullable(),
  /** True for what a citizen says, a new message, an edit or a revocation: the one thing that may ask for attention. */
  inbound: z.boolean(),
  at: z.iso.datetime(),
})
export type LiveEvent = z.infer<typeof LiveEvent>

/**
 * `text/event-stream`; each event's `data` is one {@link LiveEvent}, its `id` the position. `Last-Event-ID` (header, or
 * query `lastEventId`) resumes after that position. At least every 10 s something is sent, an event of type `heartbeat` if there is
 * nothing else; who hears nothing for 20 s has lost the line.
 */
export const streamEvents = endpoint({
  method: 'GET',
  path: '/events',
  summary: 'Live events of what one may see.',
  access: 'signed-in',
  query: z.object({
    lastEventId: z
      .string()
      .regex(/^\d{1,19}$/)
      .optional(),
  }),
  status: 200,
  reply: 'stream',
  refusals: [],
})
