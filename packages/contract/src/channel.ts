import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** What the admin must know about a channel. Closed codes; nothing personal. */
export const channelNotices = [
  'token-refused',
  'payment-problem',
  'waba-restricted',
  'waba-disabled',
  'spam-limit',
  'number-not-registered',
  'quality-changed',
  'name-decision',
  'value-error',
  'template-changed',
  'template-category-changed',
  'group-message',
  'foreign-number',
  'disabled-but-receiving',
  'identity-conflict',
  'old-secret-used',
  'account-of-other-number',
  'media-breaker-open',
  'other',
] as const
export type ChannelNoticeCode = (typeof channelNotices)[number]

/** What the admin must know about the office as a whole; each ends with its cause. */
export const officeNotices = [
  /** Files in the media folder that no row names. */
  'unknown-media',
] as const
export type OfficeNoticeCode = (typeof officeNotices)[number]

export const Channel = z.object({
  id: z.uuid(),
  name: z.string(),
  vendor: z.enum(['meta', '360dialog']),
  displayPhoneNumber: z.string(),
  phoneNumberId: z.string(),
  baseUrl: z.string(),
  webhookPath: z.string(),
  team: z.object({ id: z.uuid(), name: z.string() }),
  /** `stopped`: intake goes on, nothing is sent until an admin resumes. */
  state: z.enum(['enabled', 'stopped', 'disabled']),
  readReceipts: z.boolean(),
  /** False: the provider has not said yet that the account is that of this number. Nothing is sent until then. */
  accountProven: z.boolean(),
  /** A change of address or credentials waits for a second person. */
  changeWaits: z.boolean(),
  verifiedAt: z.iso.datetime().nullable(),
  lastTestAt: z.iso.datetime().nullable(),
  lastWebhookAt: z.iso.datetime().nullable(),
  notices: z.array(
    z.object({
      id: z.uuid(),
      code: z.enum(channelNotices),
      /** A code word of the provider, e.g. `131042` or a template's name. */
      detail: z.string().nullable(),
      severity: z.enum(['info', 'warning', 'error']),
      count: z.int(),
      firstAt: z.iso.datetime(),
      lastAt: z.iso.datetime(),
    }),
  ),
})
export type Channel = z.infer<typeof Channel>

const params = z.object({ id: z.uuid() })

/** Secrets go in, never out. A field that is left away stays as it is. */
const credentials = z.object({
  // Both travel in headers: anything else could never be sent, or never match.
  apiKey: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .regex(/^[\x21-\x7e]*$/)
    .optional(),
  webhookSecrets: z.array(z.string().min(8).max(512)).max(2).optional(),
  webhookHeaders: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
      z
        .string()
        .trim()
        .min(8)
        .max(512)
        .regex(/^[\x20-\x7e]*$/),
    )
    .optional(),
  verifyToken: z.string().min(8).max(256).optional(),
})

export const listChannels = endpoint({
  method: 'GET',
  path: '/channels',
  summary: 'All channels with their state and notices.',
  access: 'administer-channels',
  status: 200,
  reply: z.object({ items: z.array(Channel) }),
  refusals: [],
})

export const createChannel = endpoint({
  method: 'POST',
  path: '/channels',
  summary: 'Set up a number.',
  access: 'administer-channels',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    vendor: z.enum(['meta', '360dialog']),
    team: z.uuid(),
    phoneNumberId: z.string().regex(/^[0-9]{1,32}$/),
    wabaId: z
      .string()
      .regex(/^[0-9]{1,32}$/)
      .nullable(),
    displayPhoneNumber: z.string().regex(/^\+?[0-9 ]{5,32}$/),
    baseUrl: z.url({ protocol: /^https?$/ }).max(300),
    credentials: credentials.required({ apiKey: true, verifyToken: true }),
  }),
  status: 201,
  reply: Channel,
  refusals: [],
})

export const changeChannel = endpoint({
  method: 'PATCH',
  path: '/channels/:id',
  summary:
    'Change a channel: name, state and read receipts at once; address and credentials once a second person has approved.',
  access: 'administer-channels',
  params,
  body: z.object({
    name: z.string().trim().min(1).max(100).optional(),
    state: z.enum(['enabled', 'disabled']).optional(),
    readReceipts: z.boolean().optional(),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .optional(),
    credentials: credentials.optional(),
  }),
  status: 200,
  reply: Channel,
  refusals: ['step-up-required', 'proposal-open', 'account-of-other-number', 'account-not-proven'],
})

export const dismissNotice = endpoint({
  method: 'DELETE',
  path: '/channels/:id/notices/:noticeId',
  summary: 'The admin has dealt with a notice.',
  access: 'administer-channels',
  params: z.object({ id: z.uuid(), noticeId: z.uuid() }),
  status: 204,
  reply: null,
  refusals: [],
})

/** What was accepted from the providers and is not (yet) in the inbox. */
export const readIntake = endpoint({
  method: 'GET',
  path: '/intake',
  summary: 'Backlog of the intake and dead letters.',
  access: 'watch-operation',
  status: 200,
  reply: z.object({
    waiting: z.int(),
    /** Age of the oldest accepted event that is not ingested; null: none waits. */
    oldestWaitingSeconds: z.number().nullable(),
    /** True when it has waited longer than it ever should. */
    alarm: z.boolean(),
    heldForDisabledChannels: z.int(),
    deadLetters: z.int(),
    notices: z.array(
      z.object({
        code: z.enum(officeNotices),
        count: z.int(),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
      }),
    ),
  }),
  refusals: [],
})

export const DeadLetter = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  code: z.string(),
  /** Where in the payload. */
  path: z.string(),
  sizeBytes: z.int(),
  receivedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  replayedAt: z.iso.datetime().nullable(),
})

export const listDeadLetters = endpoint({
  method: 'GET',
  path: '/dead-letters',
  summary: 'What was authentic but not readable; without content.',
  access: 'watch-operation',
  query: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(DeadLetter), nextCursor: z.string().nullable() }),
  refusals: [],
})

/** Feeds the stored event to the intake again; what is already there is not doubled. */
export const replayDeadLetter = endpoint({
  method: 'POST',
  path: '/dead-letters/:id/replay',
  summary: 'Read a dead letter again.',
  access: 'watch-operation',
  params,
  status: 202,
  reply: DeadLetter,
  refusals: [],
})
