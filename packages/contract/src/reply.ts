import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { elsewhereWays, Message } from './message.ts'

const conversationParams = z.object({ id: z.uuid() })
const messageParams = conversationParams.extend({ messageId: z.uuid() })
const text = z.string()

export const maxTextLength = 4096

/**
 * Stores the intent to send, exactly once per `clientId`: the same id gives the same message. Free text and files need
 * an open service window, a template does not. Several attachments become several messages; the reply is the first.
 * `seenUpTo` is the `statementId` up to which its author had seen the thread: what the citizen said later stays unread and waiting, and
 * where a colleague has answered later, it is refused with `answered-meanwhile`. Whoever has read that and still wants to send says so
 * by a later `seenUpTo`. Without it everything that is here counts as seen.
 *
 * `seenAssignee` is in whose hands its author saw the conversation; null: nobody's, or their own. In those of another colleague it is
 * refused with `assigned-meanwhile`, and whoever still wants to send names that colleague. Without it nobody is asked.
 */
export const sendReply = endpoint({
  method: 'POST',
  path: '/conversations/:id/messages',
  summary: 'Answer the citizen.',
  access: 'answer-citizens',
  params: conversationParams,
  body: z
    .object({
      clientId: z.uuid(),
      text: z.string().max(maxTextLength).optional(),
      replyTo: z.uuid().nullish(),
      seenUpTo: z.uuid().optional(),
      seenAssignee: z.uuid().nullish(),
      attachments: z.array(z.uuid()).max(10).optional(),
      template: z
        .object({
          name: z.string().min(1).max(512),
          language: z.string().min(2).max(16),
          /** Values in the order of the placeholders, or by their keys. */
          parameters: z.union([
            z.array(z.string().max(1024)).max(40),
            z.record(z.string().max(80), z.string().max(1024)),
          ]),
        })
        .optional(),
    })
    .refine(
      (reply) =>
        reply.template !== undefined ||
        (reply.text ?? '').trim() !== '' ||
        (reply.attachments ?? []).length > 0,
      {
        path: ['text'],
        message: 'text, attachments or template',
      },
    ),
  status: 201,
  reply: Message,
  refusals: [
    'answered-meanwhile',
    'assigned-meanwhile',
    'window-closed',
    'conversation-closed',
    'channel-stopped',
    'receives-only',
    'client-id-reused',
    'not-quotable',
    'template-not-usable',
    'attachment-not-ready',
  ],
})

/**
 * Notes that the citizen was answered elsewhere than in the chat, exactly once per `clientId`: nothing is sent, and nobody waits any more for what they
 * had said by then. Possible whether or not anything may be sent. To where it went is not asked: there is no address book.
 *
 * `at` is the minute in which they were answered; without it, now. What the citizen said later, or after `seenUpTo`, stays without an answer.
 */
export const answerElsewhere = endpoint({
  method: 'POST',
  path: '/conversations/:id/elsewhere-answers',
  summary: 'Note that the citizen was answered in another way than through WhatsApp.',
  access: 'answer-citizens',
  params: conversationParams,
  body: z.object({
    clientId: z.uuid(),
    way: z.enum(elsewhereWays),
    at: z.iso.datetime({ offset: true }).optional(),
    /** What was said, where that is to be kept. */
    text: z.string().trim().min(1).max(maxTextLength).optional(),
    seenUpTo: z.uuid().optional(),
  }),
  status: 201,
  reply: Message,
  refusals: ['conversation-closed', 'client-id-reused'],
})

/**
 * Answers that did not arrive, or of which nobody knows whether they did, in open conversations, oldest first: one's own, and for a
 * team lead those of the team that nobody has looked after for an hour. One ends when somebody decides about it, when a later answer
 * is accepted, or with its conversation.
 */
export const listLostAnswers = endpoint({
  method: 'GET',
  path: '/lost-answers',
  summary: 'Answers that did not arrive.',
  access: 'answer-citizens',
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        conversationId: z.uuid(),
        messageId: z.uuid(),
        /** What the citizen is called. */
        citizen: text,
        /** Null: it came from an app on a phone. */
        author: z.object({ id: z.uuid(), displayName: text }).nullable(),
        status: z.enum(['failed', 'unknown']),
        at: z.iso.datetime(),
      }),
    ),
  }),
  refusals: [],
})

/** For a message that failed, or whose outcome is unknown: a clerk decides, nobody else does. */
export const decideMessage = endpoint({
  method: 'POST',
  path: '/conversations/:id/messages/:messageId/decision',
  summary: 'Send a failed or uncertain message again, or leave it.',
  access: 'answer-citizens',
  params: messageParams,
  body: z.object({ decision: z.enum(['send-again', 'leave']), clientId: z.uuid() }),
  status: 200,
  reply: Message,
  refusals: ['not-decidable', 'window-closed', 'conversation-closed', 'channel-stopped', 'receives-only'],
})

export const react = endpoint({
  method: 'PUT',
  path: '/conversations/:id/messages/:messageId/reaction',
  summary: 'React to a message, or take the reaction back (null).',
  access: 'answer-citizens',
  params: messageParams,
  body: z.object({ emoji: z.string().min(1).max(32).nullable() }),
  status: 200,
  reply: Message,
  refusals: ['window-closed', 'conversation-closed', 'channel-stopped', 'receives-only', 'not-quotable'],
})
