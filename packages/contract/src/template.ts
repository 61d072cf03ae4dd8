import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** What a template says. Texts hold placeholders: `{{1}}`, `{{2}}` … or `{{name}}`. */
export const TemplateWords = z.object({
  header: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), text: z.string() }),
      z.object({ kind: z.enum(['image', 'video', 'document', 'location', 'other']) }),
    ])
    .nullable(),
  body: z.string(),
  footer: z.string().nullable(),
  buttons: z.array(
    z.object({
      kind: z.enum(['reply', 'url', 'phone', 'other']),
      text: z.string(),
      /** Address or number. */
      target: z.string().nullable(),
    }),
  ),
})
export type TemplateWords = z.infer<typeof TemplateWords>

/** What WhatsApp takes at most, filled in. */
export const maxTemplateLength = { header: 60, body: 1024 } as const

const states = [
  'approved',
  'rejected',
  'pending',
  'paused',
  'disabled',
  'flagged',
  'deleted',
  'other',
] as const

export const ChannelTemplate = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string().nullable(),
  status: z.enum(states),
  /** Why it was rejected, as the provider's code word. */
  reason: z.string().nullable(),
  /** Null: its words have not been read yet. */
  words: TemplateWords.nullable(),
  changedAt: z.iso.datetime(),
})
export type ChannelTemplate = z.infer<typeof ChannelTemplate>

const ChannelTemplates = z.object({
  items: z.array(ChannelTemplate),
  /** When the provider was last asked with success; null: never. */
  readAt: z.iso.datetime().nullable(),
})

const params = z.object({ id: z.uuid() })

/** Approved templates of the conversation's channel whose words are known and that can be sent from here. */
export const listTemplates = endpoint({
  method: 'GET',
  path: '/conversations/:id/templates',
  summary: 'Templates that can be sent in this conversation.',
  access: 'answer-citizens',
  params,
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        language: z.string(),
        category: z.string().nullable(),
        /** The body, with its placeholders. */
        text: z.string(),
        words: TemplateWords,
        /** Keys of what is to be filled in, in the order in which a list of values is taken. */
        parameters: z.array(z.string()),
      }),
    ),
  }),
  refusals: [],
})

export const listChannelTemplates = endpoint({
  method: 'GET',
  path: '/channels/:id/templates',
  summary: 'The templates of a channel in every state.',
  access: 'administer-channels',
  params,
  status: 200,
  reply: ChannelTemplates,
  refusals: [],
})

/** Asks the provider now; by itself it is asked every six hours and whenever it says that something has changed. */
export const refreshTemplates = endpoint({
  method: 'POST',
  path: '/channels/:id/templates/refresh',
  summary: 'Read the templates from the provider.',
  access: 'administer-channels',
  params,
  status: 200,
  reply: ChannelTemplates,
  refusals: ['provider-refused'],
})

/** A new utility template. Placeholders are `{{1}}`, `{{2}}` … without a gap; each wants an example. */
export const submitTemplate = endpoint({
  method: 'POST',
  path: '/channels/:id/templates',
  summary: 'Ask the provider to approve a new template.',
  access: 'administer-channels',
  params,
  body: z.object({
    name: z.string().regex(/^[a-z0-9_]{1,64}$/),
    language: z.enum(['de', 'en', 'en_US', 'tr', 'uk', 'ru', 'ar', 'pl', 'ro']).default('de'),
    text: z.string().trim().min(1).max(maxTemplateLength.body),
    footer: z.string().trim().max(60).optional(),
    examples: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  }),
  status: 201,
  reply: ChannelTemplates,
  refusals: ['provider-refused', 'template-exists'],
})
