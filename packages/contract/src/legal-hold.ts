import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { holdBases, holdReasons, maxReferenceLength, restrictionGrounds } from './hold-grounds.ts'
import { Proposal } from './proposal.ts'

/** A hold suspends deletion; a restriction (Art. 18 GDPR) hides besides. */
export const holdKinds = ['hold', 'restriction'] as const
/** What a hold is reminded of: that somebody look again, that it ends soon, that it has ended. */
const holdReminders = ['review', 'ends-soon', 'expired'] as const
export type HoldReminder = (typeof holdReminders)[number]
/** What the data-protection officer is told of it. */
export const holdNews = ['set-by-team', ...holdReminders] as const

/** A number as proceedings have one (3 K 1234/26). No word has more than four letters: names do not fit in, so that nothing personal stands in what is kept. */
const reference = z
  .string()
  .trim()
  .max(maxReferenceLength)
  .regex(/^(?=.*\d)(?:[A-Za-zÄÖÜäöüß]{1,4}(?![A-Za-zÄÖÜäöüß])|[\d ./-])+$/)

const HoldProtection = z.object({
  kind: z.literal('hold'),
  reason: z.enum(holdReasons),
  basis: z.enum(holdBases),
  reference: reference.optional(),
  reviewOn: z.iso.date(),
  /** The last day on which it holds; twelve months from today at most. */
  expiresOn: z.iso.date(),
})
const RestrictionProtection = z.object({
  kind: z.literal('restriction'),
  reason: z.enum(restrictionGrounds),
  reference: reference.optional(),
  reviewOn: z.iso.date(),
})
/** What is set: always with a day on which somebody looks again; a hold with its last day besides. */
const Protection = z.discriminatedUnion('kind', [HoldProtection, RestrictionProtection])
export type Protection = z.infer<typeof Protection>

const HoldScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('OBJECT'), id: z.uuid() }),
  z.object({ kind: z.literal('CONVERSATION'), id: z.uuid() }),
  z.object({ kind: z.literal('CONTACT'), id: z.uuid() }),
  z.object({ kind: z.literal('CLUSTER'), code: z.string().regex(/^DA(0[1-9]|1\d|20)$/) }),
  z.object({ kind: z.literal('EVERYTHING') }),
])
export type HoldScope = z.infer<typeof HoldScope>

export const LegalHold = z.object({
  id: z.uuid(),
  kind: z.enum(holdKinds),
  scope: HoldScope,
  reason: z.enum([...holdReasons, ...restrictionGrounds]),
  basis: z.enum(holdBases).nullable(),
  reference: z.string().nullable(),
  setAt: z.iso.datetime(),
  reviewAt: z.iso.datetime(),
  reviewedAt: z.iso.datetime().nullable(),
  /** Null: a restriction, which ends by no calendar. */
  expiresAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** In force now, as the law says. */
  inForce: z.boolean(),
  /** Somebody has to look again. */
  reviewDue: z.boolean(),
  /** That it be lifted is proposed, and waits for a second person. */
  liftProposed: z.boolean(),
})
export type LegalHold = z.infer<typeof LegalHold>

const params = z.object({ id: z.uuid() })

/** Holds and restrictions are two collections of one shape. */
function collection<const Path extends string, Kind extends z.ZodType>(path: Path, protection: Kind) {
  return {
    list: endpoint({
      method: 'GET',
      path,
      summary: 'Those in force, the oldest first; then those that have ended.',
      access: 'see-holds',
      status: 200,
      reply: z.object({ items: z.array(LegalHold) }),
      refusals: [],
    }),
    set: endpoint({
      method: 'POST',
      path,
      summary: 'Suspend deletion, or restrict processing (Art. 18 GDPR), at once.',
      access: 'set-holds',
      body: z.object({ scope: HoldScope, protection }),
      status: 201,
      reply: LegalHold,
      refusals: ['step-up-required'],
    }),
    review: endpoint({
      method: 'POST',
      path: `${path}/:id/review`,
      summary: 'Write down that it is still needed, and when somebody looks again.',
      access: 'set-holds',
      params,
      body: z.object({ reviewOn: z.iso.date() }),
      status: 200,
      reply: LegalHold,
      refusals: ['step-up-required', 'hold-ended'],
    }),
    release: endpoint({
      method: 'POST',
      path: `${path}/:id/release`,
      summary: 'Propose to end it before its time; a second person decides.',
      access: 'set-holds',
      params,
      /** The person has been told, as Art. 18 (3) GDPR wants it before a restriction is lifted. */
      body: z.object({ personInformed: z.boolean().default(false) }),
      status: 201,
      reply: Proposal,
      refusals: ['step-up-required', 'hold-ended', 'person-not-informed', 'proposal-open'],
    }),
    approveRelease: endpoint({
      method: 'POST',
      path: `${path}/:id/approval`,
      summary: 'Approve that it end, as somebody else has proposed; the same as approving that proposal.',
      access: 'approve-deletion',
      params,
      status: 200,
      reply: LegalHold,
      refusals: [
        'step-up-required',
        'second-person-required',
        'proposal-closed',
        'changed-meanwhile',
        'person-not-informed',
      ],
    }),
  } as const
}

export const {
  list: listHolds,
  set: setHold,
  review: reviewHold,
  release: releaseHold,
  approveRelease: approveHoldRelease,
} = collection('/holds', HoldProtection)

export const {
  list: listRestrictions,
  set: setRestriction,
  review: reviewRestriction,
  release: releaseRestriction,
  approveRelease: approveRestrictionRelease,
} = collection('/restrictions', RestrictionProtection)

/** Whoever restricts a matter may be somebody who is not shown it any more. */
export const holdConversation = endpoint({
  method: 'POST',
  path: '/conversations/:id/holds',
  summary:
    'Suspend the deletion of a matter of one’s own team, or of everything of its person, or restrict its processing.',
  access: 'hold-own-matters',
  params,
  body: z.object({ of: z.enum(['conversation', 'contact']), protection: Protection }),
  status: 204,
  reply: null,
  refusals: [],
})
