import { z } from 'zod'
import { requestKinds, requestNews } from './data-subject-request.ts'
import { EmergencyAccess } from './emergency-access.ts'
import { endpoint } from './endpoint.ts'
import { holdKinds, holdNews } from './legal-hold.ts'
import { proposalPayloads } from './proposal.ts'

const dpoNoticeKinds = [
  'emergency-access',
  'channel-account',
  'legal-hold',
  'tidying-day',
  'data-subject-request',
  'archive-offer',
  'emergency-run',
] as const
export type DpoNoticeKind = (typeof dpoNoticeKinds)[number]

const Somebody = z.object({ id: z.uuid(), displayName: z.string() })

/** Of an offer to the archive: its time for an answer ends soon, has ended, or has ended and released what it was silent of. */
const offerNews = ['ends-soon', 'ended', 'released'] as const

export const DpoNotice = z.object({
  id: z.uuid(),
  kind: z.enum(dpoNoticeKinds),
  at: z.iso.datetime(),
  /** Null: an operator at the command line. */
  proposedBy: Somebody.nullable(),
  decidedBy: Somebody.nullable(),
  acknowledgedBy: Somebody.nullable(),
  acknowledgedAt: z.iso.datetime().nullable(),
  /** With `emergency-access`; null also when it has been deleted after its time. */
  emergencyAccess: EmergencyAccess.nullable(),
  /** With `channel-account`: what was changed. */
  channel: z
    .object({
      name: z.string(),
      address: z.boolean(),
      credentials: proposalPayloads['change-channel-account'].shape.credentials,
    })
    .nullable(),
  /** With `legal-hold`: what it is time for. */
  hold: z.object({ id: z.uuid(), kind: z.enum(holdKinds), due: z.enum(holdNews) }).nullable(),
  /** With `tidying-day`: whose, and of which month (YYYY-MM). */
  tidyingDay: z.object({ team: z.string(), month: z.string() }).nullable(),
  /** With `data-subject-request`: what was asked for, and how its period stands. */
  request: z.object({ id: z.uuid(), kind: z.enum(requestKinds), due: z.enum(requestNews) }).nullable(),
  /** With `archive-offer`: how the archive’s time stands. */
  offer: z.object({ id: z.uuid(), due: z.enum(offerNews) }).nullable(),
  /** With `emergency-run`: of how many matters, and of how many single messages. */
  run: z.object({ id: z.uuid(), matters: z.int(), messages: z.int() }).nullable(),
})
export type DpoNotice = z.infer<typeof DpoNotice>

export const listDpoNotices = endpoint({
  method: 'GET',
  path: '/dpo-notices',
  summary:
    'What the data-protection officer is told of: what nobody has acknowledged, and that of the last 30 days.',
  access: 'read-dpo-notices',
  status: 200,
  reply: z.object({ items: z.array(DpoNotice) }),
  refusals: [],
})

export const acknowledgeDpoNotice = endpoint({
  method: 'POST',
  path: '/dpo-notices/:id/acknowledgement',
  summary: 'Acknowledge that one has been told.',
  access: 'read-dpo-notices',
  params: z.object({ id: z.uuid() }),
  status: 204,
  reply: null,
  refusals: [],
})
