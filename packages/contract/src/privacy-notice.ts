import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { maxNoticeCharacters, maxNoticeValueCharacters } from './privacy-notice-text.ts'

const maxBodyBytes = 64 * 1024

const NoticeText = z.string().max(maxNoticeCharacters)
const Value = z
  .string()
  .trim()
  .max(maxNoticeValueCharacters)
  .regex(/^[^\n\r{}]*$/)
const PrivacyNoticeDraft = z.object({
  plain: NoticeText,
  english: NoticeText,
  easy: NoticeText,
  easyTestedOn: z.iso.date().nullable(),
  values: z.object({
    office: Value,
    phone: Value,
    email: Value,
    form: Value,
    retention: Value,
    link: z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(maxNoticeValueCharacters)]),
  }),
})

const Version = z.object({ version: z.int(), draft: PrivacyNoticeDraft })

export const readPrivacyNotice = endpoint({
  method: 'GET',
  path: '/retention/privacy-notice',
  summary: 'The privacy notice in force, what is proposed in its place, and how many people have been told.',
  access: 'see-privacy-notice',
  status: 200,
  reply: z.object({
    /** Null: there is none, and nobody is told anything. */
    current: Version.extend({
      proposedBy: z.string().nullable(),
      approvedBy: z.string().nullable(),
      approvedAt: z.iso.datetime(),
    }).nullable(),
    proposed: Version.nullable(),
    /** What the office is called where its records are sealed. */
    authority: z.string(),
    /** Of the version in force, by people. */
    told: z.object({
      /** It has reached the phone. */
      delivered: z.int(),
      /** It is on its way, or the provider has it. */
      underWay: z.int(),
      /** It certainly did not arrive; it is sent with the next message of the person. */
      failed: z.int(),
      /** Nobody knows whether it was sent; it is not sent again. */
      unknown: z.int(),
      /** It could not be sent: the channel is stopped, or the time for an answer had run out. */
      waiting: z.int(),
    }),
  }),
  refusals: [],
})
export type PrivacyNoticeState = z.output<typeof readPrivacyNotice.reply>

export const proposePrivacyNotice = endpoint({
  method: 'POST',
  path: '/retention/privacy-notice',
  summary: 'Propose a privacy notice; it is sent when the data-protection officer has agreed.',
  access: 'propose-privacy-notice',
  body: z.object({
    /** The version that was changed; 0: there was none. */
    basedOn: z.int().min(0),
    draft: PrivacyNoticeDraft,
  }),
  maxBodyBytes,
  status: 202,
  reply: z.object({}),
  refusals: ['changed-meanwhile', 'privacy-notice-unchanged', 'proposal-open'],
})
export type PrivacyNoticeProposal = z.output<typeof proposePrivacyNotice.body>
